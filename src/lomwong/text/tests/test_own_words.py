from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lomwong.text.own_words import LONGEST_FORM, OwnWords
from lomwong.text.segment import index_terms, segment, segment_with_parts, words

from .strategies import ANY_TEXT

HOUSE = OwnWords(
    [
        ["ลปรร.", "แลกเปลี่ยนเรียนรู้", "knowledge sharing"],
        ["ม.อ.", "มอ.", "มหาวิทยาลัยสงขลานครินทร์", "PSU"],
        ["CoP", "ชุมชนแนวปฏิบัติ", "ชุมชนนักปฏิบัติ", "community of practice"],
        ["แนวปฏิบัติ", "practice"],
        ["มข.", "อว", "กพ"],
        ["ริมเล", "ม.ริมเล"],
    ]
)
FORMS = ["ลปรร.", "ม.อ.", "มอ", "CoP", "ความรู้", "แนว ปฏิบัติ", "ชุมชน", "knowledge sharing", "ก", "!", ""]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("มาลปรร.กันที่มอ.นะ", ["มา", "ลปรร", "กัน", "ที่", "มอ", "นะ"]),
        ("ล.ป.ร.ร. กับ ม.อ.", ["ลปรร", "กับ", "มอ"]),
        ("วงแลกเปลี่ยนเรียนรู้ของชุมชนแนวปฎิบัติ", ["วง", "แลกเปลี่ยนเรียนรู้", "ของ", "ชุมชนแนวปฏิบัติ"]),
        ("แลก\u200bเปลี่ยน\u200bเรียนรู้", ["แลกเปลี่ยนเรียนรู้"]),
        ("อาจารย์มขสอน", ["อาจารย์", "มข", "สอน"]),
        ("Our COP, our cop's", ["our", "cop", "our", "cop"]),
    ],
)
def test_own_words_are_words(text, expected):
    assert words(text, HOUSE) == expected


@pytest.mark.parametrize(
    "text",
    ["มอง", "มอบหมาย", "มอเตอร์", "สมองกลับมา", "เขามองมอเตอร์ไซค์", "ในอวกาศ", "หัวอวบ", "ก็พร้อมขึ้น", "กรมขนส่ง", "สมขวัญ"],
)
def test_a_short_own_word_leaves_ordinary_words_whole(text):
    assert words(text, HOUSE) == words(text)


def test_without_own_words_nothing_is_known_of_them():
    assert words("ลปรร") != ["ลปรร"]
    assert words("มาลปรร.", OwnWords()) == words("มาลปรร.")


def test_an_own_word_is_indexed_whole_and_in_all_its_parts():
    terms = index_terms("ชุมชนแนวปฏิบัติ", HOUSE)
    assert terms[0] == "ชุมชนแนวปฏิบัติ"
    assert {"ชุมชน", "แนวปฏิบัติ", "แนว", "ปฏิบัติ"} <= set(terms)


@pytest.mark.parametrize("form", ["ลปรร", "แลกเปลี่ยนเรียนรู้", "ชุมชนแนวปฏิบัติ", "ริมเล", "มข"])
def test_what_was_cut_without_an_own_word_is_among_its_parts(form):
    assert set(words(form)) <= set(index_terms(f"ที่{form}นี้", HOUSE))


def test_other_ways_to_say_it():
    assert HOUSE.synonyms("ลปรร") == (("แลกเปลี่ยนเรียนรู้",), ("knowledge", "sharing"))
    assert HOUSE.synonyms("community of practice") == (("cop",), ("ชุมชนแนวปฏิบัติ",), ("ชุมชนนักปฏิบัติ",))
    assert HOUSE.synonyms("มอ") == (("มหาวิทยาลัยสงขลานครินทร์",), ("psu",))
    assert HOUSE.synonyms("ความรู้") == HOUSE.synonyms("knowledge") == HOUSE.synonyms("") == ()


def test_a_text_that_waits_is_asked_for_as_it_was_cut():
    assert ("แลกเปลี่ยน", "เรียนรู้") in HOUSE.synonyms("ลปรร", is_waiting=True)
    assert ("แลกเปลี่ยน", "เรียนรู้") in HOUSE.synonyms("แลกเปลี่ยนเรียนรู้", is_waiting=True)


def test_found_in_a_query_the_longest_first():
    found = HOUSE.found_in(words("Is a community of practice PSU practice?", HOUSE))
    assert [(said.start, said.end) for said in found] == [(2, 5), (5, 6), (6, 7)]


def test_several_live_side_by_side():
    other = OwnWords([["แลกเปลี่ยน", "swap"]])
    assert HOUSE.synonyms("แลกเปลี่ยน") == ()
    assert other.synonyms("แลกเปลี่ยน") == (("swap",),)
    assert words("แลกเปลี่ยนเรียนรู้", other) == ["แลกเปลี่ยน", "เรียนรู้"]
    assert words("แลกเปลี่ยนเรียนรู้", HOUSE) == ["แลกเปลี่ยนเรียนรู้"]


def test_a_form_of_no_use_is_left_out():
    useless = OwnWords([["", "!", "ก" * (LONGEST_FORM + 1), "ก"], []])
    assert words("กก! ก", useless) == words("กก! ก")


def test_threads_may_share_it():
    own = OwnWords([["แลกเปลี่ยนเรียนรู้"], ["ริมเลโมเดล"]])
    with ThreadPoolExecutor(8) as pool:
        cuts = list(pool.map(lambda _: words("แลกเปลี่ยนเรียนรู้ริมเลโมเดล", own), range(64)))
    assert cuts == [["แลกเปลี่ยนเรียนรู้", "ริมเลโมเดล"]] * 64


GROUPS = st.lists(st.lists(ANY_TEXT | st.sampled_from(FORMS), max_size=4), max_size=6)


@given(GROUPS, ANY_TEXT)
def test_any_forms_cut_any_text_inside_it_and_lose_no_letter(groups, text):
    own = OwnWords(groups)
    text += "".join(form for group in groups for form in group)
    at = 0
    covered: set[int] = set()
    for token in segment(text, own):
        assert at <= token.start < token.end <= len(text)
        at = token.end
        covered.update(range(token.start, token.end))
    assert {char for i, char in enumerate(text) if i not in covered and char.isalnum()} <= set("ๆฯ")
    whole = {(token.start, token.end) for token in segment(text, own)}
    for part in segment_with_parts(text, own):
        assert any(start <= part.start < part.end <= end for start, end in whole)


@given(GROUPS)
def test_each_form_of_any_group_leads_to_the_others(groups):
    own = OwnWords(groups)
    for group in groups:
        for form in group:
            for said in own.found_in(words(form, own), is_waiting=True):
                assert all(way and all(way) for way in said.ways)
