"""Bytes to text, for files whose charset is stated wrongly or not at all, as Thai files often are."""

import codecs
import re

# Windows-874 is TIS-620 with the quotation marks and the ellipsis that Thai Windows writes; one codec reads all three.
THAI = "cp874"
_THAI_NAMES = {
    "tis620", "tis6200", "tis62025291", "tis62025330", "iso885911", "windows874", "xwindows874", "ms874", "cp874",
    "ibm874", "xibm874", "874", "dos874", "maccthai", "xmacthai",
}  # fmt: skip
# Codecs that are not charsets of mail, or that are slow or warn on hostile input.
_REFUSED = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7", "mbcs", "oem"}
# A Thai vowel or tone mark never follows a Latin letter or stands in front of everything; when it seems to,
# or when one Thai letter stands inside a Latin word, the bytes are some Western charset.
_NOT_THAI = re.compile(r"(?:^|[^\u0e01-\u0e4e])[\u0e31\u0e33-\u0e3a\u0e47-\u0e4e]|[A-Za-z][\u0e01-\u0e5b][A-Za-z]")
_THAI_LETTER = re.compile(r"[\u0e01-\u0e5b]")
_THAI_PAIR = re.compile(r"[\u0e01-\u0e5b]{2}")


def codec_for(name: str | None) -> str | None:
    """The Python codec of a charset name as mail and web pages write it, or None when it is not one."""
    if not name:
        return None
    bare = name.strip().strip("\"'").lower()
    if re.sub(r"[^a-z0-9]", "", bare) in _THAI_NAMES:
        return THAI
    try:
        info = codecs.lookup(bare)
    except (LookupError, ValueError):  # ValueError: a name with a zero character
        return None
    is_text = getattr(info, "_is_text_encoding", True)
    return info.name if is_text and info.name not in _REFUSED else None


def decode(data: bytes, declared: str | None = None) -> str:
    """Text of `data`, with every byte accounted for; never raises.

    A byte order mark wins, then the declared charset, then UTF-8 (also when its last letter is cut, or single bytes are
    broken), then cp874 if the result reads as Thai, then Latin-1.
    """
    marked = _by_mark(data)
    if marked is not None:
        return marked
    codec = codec_for(declared)
    if codec is not None and codec != "ascii":
        try:
            return data.decode(codec)
        except (UnicodeError, ValueError):
            if codec == THAI:
                return data.decode(THAI, errors="replace")
    return data.decode(guess_codec(data), errors="replace")


def _by_mark(data: bytes) -> str | None:
    if data.startswith(codecs.BOM_UTF8):
        return data[3:].decode("utf-8", errors="replace")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    return None


def decode_table(data: bytes) -> str:
    """As `decode`, for whole files: UTF-16 without a byte order mark is recognised too."""
    if looks_utf16(data[:400]) and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        little = data[1:400:2].count(0) + data[1:400:2].count(0x0E) >= data[:400:2].count(0) + data[:400:2].count(0x0E)
        return data.decode("utf-16-le" if little else "utf-16-be", errors="replace")
    return decode(data)


def guess_codec(data: bytes) -> str:
    """ "utf-8", "cp874" or "latin-1": what `data`, which has no byte order mark, seems to be written in."""
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        mended = data.decode("utf-8", errors="replace")
    broken = mended.count("\ufffd")
    foreign = sum(character > "\x7f" for character in mended) - broken
    if foreign > 4 * broken:
        return "utf-8"
    try:
        return THAI if _reads_as_thai(data.decode(THAI)) else "latin-1"
    except UnicodeDecodeError:
        return "latin-1"


def _reads_as_thai(text: str) -> bool:
    """Thai letters come in rows; a Western text read as Thai has single ones, and marks in impossible places."""
    letters = len(_THAI_LETTER.findall(text))
    return len(_THAI_PAIR.findall(text)) * 4 > letters and len(_NOT_THAI.findall(text)) * 20 <= letters


def looks_utf16(head: bytes) -> bool:
    """True for UTF-16 with a byte order mark, or with every second byte near zero as in Latin and Thai text."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    sample = head[:400]
    if len(sample) < 4:
        return False
    # The high half of a Latin letter is 00, of a Thai one 0E.
    even, odd = (sum(byte in (0x00, 0x0E) for byte in sample[start::2]) for start in (0, 1))
    return b"\x00" in sample and max(even, odd) > 0.8 * (len(sample) // 2)
