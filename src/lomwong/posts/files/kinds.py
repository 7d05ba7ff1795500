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
# Pictures, whatever they come as, are kept as one of the first two: JPEG or WebP, made anew.
JPEG = FileKind("image/jpeg", pgettext_lazy("a kind of file", "picture"), (".jpg", ".jpeg"))
WEBP = FileKind("image/webp", pgettext_lazy("a kind of file", "picture"), (".webp",))
PNG = FileKind("image/png", pgettext_lazy("a kind of file", "picture"), (".png",))
GIF = FileKind("image/gif", pgettext_lazy("a kind of file", "picture"), (".gif",))
AVIF = FileKind("image/avif", pgettext_lazy("a kind of file", "picture"), (".avif",))
PICTURES = (JPEG, WEBP, PNG, GIF, AVIF)
M4A = FileKind("audio/mp4", pgettext_lazy("a kind of file", "sound"), (".m4a", ".mp4"))
OGG = FileKind("audio/ogg", pgettext_lazy("a kind of file", "sound"), (".ogg", ".opus", ".oga"))
WEBM = FileKind("audio/webm", pgettext_lazy("a kind of file", "sound"), (".webm", ".weba"))
MP3 = FileKind("audio/mpeg", pgettext_lazy("a kind of file", "sound"), (".mp3",))
WAV = FileKind("audio/wav", pgettext_lazy("a kind of file", "sound"), (".wav",))
SOUNDS = (M4A, OGG, WEBM, MP3, WAV)
DOCUMENTS = (PDF, DOCX, PPTX, XLSX, *PLAIN)
KINDS = {kind.media_type: kind for kind in (*DOCUMENTS, *PICTURES, *SOUNDS)}
# What a browser offers to choose from. A telephone that makes HEIC sends JPEG where HEIC is not named.
OFFERED = (
    *(suffix for kind in DOCUMENTS for suffix in kind.suffixes),
    *(kind.media_type for kind in PICTURES),
    *(name for kind in SOUNDS for name in (kind.media_type, *kind.suffixes)),
)

MAIN_PARTS = {b"word/document.xml": DOCX, b"ppt/presentation.xml": PPTX, b"xl/workbook.xml": XLSX}
HEADS = {
    b"\x89PNG\r\n\x1a\n": PNG,
    b"\xff\xd8\xff": JPEG,
    b"GIF87a": GIF,
    b"GIF89a": GIF,
    b"OggS": OGG,
    b"ID3": MP3,
    b"\x1aE\xdf\xa3": WEBM,
}
HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"}  # how a file of the kind ftyp calls itself
MPEG_LAYER_3 = {0xFA, 0xFB, 0xF2, 0xF3, 0xE2, 0xE3}

EMPTY = _("There is nothing in it. Check that it was saved, and choose it once more.")
LOCKED = _("It is locked with a password. Save a copy without one, and attach that.")
OLD_OFFICE = _("It is in an old Office format. Save it as .docx, .xlsx, .pptx or PDF, and attach that.")
PACKED = _("It is a packed folder. Unpack it, and attach what is inside.")
UNKNOWN = _(
    "We take pictures, voice notes, PDF, Word, Excel, PowerPoint and plain text. "
    "Save it as one of these, and attach that."
)
DRAWING = _("It is a drawing that can carry a program. Save it as PNG or PDF, and attach that.")
VIDEO = _("It is a video. Put it where videos are kept, and write its address here.")
HUGE_PICTURE = _("It has more dots than we can take in. Make it smaller, and attach that.")
APPLE = _("It is a picture as iPhones keep them (HEIC). Save it as JPEG, and attach that.")
BROKEN_PICTURE = _("We cannot make out the picture. Open it, save it as JPEG, and attach that.")
BROKEN_SOUND = _("We cannot make out the sound. Save it as MP3 or M4A, and attach that.")
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
    return _medium(head) or _document(head, tail) or _plain(head, name)


def _medium(head: bytes) -> FileKind | None:
    """A picture or a sound, as far as its beginning says. Making it anew or cleaning it tells whether it is one."""
    if head[4:8] == b"ftyp":
        if head[8:12] in HEIC and b"avif" not in head[:64]:
            raise Unwelcome(APPLE)
        return AVIF if b"avif" in head[:64] or head[8:12] == b"avis" else M4A
    if head[:4] == b"RIFF":
        return {b"WEBP": WEBP, b"WAVE": WAV}.get(head[8:12])
    if head[0] == 0xFF and head[1:2] and head[1] in MPEG_LAYER_3:
        return MP3
    return next((kind for start, kind in HEADS.items() if head.startswith(start)), None)


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
    if kind is None and b"<svg" in head.lower():
        raise Unwelcome(DRAWING)
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if kind is None or (controls and not looks_utf16(head)):
        raise Unwelcome(UNKNOWN)
    return kind


def suffix_of(name: str) -> str:
    _stem, dot, suffix = name.rpartition(".")
    return f".{suffix.lower()}" if dot else ""


def safe_name(name: str, kind: FileKind, *, came_as: FileKind | None = None) -> str:
    """The name as given, without folders and without what misleads; its end fits what the file is.

    `came_as`: what it was before it was made anew, whose end goes.
    """
    bare = " ".join(_NOT_IN_NAMES.sub("", re.split(r"[/\\]", name)[-1]).split()).strip(". ")
    suffix = suffix_of(bare)
    if f".{bare.lower()}" in kind.suffixes:
        bare, suffix = "", kind.suffixes[0]
    elif suffix in kind.suffixes:
        bare = bare[: -len(suffix)]
    else:
        bare = bare[: -len(suffix)] if came_as and suffix in came_as.suffixes else bare
        suffix = kind.suffixes[0]
    return f"{bare[: LONGEST_NAME - len(suffix)].rstrip() or 'file'}{suffix}"
