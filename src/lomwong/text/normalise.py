"""Bring spellings that a reader takes for the same to one form. For matching only: never show the result to anyone."""

import re
import sys
import unicodedata
from functools import lru_cache

CONSONANTS = "ก-ฮ"
LEADING_VOWELS = "เแโใไ"
TONES = "่้๊๋"
COMBINING = "ัิีึืฺุู็่้๊๋์ํ๎"
SPACING_VOWELS = "ะาๅ"
DEPENDENT = f"{COMBINING}{SPACING_VOWELS}ำ"
"""Characters that belong to the consonant before them: a cut or a word never starts with one."""
THAI_LETTERS = f"{CONSONANTS}{LEADING_VOWELS}{DEPENDENT}"
"""For use inside a character class: what Thai words are made of, so neither digits nor ฯ ๆ ฿ nor ๏ ๚ ๛."""
ZERO_WIDTH = "\u00ad\u200b-\u200f\u2060\ufeff"
"""For use inside a character class: soft hyphen, zero-width space and joiners, direction marks, byte-order mark."""

_ZERO_WIDTH = re.compile(f"[{ZERO_WIDTH}]")
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_UPPER_AND_LOWER_VOWELS = "ัิีึืุู็"
_MARK_RANK = {mark: i for i, mark in enumerate("ฺ" + _UPPER_AND_LOWER_VOWELS + TONES + "์๎ํ")}

# One pattern of all three would take four times as long: these tell the engine by which letters a match may begin.
_IRREGULAR = (
    re.compile(f"[{ZERO_WIDTH}ํ๎]"),
    re.compile(
        f"[{LEADING_VOWELS}{DEPENDENT}](?=[{LEADING_VOWELS}{DEPENDENT}])"
        f"(?:(?<=(.))\\1"
        f"|(?<=[{SPACING_VOWELS}ำ])[{COMBINING}]"
        f"|(?<=[{_UPPER_AND_LOWER_VOWELS}])[{_UPPER_AND_LOWER_VOWELS}ฺ]"
        f"|(?<=[{TONES}])[{_UPPER_AND_LOWER_VOWELS}ฺ{TONES}]"
        f"|(?<=์)[{COMBINING}])"
    ),
    re.compile(f"([{CONSONANTS}])\\1\\1"),
)
_SPOT = re.compile(f"([{DEPENDENT}]{{2,}})|([{LEADING_VOWELS}]{{2,}})|([{CONSONANTS}])\\3\\3+")
_TWO_ARE_ONE = re.compile("เเ+")
_REPEATED = re.compile(r"(.)\1+")
# Names of institutions (สสส. ททท. ปปป.), which look like elongation but are not when no vowel stands before them.
_TRIPLE_NAMES = frozenset({"สสส", "ททท", "ปปป"})

# ฎ and ฏ look alike and are mixed up in common words; each context is mended to the usual spelling.
_SHOULD_BE_PATAK = re.compile(
    "ฎ(?:(?=ิ)(?:(?<=ปฎ)|(?<=ปาฎ)|(?<=ฆาฎ)|(?<=กุฎ)|(?<=โกฎ))|(?=์)(?<=ษฎ)|(?=ฐ)"
    "|(?<=ปรากฎ)|(?<=กบฎ)|(?<=นาฎ)|(?<=ภูฎ)|(?<=[วภชอปบ]ัฎ))"
)
_SHOULD_BE_CHADA = re.compile(
    "ฏ(?:(?<=กฏ)(?<!ปรากฏ)|(?<=ษฏ)(?!์)|(?<=ชฏ)(?=[าิ])|(?=ีกา)|(?<=มกุฏ)|(?<=มงกุฏ)|(?<=ปิฏ)(?=ก)|(?<=รอมฏ))"
)


def normalise(text: str) -> str:
    """One form for spellings that read the same; idempotent; for matching, never for display.

    Canonical composition, no zero-width characters, เเ as แ, ํ+า as ำ, marks in one order, repeated marks and
    elongated letters (มากกกก) once, common confusions of ฎ and ฏ mended, Thai digits as Arabic, lower case.
    """
    mended = mend_letters(_SPOT.sub(_mend_spot, fold_case(text)))
    # Thai marks put in order may stand wrongly behind a foreign one; putting that right may bring others together.
    return mended if unicodedata.is_normalized("NFC", mended) else normalise(mended)


def fold_case(text: str) -> str:
    """The part of `normalise` that concerns every script: composed, lower case, Arabic digits, nothing invisible."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", _ZERO_WIDTH.sub("", text).lower()).translate(_THAI_DIGITS)


def is_irregular(text: str, start: int = 0, end: int = sys.maxsize) -> bool:
    """Whether normalising the Thai letters of `text[start:end]` could change how many there are, or their order."""
    return any(pattern.search(text, start, end) for pattern in _IRREGULAR)


def irregular_places(text: str) -> list[int]:
    """Where in `text` that is so, in no order; [] for nearly every text."""
    return [spot.start() for pattern in _IRREGULAR for spot in pattern.finditer(text)]


def normalise_thai_run(run: str) -> tuple[str, list[tuple[int, int]]]:
    """Normalise a run of Thai letters and zero-width characters, remembering where each letter came from.

    Returns the normalised run and, for each of its characters, the (start, end) in `run` of what it stands for: in
    order, not overlapping.
    """
    kept = [i for i, char in enumerate(run) if not _ZERO_WIDTH.match(char)]
    clean = "".join([run[i] for i in kept])
    spans = [(i, i + 1) for i in kept]
    pieces: list[str] = []
    origin: list[tuple[int, int]] = []
    done = 0
    for spot in _SPOT.finditer(clean):
        first, after = spot.span()
        mended = _mend_spot(spot)
        pieces += clean[done:first], mended
        origin += spans[done : first + len(mended)]
        origin[-1] = (origin[-1][0], kept[after - 1] + 1)
        done = after
    pieces.append(clean[done:])
    origin += spans[done:]
    return mend_letters("".join(pieces)), origin


def mend_letters(text: str) -> str:
    """Mend confusions of ฎ and ฏ; the length never changes. All that a regular run of Thai letters needs."""
    if "ฎ" in text:
        text = _SHOULD_BE_PATAK.sub("ฏ", text)
    if "ฏ" in text:
        text = _SHOULD_BE_CHADA.sub("ฎ", text)
    return text


def _mend_spot(spot: re.Match[str]) -> str:
    """The normal form of one stretch found by `_SPOT`: never longer than it, never empty."""
    marks, vowels, _ = spot.groups()
    if marks:
        return _mend_few_marks(marks) if len(marks) <= 4 else _mend_marks(marks)
    if vowels:
        return _REPEATED.sub(r"\1", _TWO_ARE_ONE.sub("แ", vowels))
    return _mend_elongation(spot)


def _mend_elongation(spot: re.Match[str]) -> str:
    """One letter for three or more, unless two words meet there (คะแนน|นิยม, คน|นนท์) or it is a name (สสส)."""
    letters = spot[0]
    text, first, after = spot.string, spot.start(), spot.end()
    next_syllable = ""
    if text[after : after + 1] and text[after] in DEPENDENT:
        letters, next_syllable = letters[1:], letters[0]
    follows_vowel = first > 0 and text[first - 1] in DEPENDENT
    before_consonant = "ก" <= text[after : after + 1] <= "ฮ"
    is_legitimate = (
        len(letters) < 3
        or (letters in _TRIPLE_NAMES and not follows_vowel)
        or (before_consonant and (len(letters) == 3 or text[after - 1 : after + 1] == "นท"))
    )
    return spot[0] if is_legitimate else letters[0] + next_syllable


def _mend_marks(marks: str) -> str:
    """Marks of one consonant: each once, vowels before tones before ์, all before ะ and า; ํ+า composed to ำ."""
    combining = "".join(sorted({mark for mark in marks if mark in COMBINING}, key=_MARK_RANK.__getitem__))
    spacing = "".join(mark for mark in marks if mark not in COMBINING)
    if combining.endswith("ํ") and ("า" in spacing or "ำ" in spacing):
        combining, spacing = combining[:-1], spacing.replace("า", "ำ", 1)
    return combining + _REPEATED.sub(r"\1", spacing)


_mend_few_marks = lru_cache(maxsize=4096)(_mend_marks)
