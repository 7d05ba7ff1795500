"""Header lines of a message: unfolding, encoded words, names and addresses, message ids, dates."""

import base64
import binascii
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from lomwong.kit.charsets import codec_for, decode

EARLIEST_YEAR = 1971  # the first mail; 1970 is a clock that was never set
_LONGEST_HEADER = 100_000  # bytes; what is longer is an attack or an accident
_LONGEST_ADDRESS = 320
_BUDDHIST_FROM = 2400
_BUDDHIST_OFFSET = 543
# The host must have a dot: "Malee at Work" is a name.
_OBFUSCATED = re.compile(r"^(\S+?)\s*(?:\bat\b|[\[({<]\s*at\s*[\])}>])\s*(\S+\.\S+)$", re.IGNORECASE)
_ENCODED = re.compile(r"=\?([^?\s*]+)(?:\*[^?\s]*)?\?([BbQq])\?([^?]*)\?=")
_BETWEEN_ENCODED = re.compile(r"(\?=)\s+(?==\?[^?\s]+\?[BbQq]\?)")
_MESSAGE_ID = re.compile(r"<([^<>]+)>")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Headers:
    """The headers of one message, by lower-case name; the first of a name wins."""

    def __init__(self, lines: Sequence[bytes]) -> None:
        self._values: dict[str, str] = {}
        name = ""
        pieces: list[bytes] = []
        for line in [*lines, b"end:"]:
            if line[:1] in {b" ", b"\t"}:
                pieces.append(line.strip())
                continue
            if name and name not in self._values:
                self._values[name] = tidy(decode(b" ".join(pieces)[:_LONGEST_HEADER])).strip()
            head, _, tail = line.partition(b":")
            name, pieces = head.decode("latin-1").strip().lower(), [tail.strip()]

    def get(self, name: str) -> str:
        """The unfolded value, encoded words as they stand, or ""."""
        return self._values.get(name, "")

    def text(self, name: str) -> str:
        """The value as people read it."""
        return " ".join(decode_words(self.get(name)).split())


def tidy(text: str) -> str:
    """Without zero characters and broken halves of letters, which no database takes."""
    if "\x00" in text:
        text = text.replace("\x00", "")
    return _SURROGATE.sub("\ufffd", text)


def decode_words(value: str) -> str:
    """Encoded words (RFC 2047) to text. Neighbours are joined first: Thai letters get cut between them."""
    joined = _BETWEEN_ENCODED.sub(r"\1", value)
    parts: list[str] = []
    held, held_charset, position = b"", "", 0
    for found in _ENCODED.finditer(joined):
        charset = found[1].lower()
        if found.start() > position or charset != held_charset:
            parts.append(decode(held, held_charset) if held else "")
            parts.append(joined[position : found.start()])
            held = b""
        held, held_charset, position = held + _word_bytes(found[2], found[3]), charset, found.end()
    parts.append(decode(held, held_charset) if held else "")
    parts.append(joined[position:])
    return tidy("".join(parts))


def _word_bytes(encoding: str, payload: str) -> bytes:
    raw = payload.encode("utf-8", errors="replace")
    if encoding in "Qq":
        return binascii.a2b_qp(raw, header=True)
    try:
        return base64.b64decode(raw + b"=" * (-len(raw) % 4))
    except (binascii.Error, ValueError):
        return raw


def plain_address(value: str) -> str:
    """'person at host', 'person (at) host' and 'person@host' as person@host in lower case; "" when it is no address."""
    bare = value.strip().strip("<>").strip().removeprefix("mailto:")
    if len(bare) > _LONGEST_ADDRESS:
        return ""
    found = _OBFUSCATED.match(bare)
    if found:
        bare = f"{found[1]}@{found[2]}"
    return bare.lower() if re.fullmatch(r"[^@\s,;:]+@[^@\s,;]+", bare) else ""


def read_author(value: str) -> tuple[str, str]:
    """(name, address) of a From header; either may be "".

    Takes `Name <a@b>`, `a@b (Name)`, `a at b (Name)`, `a@b` and a bare name, with encoded words and quotation marks.
    """
    value = " ".join(value.split())
    angled = re.match(r"(?P<name>[^<]*)<(?P<address>[^<>]*)>", value)
    commented = re.match(r"(?P<address>[^(]*?)\s*\((?P<name>.*)\)\s*$", value)
    if angled and plain_address(angled["address"]):
        name, address = angled["name"], plain_address(angled["address"])
    elif commented and plain_address(commented["address"]):
        name, address = commented["name"], plain_address(commented["address"])
    else:
        address = plain_address(value)
        name = "" if address else value
    name = " ".join(decode_words(name).split()).strip("\"' ")
    if plain_address(name):  # some programs write the address once more in place of the name
        address, name = address or plain_address(name), ""
    return re.sub(r"\\(.)", r"\1", name), address


def message_ids(value: str) -> tuple[str, ...]:
    """The ids in a Message-ID, In-Reply-To or References value, without brackets, `at` mended, in their order."""
    found = [_plain_id(inner) for inner in _MESSAGE_ID.findall(value)]
    if not found and len(value.split()) in {1, 3}:
        found = [_plain_id(value)] if plain_address(value) else []
    return tuple(dict.fromkeys(each for each in found if each))


def _plain_id(inner: str) -> str:
    bare = inner.strip()
    mended = re.fullmatch(r"(\S+) at (\S+)", bare)
    return f"{mended[1]}@{mended[2]}" if mended else "".join(bare.split())


def read_date(value: str) -> datetime | None:
    """An aware time from a Date header or a separator's; UTC when no zone is given; a Buddhist year is brought down."""
    value = re.sub(
        r"\b2[4-6]\d\d\b",
        lambda year: str(int(year[0]) - _BUDDHIST_OFFSET) if int(year[0]) >= _BUDDHIST_FROM else year[0],
        value,
    )
    at = _standard_date(value) or _iso_date(value)
    if at is None or not EARLIEST_YEAR <= at.year < 2200:
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at


def _standard_date(value: str) -> datetime | None:
    try:
        return parsedate_to_datetime(value)
    except (
        ValueError,
        TypeError,
        IndexError,
        OverflowError,
        AttributeError,
    ):  # the library's ways of giving up
        return None


def _iso_date(value: str) -> datetime | None:
    try:
        return datetime.fromisoformat(value.strip())
    except ValueError:
        return None


def charset_of(content_type: str) -> str | None:
    """The charset parameter of a Content-Type, when it names one that is known."""
    found = re.search(r"charset\s*=\s*\"?([^\";\s]+)", content_type, re.IGNORECASE)
    return found[1] if found and codec_for(found[1]) else None
