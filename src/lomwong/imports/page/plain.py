"""An entry saved as plain text. Comments have no marks there; they are cut as well as the text allows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lomwong.imports.page.entry import (
    COMMENTS_HEADING,
    FOOTER,
    LABEL_LINE,
    NUMBER_LABEL,
    Page,
    PageComment,
    entry_time,
    read_details,
)
from lomwong.imports.problems import UnreadableFile, mark

NOT_ENTRY = mark(
    "No GotoKnow entry was found here. Open the entry in a browser, save the whole page, and import that file."
)
_FOOTER_LINES = 30  # a footer stands at the very end
_BULLET = re.compile(r"^\s*(?:[•●▪◦‣·*]|-\s|\d{1,2}[.)]\s)")
_GREETING = re.compile(
    r"^\s*(?:[•●▪◦‣·*-]\s*)?(?:สวัสดี|หวัดดี|เรียน|กราบ|ขอบคุณ|ขอบพระคุณ|ขอบใจ|hello\b|hi\b|dear\b|thank)", re.I
)
_TIME_LINE = re.compile(r"^\s*(?:เขียน|แสดงความเห็น)?เมื่อ\s*(.{6,60})$")
_LONGEST_NAME = 60
# How surely a new comment begins between two pieces of text.
_WEAK, _LISTS, _LINES, _CHANGE = 1, 2, 3, 4


def read_plain(text: str) -> Page:
    """Raises `UnreadableFile` when neither a record number nor a heading of comments is there."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    heading = next((at for at, line in enumerate(lines) if COMMENTS_HEADING.match(line)), None)
    body_end = len(lines) if heading is None else heading
    label = next((at for at, line in enumerate(lines[:body_end]) if NUMBER_LABEL.match(line)), None)
    if heading is None and label is None:
        raise UnreadableFile(NOT_ENTRY)
    label = _first_label(lines, body_end if label is None else label)
    details = read_details("\n".join(lines[label:body_end]))
    title_at = next((at for at, line in enumerate(lines[:label]) if line.strip()), label)
    comment_lines = [] if heading is None else lines[heading + 1 : _footer_start(lines, heading + 1)]
    stated = _stated(lines[heading]) if heading is not None else None
    page = Page(
        title=lines[title_at].strip() if title_at < label else "",
        text=_tidy(lines[title_at + 1 : label]),
        record_number=details.number,
        written_at=details.written_at,
        edited_at=details.edited_at,
        author=details.author,
        tags=details.tags,
        licence=details.licence,
        comments=cut_comments(comment_lines, stated),
        stated_comments=stated,
    )
    page.check()
    return page


def cut_comments(lines: Sequence[str], stated: int | None) -> list[PageComment]:
    """Comments in `lines`, every word of which is kept.

    Lines that give a time are taken as heads. Otherwise a list and a paragraph, two lists apart, two lines
    without a gap begin anew; then the least sure of these cuts are taken back until `stated` comments are
    left.
    """
    timed = _cut_at_times(lines)
    if timed:
        return timed
    pieces = _pieces(lines)
    wanted = len(pieces) if stated is None else max(stated, 1)
    while len(pieces) > wanted:
        weakest = min(range(1, len(pieces)), key=lambda at: pieces[at].sureness)
        pieces[weakest - 1].lines += ["", *pieces[weakest].lines]
        del pieces[weakest]
    return [PageComment(None, None, _tidy(piece.lines), exact=False) for piece in pieces]


@dataclass(slots=True)
class _Piece:
    lines: list[str]
    is_list: bool
    sureness: int  # that a new comment begins here


def _pieces(lines: Sequence[str]) -> list[_Piece]:
    pieces: list[_Piece] = []
    after_gap = True
    for line in lines:
        if not line.strip():
            after_gap = True
            continue
        is_list = _BULLET.match(line) is not None
        if pieces and is_list and pieces[-1].is_list and not after_gap:
            pieces[-1].lines.append(line)
        else:
            sureness = _sureness(pieces[-1].is_list, is_list, after_gap) if pieces else _CHANGE
            pieces.append(_Piece([line], is_list, sureness + bool(_GREETING.match(line))))
        after_gap = False
    return pieces


def _sureness(was_list: bool, is_list: bool, after_gap: bool) -> int:
    if was_list != is_list:
        return _CHANGE
    if is_list:
        return _LISTS
    # Paragraphs of one comment are saved with a gap between them; two comments of one line each without.
    return _WEAK if after_gap else _LINES


def _cut_at_times(lines: Sequence[str]) -> list[PageComment]:
    """Comments whose time, and name in the line above it, were saved too. Nothing may stand in front of the first."""
    heads: list[tuple[int, int, datetime]] = []  # line of the name, line of the time, time
    for at, line in enumerate(lines):
        found = _TIME_LINE.match(line)
        moment = entry_time(found[1]) if found else None
        if moment is not None:
            has_name = at > 0 and 0 < len(lines[at - 1].strip()) <= _LONGEST_NAME
            heads.append((at - 1 if has_name else at, at, moment))
    if not heads or any(line.strip() for line in lines[: heads[0][0]]):
        return []
    ends = [start for start, _, _ in heads[1:]] + [len(lines)]
    comments = []
    for (name_at, time_at, moment), end in zip(heads, ends, strict=True):
        author = lines[name_at].strip() if name_at < time_at else None
        comments.append(PageComment(author, moment, _tidy(lines[time_at + 1 : end]), exact=False))
    return comments


def _first_label(lines: Sequence[str], label: int) -> int:
    """The first line of the block of labels; some, as the tags, may stand above the record number."""
    first = at = label
    while at > 0 and (not lines[at - 1].strip() or LABEL_LINE.match(lines[at - 1])):
        at -= 1
        first = at if lines[at].strip() else first
    return first


def _footer_start(lines: Sequence[str], start: int) -> int:
    tail = max(start, len(lines) - _FOOTER_LINES)
    return next((at for at in range(tail, len(lines)) if FOOTER.match(lines[at])), len(lines))


def _stated(heading: str) -> int | None:
    found = COMMENTS_HEADING.match(heading)
    return int((found[1] or found[2]).replace(",", "")) if found else None


def _tidy(lines: Sequence[str]) -> str:
    text = "\n".join(line.strip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")
