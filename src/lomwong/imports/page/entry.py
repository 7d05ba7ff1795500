"""What a saved entry consists of, and the labels that GotoKnow prints around it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from lomwong.imports.problems import Problem, mark
from lomwong.imports.times import read_time

NO_NUMBER = mark("The page shows no record number, so a later import cannot tell that it is the same entry.")
NO_DATE = mark("The page does not say when it was written.")
COUNT_DIFFERS = mark(
    "The page states another number of comments than could be told apart (stated / found). Every word was kept."
)


@dataclass(frozen=True, slots=True)
class PageComment:
    """A comment below an entry. `exact`: the page itself says where it begins and ends; otherwise it is a guess."""

    author: str | None
    at: datetime | None
    text: str
    exact: bool


@dataclass(slots=True)
class Page:
    """One entry. Times are aware (Asia/Bangkok). `html` is the body as the page had it, not yet cleaned, or None."""

    title: str
    text: str
    html: str | None = None
    record_number: int | None = None
    written_at: datetime | None = None
    edited_at: datetime | None = None
    author: str | None = None
    tags: tuple[str, ...] = ()
    licence: str = ""
    comments: list[PageComment] = field(default_factory=list)
    stated_comments: int | None = None
    problems: list[Problem] = field(default_factory=list)

    def check(self) -> None:
        """Notes what is missing, and a number of comments that differs from the one the page states."""
        if self.record_number is None:
            self.problems.append(Problem("page", NO_NUMBER))
        if self.written_at is None:
            self.problems.append(Problem("page", NO_DATE))
        if self.stated_comments is not None and self.stated_comments != len(self.comments):
            counts = f"{self.stated_comments} / {len(self.comments)}"
            self.problems.append(Problem("page", COUNT_DIFFERS, counts))


_LABELS = {
    "หมายเลขบันทึก": "number",
    "เขียนเมื่อ": "written",
    "สร้างเมื่อ": "written",
    "แก้ไขเมื่อ": "edited",
    "แก้ไขล่าสุดเมื่อ": "edited",
    "สัญญาอนุญาต": "licence",
    "จำนวนที่อ่าน": "reads",
    "ดอกไม้": "flowers",
    "คำสำคัญ": "tags",
    "เขียนโดย": "author",
    "ผู้เขียน": "author",
}
_LABEL = re.compile("(" + "|".join(sorted(_LABELS, key=len, reverse=True)) + r")\s*(?:\([Tt]ags?\))?\s*:?")
NUMBER_LABEL = re.compile(r"^\s*หมายเลขบันทึก\s*:?\s*\d")
LABEL_LINE = re.compile(r"^\s*(?:" + "|".join(_LABELS) + r")\s*(?:\([Tt]ags?\))?\s*:?")
COMMENTS_HEADING = re.compile(r"^\s*ความ(?:คิด)?เห็น\s*(?:\(\s*(\d[\d,]*)\s*\)|:\s*(\d+))\s*$")
FOOTER = re.compile(
    r"^\s*(?:พบปัญหาการใช้งาน|ClassStart(?: Books)?\s*$|©|สงวนลิขสิทธิ์"
    r"|แสดงความเห็น\s*$|เพิ่มความเห็น\s*$|(?:ไม่)?อนุญาตให้แสดงความ(?:คิด)?เห็น)"
)


@dataclass(slots=True)
class Details:
    """What stands behind the labels, as far as it is there."""

    number: int | None = None
    written_at: datetime | None = None
    edited_at: datetime | None = None
    author: str | None = None
    tags: tuple[str, ...] = ()
    licence: str = ""


def read_details(text: str) -> Details:
    """Values of the labels in `text`, which may run into each other as in "61000เขียนเมื่อ 19 …()แก้ไขเมื่อ …"."""
    details = Details()
    for label, value in _labelled(text):
        if label == "number" and details.number is None:
            found = re.match(r"\d{1,12}", value)
            details.number = int(found[0]) if found else None
        elif label == "written":
            details.written_at = details.written_at or entry_time(value)
        elif label == "edited":
            details.edited_at = details.edited_at or entry_time(value)
        elif label == "licence":
            details.licence = details.licence or value
        elif label == "author":
            details.author = details.author or value or None
        elif label == "tags":
            details.tags = details.tags or split_tags(value)
    return details


def _labelled(text: str) -> Iterator[tuple[str, str]]:
    found = list(_LABEL.finditer(text))
    for index, each in enumerate(found):
        end = found[index + 1].start() if index + 1 < len(found) else len(text)
        yield _LABELS[each[1]], text[each.end() : end].replace("()", " ").strip()


def split_tags(value: str) -> tuple[str, ...]:
    """Tags of "#a #b", "a, b" or lines, each once."""
    parts = re.split(r"\s*[#,;\n•]\s*", value)
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def entry_time(value: str) -> datetime | None:
    """The time written in `value`, in either era, in Thai or digits; midnight when only the day is given."""
    cleaned = re.sub(r"\([^()]*\)|\bIP\b.*", " ", value).replace("@", " ")
    return read_time(" ".join(cleaned.split()))
