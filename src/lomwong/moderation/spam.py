"""What makes a visitor's words look like advertising. Pure; only marks them, somebody reads them all the same.

Thai is written without blanks, and advertisers put dots, blanks and invisible letters between the letters of a word,
so known words are looked for in the letters alone.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator
from enum import StrEnum
from functools import lru_cache

from lomwong.text.normalise import normalise

MOST_LINKS = 2
LINKS_OF_SHORT = 1
SHORT = 40  # letters beside the links
LEAST_REPEATED = 4
SHORT_PIECE = 5
LONG_RUN = 30  # มากกกกกกก is warmth
ALIKE = {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN"}
SAME_AS_BEFORE = 20  # letters: shorter thanks are said by many


class Suspicion(StrEnum):
    LINKS = "links"
    REPEATED = "repeated"
    AGAIN = "again"
    MIXED = "mixed"
    KNOWN = "known"
    TRAP = "trap"


_LINK = re.compile(r"https?://|www\.|\b[a-z0-9-]+\.(?:com|net|org|info|top|xyz|bet|vip|club|shop|ru|cn|io|me)\b", re.I)
_ADDRESS = re.compile(r"\S*(?:https?://|www\.)\S+", re.I)
_LETTERS = re.compile(r"[^\W_]+|[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]+")
_RUN = re.compile(rf"(\S)\1{{{LONG_RUN - 1},}}")
_WORDS = re.compile(r"[^\W\d_]+")
# Gambling, loans, slimming, lottery, "easy work": what the comments of Thai pages are littered with.
KNOWN = (
    "สล็อต", "บาคาร่า", "คาสิโน", "เว็บพนัน", "แทงบอล", "พนันออนไลน์", "เครดิตฟรี", "แจกเครดิต", "หวยออนไลน์", "เว็บตรง",
    "ฝากถอนออโต้", "ไม่ผ่านเอเย่นต์", "เงินกู้ด่วน", "กู้เงินด่วน", "เงินด่วนทันใจ", "สินเชื่อนอกระบบ", "ยาลดน้ำหนัก", "ยาลดความอ้วน",
    "งานออนไลน์รายได้ดี", "รายได้เสริมวันละ", "ทักไลน์", "แอดไลน์", "รับจ้างกดไลก์", "ปั๊มไลก์", "casino", "baccarat", "slotpg",
    "pgslot", "viagra", "cialis", "payday loan", "free credit", "seo service", "buy followers", "crypto investment",
)  # fmt: skip


def suspicions(words: str, name: str = "", before: Collection[str] = ()) -> list[Suspicion]:
    """Why it looks like advertising, in a fixed order; nothing for most. `before`: what visitors wrote lately."""
    text = unicodedata.normalize("NFKC", f"{name}\n{words}")
    found = {
        Suspicion.LINKS: has_many_links(words) or bool(_LINK.search(name)),
        Suspicion.REPEATED: repeats_itself(words),
        Suspicion.AGAIN: is_said_before(words, before),
        Suspicion.MIXED: mixes_scripts(text),
        Suspicion.KNOWN: any(pattern in letters_of(text) for pattern in _known()),
    }
    return [suspicion for suspicion, is_so in found.items() if is_so]


def has_many_links(words: str) -> bool:
    """More than two; or any in a text that says little else."""
    links = len(_LINK.findall(words))
    beside = len(letters_of(_ADDRESS.sub(" ", words)))
    return links > MOST_LINKS or (links >= LINKS_OF_SHORT and beside < SHORT)


def repeats_itself(words: str) -> bool:
    """One letter in a long row, or a line or a longer piece four times over. "5555555" is laughter."""
    if any(match[1] not in "5.-=_*~ๆ!?…" for match in _RUN.finditer(words)):
        return True
    lines = [letters_of(line) for line in words.splitlines()]
    pieces = [letters_of(piece) for piece in words.split()]
    counted = [*Counter(lines).items(), *Counter(pieces).items()]
    return any(often >= LEAST_REPEATED and len(piece) > SHORT_PIECE for piece, often in counted)


def is_said_before(words: str, before: Collection[str]) -> bool:
    mine = letters_of(words)
    return len(mine) >= SAME_AS_BEFORE and any(letters_of(one) == mine for one in before)


def mixes_scripts(text: str) -> bool:
    """Letters of Latin and of a look-alike script inside one word: раypal. Thai beside Latin is daily life."""
    return any(len(ALIKE.intersection(scripts_of(word))) > 1 for word in _WORDS.findall(text))


def scripts_of(word: str) -> Iterator[str]:
    for letter in set(word):
        yield unicodedata.name(letter, "").partition(" ")[0]


def letters_of(text: str) -> str:
    """Only letters, marks and digits, in one spelling: what is left when blanks and dots between them are gone."""
    return "".join(_LETTERS.findall(normalise(text)))


@lru_cache(maxsize=1)
def _known() -> tuple[str, ...]:
    return tuple(map(letters_of, KNOWN))
