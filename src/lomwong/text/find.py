"""Find given words in a text: the same as cutting all of it and comparing, in a fraction of the time."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise
from typing import Self

from . import segment
from .function_words import is_function_word
from .normalise import CONSONANTS, THAI_LETTERS, ZERO_WIDTH, irregular_places
from .own_words import OwnWords, Way
from .segment import Token

_RUN = re.compile(f"[{THAI_LETTERS}{ZERO_WIDTH}]+")
_IN_RUN = frozenset(char for char in map(chr, range(0x10000)) if _RUN.match(char))
_INITIALS = re.compile(f"[{CONSONANTS}]+")
_BETWEEN_WORDS = re.compile(r"(?:[\W_]|[ๆฯ])*")
_ANY_OF_TWO = re.compile("[ฎฏ]")  # which are mixed up
_NEVER = re.compile(r"(?!)")


_LONG = 250  # letters: more than nearly all runs have
_token = partial(tuple.__new__, Token)


@lru_cache(maxsize=2048)
def _cut(run: str, own: OwnWords | None) -> list[Token]:
    """What is found by many words, and what many find, is cut only once; some 4 MB at most."""
    return segment.segment_with_parts(run, own)


@dataclass(frozen=True, slots=True)
class Marks:
    """Words to find, or to mark. Made once for a page of results."""

    words: frozenset[str]
    sequences: tuple[Way, ...]  # each found only where its words follow each other
    own: OwnWords | None
    thai: re.Pattern[str]  # the letters of any of the Thai words among them
    is_thai_only: bool  # and none of them may stand in a text as initials
    is_long: bool  # all Thai words have two letters or more
    loose: frozenset[str] = frozenset()  # words that tell something only beside another one

    @classmethod
    def of(cls, query: str, own: OwnWords | None = None, also: Iterable[str] = ()) -> Self:
        """The words of the query, the other ways to say them, and the words of the strings in `also`."""
        asked = segment.words(query, own)
        ways = {way for said in own.found_in(asked) for way in said.ways} if own else set()
        wanted = {word for text in also for word in segment.words(text, own)}
        wanted.update(asked, segment.words(query) if own else (), (way[0] for way in ways if len(way) == 1))
        sequences = tuple(sorted(way for way in ways if len(way) > 1))
        every = wanted.union(*sequences)
        thai = sorted(word for word in every if _RUN.match(word))
        return cls(
            words=frozenset(wanted),
            sequences=sequences,
            own=own,
            thai=re.compile(_ANY_OF_TWO.sub("[ฎฏ]", "|".join(thai))) if thai else _NEVER,
            is_thai_only=len(thai) == len(every) and not any(map(_INITIALS.fullmatch, thai)),
            is_long=min(map(len, thai), default=2) > 1,
            loose=_loose(wanted, asked),
        )


def _loose(wanted: Iterable[str], asked: Iterable[str]) -> frozenset[str]:
    """Those that hold sentences together, if something else was asked for as well."""
    loose = frozenset(filter(is_function_word, wanted))
    return frozenset() if loose.issuperset(asked) else loose


def find(text: str, marks: Marks) -> list[Token]:
    """Where the words and sequences stand, in the order of the text; a part of a compound may overlap the whole."""
    if not marks.words and not marks.sequences:
        return []
    if marks.is_long:
        tokens = _in_thai_runs(text, marks)
        if not marks.is_thai_only:
            tokens = sorted([*tokens, *segment.foreign_tokens(text)], key=_start)
    else:
        tokens = segment.segment_with_parts(text, marks.own)
    found = [token for token in tokens if token.text in marks.words]
    if marks.sequences:
        found = sorted([*found, *_said_in(text, tokens, marks.sequences)], key=lambda token: (token.start, -token.end))
    return found


def _start(token: Token) -> int:
    return token.start


def _in_thai_runs(text: str, marks: Marks) -> list[Token]:
    """The words of those runs that hold the letters of a wanted one, or spellings that hide them.

    Runs tell nothing about each other, so the rest of the text need not be cut.
    """
    places = [match.start() for match in marks.thai.finditer(text)]
    irregular = irregular_places(text)
    tokens: list[Token] = []
    done = 0
    for place in sorted(places + irregular) if irregular else places:
        if place < done:
            continue
        start = place
        while start > done and text[start - 1] in _IN_RUN:
            start -= 1
        match = _RUN.match(text, place)
        done = match.end() if match else place + 1
        if match is None or done - start > _LONG:
            tokens += segment.segment_with_parts(text, marks.own, start=start, end=done)
        else:
            tokens += [
                _token((word, start + first, start + last)) for word, first, last in _cut(text[start:done], marks.own)
            ]
    return tokens


def _said_in(text: str, tokens: list[Token], sequences: Iterable[Way]) -> Iterator[Token]:
    """The places where words follow each other as in one of `sequences`, each place as one token."""
    by_first: dict[str, list[Way]] = {}
    for way in sequences:
        by_first.setdefault(way[0], []).append(way)
    line: list[Token] = []
    for token in tokens:
        if not line or token.start >= line[-1].end:  # not a part of the word before it
            line.append(token)
    for at, token in enumerate(line):
        for way in by_first.get(token.text, ()):
            said = line[at : at + len(way)]
            if tuple(one.text for one in said) == way and all(
                _BETWEEN_WORDS.fullmatch(text, before.end, after.start) for before, after in pairwise(said)
            ):
                yield Token(" ".join(way), token.start, said[-1].end)
