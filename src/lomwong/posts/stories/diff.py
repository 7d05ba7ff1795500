"""What changed between two texts, by words, as a reader sees it: first which paragraphs, then which words in them.

Paragraphs and words that stand once in both texts hold them together (patience diff, as Bram Cohen described it for
Bazaar); what lies between them is compared by difflib while that is cheap. So two texts of 100,000 characters are
compared in well under a second, whatever stands in them.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from lomwong.text.segment import segment

SAME, GONE, NEW = "same", "gone", "new"
MOST_CELLS = 4_000  # of one comparison by difflib, which may take cubic time
MOST_CELLS_IN_ALL = 200_000
MOST_LOOKED_AT = 2_000_000  # words, each time they are looked through for those that stand once
SHOWN_AROUND = 1  # unchanged paragraphs before and behind a changed one

Run = tuple[int, int, int, int]
"""a[i:j] became b[k:m]"""


@dataclass(frozen=True, slots=True)
class Paragraph:
    pieces: list[tuple[str, str]]  # SAME, GONE or NEW, and a stretch of text
    left_out: int = 0  # stands for so many unchanged paragraphs

    @property
    def is_same(self) -> bool:
        return all(sign == SAME for sign, _ in self.pieces)

    @property
    def is_blank(self) -> bool:
        return not "".join(text for _, text in self.pieces).strip()


class Budget:
    """How much may still be compared closely."""

    def __init__(self) -> None:
        self.cells = MOST_CELLS_IN_ALL
        self.words = MOST_LOOKED_AT

    def looks_at(self, words: int) -> bool:
        self.words -= words
        return self.words > 0

    def takes(self, first: int, second: int) -> bool:
        cells = first * second
        if cells > min(MOST_CELLS, self.cells):
            return False
        self.cells -= cells
        return True


def changes(before: str, after: str) -> list[Paragraph]:
    """The paragraphs with what is gone and what is new; of unchanged ones only the neighbours of a change."""
    return list(_folded(_paragraphs(before, after)))


def _paragraphs(before: str, after: str) -> Iterator[Paragraph]:
    old, new, budget = before.split("\n"), after.split("\n"), Budget()
    at = 0
    for i, j, k, m in changed_runs(old, new, budget):
        yield from (Paragraph([(SAME, line)]) for line in new[at:k])
        yield from _by_words("\n".join(old[i:j]), "\n".join(new[k:m]), budget)
        at = m
    yield from (Paragraph([(SAME, line)]) for line in new[at:])


def _by_words(old: str, new: str, budget: Budget) -> Iterator[Paragraph]:
    before, after = pieces_of(old), pieces_of(new)
    pieces: list[tuple[str, str]] = []
    at = 0
    for i, j, k, m in changed_runs(before, after, budget):
        stretches = ((SAME, after[at:k]), (GONE, before[i:j]), (NEW, after[k:m]))
        pieces += [(sign, "".join(words)) for sign, words in stretches if words]
        at = m
    if after[at:]:
        pieces.append((SAME, "".join(after[at:])))
    if pieces:  # blank lines at the ends are of no interest
        pieces[0] = (pieces[0][0], pieces[0][1].lstrip("\n"))
        pieces[-1] = (pieces[-1][0], pieces[-1][1].rstrip("\n"))
    yield Paragraph([piece for piece in pieces if piece[1]])


def pieces_of(text: str) -> list[str]:
    """The text in words and what stands between them; joined they give the text again."""
    pieces, at = [], 0
    for token in segment(text):
        pieces += [text[at : token.start], text[token.start : token.end]]
        at = token.end
    return [piece for piece in [*pieces, text[at:]] if piece]


def changed_runs(a: Sequence[str], b: Sequence[str], budget: Budget) -> list[Run]:
    """Where they differ, in order, neighbours joined."""
    joined: list[Run] = []
    for run in sorted(_runs(a, b, budget)):
        last = joined[-1] if joined else None
        if last and last[1] == run[0] and last[3] == run[2]:
            joined[-1] = (last[0], run[1], last[2], run[3])
        else:
            joined.append(run)
    return joined


def _runs(a: Sequence[str], b: Sequence[str], budget: Budget) -> Iterator[Run]:
    waiting = [(0, len(a), 0, len(b))]
    while waiting:
        i, j, k, m = _without_ends(a, b, waiting.pop())
        if i == j and k == m:
            continue
        is_worth_it = i < j and k < m and budget.looks_at(j - i + m - k)
        anchors = _anchors(a, b, (i, j, k, m)) if is_worth_it else []
        if anchors:
            for x, y in [*anchors, (j, m)]:
                waiting.append((i, x, k, y))
                i, k = x + 1, y + 1
        elif budget.takes(j - i, m - k):
            matcher = SequenceMatcher(None, a[i:j], b[k:m], autojunk=False)
            for tag, i1, j1, k1, m1 in matcher.get_opcodes():
                if tag != "equal":
                    yield i + i1, i + j1, k + k1, k + m1
        else:
            yield i, j, k, m


def _without_ends(a: Sequence[str], b: Sequence[str], run: Run) -> Run:
    """Less what is the same at both ends."""
    i, j, k, m = run
    while i < j and k < m and a[i] == b[k]:
        i, k = i + 1, k + 1
    while i < j and k < m and a[j - 1] == b[m - 1]:
        j, m = j - 1, m - 1
    return i, j, k, m


def _anchors(a: Sequence[str], b: Sequence[str], run: Run) -> list[tuple[int, int]]:
    """The most pairs, in the order of both, of what stands exactly once in each."""
    i, j, k, m = run
    once_a, once_b = Counter(a[i:j]), Counter(b[k:m])
    places = {b[y]: y for y in range(k, m) if once_b[b[y]] == 1}
    pairs = [(x, places[a[x]]) for x in range(i, j) if once_a[a[x]] == 1 and a[x] in places]
    ends: list[int] = []  # the least last place in `b` of a chain of each length
    rows: list[int] = []
    before: list[int] = []
    for row, (_, y) in enumerate(pairs):
        length = bisect_left(ends, y)
        before.append(rows[length - 1] if length else -1)
        ends[length : length + 1], rows[length : length + 1] = [y], [row]
    chain = []
    row = rows[-1] if rows else -1
    while row >= 0:
        chain.append(pairs[row])
        row = before[row]
    return chain[::-1]


def _folded(paragraphs: Iterator[Paragraph]) -> Iterator[Paragraph]:
    every = [paragraph for paragraph in paragraphs if not (paragraph.is_same and paragraph.is_blank)]
    near = {
        place
        for at, paragraph in enumerate(every)
        if not paragraph.is_same
        for place in range(at - SHOWN_AROUND, at + SHOWN_AROUND + 1)
    }
    left_out = 0
    for at, paragraph in enumerate(every):
        if at not in near:
            left_out += 1
            continue
        if left_out:
            yield Paragraph([], left_out)
            left_out = 0
        yield paragraph
    if left_out:
        yield Paragraph([], left_out)
