"""What changed between two versions, by words."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lomwong.kit.html import LONGEST_TEXT
from lomwong.posts.stories.diff import GONE, NEW, SAME, Budget, changed_runs, changes, pieces_of

ROW = ["ก", "ข", "ค", "ง"]


def signs(before: str, after: str) -> list[list[tuple[str, str]]]:
    return [paragraph.pieces for paragraph in changes(before, after)]


def test_a_thai_word_in_the_middle_of_an_unspaced_sentence():
    assert signs("เราส่งใบยืมทุกวันศุกร์", "เราส่งใบยืมทุกวันจันทร์") == [[(SAME, "เราส่งใบยืมทุกวัน"), (GONE, "ศุกร์"), (NEW, "จันทร์")]]


def test_only_the_changed_paragraphs_and_their_neighbours_are_shown():
    before = [f"ย่อหน้าที่ {number} ของเรื่องนี้" for number in range(9)]
    after = [*before[:4], "ย่อหน้าที่ 4 ของเรื่องใหม่", *before[5:]]
    shown = changes("\n".join(before), "\n".join(after))
    assert [paragraph.left_out for paragraph in shown] == [3, 0, 0, 0, 3]
    assert [text for sign, text in shown[2].pieces if sign == NEW] == ["ใหม่"]


def test_blank_lines_are_not_shown():
    shown = changes("หนึ่ง\n\nสอง", "หนึ่ง\n\nสอง\n\nสาม\n")
    assert [(paragraph.left_out, paragraph.pieces) for paragraph in shown] == [
        (1, []),
        (0, [(SAME, "สอง")]),
        (0, [(NEW, "สาม")]),
    ]


def test_a_paragraph_that_was_put_in_changes_no_other():
    assert signs("หนึ่ง\nสอง", "หนึ่ง\nแทรกเข้ามา\nสอง") == [
        [(SAME, "หนึ่ง")],
        [(NEW, "แทรกเข้ามา")],
        [(SAME, "สอง")],
    ]


def test_the_same_text_shows_nothing_but_that_it_stayed():
    assert [paragraph.pieces for paragraph in changes("ก\nข", "ก\nข")] == [[]]


@given(st.text(), st.text())
def test_both_texts_can_be_read_from_the_pieces(before, after):
    old, new = pieces_of(before), pieces_of(after)
    assert "".join(old) == before
    built, at = [], 0
    for i, j, k, m in changed_runs(old, new, Budget()):
        built += old[at:i] + new[k:m]
        at = j
    assert "".join(built + old[at:]) == after


@given(st.lists(st.sampled_from(ROW)), st.lists(st.sampled_from(ROW)))
def test_runs_do_not_overlap_and_lead_from_one_to_the_other(a, b):
    runs = changed_runs(a, b, Budget())
    built, at = [], 0
    for i, j, k, m in runs:
        assert at <= i <= j <= len(a)
        built += a[at:i] + b[k:m]
        at = j
    assert built + a[at:] == b


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("เราส่งใบยืมทุกวันศุกร์ " * 5000, "เราส่งใบยืมทุกวันจันทร์ " * 5000),
        ("ก\n" * 50_000, "ข\nก\n" * 25_000),
        (
            "".join(f"{number % 97} " for number in range(40_000)),
            "".join(f"{number % 89} " for number in range(40_000)),
        ),
        ("กขค " * 25_000, "คขก " * 25_000),
        (
            "".join(f"คำ{number}x " for number in range(12_000)),
            "".join(f"คำ{number}x " for number in range(12_000, 0, -1)),
        ),
    ],
)
def test_hostile_texts_of_the_greatest_length_stay_quick(before, after):
    started = time.process_time()
    changes(before[:LONGEST_TEXT], after[:LONGEST_TEXT])
    assert time.process_time() - started < 3
