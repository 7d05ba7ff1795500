"""The organisation's own words, and what is the same said otherwise: ลปรร. is แลกเปลี่ยนเรียนรู้.

Values, not state: the segmenter and the highlighter take `OwnWords` as an argument, and several may live side by side.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .lexicon import Node, clusters, first_cluster
from .normalise import CONSONANTS, THAI_LETTERS, ZERO_WIDTH, is_irregular, mend_letters, normalise_thai_run
from .segment import cut_cost, cut_inside, words

Way = tuple[str, ...]
"""A way to say something, as normalised words."""

LONGEST_FORM = 200
"""Letters. A longer form is no word and is left out."""

# A form of Thai letters alone is one word; its dots (ลปรร. ม.อ.) are no part of it.
_ONE_THAI_WORD = re.compile(f"[{THAI_LETTERS}{ZERO_WIDTH}]+\\.?|[{CONSONANTS}](?:\\.[{CONSONANTS}])+\\.?")

# What an own word costs beside those of the dictionary, in nats. One that joins what the dictionary cuts is made a
# little likelier than that cut: it wins where it stands and changes nothing around it. One that the dictionary does not
# know costs as a rare word, and more when it is short: มข is found between words, but no name is torn to find it.
_JOINED = 3.0
_RARE = 18.0
_SHORT = 4  # clusters
_MISSING_CLUSTER = 2.0


class Said(NamedTuple):
    """Own words found in a list of words, `words[start:end]`, and the other ways to say them."""

    start: int
    end: int
    ways: tuple[Way, ...]


class OwnWords:
    """Made from groups of ways to say one thing, in any spelling: Thai, Latin, initials with dots, several words.

    Nobody changes it, and threads may share it. What is costly is found out when it is first asked for, so that making
    one of some thousand forms takes milliseconds.
    """

    def __init__(self, groups: Iterable[Iterable[str]] = ()) -> None:
        self._groups = [[form for form in group if len(form) <= LONGEST_FORM] for group in groups]
        joined = [[one_thai_word(form) for form in group] for group in self._groups]
        self._joined = {word for group in joined for word in group if word}
        self.beginnings: dict[str, list[str]] = {}
        """First cluster -> own Thai words that begin so."""
        for word in sorted(self._joined):
            self.beginnings.setdefault(first_cluster(word), []).append(word)
        self._trees: dict[str, Node] = {}
        self._inside: dict[str, tuple[tuple[str, int], ...]] = {}
        self._said = [
            _different((word,) if word else tuple(words(form, self)) for form, word in zip(*both, strict=True))
            for both in zip(self._groups, joined, strict=True)
        ]
        self._waiting: dict[int, tuple[Way, ...]] = {}
        self._by_first: dict[str, list[tuple[Way, int]]] = {}
        for number, ways in enumerate(self._said):
            for way in ways:
                self._by_first.setdefault(way[0], []).append((way, number))

    def __contains__(self, word: str) -> bool:
        """Whether this normalised Thai word is an own one."""
        return word in self._joined

    def tree(self, cluster: str) -> Node:
        """As of the lexicon: the own words that begin with `cluster`, one of `beginnings`, below it."""
        tree = self._trees.get(cluster)
        if tree is None:
            tree = {}
            for word in self.beginnings[cluster]:
                cost = _cost(word)
                node = tree
                for piece in clusters(word)[1:] if cost is not None else ():
                    node = node.setdefault(piece, {})
                if cost is not None:
                    node[""] = cost
            self._trees[cluster] = tree
        return tree

    def inside(self, word: str) -> tuple[tuple[str, int], ...]:
        """What an own word is made of, each part with its offset: the word is found by these too."""
        found = self._inside.get(word)
        if found is None:
            found = self._inside[word] = tuple(cut_inside(word, self))
        return found

    def found_in(self, sequence: Sequence[str], *, is_waiting: bool = False) -> list[Said]:
        """The own words in a list of normalised words, left to right, the longest first, not overlapping.

        `is_waiting`: the ways hold each form also as it is cut without own words (the one that was said, too): so are
        texts found that were cut before the word was known.
        """
        found: list[Said] = []
        start = 0
        while start < len(sequence):
            begun = self._by_first.get(sequence[start], ())
            here = [(len(way), number) for way, number in begun if _stands(way, sequence, start)]
            length = max(here)[0] if here else 0
            if here:
                said = tuple(sequence[start : start + length])
                ways = [
                    way for size, number in here if size == length for way in self._ways(number, is_waiting=is_waiting)
                ]
                found.append(Said(start, start + length, _different(way for way in ways if way != said)))
            start += max(length, 1)
        return found

    def synonyms(self, term: str, *, is_waiting: bool = False) -> tuple[Way, ...]:
        """Other ways to say a normalised word, or several joined by blanks; () for what is no own word."""
        sequence = term.split(" ")
        found = self.found_in(sequence, is_waiting=is_waiting)
        return found[0].ways if found and found[0].end - found[0].start == len(sequence) else ()

    def _ways(self, number: int, *, is_waiting: bool) -> tuple[Way, ...]:
        if not is_waiting:
            return self._said[number]
        found = self._waiting.get(number)
        if found is None:
            plain = (tuple(words(form)) for form in self._groups[number])
            found = self._waiting[number] = _different((*self._said[number], *plain))
        return found


def one_thai_word(form: str) -> str:
    """The word that a form in Thai letters alone is, in its normal form; "" when it is several, or too short."""
    form = form.strip()
    if not _ONE_THAI_WORD.fullmatch(form):
        return ""
    letters = form.replace(".", "")
    word = normalise_thai_run(letters)[0] if is_irregular(letters) else mend_letters(letters)
    return word if sum(map(str.isalnum, word)) > 1 else ""


def _different(ways: Iterable[Way]) -> tuple[Way, ...]:
    return tuple(dict.fromkeys(way for way in ways if way))


def _stands(way: Way, sequence: Sequence[str], start: int) -> bool:
    return tuple(sequence[start : start + len(way)]) == way


def _cost(word: str) -> float | None:
    """None for a short word of the dictionary, which stays as it is: มอ shall not pull at มอง, มอบ, มอเตอร์."""
    plain, count = cut_cost(word)
    size = len(clusters(word))
    if count == 1 and size < _SHORT and plain < _RARE:
        return None
    rare = _RARE + _MISSING_CLUSTER * max(0, _SHORT - size)
    return min(plain - _JOINED * max(1, count - 1), rare)
