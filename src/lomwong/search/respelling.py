"""What may be meant by words that nothing readable holds: the words of the index that are spelt nearly so."""

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from threading import Lock

from lomwong.search.reader import View
from lomwong.search.schema import BODY
from lomwong.text.function_words import ENGLISH
from lomwong.text.lexicon import LEXICON
from lomwong.text.segment import Token
from lomwong.text.spelling import Near, Spellings

Known = Callable[[str], bool]

MOST_MEANT = 3
MOST_JUDGED = 8  # near words whose rights are looked at
SLIGHT = 0.5  # slips: one tone mark, or letters that sound alike
LEFT_OVER = 0.5  # slips that a word must be nearer to be believed beside a rest that is no word
SHORT_ENGLISH = 5  # letters
REST = 200  # times as long as making the list took, it is used before it is made anew
_LETTERS = [*map(chr, range(ord("ก"), ord("ฮ") + 1)), *"เแโใไ", *"abcdefghijklmnopqrstuvwxyz"]


class Shelf:
    """The words of the index for spelling, made when first wanted. Where making them is slow they lag behind."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._of: object = None
        self._spellings = Spellings(())
        self._rests_until = 0.0

    def spellings(self, view: View) -> Spellings:
        with self._lock:
            if self._of is not view.readers and time.monotonic() >= self._rests_until:
                start = time.monotonic()
                self._spellings = Spellings(_frequencies(view))
                self._of = view.readers  # not the view itself, lest its files be kept
                took = time.monotonic() - start
                self._rests_until = time.monotonic() + (REST * took if took > 0.05 else 0.0)
            return self._spellings


def _frequencies(view: View) -> Iterator[tuple[str, int]]:
    """Words with the number of posts that have them; letter by letter, since all at once would take much memory."""
    for letter in _LETTERS:
        yield from view.searcher.terms_with_prefix(BODY, letter)


shelf = Shelf()


@dataclass(frozen=True, slots=True)
class Respelling:
    """Words `start` to `end` (exclusive) of a query, and what may be meant by them, the likeliest first."""

    start: int
    end: int
    meant: list[Near]


def respellings(tokens: Sequence[Token], view: View, knows: Known, spared: set[int]) -> list[Respelling]:
    """For each word that the viewer's texts do not know: what it may be, alone or together with its neighbours, since a
    slip makes the segmenter cut elsewhere. Of a word that the dictionary knows only the slightest slip is believed: it
    has เกษียน as well as เกษียณ. `spared`: places of words that are right anyway.
    """
    found: list[Respelling] = []
    for at, token in enumerate(tokens):
        if at in spared or token.text[0].isdigit() or knows(token.text):
            continue
        most = SLIGHT if _is_in_dictionary(token.text) else math.inf
        near = _near(tokens, at, shelf.spellings(view), knows, most)
        if near:
            found.append(near)
    return found


def _is_in_dictionary(word: str) -> bool:
    return "ก" <= word[0] <= "๎" and LEXICON.cost(word) is not None


def _is_likely(written: str, near: Near, most: float) -> bool:
    """Short English words are near each other by chance: of these, few are misspelt in their first letter."""
    is_short = written.isascii() and len(written) <= SHORT_ENGLISH
    return near.cost <= most and near.word not in ENGLISH and not (is_short and near.word[0] not in written[:2])


def _near(tokens: Sequence[Token], at: int, spellings: Spellings, knows: Known, most: float) -> Respelling | None:
    """The stretch and the words of the cheapest; other words that may be meant come behind them."""
    there = {token.text for token in tokens}
    found: dict[str, tuple[float, int, int, Near]] = {}
    for start, end in _stretches(tokens, at):
        written = "".join(token.text for token in tokens[start:end])
        left_over = LEFT_OVER * _unknown_beside(tokens, start, end, knows)
        for rank, near in enumerate(spellings.near(written)):
            worth = near.cost + 0.01 * rank + left_over
            if (
                near.word not in there
                and _is_likely(written, near, most)
                and (near.word not in found or worth < found[near.word][0])
            ):
                found[near.word] = (worth, start, end, near)
    best = sorted(found.values())[:MOST_JUDGED]
    readable = [one for one in best if knows(one[3].word)][:MOST_MEANT]
    if not readable:
        return None
    return Respelling(readable[0][1], readable[0][2], [near for *_, near in readable])


def _unknown_beside(tokens: Sequence[Token], start: int, end: int, knows: Known) -> int:
    """How many of the words that touch a stretch are unknown as well: they likely belong to it."""
    return sum(
        0 < border < len(tokens) and tokens[border - 1].end == tokens[border].start and not knows(tokens[beside].text)
        for border, beside in ((start, start - 1), (end, end))
    )


def _stretches(tokens: Sequence[Token], at: int) -> Iterator[tuple[int, int]]:
    """The word alone and with the neighbours that it touches."""
    before = at > 0 and tokens[at - 1].end == tokens[at].start
    after = at + 1 < len(tokens) and tokens[at].end == tokens[at + 1].start
    yield at, at + 1
    if before:
        yield at - 1, at + 1
    if after:
        yield at, at + 2
    if before and after:
        yield at - 1, at + 2


def rewritten(query: str, tokens: Sequence[Token], found: Sequence[Respelling]) -> str:
    """The query with what is most likely meant; of stretches that overlap the first."""
    pieces, done, last = [], 0, 0
    for one in found:
        if one.start < last:
            continue
        pieces += [query[done : tokens[one.start].start], one.meant[0].word]
        done, last = tokens[one.end - 1].end, one.end
    return "".join([*pieces, query[done:]])
