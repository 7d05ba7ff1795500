from hypothesis import given
from hypothesis import strategies as st

from lomwong.text.highlight import hits, snippet
from lomwong.text.normalise import DEPENDENT, LEADING_VOWELS

from .strategies import ANY_TEXT

LONG = "เริ่มต้นด้วยเรื่องทั่วไป " * 30 + "แล้วพูดถึงเครื่องฉายภาพในห้องเรียนที่เสียบ่อย " + "จบด้วยเรื่องอื่น " * 30


def test_hits_are_offsets_of_the_original_in_any_spelling():
    text = "😀 ชุมชนแนวปฎิบัติ กับ แนวปฏิบัติ"
    assert [text[start:end] for start, end in hits(text, "ปฏิบัติ")] == ["ปฎิบัติ", "ปฏิบัติ"]


def test_a_part_of_a_compound_is_hit_alone_and_the_whole_once():
    text = "ถามผู้เชี่ยวชาญ"
    assert [text[start:end] for start, end in hits(text, "เชี่ยวชาญ")] == ["เชี่ยวชาญ"]
    assert [text[start:end] for start, end in hits(text, "ผู้เชี่ยวชาญ เชี่ยวชาญ")] == ["ผู้เชี่ยวชาญ"]


def test_without_words_in_the_query_nothing_is_hit():
    assert hits("ความรู้", " ?! ") == []


def test_snippet_shows_the_densest_place_and_marks_the_cuts():
    pieces = snippet(LONG, "เครื่องฉาย ห้องเรียน", width=80)
    shown = "".join(piece for piece, _ in pieces)
    assert "ห้องเรียน" in [piece for piece, is_hit in pieces if is_hit]
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) <= 82


def test_snippet_of_a_short_text_is_the_text():
    assert snippet("ความรู้\n\n  ใหม่", "ใหม่") == [("ความรู้ ", False), ("ใหม่", True)]


def test_snippet_without_a_hit_is_the_beginning():
    assert snippet(LONG, "ช้าง", width=30)[0][0].startswith("เริ่มต้นด้วย")
    assert snippet("", "ช้าง") == []


@given(ANY_TEXT, ANY_TEXT)
def test_hits_never_leave_the_text_or_overlap(text, query):
    at = 0
    for start, end in hits(text, query) + hits(text, text):
        if start == 0:
            at = 0
        assert 0 <= start < end <= len(text)
        assert start >= at or (start, end) in hits(text, text)
        at = end


@given(ANY_TEXT, ANY_TEXT, st.integers(min_value=-1, max_value=40))
def test_snippet_shows_only_what_stands_in_the_text(text, query, width):
    one_line = " ".join(text.split())
    for piece, is_hit in snippet(text, query, width):
        assert piece
        if is_hit:
            assert " ".join(piece.split()) in one_line
    shown = "".join(piece for piece, _ in snippet(text, query, width))
    assert len(shown) <= max(width, 1) + 2


@given(st.lists(st.sampled_from(["กิ่ง", "แก้ว", "เมื่อ", "ศักดิ์", "รื่น", "ครู "]), min_size=8, max_size=40))
def test_no_cut_falls_inside_a_cluster(syllables):
    text = "".join(syllables)
    shown = "".join(piece for piece, _ in snippet(text, "ครู", 20))
    core = shown.strip("…").strip()
    at = text.find(core)
    assert at >= 0
    behind = text[at + len(core) : at + len(core) + 1]
    assert not core or core[0] not in DEPENDENT
    assert not core or core[-1] not in LEADING_VOWELS
    assert not behind or behind not in DEPENDENT
