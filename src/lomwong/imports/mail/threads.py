"""Who answered whom in a mailing list: by the ids that mail programs write, then by subject."""

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from lomwong.imports.mail.parse import Message

SUBJECT_WINDOW = timedelta(days=60)

_REPLY = re.compile(
    r"^(?:re|fwd?|aw|wg|sv|vs|antw|antwort|tr|rv|res|enc|ref|ตอบกลับ|ตอบ|ส่งต่อ)\s*(?:[\[(^]\d+[\])]?)?\s*[:：]\s*",
    re.IGNORECASE,
)
_TAG = re.compile(r"^\[[^\[\]]{1,40}\]\s*")
_EMPTY_SUBJECTS = {
    "", "(no subject)", "no subject", "(none)", "none", "hi", "hello", "help", "question", "ไม่มีหัวข้อ", "(ไม่มีหัวข้อ)",
    "ไม่มีเรื่อง", "สวัสดี", "สอบถาม",
}  # fmt: skip
_LONGEST_SUBJECT = 1000
_LONGEST_TALK = 200  # messages looked back through for the one that opened a talk
_QUOTED_LINE = re.compile(r"^ ?>", re.MULTILINE)


def clean_subject(subject: str) -> str:
    """The subject without reply and forward marks (Re:, Aw:, Fwd:, ตอบ:, ส่งต่อ: …) and list tags in front.

    >>> clean_subject("Re: [R-SIG-Mac] AW: [R-SIG-Mac] fonts")
    'fonts'
    """
    rest = " ".join(subject[:_LONGEST_SUBJECT].split())
    while True:
        unmarked = _REPLY.sub("", rest)
        stripped = _TAG.sub("", unmarked) or unmarked
        if stripped == rest:
            return rest
        rest = stripped


def is_reply_subject(subject: str) -> bool:
    """True when a reply or forward mark stands in front, before or after list tags."""
    rest = " ".join(subject[:_LONGEST_SUBJECT].split())
    while True:
        if _REPLY.match(rest):
            return True
        stripped = _TAG.sub("", rest)
        if stripped == rest:
            return False
        rest = stripped


@dataclass(slots=True)
class _Header:
    """What is remembered of a message."""

    source_id: str
    candidates: tuple[str, ...]  # message ids of possible parents, the likeliest first
    author: str
    at: datetime
    subject: str  # clean, folded
    claims_reply: bool

    @property
    def order(self) -> tuple[datetime, str]:
        return self.at, self.source_id


class Threader:
    """Feed it every message, in any order; then `resolve()` names each one's parent. Holds ids and subjects only."""

    def __init__(self, messages: Iterable[Message] = ()) -> None:
        self._headers: dict[str, _Header] = {}
        self._by_message_id: dict[str, list[str]] = {}
        self._by_subject: dict[str, list[tuple[datetime, str]]] = {}
        for message in messages:
            self.feed(message)

    def feed(self, message: Message) -> None:
        """Remembers a message; one whose source_id is known already is passed over."""
        if message.source_id in self._headers:
            return
        header = _header_of(message)
        self._headers[header.source_id] = header
        self._by_message_id.setdefault(message.message_id, []).append(header.source_id)
        if header.subject not in _EMPTY_SUBJECTS:
            insort(self._by_subject.setdefault(header.subject, []), header.order)

    def parent_of(self, message: Message) -> str | None:
        """source_id of the best parent among the messages fed so far, or None."""
        return next(self._parents(_header_of(message)), None)

    def resolve(self) -> dict[str, str]:
        """{source_id: source_id of its parent} for all replies among the messages fed; free of cycles."""
        parents: dict[str, str] = {}
        backward: list[_Header] = []
        for header in self._headers.values():
            first = next(self._parents(header), None)
            if first is None:
                continue
            if self._headers[first].order < header.order:
                parents[header.source_id] = first
            else:  # a clock was wrong, or the ids are
                backward.append(header)
        # Links that go back in time cannot form a ring among themselves; only those that do not are followed
        # to the end.
        for header in backward:
            for candidate in self._parents(header):
                if not _leads_to(parents, candidate, header.source_id):
                    parents[header.source_id] = candidate
                    break
        return parents

    def _parents(self, header: _Header) -> Iterator[str]:
        for message_id in header.candidates:
            holders = [each for each in self._by_message_id.get(message_id, ()) if each != header.source_id]
            # A broken mail program may have given one id to two messages: the one of the same subject is meant.
            yield from sorted(holders, key=lambda each: self._headers[each].subject != header.subject)
        latest = self._latest_of_subject(header)
        if latest is not None:
            yield latest

    def _latest_of_subject(self, header: _Header) -> str | None:
        """The last message before this one under the same subject, if it is within the window.

        The one before is the true parent of three replies in four, the one that opened the talk of one in three
        (both lists of the project's test data, with the ids hidden).
        """
        same = self._by_subject.get(header.subject, [])
        index = bisect_left(same, header.order) - 1
        if index < 0 or header.at - same[index][0] > SUBJECT_WINDOW:
            return None
        # The same words from the same person, quoting nobody, are next month's announcement, not a reply.
        if not header.claims_reply and self._opener(same, index).author == header.author:
            return None
        return same[index][1]

    def _opener(self, same: list[tuple[datetime, str]], index: int) -> _Header:
        """Who began the talk that same[index] belongs to: no silence in it is longer than the window."""
        for _ in range(_LONGEST_TALK):
            if index == 0 or same[index][0] - same[index - 1][0] > SUBJECT_WINDOW:
                break
            index -= 1
        return self._headers[same[index][1]]


def _header_of(message: Message) -> _Header:
    replied = (message.in_reply_to,) if message.in_reply_to else ()
    candidates = tuple(dict.fromkeys((*replied, *reversed(message.references))))
    claims = bool(candidates) or is_reply_subject(message.subject) or bool(_QUOTED_LINE.search(message.text))
    return _Header(
        source_id=message.source_id,
        candidates=tuple(each for each in candidates if each != message.message_id),
        author=message.author_address or message.author_name,
        at=message.at,
        subject=clean_subject(message.subject).casefold(),
        claims_reply=claims,
    )


def _leads_to(parents: dict[str, str], start: str, target: str) -> bool:
    """True when `target` is `start` or one of its ancestors."""
    current: str | None = start
    while current is not None:
        if current == target:
            return True
        current = parents.get(current)
    return False
