"""Cut text into words: by rule where the script shows them, by a dictionary where Thai writes without spaces.

Thai runs are cut by the cheapest path through a word graph, each word costing minus the log of its frequency (a
unigram model solved by dynamic programming, as in R. Sproat et al. 1996). Cuts fall only between character clusters.
The path is found in one pass, so no text, however ambiguous, takes more than linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from .lexicon import LEXICON, Node, clusters
from .normalise import (
    CONSONANTS,
    DEPENDENT,
    THAI_LETTERS,
    ZERO_WIDTH,
    fold_case,
    is_irregular,
    mend_letters,
    normalise_thai_run,
)

if TYPE_CHECKING:
    from .own_words import OwnWords

_HAN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTER = rf"[^\W\d_\u0e00-\u0e7f{_HAN}]"
# Letters, and the marks that other scripts write around them (accents, Indic and South-East Asian vowel signs).
_IN_WORD = (
    rf"(?:{_LETTER}|[{ZERO_WIDTH}\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0dff\u0e80-\u109f\u1780-\u17d3])"
)
_CODE = r"(?:[A-Za-z]{1,2}\d{1,8}){1,12}(?:[A-Za-z]{1,2}(?![A-Za-z\d]))?|\d[A-Za-z](?![A-Za-z\d])"
_NUMBER = r"\d{1,30}(?:[.,]\d{1,30}){0,8}"
_INITIALS = rf"[{CONSONANTS}](?:\.[{CONSONANTS}]){{1,8}}(?![{THAI_LETTERS}])"
_FOREIGN = rf"{_CODE}|{_LETTER}{_IN_WORD}{{0,63}}(?:['’]{_LETTER}{{1,8}})?|{_NUMBER}|(?=\w)[{_HAN}]"
_TOKEN = re.compile(rf"{_INITIALS}|[{THAI_LETTERS}](?!(?<=ฯล)ฯ)[{THAI_LETTERS}{ZERO_WIDTH}]*|{_FOREIGN}")
_FOREIGN_TOKEN = re.compile(rf"(?<![{THAI_LETTERS}{ZERO_WIDTH}]){_INITIALS}|{_FOREIGN}")
# The same for lower-case ASCII alone. What most texts are made of comes first, so that it takes a fraction of the time.
_ASCII_TOKEN = re.compile(
    rf"[a-z]{{1,64}}+(?![\d'])|\d{{1,30}}+(?![a-z\d.,])"
    rf"|{_CODE}|[a-z]{{1,64}}(?:'[a-z]{{1,8}})?|{_NUMBER}".replace("A-Za-z", "a-z"),
    re.ASCII,
)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_FIRST_THAI, _LAST_THAI = "ก", "๎"
_POSSESSIVE = re.compile(r"['’]s$")

# The cost, in nats, of starting a stretch that is in no dictionary and of each further cluster of it: tuned on the
# word boundaries of Wisesight-1000 and on XQuAD-th (./lomwong bench search --only quality).
_UNKNOWN_START = 25.0
_UNKNOWN_MORE = 10.0
_UNKNOWN_MAX_CLUSTERS = 20

# A compound is also indexed in its parts: each of at least three letters, each a common word, and together not so
# improbable for so many joins that the split is likely an accident (ประ-ชุม).
_PART_MIN_LETTERS = 3
_PART_MAX_COST = 14.5
_JOIN_SLACK = 12.0


class Token(NamedTuple):
    """A word: its normalised form, and where it stands in the original text (`text[start:end]`)."""

    text: str
    start: int
    end: int


# The generated constructor is a Python function: this one, in C, halves the cost of a token.
_token = partial(tuple.__new__, Token)


def segment(text: str, own: OwnWords | None = None) -> list[Token]:
    """The words of `text` in order, not overlapping: letters and digits only, ๆ and punctuation dropped.

    Latin words keep accents and lose case, apostrophes and possessive 's; letters and digits part (covid19: covid, 19)
    unless they are a short code (mp3, cs101, 4k); Thai initials join (ม.อ.: มอ); Han and kana come one by one.
    `own`: words to know beside those of the dictionary.
    """
    return _scan(text, own, with_parts=False)


def segment_with_parts(
    text: str, own: OwnWords | None = None, *, start: int = 0, end: int | None = None
) -> list[Token]:
    """As `segment`, and behind each compound word its parts, which lie inside its offsets.

    Only what stands in `text[start:end]`.
    """
    return _scan(text, own, with_parts=True, start=start, end=end)


def words(text: str, own: OwnWords | None = None) -> list[str]:
    """The normalised words of `text`: what a query is made of."""
    return [token.text for token in _scan(text, own, with_parts=False)]


def index_terms(text: str, own: OwnWords | None = None) -> list[str]:
    """The normalised words of `text`, compounds whole and in their parts: what a document is indexed by."""
    return [token.text for token in _scan(text, own, with_parts=True)]


def foreign_tokens(text: str) -> list[Token]:
    """Of the words of a text those that are not Thai, and Thai initials."""
    if text.isascii():
        return _ascii_tokens(text, 0, len(text))
    return [_token((_normalise_foreign(match[0]), *match.span())) for match in _FOREIGN_TOKEN.finditer(text)]


def _ascii_tokens(text: str, start: int, end: int) -> list[Token]:
    return [
        _token((found if (found := match[0]).isalnum() else _normalise_word(found), match.start(), match.end()))
        for match in _ASCII_TOKEN.finditer(text.lower(), start, end)
    ]


def _scan(text: str, own: OwnWords | None, *, with_parts: bool, start: int = 0, end: int | None = None) -> list[Token]:
    stop = len(text) if end is None else end
    if text.isascii():
        return _ascii_tokens(text, start, stop)
    tokens: list[Token] = []
    may_be_irregular = is_irregular(text, start, stop)
    for match in _TOKEN.finditer(text, start, stop):
        found = match[0]
        if not _FIRST_THAI <= found[0] <= _LAST_THAI or found[1:2] == ".":
            tokens.append(_token((_normalise_foreign(found), match.start(), match.end())))
        elif len(found) == 1:
            if found.isalnum():
                tokens.append(_token((found, match.start(), match.end())))
        else:
            origin = None
            if may_be_irregular and is_irregular(found):
                found, origin = normalise_thai_run(found)
            else:
                found = mend_letters(found)
            _add_thai_words(tokens, found, origin, match.start(), own, with_parts=with_parts)
    return tokens


def _normalise_foreign(found: str) -> str:
    """The normal form of a match of `_TOKEN` that is no run of Thai letters."""
    return found.lower() if found.isascii() and found.isalnum() else _normalise_word(found)


@lru_cache(maxsize=8_192)
def _normalise_word(found: str) -> str:
    """Such words are few, or come back again and again."""
    if _FIRST_THAI <= found[0] <= _LAST_THAI:
        return found.replace(".", "")
    word = fold_case(found)
    if _THOUSANDS.fullmatch(word):
        return word.replace(",", "")
    return _POSSESSIVE.sub("", word).replace("'", "").replace("’", "")


def _add_thai_words(
    tokens: list[Token],
    run: str,
    origin: list[tuple[int, int]] | None,
    offset: int,
    own: OwnWords | None,
    *,
    with_parts: bool,
) -> None:
    """Append the words of a normalised run that stands at `offset`; `origin` as of `normalise_thai_run`."""
    begin = 0
    for word in _cut_short(run, own) if len(run) <= _SHORT else _cut(run, own):
        start, begin = begin, begin + len(word)
        if word[0] in DEPENDENT and not any(map(str.isalnum, word)):
            continue
        tokens.append(_locate(word, start, origin, offset))
        if with_parts:
            for part, inside in _parts(word, own):
                tokens.append(_locate(part, start + inside, origin, offset))


def _parts(word: str, own: OwnWords | None) -> tuple[tuple[str, int], ...]:
    """What a word is also found by, each with its offset in the word."""
    if own is not None and word in own:
        return own.inside(word)
    return _located_parts(word) if len(word) >= 2 * _PART_MIN_LETTERS else ()


def _locate(word: str, start: int, origin: list[tuple[int, int]] | None, offset: int) -> Token:
    end = start + len(word)
    if origin is None:
        return _token((word, offset + start, offset + end))
    return _token((word, offset + origin[start][0], offset + origin[end - 1][1]))


def _cut(run: str, own: OwnWords | None = None) -> list[str]:
    """Cut a normalised run of Thai letters; joined, the words give the run again."""
    pieces, _, came_from, is_known = _cheapest_path(run, own)
    return _words_along(pieces, came_from, is_known)


def cut_cost(run: str) -> tuple[float, int]:
    """What the dictionary's cut of a normalised run costs, in nats, and into how many words it falls."""
    pieces, cost, came_from, is_known = _cheapest_path(run, None)
    return cost[-1], len(_words_along(pieces, came_from, is_known))


def cut_inside(word: str, own: OwnWords) -> Iterator[tuple[str, int]]:
    """What a normalised Thai word is made of when it may not stand whole: each part with its offset, then its parts."""
    pieces, _, came_from, is_known = _cheapest_path(word, own, may_be_whole=False)
    start = 0
    for part in _words_along(pieces, came_from, is_known):
        if part == word:
            return
        yield part, start
        for inner, inside in _parts(part, own):
            yield inner, start + inside
        start += len(part)


_Path = tuple[list[Any], list[float], list[int], bytearray]


def _cheapest_path(run: str, own: OwnWords | None, *, may_be_whole: bool = True) -> _Path:
    """The clusters of a run, then None; for each place between them its least cost, from where, and by a word?"""
    pieces: list[Any] = [*clusters(run), None]
    size = len(pieces) - 1
    cost = [0.0] + [1e18] * size
    came_from = [0] * (size + 1)
    is_known = bytearray(size + 1)
    lexicon = LEXICON
    beginnings = own.beginnings if own is not None else ()
    for i in range(size):
        here = cost[i]
        k = i
        node: Node | None = lexicon[pieces[i]]
        while node is not None:
            k += 1
            word_cost = node.get("")
            if word_cost is not None and here + word_cost < cost[k]:
                cost[k] = here + word_cost
                came_from[k] = i
                is_known[k] = 1
            node = node.get(pieces[k])
        if pieces[i] in beginnings and own is not None:
            _offer(own.tree(pieces[i]), i, (pieces, cost, came_from, is_known))
        if not may_be_whole and i == 0 and size > 1:
            cost[size] = 1e18
        unknown_cost = here + (_UNKNOWN_MORE if i and not is_known[i] else _UNKNOWN_START)
        if unknown_cost < cost[i + 1]:
            cost[i + 1] = unknown_cost
            came_from[i + 1] = i
            is_known[i + 1] = 0
    return pieces, cost, came_from, is_known


def _offer(node: Node | None, i: int, path: _Path) -> None:
    """Let the own words below `node` compete for the places behind place `i`."""
    pieces, cost, came_from, is_known = path
    here = cost[i]
    k = i
    while node is not None:
        k += 1
        word_cost = node.get("")
        if word_cost is not None and here + word_cost < cost[k]:
            cost[k] = here + word_cost
            came_from[k] = i
            is_known[k] = 1
        node = node.get(pieces[k])


def _words_along(pieces: list[Any], came_from: list[int], is_known: bytearray) -> list[str]:
    """Read the cheapest path backwards; neighbouring unknown clusters make one word, of bounded length."""
    found: list[str] = []
    end = len(pieces) - 1
    while end > 0:
        start = came_from[end]
        if not is_known[end]:
            first = max(0, end - _UNKNOWN_MAX_CLUSTERS)
            while start > first and not is_known[start]:
                start -= 1
        found.append("".join(pieces[start:end]))
        end = start
    found.reverse()
    return found


# Short runs come back again and again (chat, lists, hostile text) and are where the set-up cost of a cut weighs most.
_SHORT = 8
_cut_short = lru_cache(maxsize=8_192)(_cut)


@lru_cache(maxsize=32_768)
def _located_parts(word: str) -> tuple[tuple[str, int], ...]:
    """`compound_parts`, and behind each its own, with their offsets in the word."""
    start = 0
    located = []
    for part in compound_parts(word):
        located.append((part, start))
        located += [(inner, start + inside) for inner, inside in _parts(part, None)]
        start += len(part)
    return tuple(located)


@lru_cache(maxsize=32_768)
def compound_parts(word: str) -> tuple[str, ...]:
    """The words a normalised compound of the dictionary is made of; () when it is none. Joined they give `word`."""
    whole = LEXICON.cost(word)
    if whole is None:
        return ()
    pieces = clusters(word)
    best: list[tuple[float, tuple[str, ...]] | None] = [(0.0, ())] + [None] * len(pieces)
    for i in range(len(pieces)):
        before = best[i]
        if before is None:
            continue
        for k in range(i + 1, len(pieces) + 1):
            part = "".join(pieces[i:k])
            part_cost = LEXICON.cost(part) if len(part) >= _PART_MIN_LETTERS and part != word else None
            if part_cost is None or part_cost > _PART_MAX_COST:
                continue
            through = best[k]
            if through is None or before[0] + part_cost < through[0]:
                best[k] = (before[0] + part_cost, (*before[1], part))
    split = best[-1]
    return split[1] if split and split[0] <= whole + _JOIN_SLACK * (len(split[1]) - 1) else ()
