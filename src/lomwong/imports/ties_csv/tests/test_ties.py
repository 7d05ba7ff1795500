import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lomwong.imports.problems import Problem, UnreadableFile
from lomwong.imports.ties_csv.parse import Tie, read_ties
from lomwong.imports.times import ZONE

DATA = Path(__file__).resolve().parents[6] / "shared" / "data" / "graph" / "email-Eu-core.txt"


def read(text: str | bytes) -> tuple[list[Tie], list[Problem]]:
    found = list(read_ties(io.BytesIO(text.encode() if isinstance(text, str) else text)))
    return [each for each in found if isinstance(each, Tie)], [each for each in found if isinstance(each, Problem)]


@pytest.mark.parametrize(
    "text",
    [
        "a,b\nb,c\n",
        "a\tb\nb\tc",
        "a b\nb  c\n",
        "a;b\nb;c\n",
        "from,to\na,b\nb,c\n",
        "# remark\n\na b\n% another\nb c\n",
    ],
)
def test_two_columns_in_every_form(text: str) -> None:
    ties, problems = read(text)
    assert [(tie.sender, tie.recipient, tie.at, tie.weight) for tie in ties] == [
        ("a", "b", None, 1),
        ("b", "c", None, 1),
    ]
    assert problems == []


@pytest.mark.parametrize(
    ("stamp", "at"),
    [
        ("2026-01-05T10:12:00+07:00", datetime(2026, 1, 5, 10, 12, tzinfo=ZONE)),
        ("2026-01-05 10:12", datetime(2026, 1, 5, 10, 12, tzinfo=ZONE)),
        ("2569-01-05", datetime(2026, 1, 5, tzinfo=ZONE)),
        ("20260105", datetime(2026, 1, 5, tzinfo=ZONE)),
        ("5/1/2569", datetime(2026, 1, 5, tzinfo=ZONE)),
        ("5 ม.ค. 2569 10:12 น.", datetime(2026, 1, 5, 10, 12, tzinfo=ZONE)),
        ("1767582720", datetime(2026, 1, 5, 3, 12, tzinfo=UTC)),
        ("1767582720000", datetime(2026, 1, 5, 3, 12, tzinfo=UTC)),
    ],
)
def test_times(stamp: str, at: datetime) -> None:
    ties, problems = read(f"a,b,{stamp},2.5\n")
    assert problems == []
    assert ties == [Tie(1, "a", "b", at, 2.5)]


def test_headings_in_thai_and_in_any_order() -> None:
    ties, _ = read("น้ำหนัก,ผู้รับ,เวลา,ผู้ส่ง\n3,ข,2026-01-05,ก\n".encode("cp874"))
    assert ties == [Tie(2, "ก", "ข", datetime(2026, 1, 5, tzinfo=ZONE), 3.0)]


def test_a_small_third_number_is_a_weight() -> None:
    assert read("a b 3\n")[0] == [Tie(1, "a", "b", None, 3.0)]


def test_names_with_commas_in_quotation_marks() -> None:
    assert read('"Dee, Malee",b\n')[0][0].sender == "Dee, Malee"


def test_bad_lines_are_reported_and_the_others_go_in() -> None:
    ties, problems = read(
        "from,to,time,weight\na,b,,\n,b,,\na,,,\na,b,tomorrow,\na,b,,0\na,b,,-1\na,b,,nan\na,b,,much\nc,d,,\n"
        + "x" * 9000
        + ",b,,\ne,f,,\n"
    )
    assert [(tie.line, tie.sender) for tie in ties] == [(2, "a"), (10, "c"), (12, "e")]
    assert [problem.where for problem in problems] == [f"line {number}" for number in (3, 4, 5, 6, 7, 8, 9, 11)]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not a text file"),
        (b"oneword\n" * 100, "No ties"),
        (b"word\n", "No ties"),
        (b"from,to\n", "No ties"),
        ("a,b\n".encode("utf-16"), "UTF-16"),
    ],
)
def test_wrong_files_are_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words):
        read(data)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text("ab,;\t \n\"'0189-", max_size=200).map(str.encode)))
def test_random_bytes_never_raise_anything_else(data: bytes) -> None:
    try:
        ties, _ = read(data)
    except UnreadableFile:
        return
    assert all(tie.weight > 0 and tie.sender and tie.recipient for tie in ties)


def test_the_real_network() -> None:
    if not DATA.exists():
        pytest.skip("the public test network is not beside the project (../shared/data/graph)")
    with DATA.open("rb") as stream:
        found = list(read_ties(stream))
    assert len(found) == 25_571
    assert all(isinstance(each, Tie) for each in found)
    assert len({name for each in found if isinstance(each, Tie) for name in (each.sender, each.recipient)}) == 1005
