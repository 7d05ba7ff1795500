"""An mbox or pipermail stream cut into raw messages, one in memory at a time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from lomwong.imports.lines import text_stream
from lomwong.imports.problems import UnreadableFile, mark

LONGEST_MESSAGE = 32 * 2**20  # bytes kept of one message; mail servers refuse more
_LONGEST_LINE = 2**20
_PREFACE_LINES = 2000

# "From jane@host  Wed Apr  1 09:56:39 2009"; pipermail writes "jane at host"; some write a zone before or
# after the year.
_SEPARATOR = re.compile(
    rb"From (?P<sender>\S{1,320}(?: at \S{1,255})?)[ \t]+"
    rb"(?P<date>(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) {1,2}\d{1,2} "
    rb"\d{1,2}:\d\d(?::\d\d)?(?: [A-Z]{1,5}| [+-]\d{4})? \d{4}(?: [A-Z]{1,5}| [+-]\d{4})?)[ \t]*(?:remote from .*)?$"
)
_HEADER = re.compile(rb"[!-9;-~]{1,76}:")
_ESCAPED = re.compile(rb">+From ")
_MAIL_HEADER = re.compile(rb"(?im)^(from|date|subject|message-id|received|return-path):")

NOT_MAIL = mark(
    "No mail was found here. Choose an mbox file, or the text file that the list's archive page offers for download."
)
SINGLE = mark("This is one saved e-mail, not an archive. Export the whole folder as mbox, and import that.")


@dataclass(slots=True)
class RawMessage:
    """One message as it stands in the file. `line` is that of its separator, counted from 1."""

    line: int
    separator: bytes
    lines: list[bytes] = field(default_factory=list)  # without line ends
    is_cut: bool = False  # the file ends inside it
    is_overlong: bool = False  # more than LONGEST_MESSAGE; the rest was left out
    size: int = 0

    @property
    def separator_date(self) -> str:
        found = _SEPARATOR.match(self.separator)
        return found["date"].decode("ascii") if found else ""

    @property
    def separator_sender(self) -> str:
        found = _SEPARATOR.match(self.separator)
        return found["sender"].decode("utf-8", errors="replace") if found else ""

    def add(self, line: bytes) -> None:
        self.size += len(line) + 1
        if self.size > LONGEST_MESSAGE:
            self.is_overlong = True
        else:
            self.lines.append(line)


def is_separator(line: bytes) -> bool:
    """True for a line that begins a message; a sentence beginning with "From " lacks the date at its end."""
    return line.startswith(b"From ") and _SEPARATOR.match(line) is not None


def is_header(line: bytes) -> bool:
    return _HEADER.match(line) is not None or _ESCAPED.match(line) is not None


def split_mbox(stream: BinaryIO) -> Iterator[RawMessage]:
    """Raw messages of `stream`, in order.

    A separator counts only at the top or after an empty line, and with a header line under it (or nothing at all: a
    file cut there). Raises `UnreadableFile` when the stream is empty, binary, or holds no separator. Text in front of
    the first separator comes out as a RawMessage with an empty `separator`.
    """
    current: RawMessage | None = None
    preface = RawMessage(line=1, separator=b"")
    lines = _pieces(text_stream(stream))
    after_blank = True
    pending = next(lines, None)
    while pending is not None:
        number, line, _ = pending
        upcoming = next(lines, None)
        if after_blank and is_separator(line) and (upcoming is None or is_header(upcoming[1])):
            if current is not None:
                yield current
            elif any(text.strip() for text in preface.lines):
                yield preface
            current = RawMessage(line=number, separator=line)
        elif current is None:
            _add_to_preface(preface, line)
        else:
            current.add(line)
        if upcoming is None and current is not None:
            current.is_cut = not pending[2]
        after_blank = not line.strip()
        pending = upcoming
    if current is None:
        raise UnreadableFile(_wrong_file(preface))
    yield current


def _add_to_preface(preface: RawMessage, line: bytes) -> None:
    preface.add(line)
    if len(preface.lines) > _PREFACE_LINES or preface.size > LONGEST_MESSAGE // 8:
        raise UnreadableFile(_wrong_file(preface))


def _wrong_file(preface: RawMessage) -> str:
    head = b"\n".join(preface.lines[:40])
    return SINGLE if len(set(_MAIL_HEADER.findall(head))) >= 2 else NOT_MAIL


def _pieces(stream: BinaryIO) -> Iterator[tuple[int, bytes, bool]]:
    """(number, line without its end, whether it had one). A line over a megabyte comes in pieces of one number."""
    number = 1
    while piece := stream.readline(_LONGEST_LINE):
        ended = piece.endswith(b"\n")
        yield number, piece[:-1].removesuffix(b"\r") if ended else piece, ended
        number += ended
