import pytest
from hypothesis import given
from hypothesis import strategies as st

from lomwong.text.spelling import Spellings, slips

from .strategies import ANY_TEXT

WORDS = Spellings(
    {
        "คอมพิวเตอร์": 40,
        "มหาวิทยาลัย": 90,
        "ความปลอดภัย": 12,
        "ใบรับรอง": 7,
        "ห้องปฏิบัติการ": 30,
        "อนุญาต": 9,
        "computer": 20,
        "certificate": 6,
        "2549": 3,
        "ก": 8,
    }.items()
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("คอมพิวเตอ", "คอมพิวเตอร์"),
        ("คอมพิเวตอร์", "คอมพิวเตอร์"),
        ("มหาวิทยลัย", "มหาวิทยาลัย"),
        ("ความปลอดภัญ", "ความปลอดภัย"),
        ("ไบรับรอง", "ใบรับรอง"),
        ("อนุญาติ", "อนุญาต"),
        ("comptuer", "computer"),
        ("certifcate", "certificate"),
    ],
)
def test_finds_what_was_meant(written, meant):
    assert WORDS.near(written)[0].word == meant


def test_knows_nothing_near_a_word_itself_or_something_else():
    assert all(near.word != "computer" for near in WORDS.near("computer"))
    assert WORDS.near("ปลากะพง") == []
    assert WORDS.near("2548") == []
    assert Spellings(()).near("computer") == []


def test_of_equally_near_words_the_frequent_one_comes_first():
    spellings = Spellings([("กานต", 1), ("การต", 1), ("การค", 500)])
    assert spellings.near("การช")[0].word == "การค"


@pytest.mark.parametrize(
    ("common", "rare"),
    [
        (("ใบ", "ไบ"), ("ใบ", "ขบ")),
        (("บาน", "บ้าน"), ("บาน", "บขาน")),
        (("เกณฑ", "เกณฑ์"), ("เกณฑ", "เกณฑก")),
        (("สวสัดี", "สวัสดี"), ("สวสัดี", "สวมมดี")),
        (("letter", "leter"), ("letter", "lexer")),
    ],
)
def test_common_slips_cost_less(common, rare):
    assert slips(*common) < slips(*rare)


@given(ANY_TEXT, ANY_TEXT)
def test_takes_any_string(one, other):
    assert slips(one, one) == 0
    assert slips(one, other) >= 0
    Spellings([(other, 1), (one, 2)]).near(one)


@given(st.text("กขคงาิ่", max_size=8), st.text("กขคงาิ่", max_size=8))
def test_as_far_there_as_back(one, other):
    assert slips(one, other) == pytest.approx(slips(other, one))


@given(st.text("กขคงาิ่", max_size=8), st.text("กขคงาิ่", max_size=8))
def test_stopping_early_changes_nothing_that_matters(one, other):
    whole = slips(one, other)
    if whole <= 2:
        assert slips(one, other, 2.0) == pytest.approx(whole)
    else:
        assert slips(one, other, 2.0) > 2
