"""Reads one GotoKnow entry saved from a browser, as text or as HTML. Pure: no Django."""

import re

from lomwong.imports.page.entry import Page, PageComment
from lomwong.imports.page.markup import read_html
from lomwong.imports.page.plain import read_plain
from lomwong.imports.problems import UnreadableFile, mark, refuse_unless_text
from lomwong.kit.charsets import codec_for, decode

__all__ = ["Page", "PageComment", "read_page"]

TOO_LARGE = mark("The file is too large for one page. Save a single entry, and import that.")
_LARGEST = 20 * 2**20
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|div|p|article|h1)[\s>]", re.IGNORECASE)
_STATED_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)


def read_page(data: bytes) -> Page:
    """The entry in `data`, its comments, and what was odd (`Page.problems`).

    Charset: byte order mark, the page's own `charset=`, UTF-8, cp874. Raises `UnreadableFile` when the file is empty,
    packed, binary, too large, or holds no entry.
    """
    refuse_unless_text(data[:4096], wide_allowed=True)
    if len(data) > _LARGEST:
        raise UnreadableFile(TOO_LARGE)
    stated = _STATED_CHARSET.search(data[:4096])
    charset = stated[1].decode("ascii") if stated else None
    text = decode(data, charset if codec_for(charset) else None).replace("\x00", "")
    return read_html(text) if _HTML.search(text[:4000]) else read_plain(text)
