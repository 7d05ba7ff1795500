"""Reads a mailing list's archive: mbox, or the text that pipermail offers. Pure: no Django, one message in memory."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO

from lomwong.imports.mail.bodies import Body, read_body
from lomwong.imports.mail.headers import Headers, message_ids, plain_address, read_author, read_date
from lomwong.imports.mail.mbox import RawMessage, is_header, split_mbox
from lomwong.imports.problems import Problem, mark, shorten

PREFACE = mark("There is text before the first message; it belongs to none and was left out.")
CUT = mark("The file ends in the middle of this message; what there is of it was kept.")
OVERLONG = mark("This message is longer than 32 MB; its end was left out.")
DAMAGED = mark("The parts of this message cannot be told apart; its words were kept as they stand.")
SEPARATOR_DATE = mark("This message has no readable date; the one of its separator line was used.")
EARLIER_DATE = mark("This message has no readable date; the one of the message before it was used.")
NO_DATE = mark("This message has no readable date, and none before it has one; 1 January 1970 was used.")
NO_AUTHOR = mark("This message does not say who wrote it.")
SAME_ID = mark("Another message of this file has the same Message-ID; both were kept.")
REPEATED = mark("This message stands in the file more than once.")
_UNKNOWN_TIME = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST_ID = 250


@dataclass(frozen=True, slots=True)
class Message:
    """One message.

    `source_id` is the same at every import and differs between all messages of a file: the Message-ID, or,
    where it is missing or taken by an earlier message, "sha256:" and the hash of author, time, subject and
    text. `message_id` is the Message-ID without brackets, or the same hash. `parent` ids in `in_reply_to` and
    `references` (oldest first) are message ids. `at` is aware. `subject` keeps its prefixes; `text` its
    quotations. `is_repeat`: an earlier message of the file has the same id and the same content. `line` is
    where it begins in the file.
    """

    message_id: str
    in_reply_to: str | None
    references: tuple[str, ...]
    author_name: str
    author_address: str
    at: datetime
    subject: str
    text: str
    source_id: str
    attachments: tuple[str, ...] = ()
    is_repeat: bool = False
    line: int = 0


def read_messages(stream: BinaryIO) -> Iterator[Message | Problem]:
    """Every message of an mbox or pipermail text, each followed by what was odd about it.

    Raises `UnreadableFile` on the first step when the stream is empty, packed, binary, or no mail.
    """
    reader = _Reader()
    for raw in split_mbox(stream):
        if not raw.separator:
            yield Problem("line 1", PREFACE, shorten(" ".join(line.decode("utf-8", "replace") for line in raw.lines)))
            continue
        message, reasons = reader.read(raw)
        yield message
        for reason, detail in reasons:
            yield Problem(f"line {raw.line}", reason, shorten(detail))


_Reasons = list[tuple[str, str]]


class _Reader:
    """What must be remembered from message to message: the last time, and the ids seen with a digest each."""

    def __init__(self) -> None:
        self._last_at: datetime | None = None
        self._digest_of: dict[str, bytes] = {}
        self._taken: set[str] = set()

    def read(self, raw: RawMessage) -> tuple[Message, _Reasons]:
        headers, body_lines, is_headless = _split_headers(raw.lines)
        body = read_body(headers, body_lines)
        reasons = _body_reasons(raw, body, is_headless)
        at = self._time(raw, headers, reasons)
        name, address = read_author(headers.get("from"))
        if not name and not address:
            reasons.append((NO_AUTHOR, raw.separator_sender))
            address = plain_address(raw.separator_sender.replace(" at ", "@"))
        subject = headers.text("subject")
        key = _content_key(name, address, at, subject, body.text)
        stated = message_ids(headers.get("message-id"))[:1]
        message_id = _fitting(stated[0]) if stated else key
        source_id, is_repeat = self._identify(message_id, key, reasons)
        replied = message_ids(headers.get("in-reply-to"))
        message = Message(
            message_id=message_id,
            in_reply_to=_fitting(replied[0]) if replied else None,
            references=tuple(_fitting(each) for each in message_ids(headers.get("references"))),
            author_name=name,
            author_address=address,
            at=at,
            subject=subject,
            text=body.text,
            source_id=source_id,
            attachments=body.attachments,
            is_repeat=is_repeat,
            line=raw.line,
        )
        return message, reasons

    def _time(self, raw: RawMessage, headers: Headers, reasons: _Reasons) -> datetime:
        stated = headers.get("date")
        at = read_date(stated)
        if at is None:
            at, reason = read_date(raw.separator_date), SEPARATOR_DATE
            if at is None:
                at, reason = self._last_at, EARLIER_DATE
            if at is None:
                at, reason = _UNKNOWN_TIME, NO_DATE
            reasons.append((reason, stated))
        self._last_at = at
        return at

    def _identify(self, message_id: str, key: str, reasons: _Reasons) -> tuple[str, bool]:
        """(an id that no other message of the file has, whether this very message was seen before)."""
        digest = bytes.fromhex(key.removeprefix("sha256:"))[:16]
        if message_id not in self._digest_of:
            self._digest_of[message_id] = digest
            self._taken.add(message_id)
            return message_id, False
        is_repeat = self._digest_of[message_id] == digest
        reasons.append((REPEATED if is_repeat else SAME_ID, message_id))
        source_id, times = key, 2
        while source_id in self._taken:
            source_id, times = f"{key}#{times}", times + 1
        self._taken.add(source_id)
        return source_id, is_repeat


def _split_headers(lines: list[bytes]) -> tuple[Headers, list[bytes], bool]:
    """(headers, body lines, whether the file ended before the empty line between them)."""
    for index, line in enumerate(lines):
        if not line.strip():
            return Headers(lines[:index]), lines[index + 1 :], False
        if line[:1] not in {b" ", b"\t"} and not is_header(line):
            return Headers(lines[:index]), lines[index:], False
    return Headers(lines), [], True


def _body_reasons(raw: RawMessage, body: Body, is_headless: bool) -> _Reasons:
    reasons: _Reasons = []
    if raw.is_cut or is_headless or body.is_cut:
        reasons.append((CUT, ""))
    if raw.is_overlong:
        reasons.append((OVERLONG, ""))
    if body.is_damaged:
        reasons.append((DAMAGED, ""))
    return reasons


def _content_key(name: str, address: str, at: datetime, subject: str, text: str) -> str:
    parts = (name, address, at.astimezone(UTC).isoformat(), subject, text)
    return "sha256:" + hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()


def _fitting(message_id: str) -> str:
    """The id itself, or the hash of one that is longer than any column for it."""
    if len(message_id) <= _LONGEST_ID:
        return message_id
    return "sha256:" + hashlib.sha256(message_id.encode("utf-8", "replace")).hexdigest()
