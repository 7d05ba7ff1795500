"""What a parser says when something cannot be read. Sentences are English here; who shows them translates them."""

from dataclasses import dataclass

from lomwong.kit.charsets import looks_utf16


def mark(sentence: str) -> str:
    """The sentence itself: the call is there so that it is found for the translators' catalogue."""
    return sentence


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that was not understood, or only in part.

    `where` is a place in the file ("line 120"), `reason` a sentence passed through `mark` and free of placeholders,
    `detail` the words of the file that it is about, shortened, or "".
    """

    where: str
    reason: str
    detail: str = ""


class UnreadableFile(Exception):
    """The file as a whole cannot be read. `reason` says what to do (through `mark`), `detail` what it is about."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason} ({detail})" if detail else reason)
        self.reason = reason
        self.detail = detail


def shorten(text: str, length: int = 80) -> str:
    """One line of at most `length` characters, for `Problem.detail`."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"


EMPTY = mark("The file is empty. Look whether the download finished, and try again.")
COMPRESSED = mark("The file is compressed. Unpack it first, and import what is inside.")
WORKBOOK = mark("This is a workbook or an office document. Save it as CSV or as plain text, and import that.")
BINARY = mark("This is not a text file. Choose the file that holds the text.")
WIDE = mark("The file is in UTF-16. Save it as UTF-8, and import that.")

_MAGIC = (
    (b"\x1f\x8b", COMPRESSED),
    (b"BZh", COMPRESSED),
    (b"\xfd7zXZ\x00", COMPRESSED),
    (b"7z\xbc\xaf\x27\x1c", COMPRESSED),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", WORKBOOK),
    (b"%PDF-", BINARY),
)

# What no text holds but by accident; tab, line ends, form feed and escape (of old terminals) do occur.
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\x0b\x0c\x1b"))


def refuse_unless_text(head: bytes, *, wide_allowed: bool = False) -> None:
    """Raises `UnreadableFile` when the first kilobytes of a file are empty, packed or binary.

    `wide_allowed`: UTF-16, which is full of zero bytes, may pass.
    """
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise UnreadableFile(EMPTY)
    if head.startswith(b"PK\x03\x04"):
        raise UnreadableFile(WORKBOOK if b"xl/" in head or b"word/" in head else COMPRESSED)
    for magic, reason in _MAGIC:
        if head.startswith(magic):
            raise UnreadableFile(reason)
    if looks_utf16(head):
        if wide_allowed:
            return
        raise UnreadableFile(WIDE)
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls * 50 > len(head) or b"\x00\x00" in head:
        raise UnreadableFile(BINARY)
