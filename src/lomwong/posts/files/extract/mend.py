"""Mend what programs do to Thai letters when they lay out a page, as far as it can be told from the letters alone."""

import re
import unicodedata

from lomwong.text.normalise import COMBINING, CONSONANTS, DEPENDENT, LEADING_VOWELS, TONES, ZERO_WIDTH

# Fonts for Windows kept shifted and cut letters in the private use area; PDF made with them still says so.
_SHIFTED = str.maketrans({0xF700 + at: letter for at, letter in enumerate("ฐิีึื่้๊๋์่้๊๋์ญัํ็่้๊๋์ฺุู")})
_UNSEEN = re.compile(f"[{ZERO_WIDTH}\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BLANK = "[ \u00a0]"
_LOST_BLANK = re.compile(
    f"(?<=[{CONSONANTS}{DEPENDENT}]){_BLANK}+(?=[{DEPENDENT}])|(?<=[{LEADING_VOWELS}]){_BLANK}+(?=[{CONSONANTS}])"
)
_AM = re.compile(f"ํ([{TONES}]?)า|([{TONES}])ํา")
_ORDER = re.compile(f"([{TONES}์])([ัิีึืฺุู็])")
_TWICE = re.compile(f"([{COMBINING}ำ])\\1+")
_CLUSTER = f"[{LEADING_VOWELS}]?[{CONSONANTS}][{DEPENDENT}]*"
_LETTER_BY_LETTER = re.compile(f"(?<![^\\s])(?:{_CLUSTER} ){{3,}}{_CLUSTER}(?![^\\s])")
_BLANKS = re.compile("[ \u00a0]{2,}")
_LINES = re.compile(r"[ \t]*\n\s*\n")


def mended(text: str) -> str:
    """Readable text: composed sara am, marks in order and once, no blanks inside syllables or spaced-out words."""
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")))
    text = text.translate(_SHIFTED)
    text = _LOST_BLANK.sub("", text)
    text = _ORDER.sub(r"\2\1", text)
    text = _AM.sub(lambda am: f"{am[1] or am[2] or ''}ำ", text)
    text = _TWICE.sub(r"\1", text)
    text = _LETTER_BY_LETTER.sub(lambda spaced: spaced[0].replace(" ", ""), text)
    return _LINES.sub("\n\n", _BLANKS.sub(" ", text)).strip()
