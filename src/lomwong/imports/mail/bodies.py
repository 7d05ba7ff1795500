"""The body of a message: its words, and the names of what was attached."""

import binascii
import email
import email.message
import email.policy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lomwong.imports.html_text import html_text
from lomwong.imports.mail.headers import Headers, charset_of, decode_words, tidy
from lomwong.kit.charsets import decode

_ESCAPED_FROM = re.compile(rb">+From ")
_SCRUBBED = re.compile(r"attachment was scrubbed\.\.\.\nName: (.+)")
_UNNAMED = "not available"
_DEEPEST = 20  # levels of parts within parts


@dataclass(slots=True)
class Body:
    """`is_cut`: a part is not closed, so the file ended inside it. `is_damaged`: the parts could not be told apart."""

    text: str
    attachments: tuple[str, ...] = ()
    is_cut: bool = False
    is_damaged: bool = False


def read_body(headers: Headers, lines: Sequence[bytes]) -> Body:
    """Text of a message whose header and body lines are given: text/plain before HTML, which loses its tags."""
    kind = headers.get("content-type").lower()
    raw = b"\n".join(unescape_from(lines))
    if kind.startswith(("multipart/", "message/")):
        body = _read_parts(headers, raw)
    else:
        data = _transfer_decoded(headers.get("content-transfer-encoding"), raw)
        if kind.startswith("text/html"):
            body = Body(html_text(decode(data, charset_of(kind))))
        elif kind and not kind.startswith("text") and "/" in kind:
            body = Body("", (_part_name(headers.get("content-disposition") + ";" + kind) or kind.split(";")[0],))
        else:
            body = Body(decode(data, charset_of(kind)))
    text = tidy(body.text).replace("\r\n", "\n").replace("\r", "\n").strip("\n").rstrip()
    scrubbed = tuple(name.strip() for name in _SCRUBBED.findall(text) if name.strip() != _UNNAMED)
    return Body(text, (*body.attachments, *scrubbed), body.is_cut, body.is_damaged)


def unescape_from(lines: Sequence[bytes]) -> Iterator[bytes]:
    """Takes off the ">" that mbox puts before "From ", except within a quotation, where it is the quote's own."""
    for index, line in enumerate(lines):
        if _ESCAPED_FROM.match(line):
            around = [lines[at] for at in (index - 1, index + 1) if 0 <= at < len(lines)]
            in_quote = any(each.startswith(b">") and not _ESCAPED_FROM.match(each) for each in around)
            yield line if in_quote else line[1:]
        else:
            yield line


def _transfer_decoded(encoding: str, raw: bytes) -> bytes:
    encoding = encoding.strip().lower()
    if encoding == "quoted-printable":
        return binascii.a2b_qp(raw)
    if encoding == "base64":
        packed = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
        return binascii.a2b_base64(packed[: len(packed) // 4 * 4] + _last_group(packed))
    return raw


def _last_group(packed: bytes) -> bytes:
    """The unfinished end of base64, filled up; one lone sign holds no byte."""
    rest = packed[len(packed) // 4 * 4 :]
    return rest + b"=" * (4 - len(rest)) if len(rest) >= 2 else b""


def _read_parts(headers: Headers, raw: bytes) -> Body:
    head = f"Content-Type: {headers.get('content-type')}\n\n".encode("utf-8", errors="replace")
    try:
        whole = email.message_from_bytes(head + raw, policy=email.policy.compat32)
        defects = {type(defect).__name__ for defect in whole.defects}
        plain, marked, names = _collect(whole)
    except Exception:  # the library fails in many ways on broken mail; the words are kept as they stand
        return Body(decode(raw), is_damaged=True)
    if not whole.is_multipart():
        return Body(decode(raw), is_damaged=True)
    text = "\n\n".join(part.strip("\n") for part in plain if part.strip())
    if not text:
        text = "\n\n".join(html_text(part) for part in marked)
    return Body(text, tuple(names), is_cut="CloseBoundaryNotFoundDefect" in defects)


_Parts = tuple[list[str], list[str], list[str]]


def _collect(part: "email.message.Message[str, str]", depth: int = 0) -> _Parts:
    """(plain texts, HTML texts, attachment names) of a part and those within it."""
    if part.is_multipart() and depth < _DEEPEST:
        plain: list[str] = []
        marked: list[str] = []
        names: list[str] = []
        for child in part.get_payload():
            if isinstance(child, email.message.Message):
                for target, found in zip((plain, marked, names), _collect(child, depth + 1), strict=True):
                    target.extend(found)
        return plain, marked, names
    return _leaf(part)


def _leaf(part: "email.message.Message[str, str]") -> _Parts:
    kind = str(part.get("content-type", "text/plain"))
    disposition = str(part.get("content-disposition", ""))
    name = _part_name(disposition + ";" + kind)
    short_kind = kind.split(";")[0].strip().lower()
    is_attached = disposition.strip().lower().startswith("attachment")
    if is_attached or not short_kind.startswith("text/") or (name and short_kind != "text/plain"):
        return [], [], [name or short_kind]
    payload = part.get_payload(decode=True)
    text = decode(payload if isinstance(payload, bytes) else b"", charset_of(kind))
    if short_kind == "text/html":
        return [], [text], []
    return [text], [], [name] if name else []


def _part_name(parameters: str) -> str:
    """The file name in a Content-Disposition or Content-Type, in the plain and the percent-encoded (RFC 2231) form."""
    parameters = parameters[:2000]
    extended = re.search(r"(?:file)?name\*\s*=\s*([^';\s]*)'[^']*'([^;\s]+)", parameters, re.IGNORECASE)
    if extended:
        raw = re.sub(rb"%([0-9A-Fa-f]{2})", lambda code: bytes([int(code[1], 16)]), extended[2].encode())
        return tidy(decode(raw, extended[1]))
    plain = re.search(r"(?:file)?name\s*=\s*(?:\"([^\"]*)\"|([^;\s]+))", parameters, re.IGNORECASE)
    return decode_words(plain[1] or plain[2] or "").strip() if plain else ""
