"""What the writer said, apart from what they quoted, their signature and the list's footer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

Kind = Literal["text", "quote", "signature"]

_QUOTED = re.compile(r"^ ?>")
_DELIMITER = re.compile(r"^--\s?$")
_FOOTER_RULE = re.compile(r"^_{20,}\s*$|^-{20,}\s*$")
_FOOTER_WORDS = re.compile(r"mailing list|unsubscribe|listinfo|ยกเลิกการเป็นสมาชิก|ยกเลิกการรับ", re.IGNORECASE)
_NOTICE = re.compile(
    r"^-{5,} next part -{5,}\s*$|^\s*\[\[alternative HTML version deleted\]\]\s*$"
    r"|^(?:A non-text attachment|An embedded .*|An HTML attachment) was scrubbed\.\.\.$"
)
_NOTICE_FIELD = re.compile(r"^(?:Name|Type|Size|Desc|Url|URL): ")
_ORIGINAL = re.compile(
    r"^\s*-{2,}\s*(?:original message|original appointment|forwarded message.*|forwarded by.*|begin forwarded message"
    r"|ursprüngliche nachricht|message d'origine|mensaje original|ข้อความเดิม|ข้อความต้นฉบับ|ข้อความที่ส่งต่อ)\s*-*\s*$",
    re.IGNORECASE,
)
_OUTLOOK_FROM = re.compile(r"^(?:From|Von|De|จาก)\s?: \S", re.IGNORECASE)
_OUTLOOK_NEXT = re.compile(r"^(?:Sent|Date|To|Cc|Subject|Gesendet|An|Betreff|ส่ง|ส่งเมื่อ|วันที่|ถึง|เรื่อง)\s?: ", re.IGNORECASE)
_WROTE = re.compile(
    r"(?:\bwrote|\bwrites|\bschrieb(?: .*)?|\bécrit|\bescribió|\bha scritto|เขียนว่า|เขียนไว้ว่า|เขียน|ได้เขียน)\s?:\s*$",
    re.IGNORECASE,
)
_WROTE_BEGINS = re.compile(r"^\s*(?:On|Am|Le|El|Il|At|In|ใน|เมื่อ|วันที่|\d{1,4}[-/. ])", re.IGNORECASE)
_LONGEST_MARKER = 300
_ATTRIBUTION_LINES = 4
_FOOTER_LINES = 30
_SIGNATURE_LINES = 15


@dataclass(frozen=True, slots=True)
class Block:
    """A run of lines of one kind, as they stand (quotation marks included), without empty lines around.

    `attribution`: the words that introduce a quotation ("On … Ann wrote:"), or "".
    """

    kind: Kind
    text: str
    attribution: str = ""


@dataclass(slots=True)
class _Line:
    text: str
    kind: Kind = "text"
    introduces: bool = False

    @property
    def marker(self) -> str:
        """What is looked at for marks; a very long line is text, and patterns would take their time over it."""
        return self.text if len(self.text) <= _LONGEST_MARKER else ""


def split_quotes(text: str) -> list[Block]:
    """The blocks of a message, in order. Every line that is not empty stands in exactly one block or its attribution.

    A message that holds nothing but quotations, notices or a signature is still complete: its blocks then
    have no "text".
    """
    lines = [_Line(line, "quote" if _QUOTED.match(line) else "text") for line in text.split("\n")]
    _join_quotes(lines)
    _mark_original(lines)
    _mark_footers(lines)
    _mark_notices(lines)
    _mark_signature(lines)
    _mark_attributions(lines)
    return list(_blocks(lines))


def _join_quotes(lines: list[_Line]) -> None:
    """Empty lines between two quoted ones belong to the quotation."""
    last_quoted: int | None = None
    for index, line in enumerate(lines):
        if line.kind == "quote":
            if last_quoted is not None:
                _set(lines, range(last_quoted + 1, index), "quote")
            last_quoted = index
        elif line.text.strip():
            last_quoted = None


def _mark_original(lines: list[_Line]) -> None:
    """Mail programs that quote without ">" put the whole earlier message under a rule or a small header block."""
    for index, line in enumerate(lines):
        if line.kind != "text" or not line.text.strip():
            continue
        if _ORIGINAL.match(line.marker) or _is_outlook_header(lines, index):
            _set(lines, range(index, len(lines)), "quote")
            line.introduces = True
            return


def _is_outlook_header(lines: list[_Line], index: int) -> bool:
    if not _OUTLOOK_FROM.match(lines[index].marker):
        return False
    following = [line.marker for line in lines[index + 1 : index + 6]]
    return sum(bool(_OUTLOOK_NEXT.match(each)) for each in following) >= 2


def _mark_footers(lines: list[_Line]) -> None:
    """The rule that a list server adds, with the lines under it up to an empty one."""
    for index, line in enumerate(lines):
        if line.kind != "text" or not _FOOTER_RULE.match(line.marker):
            continue
        end = _end_of_paragraph(lines, index + 1)
        if any(_FOOTER_WORDS.search(each.marker) for each in lines[index + 1 : end]):
            _set(lines, range(index, end), "signature")


def _mark_notices(lines: list[_Line]) -> None:
    """What a list server writes in place of an attachment, unless the message holds nothing else."""
    notices: list[_Line] = []
    is_notice = False
    for line in lines:
        starts = _NOTICE.match(line.marker) is not None
        is_notice = starts or (is_notice and _NOTICE_FIELD.match(line.marker) is not None)
        if is_notice and line.kind == "text":
            notices.append(line)
    if len(notices) < sum(line.kind == "text" and bool(line.text.strip()) for line in lines):
        for line in notices:
            line.kind = "signature"


def _mark_signature(lines: list[_Line]) -> None:
    """From "--" to the end, the next quotation, or where it has become too long for a signature."""
    for index, line in enumerate(lines):
        if line.kind != "text" or not _DELIMITER.match(line.marker):
            continue
        end, words = index + 1, 0
        while end < len(lines) and lines[end].kind == "text" and words <= _SIGNATURE_LINES + _ATTRIBUTION_LINES:
            words += bool(lines[end].text.strip())
            end += 1
        end = min(end, _attribution_start(lines, end))
        if sum(bool(each.text.strip()) for each in lines[index + 1 : end]) <= _SIGNATURE_LINES:
            _set(lines, range(index, end), "signature")


def _mark_attributions(lines: list[_Line]) -> None:
    for index, line in enumerate(lines):
        if line.kind == "quote" and index > 0 and lines[index - 1].kind != "quote":
            for at in range(_attribution_start(lines, index), index):
                lines[at].kind = "quote"
                lines[at].introduces = True


def _attribution_start(lines: list[_Line], quote: int) -> int:
    """Index of the first line of the words that introduce the quotation at `quote`, or `quote` when there are none."""
    last = quote - 1
    while last >= max(0, quote - 2) and not lines[last].text.strip():
        last -= 1
    if last < 0 or quote >= len(lines) or lines[last].kind != "text" or not _WROTE.search(lines[last].marker):
        return quote
    if _WROTE_BEGINS.match(lines[last].marker):
        return last
    for first in range(last - 1, max(-1, last - _ATTRIBUTION_LINES), -1):
        if lines[first].kind != "text" or not lines[first].text.strip():
            break
        if _WROTE_BEGINS.match(lines[first].marker):
            return first
    return last


def _end_of_paragraph(lines: list[_Line], start: int) -> int:
    end = start
    while end < min(len(lines), start + _FOOTER_LINES) and lines[end].kind == "text" and lines[end].text.strip():
        end += 1
    return end


def _set(lines: list[_Line], indexes: range, kind: Kind) -> None:
    for index in indexes:
        lines[index].kind = kind


def _blocks(lines: list[_Line]) -> Iterator[Block]:
    run: list[_Line] = []
    for line in lines:
        if not line.text.strip():
            if run:
                run.append(line)
            continue
        # A quotation with its own introduction is a new one, even right under another.
        if run and (line.kind != run[0].kind or (line.introduces and not run[-1].introduces)):
            yield _block(run)
            run = []
        run.append(line)
    if run:
        yield _block(run)


def _block(run: list[_Line]) -> Block:
    introduction = [line.text for line in takewhile(lambda line: line.introduces or not line.text.strip(), run)]
    return Block(
        kind=run[0].kind,
        text="\n".join(line.text for line in run[len(introduction) :]).strip("\n").rstrip(),
        attribution="\n".join(introduction).strip(),
    )
