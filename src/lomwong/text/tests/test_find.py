import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lomwong.text import segment
from lomwong.text.find import Marks, find
from lomwong.text.highlight import hits
from lomwong.text.own_words import OwnWords

from .strategies import ANY_TEXT, THAI_RUN

HOUSE = OwnWords(
    [["ลปรร.", "แลกเปลี่ยนเรียนรู้", "knowledge sharing"], ["ม.อ.", "มอ.", "มหาวิทยาลัยสงขลานครินทร์", "PSU"], ["ปฏิบัติ", "do it"]]
)


def marked(text, marks):
    return [text[start:end] for start, end in hits(text, marks)]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("ลปรร.", "วงแลกเปลี่ยนเรียนรู้ หรือ Knowledge-sharing, ลปรร", ["แลกเปลี่ยนเรียนรู้", "Knowledge-sharing", "ลปรร"]),
        ("knowledge sharing", "มาลปรร.กัน", ["ลปรร"]),
        ("PSU", "ม.อ. มอ. มอง มหาวิทยาลัยสงขลานครินทร์", ["ม.อ", "มอ", "มหาวิทยาลัยสงขลานครินทร์"]),
        ("ลปรร", "knowledge is sharing", []),
        ("ลปรร", "knowledge ความรู้ sharing", []),
        ("แลกเปลี่ยนเรียนรู้", "แลกเปลี่ยนความเห็น", ["แลกเปลี่ยน"]),
        ("2549", "ปี ๒๕๔๙ และ 2,549", ["๒๕๔๙", "2,549"]),
        ("รู้สึก", "ทุกคน\u200bรู้\u200bสึก\u200b😀รู้สึก", ["รู้\u200bสึก", "รู้สึก"]),
        ("ปฏิบัติ", "ปฎิบัติ กฏ ปฏิบัติ", ["ปฎิบัติ", "ปฏิบัติ"]),
    ],
)
def test_found_in_any_spelling_and_said_otherwise(query, text, expected):
    assert marked(text, Marks.of(query, HOUSE)) == expected


def test_other_words_may_be_marked_beside_those_of_the_query():
    text = "เครื่องพิมพ์เสีย print it"
    assert marked(text, Marks.of("เครื่องพิม", also=["เครื่องพิมพ์", "print"])) == ["เครื่องพิมพ์", "print"]


def slowly(text, marks):
    return [token for token in segment.segment_with_parts(text, marks.own) if token.text in marks.words]


QUERY = ANY_TEXT | st.sampled_from(["ลปรร.", "ม.อ.", "ความรู้ มหาวิทยาลัย", "ปฏิบัติ 1500", "ก", "aZ", "ร์", "กก"])


@given(ANY_TEXT | THAI_RUN, QUERY, st.booleans())
@example("ก.กก.ก", "กก", False)
@example("ม\u200b.อ\u200b.มอ", "มอ", True)
def test_the_same_is_found_as_by_cutting_it_all(text, query, has_own):
    text = f"{text} {query}{text}"
    marks = Marks.of(query, HOUSE if has_own else None)
    found = find(text, marks)
    assert [token for token in found if token.text in marks.words] == slowly(text, marks)


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_ways_of_any_words_are_found_inside_the_text(text, query, form, also):
    own = OwnWords([[query, form, f"{form} {also}"]])
    text += form + query + also
    for token in find(text, Marks.of(query, own, [also])):
        assert 0 <= token.start < token.end <= len(text)
