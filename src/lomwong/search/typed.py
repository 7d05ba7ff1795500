"""What somebody typed: words, and the few signs with which a search is narrowed. Every string can be read.

    "exact phrase"   -without   -"without this phrase"   author:… community:… unit:… tag:… kind:… is:unanswered
    before:2569   after:2026-03   when:"23 พ.ย. 2569"

Each name has Thai ones; a value with blanks stands in quotation marks, only a date does well without them. What looks
like a sign and is none (a lone minus, -80, 12:30, https://…, code) is words.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lomwong.text.dates import parse_period
from lomwong.text.keyboard import other_layout
from lomwong.text.normalise import normalise

MOST_SIGNS = 12
"""Signs beyond these are words: nobody types so many, and each of them costs."""

Period = tuple[date, date]
"""The first day, and the first day behind."""


class Role(StrEnum):
    WORD = "word"
    EXACT = "exact"
    WITHOUT = "without"
    AUTHOR = "author"
    COMMUNITY = "community"
    UNIT = "unit"
    TAG = "tag"
    KIND = "kind"
    UNANSWERED = "unanswered"
    BEFORE = "before"
    AFTER = "after"
    WHEN = "when"
    DOUBT = "doubt"  # looked like a sign that we cannot follow: dropped, and said


class Doubt(StrEnum):
    """Why what looks like a sign is read as words, or not at all."""

    NO_VALUE = "no value"
    NO_DATE = "no date"
    NO_KIND = "no kind"
    ONLY_WORDS_CAN_BE_LEFT_OUT = "only words can be left out"


@dataclass(frozen=True, slots=True)
class Part:
    role: Role
    value: str = ""
    name: str = ""  # of the sign, as typed and without its colon
    period: Period | None = None
    doubt: Doubt | None = None

    @property
    def is_sign(self) -> bool:
        return self.role not in (Role.WORD, Role.DOUBT)


@dataclass(frozen=True, slots=True)
class Typed:
    parts: tuple[Part, ...]

    @property
    def words(self) -> str:
        return " ".join(part.value for part in self.parts if part.role == Role.WORD and part.value)

    @property
    def signs(self) -> list[Part]:
        return [part for part in self.parts if part.is_sign]

    @property
    def doubts(self) -> list[Part]:
        return [part for part in self.parts if part.doubt]

    def of(self, role: Role) -> list[Part]:
        return [part for part in self.parts if part.role == role]

    def values(self, role: Role) -> tuple[str, ...]:
        """Each once, in the order in which they were typed."""
        return tuple(dict.fromkeys(part.value for part in self.of(role)))

    def dropping(self, *dropped: Part) -> "Typed":
        """Without these, and without names that had no value: what comes behind would become one."""
        return Typed(tuple(part for part in self.parts if part.value and part not in dropped))

    def __str__(self) -> str:
        """To be typed again: it reads as the same parts."""
        return write(self.parts)


_NAMES = {
    Role.AUTHOR: "author by ผู้เขียน คนเขียน เขียนโดย โดย",
    Role.COMMUNITY: "community circle วง ชุมชน",
    Role.UNIT: "unit หน่วยงาน คณะ",
    Role.TAG: "tag ป้าย แท็ก",
    Role.KIND: "kind is ประเภท เป็น",
    Role.BEFORE: "before ก่อน",
    Role.AFTER: "after since หลัง ตั้งแต่",
    Role.WHEN: "when year ปี เดือน เมื่อ วันที่",
}
_ROLES = {normalise(name): role for role, names in _NAMES.items() for name in names.split()}
_LONGEST_NAME = 20
_DATES = (Role.BEFORE, Role.AFTER, Role.WHEN)
_KINDS = {
    "story": "story stories เรื่องเล่า",
    "journal": "journal อนุทิน สองบรรทัด",
    "question": "question questions คำถาม",
    "answer": "answer answers คำตอบ",
    "comment": "comment comments ความเห็น ความคิดเห็น",
    "unanswered": "unanswered open ยังไม่มีใครตอบ ยังไม่มีคำตอบ ยังไม่ได้ตอบ ไม่มีคำตอบ รอคำตอบ",
}
_KIND_OF = {normalise(name): kind for kind, names in _KINDS.items() for name in names.split()}

_QUOTES = '"“”„‟«»＂'
_QUOTE = re.compile(f"[{_QUOTES}]")
_STRAIGHT = '"＂'
_BEFORE_A_QUOTE, _BEHIND_A_QUOTE = "-−:：", ",.;!?)"
_MINUS = re.compile(r"[-−](?=[^\W\d_]|[" + _QUOTES + "])")
_FLAG = re.compile(r"[a-zA-Z](?![^\s])")
_NAMED = re.compile(rf"([^\s:：{_QUOTES}]{{1,{_LONGEST_NAME}}})[:：]\s*")
_TOKEN = re.compile(r"\S+")
_PLAIN = re.compile(rf"[^\s:：{_QUOTES}\-−][^\s:：{_QUOTES}]*(?!\S)")  # nothing in it could be a sign
_DATE_TOKENS = re.compile(r"\S+(?:\s+\S+){0,3}")
_LONGEST_DATE = 40
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
Found = tuple[Part, int]
"""A part, and where what comes behind it begins."""


def read(text: str) -> Typed:
    parts: list[Part] = []
    signs = at = 0
    while at < len(text) and signs < MOST_SIGNS:
        if text[at].isspace():
            at += 1
            continue
        plain = _PLAIN.match(text, at)
        if plain:
            parts.append(Part(Role.WORD, plain[0]))
            at = plain.end()
            continue
        found = _phrase(text, at) or _minus(text, at) or _named(text, at)
        part, at = found or _word(text, at)
        signs += found is not None
        parts.append(part)
    return Typed((*parts, *(Part(Role.WORD, _QUOTE.sub("'", word)) for word in text[at:].split())))


def write(parts: Iterable[Part]) -> str:
    return " ".join(_written(part) for part in parts)


def _written(part: Part) -> str:
    """As short as it can be read again; what was no date stays one, whatever comes behind it."""
    if part.role == Role.WORD and not part.name:
        return part.value
    sign = {Role.EXACT: "", Role.WITHOUT: "-"}.get(part.role, f"{part.name}:")
    if not part.value:
        return sign
    bare = f"{sign}{part.value}"
    return bare if not part.doubt and read(bare).parts == (part,) else f'{sign}"{part.value}"'


def _phrase(text: str, at: int) -> Found | None:
    """A phrase in quotation marks. Straight ones also measure (24") and stand in code, so they need room around."""
    if text[at] not in _QUOTES:
        return None
    closing = _QUOTE.search(text, at + 1)
    if closing is None:
        return None
    value = _tidy(text[at + 1 : closing.start()])
    end = closing.end()
    if not _LETTER_OR_DIGIT.search(value):
        return None
    if text[at] in _STRAIGHT and not (
        _is_room(text[at - 1 : at], _BEFORE_A_QUOTE) and _is_room(text[end : end + 1], _BEHIND_A_QUOTE)
    ):
        return None
    return Part(Role.EXACT, value), end


def _is_room(beside: str, also: str) -> bool:
    return not beside or beside.isspace() or "\u0e01" <= beside <= "\u0e5b" or beside in also


def _minus(text: str, at: int) -> Found | None:
    """Before a letter or a phrase. Not before digits (a freezer has -80), nor before one Latin letter (ls -l).

    On the key of the minus the Thai layout has ข, so -hv,^] is no sign either: it is ข้อมูล with the wrong layout on.
    """
    found = _MINUS.match(text, at)
    if not found or _FLAG.match(text, found.end()):
        return None
    whole = _TOKEN.match(text, at)
    if whole and whole[0].isascii() and text[found.end()] not in _QUOTES and other_layout(whole[0]):
        return None
    phrase = _phrase(text, found.end())
    if phrase:
        return Part(Role.WITHOUT, phrase[0].value), phrase[1]
    named = _NAMED.match(text, found.end())
    token, end = _token(text, found.end())
    if named and _role(named[1]):
        part, end = _named(text, found.end()) or (Part(Role.DOUBT), end)
        return Part(Role.DOUBT, part.value, text[at] + named[1], doubt=Doubt.ONLY_WORDS_CAN_BE_LEFT_OUT), end
    return (Part(Role.WITHOUT, token), end) if token else None


def _named(text: str, at: int) -> Found | None:
    found = _NAMED.match(text, at)
    role = _role(found[1]) if found else None
    if not found or not role:
        return None
    name, start = found[1], found.end()
    if role in _DATES:
        return _dated(text, role, name, start)
    value, end = _value(text, start)
    if not value:
        return Part(Role.WORD, "", name, doubt=Doubt.NO_VALUE), end
    if role != Role.KIND:
        return Part(role, value, name), end
    kind = _KIND_OF.get(normalise(value))
    if kind is None:
        return Part(Role.WORD, value, name, doubt=Doubt.NO_KIND), end
    return Part(Role.UNANSWERED if kind == "unanswered" else Role.KIND, value, name), end


def kind_of(part: Part) -> str:
    """The kind that a part of that role names."""
    return _KIND_OF[normalise(part.value)]


def _role(name: str) -> Role | None:
    return _ROLES.get(normalise(name))


def _dated(text: str, role: Role, name: str, start: int) -> Found:
    """The longest date that begins here: '23 พ.ย. 2569' need not stand in quotation marks."""
    quoted = _phrase(text, start) if start < len(text) else None
    tokens = None if quoted else _DATE_TOKENS.match(text, start, start + _LONGEST_DATE)
    ends = [token.end() for token in _TOKEN.finditer(text, start, tokens.end())] if tokens else []
    for end in reversed(ends):
        value = _tidy(text[start:end].rstrip(",;"))
        period = parse_period(value)
        if period and (end == len(text) or text[end].isspace()):
            return Part(role, value, name, period), end
    value, end = _value(text, start)
    period = parse_period(value)
    if period:
        return Part(role, value, name, period), end
    return Part(Role.WORD, value, name, doubt=Doubt.NO_DATE if value else Doubt.NO_VALUE), end


def _value(text: str, start: int) -> tuple[str, int]:
    """What stands behind a name, and where it ends; nothing if another sign stands there."""
    phrase = _phrase(text, start) if start < len(text) else None
    if phrase:
        return phrase[0].value, phrase[1]
    named = _NAMED.match(text, start)
    if _MINUS.match(text, start) or (named and _role(named[1])):
        return "", start
    return _token(text, start)


def _token(text: str, start: int) -> tuple[str, int]:
    found = _TOKEN.match(text, start)
    if not found:
        return "", start
    value = _tidy(_QUOTE.sub(" ", found[0])).rstrip(",; ")
    return (value, found.end()) if _LETTER_OR_DIGIT.search(value) else ("", start)


def _word(text: str, at: int) -> Found:
    """Up to a blank or a phrase. Stray quotation marks are turned: behind another sign they could begin a phrase."""
    found = _TOKEN.match(text, at)
    assert found is not None, "read() has stepped over blanks"
    end = found.end()
    for quote in _QUOTE.finditer(text, at + 1, end):
        if _phrase(text, quote.start()):
            end = quote.start()
            break
    return Part(Role.WORD, _QUOTE.sub("'", text[at:end])), end


def _tidy(value: str) -> str:
    return " ".join(value.split())
