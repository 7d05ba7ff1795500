from typing import Any

from django.db import migrations

EDITION = 1
VERSION = 1

# What people of Thai universities say in more than one way. Afterwards the list is the operator's. Only what means one thing:
# ก.พ. is a month too, PLC a machine, มน. and มวล. are ordinary words without their dots.
TERMS = [
    "ลปรร. = แลกเปลี่ยนเรียนรู้ = knowledge sharing",
    "CoP = ชุมชนแนวปฏิบัติ = ชุมชนนักปฏิบัติ = community of practice = communities of practice",
    "KM = การจัดการความรู้ = จัดการความรู้ = knowledge management",
    "AAR = การทบทวนหลังการปฏิบัติงาน = การทบทวนหลังการปฏิบัติ = การทบทวนหลังปฏิบัติ = after action review",
    "ถอดบทเรียน = การถอดบทเรียน = lesson learned = lessons learned",
    "เพื่อนช่วยเพื่อน = peer assist",
    "R2R = การพัฒนางานประจำสู่งานวิจัย = งานประจำสู่งานวิจัย = routine to research",
    "แนวปฏิบัติที่ดี = แนวปฏิบัติที่เป็นเลิศ = วิธีปฏิบัติที่เป็นเลิศ = best practice = best practices = good practice",
    "ความรู้ฝังลึก = ความรู้ในตัวคน = tacit knowledge",
    "ความรู้ชัดแจ้ง = explicit knowledge",
    "การประกันคุณภาพ = ประกันคุณภาพ = QA = quality assurance",
    "SAR = รายงานการประเมินตนเอง = self-assessment report",
    "EdPEx = เกณฑ์คุณภาพการศึกษาเพื่อการดำเนินการที่เป็นเลิศ",
    "ตัวชี้วัด = ดัชนีชี้วัด = KPI = KPIs",
    "OKR = OKRs = objectives and key results",
    "การประชุมเชิงปฏิบัติการ = อบรมเชิงปฏิบัติการ = เวิร์กช็อป = เวิร์คช็อป = เวิร์กชอป = เวิร์คชอป = workshop",
    "มคอ. = กรอบมาตรฐานคุณวุฒิ = TQF",
    "OBE = การศึกษาที่มุ่งผลลัพธ์ = การศึกษาที่มุ่งเน้นผลลัพธ์ = outcome-based education",
    "PLO = PLOs = ผลลัพธ์การเรียนรู้ระดับหลักสูตร = ผลลัพธ์การเรียนรู้ของหลักสูตร",
    "CLO = CLOs = ผลลัพธ์การเรียนรู้ระดับรายวิชา = ผลลัพธ์การเรียนรู้ของรายวิชา",
    "LMS = ระบบจัดการเรียนรู้ = ระบบจัดการการเรียนรู้ = learning management system",
    "TCAS = ทีแคส = ระบบการคัดเลือกกลางบุคคลเข้าศึกษาในสถาบันอุดมศึกษา",
    "สหกิจ = สหกิจศึกษา = cooperative education",
    "กยศ. = กองทุนเงินให้กู้ยืมเพื่อการศึกษา = student loan fund",
    "TOR = ขอบเขตของงาน = terms of reference",
    "จัดซื้อจัดจ้าง = procurement",
    "e-bidding = อีบิดดิ้ง = ประกวดราคาอิเล็กทรอนิกส์",
    "e-GP = ระบบการจัดซื้อจัดจ้างภาครัฐด้วยอิเล็กทรอนิกส์ = ระบบจัดซื้อจัดจ้างภาครัฐ",
    "งปม. = งบประมาณ",
    "MOU = เอ็มโอยู = บันทึกความเข้าใจ = บันทึกข้อตกลงความร่วมมือ = memorandum of understanding",
    "PDPA = คุ้มครองข้อมูลส่วนบุคคล = personal data protection",
    "IRB = จริยธรรมการวิจัยในมนุษย์",
    "SDG = SDGs = เป้าหมายการพัฒนาที่ยั่งยืน",
    "พ.ร.บ. = พระราชบัญญัติ",
    "อว. = กระทรวงการอุดมศึกษา = กระทรวงอุดมศึกษา = MHESI",
    "สกอ. = สำนักงานคณะกรรมการการอุดมศึกษา",
    "ก.พ.อ. = คณะกรรมการข้าราชการพลเรือนในสถาบันอุดมศึกษา",
    "ทปอ. = ที่ประชุมอธิการบดีแห่งประเทศไทย",
    "วช. = สำนักงานการวิจัยแห่งชาติ = สำนักงานคณะกรรมการวิจัยแห่งชาติ = NRCT",
    "สกสว. = สำนักงานคณะกรรมการส่งเสริมวิทยาศาสตร์ วิจัยและนวัตกรรม = TSRI",
    "สมศ. = สำนักงานรับรองมาตรฐานและประเมินคุณภาพการศึกษา = ONESQA",
    "สตง. = สำนักงานการตรวจเงินแผ่นดิน",
    "อพ.สธ. = อพสธ. = โครงการอนุรักษ์พันธุกรรมพืชอันเนื่องมาจากพระราชดำริ",
    "ผอ. = ผู้อำนวยการ",
    "ผศ. = ผู้ช่วยศาสตราจารย์",
    "รศ. = รองศาสตราจารย์",
    "จนท. = เจ้าหน้าที่",
    "จพง. = เจ้าพนักงาน",
    "นศ. = นักศึกษา",
    "นศพ. = นักศึกษาแพทย์",
    "รพ. = โรงพยาบาล",
    "มหาวิทยาลัย = มหาลัย",
    "ลาป่วย = sick leave",
    "ลาพักผ่อน = ลาพักร้อน = annual leave",
    "ลิฟต์ = ลิฟท์",
    "กะพริบ = กระพริบ",
    "Moodle = มูเดิล",
    "คอมพิวเตอร์ = computer",
    "โน้ตบุ๊ก = โน้ตบุ๊ค = โน๊ตบุ๊ค = notebook",
    "เครื่องพิมพ์ = พรินเตอร์ = ปรินเตอร์ = ปริ้นเตอร์ = printer",
    "ซอฟต์แวร์ = ซอฟท์แวร์ = software",
    "แอปพลิเคชัน = แอปพลิเคชั่น = แอพพลิเคชัน = แอพพลิเคชั่น = แอป = แอพ = app",
    "เครื่องแม่ข่าย = เซิร์ฟเวอร์ = server",
    "อินเทอร์เน็ต = อินเตอร์เน็ต = internet",
    "เว็บไซต์ = เว็บไซท์ = เวปไซต์ = เวปไซด์ = website",
    "อีเมล = อีเมล์ = email = e-mail",
    "รหัสผ่าน = พาสเวิร์ด = password",
    "อัปเดต = อัพเดต = อัพเดท = update",
    "ดิจิทัล = ดิจิตอล = digital",
    "ออนไลน์ = online",
    "วิดีโอ = วีดิโอ = วีดีโอ = video",
    "ปัญญาประดิษฐ์ = เอไอ = AI = artificial intelligence",
    "ม.อ. = มอ. = มหาวิทยาลัยสงขลานครินทร์ = PSU",
    "มก. = มหาวิทยาลัยเกษตรศาสตร์",
    "มข. = มหาวิทยาลัยขอนแก่น",
    "มช. = มหาวิทยาลัยเชียงใหม่",
    "มธ. = มหาวิทยาลัยธรรมศาสตร์",
    "มมส. = มหาวิทยาลัยมหาสารคาม",
    "มทส. = มหาวิทยาลัยเทคโนโลยีสุรนารี",
    "มทร. = มหาวิทยาลัยเทคโนโลยีราชมงคล",
    "มรภ. = มหาวิทยาลัยราชภัฏ",
]


def list_terms(apps: Any, schema_editor: Any) -> None:
    term = apps.get_model("search", "Term")
    term.objects.bulk_create(term(forms="\n".join(line.split(" = "))) for line in TERMS)
    apps.get_model("search", "Edition").objects.create(pk=EDITION, version=VERSION)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(list_terms, migrations.RunPython.noop)]
