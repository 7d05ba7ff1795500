from itertools import pairwise

import pytest
from hypothesis import example, given

from lomwong.text.normalise import (
    fold_case,
    irregular_places,
    is_irregular,
    mend_letters,
    normalise,
    normalise_thai_run,
)

from .strategies import ANY_TEXT, THAI_RUN


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("เเม่", "แม่"),
        ("เเเม่", "แม่"),
        ("น้ํา", "น้ำ"),
        ("นํ้า", "น้ำ"),
        ("ทำํา", "ทำ"),
        ("ที่่", "ที่"),
        ("ท่ี", "ที่"),
        ("คะ่", "ค่ะ"),
        ("ซื้้อ", "ซื้อ"),
        ("จ้าาา", "จ้า"),
        ("มากกกก", "มาก"),
        ("ดีมากกกเลย", "ดีมากเลย"),
        ("โอกาสสส", "โอกาส"),
        ("พ\u200bร\u200dะ\ufeff", "พระ"),
        ("๒๕๔๙", "2549"),
        ("PostgreSQL", "postgresql"),
        ("cafe\u0301", "café"),
    ],
)
def test_spellings_that_read_alike_become_one(written, meant):
    assert normalise(written) == meant


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("ปฎิบัติ", "ปฏิบัติ"),
        ("กฏหมาย", "กฎหมาย"),
        ("ปรากฎ", "ปรากฏ"),
        ("ราชภัฎ", "ราชภัฏ"),
        ("ทฤษฏี", "ทฤษฎี"),
        ("ราษฏร", "ราษฎร"),
        ("มงกุฏ", "มงกุฎ"),
        ("นาฎศิลป์", "นาฏศิลป์"),
        ("ปาฎิหาริย์", "ปาฏิหาริย์"),
        ("กุฎิ", "กุฏิ"),
        ("กบฎ", "กบฏ"),
    ],
)
def test_mixed_up_chada_and_patak_take_the_usual_spelling(wrong, right):
    assert normalise(wrong) == right
    assert normalise(right) == right


@pytest.mark.parametrize(
    "text", ["คะแนนนิยม", "แวววาว", "ถนนนนทบุรี", "คนนนทบุรี", "สสส", "ททท", "เกาะ", "ตรากฎหมาย", "รังสฤษฏ์"]
)
def test_letters_that_rightly_repeat_or_stand_there_stay(text):
    assert normalise(text) == text


@given(ANY_TEXT)
def test_what_is_irregular_has_a_place(text):
    places = irregular_places(text)
    assert is_irregular(text) == bool(places)
    assert all(0 <= place < len(text) for place in places)
    assert not any(is_irregular(text, 0, 0) for _ in places)


@given(ANY_TEXT)
@example("\u0300\u0e4c\u0e38")  # a foreign mark before Thai ones in disorder
@example("\u0e34\u0300\u0e4c\u0e38")
def test_normalising_twice_changes_nothing_more(text):
    assert normalise(normalise(text)) == normalise(text)


@given(THAI_RUN)
def test_a_run_normalises_with_its_origin_as_without(run):
    normalised, origin = normalise_thai_run(run)
    assert normalised == normalise(run)
    assert len(origin) == len(normalised)
    assert all(start < end for start, end in origin)
    assert all(before[1] <= after[0] for before, after in pairwise(origin))


@given(THAI_RUN)
def test_a_regular_run_needs_only_its_letters_mended(run):
    if not is_irregular(run):
        assert mend_letters(run) == normalise(run)


@given(ANY_TEXT)
def test_folding_case_is_the_same_for_ascii_and_the_rest(text):
    assert fold_case(text + "é") == fold_case(text) + "é" or not text.isascii()
