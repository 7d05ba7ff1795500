"""What looks like advertising, and what does not."""

import time

import pytest

from lomwong.moderation.spam import Suspicion, suspicions

ORDINARY = [
    "ขอบคุณมากครับ ได้ความรู้เยอะเลย",
    "มากกกกกกกกก ชอบสุด ๆ 5555555555555",
    "ดูแบบฟอร์มได้ที่ https://finance.u.example/form นะครับ ต้องกรอกหน้าแรกก่อนแล้วค่อยส่งงานการเงิน",
    "We use Excel และ Google Sheets แทน",
    "ค่ะ",
    "ทำไมต้องใช้ 3 ใบ 3 ใบ 3 ใบ",
    "เงินยืมทดรองราชการต้องคืนภายในกี่วัน",
    "α และ β ในสถิติคืออะไร",
    "----------------------------------------",
]


@pytest.mark.parametrize("words", ORDINARY)
def test_ordinary_words_are_not_suspected(words: str) -> None:
    assert suspicions(words, "สมชาย") == []


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("https://a.example/1 ดี", Suspicion.LINKS),
        ("เข้าไปดูของถูกของดีได้ทุกวันที่หน้าร้านของเราเลย a.com b.net https://c.example", Suspicion.LINKS),
        ("สล็อตเว็บตรง แตกง่าย", Suspicion.KNOWN),
        ("ส ล็ อ ต", Suspicion.KNOWN),
        ("บ.า.ค.า.ร่.า", Suspicion.KNOWN),
        ("ส\u200bล็อ\u200bต", Suspicion.KNOWN),
        ("best CASINO here", Suspicion.KNOWN),
        ("ใช้ раypal จ่าย", Suspicion.MIXED),  # Cyrillic letters in it
        ("ซื้อเลยวันนี้ " * 5, Suspicion.REPEATED),
        ("ก" * 40, Suspicion.REPEATED),
    ],
)
def test_advertising_is_marked_with_the_reason(words: str, why: Suspicion) -> None:
    assert why in suspicions(words)


def test_the_same_words_again_are_marked_short_thanks_are_not() -> None:
    words = "สนใจสินค้าราคาพิเศษติดต่อได้ที่นี่"
    assert suspicions(words + " !", before=[words]) == [Suspicion.AGAIN]
    assert suspicions("ขอบคุณครับ", before=["ขอบคุณครับ"]) == []


def test_a_name_counts_too() -> None:
    assert Suspicion.KNOWN in suspicions("สวัสดี", "สล็อตแตกง่าย")
    assert Suspicion.LINKS in suspicions("สวัสดี", "www.a.example")


@pytest.mark.parametrize("piece", ["http://", "ก", "a.com ", "\u0e48", "(", "раypal ", "\n", "www."])
def test_hostile_words_take_no_time(piece: str) -> None:
    started = time.process_time()
    suspicions(piece * (5000 // len(piece)), "x" * 80, [piece * 700] * 200)
    assert time.process_time() - started < 1.5
