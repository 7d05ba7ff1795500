"""Reads who wrote to whom: from, to[, time, weight]. Pure: no Django, one line in memory."""

import csv
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO

from lomwong.imports.lines import numbered_lines, text_stream
from lomwong.imports.problems import Problem, UnreadableFile, mark, shorten
from lomwong.imports.times import read_time
from lomwong.kit.charsets import decode, guess_codec

NOT_TIES = mark(
    "No ties were found here. Each line should hold two names or ids, from and to, and then a time and a "
    "weight if known: from,to,time,weight."
)
MISSING = mark("Who it is from or to is missing.")
BAD_TIME = mark("The time cannot be read. Write it as 2026-11-23 14:30 or 23 พ.ย. 2569.")
BAD_WEIGHT = mark("The weight is not a number above zero.")
TOO_LONG = mark("The line is too long for a tie.")

_TRIAL = 50  # lines, among which one must be a tie
_LONGEST_LINE = 4096
_LARGEST_WEIGHT = 1e9
_EPOCH_SECONDS = (1e8, 1e11)  # 1973 to 5138; above it, milliseconds
_NAMES = {
    "from": "from", "source": "from", "src": "from", "sender": "from", "giver": "from", "จาก": "from", "ผู้ส่ง": "from",
    "ต้นทาง": "from", "to": "to", "target": "to", "dst": "to", "destination": "to", "recipient": "to", "receiver": "to",
    "ถึง": "to", "ผู้รับ": "to", "ปลายทาง": "to", "time": "time", "date": "time", "datetime": "time", "timestamp": "time",
    "at": "time", "when": "time", "เวลา": "time", "วันที่": "time", "วันเวลา": "time", "เมื่อ": "time", "weight": "weight",
    "count": "weight", "n": "weight", "value": "weight", "messages": "weight", "น้ำหนัก": "weight", "จำนวน": "weight",
    "ครั้ง": "weight",
}  # fmt: skip
_COMMENT = re.compile(r"^\s*[#%]")


@dataclass(frozen=True, slots=True)
class Tie:
    """`sender` wrote to `recipient` (possibly the same person), `weight` > 0 times, at an aware time."""

    line: int
    sender: str
    recipient: str
    at: datetime | None = None
    weight: float = 1.0


def read_ties(stream: BinaryIO) -> Iterator[Tie | Problem]:
    """Ties of `stream`, a line each, split by tab, comma, semicolon or spaces; lines beginning with # or % are remarks.

    A heading is understood in any order of columns. Without one the order is from, to, time, weight, and a third number
    too small to be a time (under 100,000,000 seconds) is a weight. Times: ISO, Thai, or seconds or milliseconds since
    1970; without a zone they are of Asia/Bangkok. Raises `UnreadableFile` when the stream is empty, binary, or none of
    its first 50 lines is a tie.
    """
    reader = _Reader()
    results = reader.read(stream)
    held: list[Tie | Problem] = []
    for found in results:
        held.append(found)
        if isinstance(found, Tie) or reader.has_heading or len(held) >= _TRIAL:
            break
    if not held or not (reader.has_heading or isinstance(held[-1], Tie)):
        raise UnreadableFile(NOT_TIES)
    yield from held
    yield from results


class _Reader:
    def __init__(self) -> None:
        self._separator: str | None = None
        self._columns: dict[str, int] | None = None

    @property
    def has_heading(self) -> bool:
        return bool(self._columns)

    def read(self, stream: BinaryIO) -> Iterator[Tie | Problem]:
        lines = text_stream(stream)
        # One charset for the whole file: a line of its own is too short to tell, and names must come out alike.
        codec = guess_codec(lines.peek())
        for number, raw, is_whole in numbered_lines(lines, _LONGEST_LINE):
            text = decode(raw, codec).strip("\r\n").replace("\x00", "")
            if not is_whole:
                yield Problem(f"line {number}", TOO_LONG, shorten(text))
            elif text.strip() and not _COMMENT.match(text):
                if self._columns is None and self._learn(text):
                    continue
                yield self._tie(number, text)

    def _learn(self, text: str) -> bool:
        """Settles separator and columns from the first line; True when that line is a heading."""
        self._separator = next((mark for mark in "\t;," if mark in text), None)
        names = [_NAMES.get(cell.lower()) for cell in self._cells(text)]
        if {"from", "to"} <= set(names):
            self._columns = {name: at for at, name in reversed(list(enumerate(names))) if name}
            return True
        self._columns = {}
        return False

    def _cells(self, text: str) -> list[str]:
        if self._separator is None:
            return text.split()
        try:
            row = next(csv.reader([text], delimiter=self._separator), [])
        except csv.Error:
            row = text.split(self._separator)
        return [cell.strip() for cell in row]

    def _tie(self, number: int, text: str) -> Tie | Problem:
        where = f"line {number}"
        cells = self._cells(text)
        sender, recipient, stamp, weight = self._pick(cells)
        if not sender or not recipient:
            return Problem(where, MISSING, shorten(text))
        at = _read_time(stamp) if stamp else None
        if stamp and at is None:
            return Problem(where, BAD_TIME, shorten(stamp))
        amount = _number(weight) if weight else 1.0
        if amount is None or not 0 < amount <= _LARGEST_WEIGHT:
            return Problem(where, BAD_WEIGHT, shorten(weight))
        return Tie(number, sender, recipient, at, amount)

    def _pick(self, cells: list[str]) -> tuple[str, str, str, str]:
        if self._columns:
            places = [self._columns.get(name, len(cells)) for name in ("from", "to", "time", "weight")]
        else:
            places = [0, 1, 2, 3]
            third = _number(cells[2]) if len(cells) > 2 else None
            if third is not None and third < _EPOCH_SECONDS[0] and not _is_day(cells[2]):
                places = [0, 1, len(cells), 2]
        sender, recipient, stamp, weight = (cells[at] if at < len(cells) else "" for at in places)
        return sender, recipient, stamp, weight


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _is_day(text: str) -> bool:
    """20240131: a day without dashes, not a number."""
    return re.fullmatch(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])", text) is not None


def _read_time(stamp: str) -> datetime | None:
    number = _number(stamp)
    if number is not None and not _is_day(stamp):
        seconds = number / 1000 if number >= _EPOCH_SECONDS[1] else number
        if not _EPOCH_SECONDS[0] <= seconds < _EPOCH_SECONDS[1]:
            return None
        return datetime.fromtimestamp(seconds, UTC)
    return read_time(stamp)
