"""The words of a PDF.

Thai programs draw น้ำ with glyphs that have no letter of their own, and say in /ActualText (ISO 32000-1, 14.9.4) which
letters are meant. pypdf looks at the glyphs only, so the letters are put in their place as it goes along.
"""

import logging
from collections.abc import Iterator
from typing import Any, BinaryIO

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError
from pypdf.generic import ArrayObject, TextStringObject

from lomwong.posts.files.extract import Locked

FILLER = "\u2060"
"""Has no width on paper, but some for pypdf, which else takes the room of the glyphs left out for a blank."""
SHOWING = (b"Tj", b"TJ", b"'", b'"')


def words(stream: BinaryIO) -> Iterator[str]:
    logging.disable()
    reader = PdfReader(stream)
    try:
        if reader.is_encrypted and not reader.decrypt(""):
            raise Locked
        for page in reader.pages:
            yield page.extract_text(visitor_operand_before=ActualText()).replace(FILLER, "") + "\n"
    except (FileNotDecryptedError, DependencyError):  # AES without a library for it
        raise Locked from None


class ActualText:
    """Called before each operator of a page; changes its operands in place."""

    def __init__(self) -> None:
        self.inside: list[bool] = []  # of each marked content that is open, whether its letters are known
        self.letters = ""

    def __call__(self, operator: bytes, operands: list[Any], _matrix: Any, _text_matrix: Any) -> None:
        if operator in (b"BDC", b"BMC"):
            self._begin(operands)
        elif operator == b"EMC" and self.inside:
            self.inside.pop()
        elif operator in SHOWING and operands and any(self.inside):
            shown = TextStringObject(self.letters + 3 * FILLER)
            self.letters = ""
            operands[-1] = ArrayObject([shown]) if operator == b"TJ" else shown

    def _begin(self, operands: list[Any]) -> None:
        properties = operands[1] if len(operands) > 1 else None
        letters = properties.get("/ActualText") if isinstance(properties, dict) else None
        if isinstance(letters, bytes):
            letters = decoded(letters)
        is_known = isinstance(letters, str) and not any(self.inside)
        if is_known:
            self.letters = str(letters)
        self.inside.append(is_known)


def decoded(letters: bytes) -> str:
    """A text string of a content stream, which pypdf leaves as it stands (7.9.2.2)."""
    return letters.decode("utf-16" if letters[:2] in (b"\xfe\xff", b"\xff\xfe") else "latin-1", "replace")
