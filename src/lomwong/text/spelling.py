"""Words of a vocabulary that somebody may have meant who wrote another one.

Candidates share pairs of letters with what was written (most Thai words have too few character clusters for threes of
them to survive a slip); the cheapest by a weighted edit distance over letters win. Slips that Thai writers make often
cost less: tone marks, silenced letters, letters that sound or look alike, keys that touch, letters doubled or swapped.
"""

import math
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .keys import NEIGHBOURS

MOST_WORDS = 200_000
SHORTEST, LONGEST = 3, 40  # letters of a word that is looked up, or found
_TRIED = 48  # candidates by shared pairs whose distance is measured
_STOP = ord("\n")
_PAIR = 0x110000

ALIKE = (
    "ใไ", "ศษส", "นณ", "รล", "ดฎฏต", "ถฐ", "ทธฑฒ", "พภผ", "ซช", "ขค", "คฆ", "ยญ", "ฟฝ", "ิี", "ึื", "ุู", "ัะ", "าำ", "เแ", "่้๊๋",
    "iy", "ie", "ea", "ao", "ck", "sc", "sz", "fv", "ph",
)  # fmt: skip
_ALIKE = {pair for group in ALIKE for one in group for other in group if one != other for pair in (one + other,)}
_MARKS = frozenset("่้๊๋์็ฺ")
_CHEAP = 0.4
_NEAR = 0.7
_SWAP = 0.7


class Near(NamedTuple):
    word: str
    cost: float  # of writing one for the other, in slips


class Spellings:
    """The most frequent words of a vocabulary, findable by what was written instead."""

    def __init__(self, frequencies: Iterable[tuple[str, int]]) -> None:
        """Words and in how many texts each stands. Numbers, codes and what is too short or long are left out."""
        kept = [(word, count) for word, count in frequencies if _can_be_found(word)]
        if len(kept) > MOST_WORDS:
            kept = sorted(kept, key=lambda one: one[1], reverse=True)[:MOST_WORDS]
        self._words = [word for word, _ in kept]
        self._counts = np.array([count for _, count in kept], dtype=np.float32)
        self._sizes = np.array([len(word) + 1 for word in self._words], dtype=np.float32)
        pairs = _pairs("\n".join(self._words))
        ends = np.cumsum(self._sizes).astype(np.int64)
        owners = np.searchsorted(ends, np.arange(len(pairs)), side="right").astype(np.int32)
        order = np.argsort(pairs, kind="stable")
        self._pairs, starts = np.unique(pairs[order], return_index=True)
        self._starts = np.append(starts, len(pairs))
        self._owners = owners[order]

    def near(self, written: str, limit: int = 5) -> list[Near]:
        """What may be meant, most likely first; never `written` itself. Both normalised."""
        if not SHORTEST <= len(written) <= LONGEST or not self._words:
            return []
        most = _dearest(len(written))
        found = []
        for at in self._candidates(written):
            word = self._words[at]
            cost = slips(written, word, most)
            if 0 < cost <= most:
                # A word that stands in ten times as many texts is as good as one a third of a slip nearer.
                found.append((cost - 0.15 * math.log(1 + float(self._counts[at])), Near(word, cost)))
        found.sort()
        return [near for _, near in found[:limit]]

    def _candidates(self, written: str) -> list[int]:
        wanted = np.unique(_pairs(written))
        places = np.searchsorted(self._pairs, wanted)
        lists = [
            self._owners[self._starts[place] : self._starts[place + 1]]
            for place, pair in zip(places, wanted, strict=True)
            if place < len(self._pairs) and self._pairs[place] == pair
        ]
        if not lists:
            return []
        shared = np.bincount(np.concatenate(lists), minlength=len(self._words))
        likeness = 2 * shared / (self._sizes + len(written) + 1) + 0.004 * np.log1p(self._counts)
        likeness[shared == 0] = 0
        tried = min(_TRIED, len(likeness))
        best = np.argpartition(likeness, -tried)[-tried:]
        return [int(at) for at in best if shared[at]]


def _can_be_found(word: str) -> bool:
    return SHORTEST <= len(word) <= LONGEST and not any(map(str.isdigit, word)) and "\n" not in word


def _pairs(text: str) -> NDArray[np.int64]:
    """A number for each two neighbouring letters; a line's beginning and end count as letters."""
    letters = np.array([_STOP, *map(ord, text), _STOP], dtype=np.int64)
    return letters[:-1] * _PAIR + letters[1:]


def _dearest(size: int) -> float:
    """How many slips a word of so many letters may hold and still be known again."""
    return 0.8 if size <= 3 else 1.1 if size <= 6 else 2.1


@lru_cache(maxsize=16_384)
def _replacing(one: str, other: str) -> float:
    if one + other in _ALIKE:
        return _CHEAP
    if other in NEIGHBOURS.get(one, ""):
        return _NEAR
    return 1.0


def slips(written: str, meant: str, most: float = math.inf) -> float:
    """The cheapest way from one to the other, in plain slips; above `most` it may be any figure above it."""
    if abs(len(written) - len(meant)) * _CHEAP > most:
        return math.inf
    before_last: list[float] = []
    last = [0.0]
    for letter, neighbour in zip(meant, " " + meant, strict=False):
        last.append(last[-1] + _adding(letter, neighbour))
    for at, one in enumerate(written):
        previous = written[at - 1] if at else " "
        dropped = _adding(one, previous)
        row = [last[0] + dropped]
        for to, other in enumerate(meant):
            if one == other:
                cost = last[to]
            else:
                cost = min(
                    last[to] + _replacing(one, other),
                    last[to + 1] + dropped,
                    row[to] + _adding(other, meant[to - 1] if to else " "),
                )
                if at and to and one == meant[to - 1] and previous == other:
                    cost = min(cost, before_last[to - 1] + _SWAP)
            row.append(cost)
        if min(row) > most and min(last) > most:
            return math.inf
        before_last, last = last, row
    return last[-1]


def _adding(letter: str, neighbour: str) -> float:
    """What it costs to write one letter too many or too few next to another."""
    return _CHEAP if letter in _MARKS or letter == neighbour else 1.0
