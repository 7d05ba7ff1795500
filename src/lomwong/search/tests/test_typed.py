"""What is a sign, and what is only words."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lomwong.search.typed import MOST_SIGNS, Doubt, Part, Role, read
from lomwong.text.tests.strategies import ANY_TEXT

DOCS = Path(__file__).parents[4] / "docs/use"
SCRAPS = [
    '"', "“", "”", "„", "«", "-", "−", "--", ":", "：", " ", "  ", "\n", ",", "(", "author:", "ผู้เขียน:", "-tag:",
    "tag: ", "วง:", "ก่อน:", "after:", "when: ", "is:", "เป็น:unanswered", "kind:question", "2569", "23 พ.ย. 2569",
    "2026-03", "12:30", "https://a.b/c:d", "วรรณา แก้วมณี", "ก", "ข่าว", "a", "word", "24\"", "-80", "-l", "x",
]  # fmt: skip
TYPED = st.lists(st.sampled_from(SCRAPS), max_size=14).map("".join) | ANY_TEXT


def signs(text: str) -> list[tuple[str, str]]:
    return [(part.role.value, part.value) for part in read(text).signs]


@pytest.mark.parametrize(
    ("text", "expected", "words"),
    [
        ('ประชุม "ลาพักผ่อน ข้ามปี"', [("exact", "ลาพักผ่อน ข้ามปี")], "ประชุม"),
        ("“ลาพักผ่อน” ประชุม", [("exact", "ลาพักผ่อน")], "ประชุม"),
        ("„ลา“", [("exact", "ลา")], ""),
        ('เบิก"ค่าเดินทาง"ย้อนหลัง', [("exact", "ค่าเดินทาง")], "เบิก ย้อนหลัง"),
        ("ครุภัณฑ์ -รถยนต์", [("without", "รถยนต์")], "ครุภัณฑ์"),
        ('ครุภัณฑ์ -"ราคา กลาง" −รถ', [("without", "ราคา กลาง"), ("without", "รถ")], "ครุภัณฑ์"),
        ("author:วรรณา ลา", [("author", "วรรณา")], "ลา"),
        ("ผู้เขียน: วรรณา ลา", [("author", "วรรณา")], "ลา"),
        ('ผู้เขียน:"วรรณา แก้วมณี" ลา', [("author", "วรรณา แก้วมณี")], "ลา"),
        ("Author：“วรรณา แก้วมณี”", [("author", "วรรณา แก้วมณี")], ""),
        ("วง:พัสดุ ชุมชน: ไอที", [("community", "พัสดุ"), ("community", "ไอที")], ""),
        ("ป้าย:ปฎิบัติ, tag:cop", [("tag", "ปฎิบัติ"), ("tag", "cop")], ""),
        ("คณะ:วิทยาศาสตร์", [("unit", "วิทยาศาสตร์")], ""),
        ("is:unanswered วีซ่า", [("unanswered", "unanswered")], "วีซ่า"),
        ("เป็น:คำถาม", [("kind", "คำถาม")], ""),
        ("kind:Answers", [("kind", "Answers")], ""),
        ("ก่อน: 23 พ.ย. 2569 ลา", [("before", "23 พ.ย. 2569")], "ลา"),
        ("หลัง:2569-03 ลา", [("after", "2569-03")], "ลา"),
        ('when:"March 2026"', [("when", "March 2026")], ""),
        ("ปี:๒๕๖๙", [("when", "๒๕๖๙")], ""),
    ],
)
def test_signs(text: str, expected: list[tuple[str, str]], words: str) -> None:
    assert signs(text) == expected
    assert read(text).words == words


@pytest.mark.parametrize(
    "text",
    [
        "-", "a - b", "- -", "e-mail", "ลา-ป่วย", "2569-2570", "ตู้แช่ -80", "ls -l", "--json", "git log --oneline -n 5",
        "https://example.org/a:b", "12:30", "นัด 12:30 น.", "std::vector", "C:\\temp", "a:b",
        "จอ 24\" 27\"", 'print("x")', '"', '""', '" "', '"...', "หมายเหตุ:", "เวลา: 9 โมง", "author", "ผู้เขียน",
        "{'a': 1}", '{"a": 1}', "re:ประชุม",
    ],
)  # fmt: skip
def test_what_only_looks_like_signs_is_words(text: str) -> None:
    assert signs(text) == []
    assert read(text).words.split() == text.replace('"', "'").split()


@pytest.mark.parametrize(
    ("text", "doubt", "words"),
    [
        ("before:พรุ่งนี้ ลา", Doubt.NO_DATE, "พรุ่งนี้ ลา"),
        ("after:12:30", Doubt.NO_DATE, "12:30"),
        ("ก่อน:31/2/2569", Doubt.NO_DATE, "31/2/2569"),
        ("ลา ผู้เขียน:", Doubt.NO_VALUE, "ลา"),
        ("author: tag:x", Doubt.NO_VALUE, ""),
        ("before:", Doubt.NO_VALUE, ""),
        ("kind:เพลง", Doubt.NO_KIND, "เพลง"),
        ("ลา -author:วรรณา", Doubt.ONLY_WORDS_CAN_BE_LEFT_OUT, "ลา"),
    ],
)
def test_what_is_not_understood_is_doubted_and_searched_as_words(text: str, doubt: Doubt, words: str) -> None:
    assert [part.doubt for part in read(text).doubts] == [doubt]
    assert read(text).words == words


@pytest.mark.parametrize("text", ["-hv,^]", "-jk;dkilv[", "-hv,^] g0hksohkmuj", "-yho9vo"])
def test_a_minus_may_be_a_thai_letter_with_the_wrong_layout_on(text: str) -> None:
    assert signs(text) == []
    assert read(text).words == text


@pytest.mark.parametrize("word", ["sick", "python", "windows10", "html", "covid", "excel", "mysql"])
def test_english_words_are_left_out_all_the_same(word: str) -> None:
    assert signs(f"a -{word}") == [("without", word)]


def test_a_year_is_of_either_era() -> None:
    (buddhist,), (christian,) = read("before:2569").signs, read("before:2026").signs
    assert buddhist.period == christian.period == (date(2026, 1, 1), date(2027, 1, 1))


def test_a_sign_can_be_taken_out() -> None:
    typed = read('ลา author:"วรรณา แก้วมณี" -ป่วย "ข้าม ปี" ก่อน:2569')
    author, without, exact, before = typed.signs
    assert str(typed.dropping(author)) == 'ลา -ป่วย "ข้าม ปี" ก่อน:2569'
    assert str(typed.dropping(without, exact, before)) == 'ลา author:"วรรณา แก้วมณี"'


def test_nobody_types_so_many_signs() -> None:
    typed = read("-กา " * 10_000)
    assert len(typed.signs) == MOST_SIGNS


@given(TYPED)
def test_every_string_can_be_read_and_written_back(text: str) -> None:
    typed = read(text)
    assert read(str(typed)) == typed


@given(TYPED)
def test_taking_a_sign_out_leaves_the_others(text: str) -> None:
    typed = read(text)
    for sign in typed.signs:
        rest = typed.dropping(sign)
        assert [part for part in read(str(rest)).signs if part in rest.signs] == rest.signs


@given(TYPED)
def test_no_word_is_lost(text: str) -> None:
    kept = "".join(f"{part.name}{part.value}" for part in read(text).parts)
    for quote in "\"“”„‟«»＂'":
        text, kept = text.replace(quote, ""), kept.replace(quote, "")
    letters = [letter for letter in text if letter.isalnum()]
    assert [letter for letter in kept if letter.isalnum()] == letters


def test_a_part_without_a_role_of_its_own_is_no_sign() -> None:
    assert not Part(Role.WORD, "x").is_sign
    assert not Part(Role.DOUBT, "x", "-tag").is_sign


@pytest.mark.parametrize("page", ["search.md", "search.th.md"])
def test_every_sign_in_the_documentation_is_one(page: str) -> None:
    rows = [line for line in (DOCS / page).read_text().splitlines() if line.startswith("| `")]
    documented = [sign for row in rows for cell in row.split("|")[1:3] for sign in re.findall("`([^`]+)`", cell)]
    assert len(documented) > 15
    assert {sign: len(read(sign).signs) for sign in documented} == dict.fromkeys(documented, 1)
    assert not [sign for sign in documented if read(sign).words or read(sign).doubts]
