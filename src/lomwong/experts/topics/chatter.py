"""Words that are no topic, however rare in print: greetings, feelings, people, times, what one does all day."""

from lomwong.text.normalise import normalise

_CHATTER = """
ขอบคุณ ขอบใจ ขอโทษ สวัสดี ยินดี ดีใจ เสียใจ เสียดาย กอด สู้ เก่ง สุดยอด เยี่ยม เจ๋ง น่ารัก ตลก ขำ หัวเราะ ยิ้ม
ร้องไห้ อาย เขิน ตกใจ เกรงใจ สงสาร โกรธ กลัว เหนื่อย หิว งง มึน เบื่อ อิจฉา ชอบ รัก คิดถึง เหงา ฝาก รบกวน ช่วย
แนะนำ สงสัย สอบถาม ถาม ตอบ เล่า อ่าน เขียน พูด บอก คุย ฟัง โทร ส่ง รับ ดู เห็น เจอ เจอะ หา ซื้อ ขาย กิน ดื่ม
นั่ง เดิน วิ่ง นอน ตื่น ยืน ขึ้น ลง เปิด ปิด ตั้ง วาง จับ ถือ หยิบ ยก ดึง แปะ ติด ถอด เปลี่ยน ย้าย ลอง ใช้ ทำ
แก้ เพิ่ม ลด พี่ น้อง ลุง ป้า อา น้า แม่ พ่อ ตา ยาย หนู เด็ก เพื่อน เจ้านาย หัวหน้า อาจารย์ ครู นักศึกษา นิสิต
นศ เจ้าหน้าที่ จนท ผอ ผู้อำนวยการ คณบดี อธิการบดี รพ โรงพยาบาล มอ สนง สำนักงาน พรบ ผศ รศ จพง อว จำนวน วันที่
ข้อมูล คะแนน สิทธิ์ ต่างประเทศ online ผู้บริหาร บุคลากร คนไข้ ชาวบ้าน มหาวิทยาลัย มหาลัย คณะ สำนัก กอง ภาควิชา
สาขา วิทยาเขต ตึก อาคาร ห้อง ชั้น โต๊ะ เก้าอี้ บ้าน ริมเล วัน เดือน ปี สัปดาห์ อาทิตย์ จันทร์ อังคาร พุธ พฤหัส
พฤหัสบดี ศุกร์ เสาร์ เช้า สาย บ่าย เย็น ค่ำ คืน เที่ยง เมื่อวาน พรุ่งนี้ วันนี้ ชั่วโมง นาที วินาที เทอม
มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม หนึ่ง สอง
สาม สี่ ห้า หก เจ็ด แปด เก้า สิบ ร้อย พัน หมื่น แสน ล้าน ครึ่ง คู่ รอบ ครั้ง ข้อ ใบ เล่ม แผ่น หน้า บาท สตางค์
กิโล เมตร เซนติเมตร เรื่อง งาน คน ของ ที่ อัน สิ่ง แบบ อย่าง วิธี ปัญหา คำถาม คำตอบ เหตุผล ตัวอย่าง รายการ
รายชื่อ ชื่อ เบอร์ เลข ตัวเลข รูป ภาพ ไฟล์ ลิงก์ กลุ่ม ไลน์ เมล อีเมล ข่าว ประชาสัมพันธ์ ด่วน ใหม่ เก่า จริง
ถูก ผิด ง่าย ยาก เร็ว ช้า ใหญ่ เล็ก ยาว สั้น สูง ต่ำ มาก น้อย หมด ครบ เต็ม ว่าง ฟรี แพง สวย ก่อน หลัง ข้าง
กลาง ซ้าย ขวา หัวข้อ ประเด็น ตอน ภาค ส่วน ใครเคย เคย ตกลง สรุป เรียบร้อย เสร็จ ผ่าน หาย พัง เสีย รอ เรียก เชิญ
พา จอง แจก เก็บ ทิ้ง มือใหม่ ประสบการณ์ ชีวิต ความคิด ความสุข ความรู้สึก กำลังใจ ok okay hi hello dear yes
thanks please day week month year time today tomorrow morning people person someone anyone everyone man work
works working worked help helps tell told ask asked asks answer question questions need needs want wants know
knows think find found give gives gave make makes made take takes took come comes came keep keeps kept put say
says said see seen look looks send sent use good great nice best better right wrong sure never always maybe
really next last first second old long short small big full many way ways lot bit kind sort part case name
names number numbers page side end start note ones p khun ajarn ka krub krap
thai english student students teacher teachers mb gb kb http https www com ลงท้าย
"""
_ADDRESS = (
    "พี่ น้อง คุณ ลุง ป้า น้า อา ครู อาจารย์ อ ดร ผศ รศ หมอ นาย นาง นางสาว หนู เจ๊ เฮีย กำนัน หลวงพ่อ p khun ajarn dr mr mrs ms prof"
)

CHATTER = frozenset(normalise(word) for word in _CHATTER.split())
ADDRESS = frozenset(normalise(word) for word in _ADDRESS.split())


def is_chatter(word: str) -> bool:
    """`word`: normalised."""
    return word in CHATTER


def is_form_of_address(word: str) -> bool:
    """What stands before names: the word behind it is somebody, not something."""
    return word in ADDRESS
