"""What may hang on a post. The first and last bytes of a file decide what it is; its name never does."""

import re
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lomwong.kit.charsets import looks_utf16

HEAD = 4096  # bytes looked at; a scanner may put a line or two before %PDF-
TAIL = 128 * 1024  # where a zip names what it holds
LONGEST_NAME = 150
OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class FileKind:
    """`suffixes`: what names of such files end in, the usual one first."""

    media_type: str
    label: "str | Promise"
    suffixes: tuple[str, ...]


PDF = FileKind("application/pdf", "PDF", (".pdf",))
DOCX = FileKind(f"{OFFICE}.wordprocessingml.document", "Word", (".docx",))
PPTX = FileKind(f"{OFFICE}.presentationml.presentation", "PowerPoint", (".pptx",))
XLSX = FileKind(f"{OFFICE}.spreadsheetml.sheet", "Excel", (".xlsx",))
CSV = FileKind("text/csv", _("table"), (".csv",))
MARKDOWN = FileKind("text/markdown", pgettext_lazy("a kind of file", "text"), (".md",))
TEXT = FileKind("text/plain", pgettext_lazy("a kind of file", "text"), (".txt",))
PLAIN = (TEXT, CSV, MARKDOWN)
KINDS = {kind.media_type: kind for kind in (PDF, DOCX, PPTX, XLSX, *PLAIN)}
SUFFIXES = tuple(suffix for kind in KINDS.values() for suffix in kind.suffixes)

MAIN_PARTS = {b"word/document.xml": DOCX, b"ppt/presentation.xml": PPTX, b"xl/workbook.xml": XLSX}
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")

EMPTY = _("There is nothing in it. Check that it was saved, and choose it once more.")
LOCKED = _("It is locked with a password. Save a copy without one, and attach that.")
OLD_OFFICE = _("It is in an old Office format. Save it as .docx, .xlsx, .pptx or PDF, and attach that.")
PACKED = _("It is a packed folder. Unpack it, and attach what is inside.")
PICTURE = _("Pictures have to wait: many carry the place where they were taken. Put it into a PDF, and attach that.")
UNKNOWN = _("We take PDF, Word, Excel, PowerPoint and plain text. Save it as one of these, and attach that.")
TOO_BIG = _("It is too big for here.")

# What looks like something else than it is: marks that turn the direction of writing, and what no name holds.
_NOT_IN_NAMES = re.compile('[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff"<>:|?*]')
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\x0b\x0c\x1b"))


class Unwelcome(Exception):
    """This file does not hang on a post. `reason` says to its owner what to do."""

    def __init__(self, reason: "str | Promise") -> None:
        super().__init__(str(reason))
        self.reason = reason


def recognise(stream: BinaryIO, name: str) -> FileKind:
    """What the bytes are. The stream is left at its beginning. Raises `Unwelcome`."""
    stream.seek(0)
    head = stream.read(HEAD)
    size = stream.seek(0, 2)
    stream.seek(max(0, size - TAIL))
    tail = stream.read(TAIL)
    stream.seek(0)
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise Unwelcome(EMPTY)
    if _is_picture(head):
        raise Unwelcome(PICTURE)
    return _document(head, tail) or _plain(head, name)


def _is_picture(head: bytes) -> bool:
    is_webp = head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    is_heic = head[4:8] == b"ftyp" and head[8:12] in {b"heic", b"heix", b"mif1", b"avif"}
    return is_webp or is_heic or head.startswith(PICTURES)


def _document(head: bytes, tail: bytes) -> FileKind | None:
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"PK"):
        named = [kind for part, kind in MAIN_PARTS.items() if part in tail]
        if len(named) != 1 or b"vbaProject" in tail:
            raise Unwelcome(PACKED if not named else UNKNOWN)
        return named[0]
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        is_locked = "EncryptedPackage".encode("utf-16-le") in head + tail
        raise Unwelcome(LOCKED if is_locked else OLD_OFFICE)
    if head.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")):
        raise Unwelcome(PACKED)
    return None


def _plain(head: bytes, name: str) -> FileKind:
    """Text has no magic bytes: nothing but letters may be in it, and its name must say that it is one."""
    kind = next((kind for kind in PLAIN if suffix_of(name) in kind.suffixes), None)
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if kind is None or (controls and not looks_utf16(head)):
        raise Unwelcome(UNKNOWN)
    return kind


def suffix_of(name: str) -> str:
    _stem, dot, suffix = name.rpartition(".")
    return f".{suffix.lower()}" if dot else ""


def safe_name(name: str, kind: FileKind) -> str:
    """The name as given, without folders and without what misleads; its end fits what the file is."""
    bare = " ".join(_NOT_IN_NAMES.sub("", re.split(r"[/\\]", name)[-1]).split()).strip(". ")
    suffix = suffix_of(bare)
    if f".{bare.lower()}" in kind.suffixes:
        bare, suffix = "", kind.suffixes[0]
    elif suffix in kind.suffixes:
        bare = bare[: -len(suffix)]
    else:
        suffix = kind.suffixes[0]
    return f"{bare[: LONGEST_NAME - len(suffix)].rstrip() or 'file'}{suffix}"
