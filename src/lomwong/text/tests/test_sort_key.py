import random

from hypothesis import given

from lomwong.text.sort_key import thai_sort_key

from .strategies import ANY_TEXT

DICTIONARY_ORDER = [
    "2 ห้อง",
    "๑๐ ห้อง",
    "Anan",
    "somchai",
    "กก",
    "กฎ",
    "กรรม",
    "กะ",
    "กัด",
    "กา",
    "ก้า",
    "กาก",
    "การ",
    "การ์ด",
    "กำ",
    "กิน",
    "เก",
    "เก่",
    "เกง",
    "เก็ง",
    "เก่ง",
    "เก้ง",
    "เกม",
    "แก",
    "โก",
    "ใกล้",
    "ไก่",
    "ขา",
    "ข้าว",
    "รา",
    "ฤทธิ์",
    "ลา",
    "สมชาย",
    "สม หญิง",
    "อา",
    "ฮา",
]


def test_code_point_order_of_keys_is_dictionary_order():
    # ๑๐ stands before 2: keys compare digit by digit, as dictionaries do, not by value.
    expected = ["๑๐ ห้อง", "2 ห้อง", *DICTIONARY_ORDER[2:]]
    expected.remove("ใกล้")
    expected.remove("ไก่")
    expected[expected.index("ขา") : expected.index("ขา")] = ["ใกล้", "ไก่"]
    shuffled = random.Random(7).sample(expected, len(expected))
    assert sorted(shuffled, key=thai_sort_key) == expected


def test_spelling_variants_of_one_name_have_one_key():
    assert thai_sort_key("น้ําฝน") == thai_sort_key("น้ำฝน")
    assert thai_sort_key("สม ชาย") == thai_sort_key("สมชาย")
    assert thai_sort_key("ANAN") == thai_sort_key("anan")


@given(ANY_TEXT)
def test_any_name_has_a_key_that_a_database_can_store(name):
    assert "\x00" not in thai_sort_key(name)
