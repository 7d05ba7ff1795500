"""Thai dictionary order for databases, whatever their collation."""

import re
import unicodedata

from .normalise import CONSONANTS, LEADING_VOWELS, TONES, fold_case

# In dictionaries a word is looked up under its consonant: เกม stands at ก, between กู and แก.
_LEADING_VOWEL = re.compile(f"([{LEADING_VOWELS}])([{CONSONANTS}])")
_SPLIT_AM = re.compile(f"ํ([{TONES}]?)า")
_VOWEL_MARKS = "ัิีึืุู"
# Marks that only decide between equal letters, lowest first.
_MARK_RANK = {mark: str(rank) for rank, mark in enumerate("ฺ์ํ๎็่้๊๋")}
_IGNORED = "ฯๆ"
# Below every letter, so that a shorter word comes first; above the blank, which stands for "no mark".
_SEPARATOR = "!"


def thai_sort_key(name: str) -> str:
    """A key whose order is Thai dictionary order under any collation: hexadecimal digits, four for each character.

    SQLite compares bytes and PostgreSQL by the rules of some language; digits and a to f mean the same to both.

    Letters first: a leading vowel behind its consonant, tone marks, ็ and ์ left out, lower case, Latin accents left
    out, punctuation and spaces left out (as Unicode's Thai collation does), digits before letters. Then, behind "!",
    the marks, one place for each letter. Source: the order of the Royal Institute Dictionary.
    """
    name = _SPLIT_AM.sub(r"\1ำ", fold_case(name)).replace("เเ", "แ").replace("ๅ", "า")
    name = _LEADING_VOWEL.sub(r"\2\1", name)
    letters: list[str] = []
    marks: list[str] = []
    for char in unicodedata.normalize("NFD", name):
        if char in _VOWEL_MARKS or (char.isalnum() and char not in _IGNORED):
            letters.append(char)
            marks.append(" ")
        elif letters and unicodedata.category(char) == "Mn":
            marks[-1] = marks[-1].strip() + _MARK_RANK.get(char, char)
    key = "".join(letters) + _SEPARATOR + "".join(marks).rstrip()
    return key.encode("utf-16-be", "surrogatepass").hex()
