"""How the past is to count in one circle, learnt from that past: which memory would have named those who then answered.
Pure.

A memory is a part of the circle's own age: a quarter of it is a week in a circle of a month and years in an old one.
Chosen by the earlier three quarters of its questions, measured on those held back, and kept only where the gain there
is more than chance may well give.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from lomwong.experts.rank import USUAL, Ballot, Memory, in_order

PARTS = (1 / 64, 1 / 16, 1 / 4, 1.0, 4.0)
"""Half-lives that are tried, as parts of the circle's age."""

BLENDS = (0.0, 0.3, 0.6)
HELD_BACK = 0.25
FEWEST = 40
"""Questions from which anything is learnt at all."""

LEAST_GAIN = 0.005
SURE = 1.0
"""Standard errors that the gain must be worth: one in six would do that by chance."""

YOUNGEST = 1.0  # day


@dataclass(frozen=True, slots=True)
class Learnt:
    """part: of the circle's age, None where the memory it has stays. before, after: mean average precision on the
    questions held back, with that memory and with this one; the same where it stays."""

    part: float | None
    blend: float
    questions: int
    before: float
    after: float

    def memory(self, age_days: float, held: Memory = USUAL) -> Memory:
        return held if self.part is None else memory_of(self.part, self.blend, age_days)


def memory_of(part: float, blend: float, age_days: float) -> Memory:
    return Memory(part * max(age_days, YOUNGEST), blend)


def average_precision(named: Sequence[int], right: Collection[int]) -> float:
    places = [place for place, person in enumerate(named, start=1) if person in right]
    return sum(hit / place for hit, place in enumerate(places, start=1)) / len(right) if right else 0.0


GRID = [(part, blend) for part in PARTS for blend in BLENDS]
Trial = tuple[float, ...]
"""A question of the past: how well each memory named those who then answered; the one it has first, then the grid."""


def lists(ballot: Ballot, age_days: float, left_out: Collection[int] = (), held: Memory = USUAL) -> list[list[int]]:
    """Whom each memory would have named when the circle was so old, in the order of a trial. left_out: the asker.
    held: the memory that it has so far."""
    memories = [held, *(memory_of(part, blend, age_days) for part, blend in GRID)]
    found = [in_order(ballot.scores(memory)) for memory in memories]
    return [[person for person in named if person not in left_out] for named in found]


def trial_of(named: Sequence[Sequence[int]], right: Collection[int]) -> Trial:
    """named: `lists`. right: who then answered, of those who could be known before."""
    return tuple(average_precision(people, right) for people in named)


def learn(trials: Sequence[Trial]) -> Learnt | None:
    """`trials` in the order of time; None when there are too few."""
    if len(trials) < FEWEST:
        return None
    cut = round(len(trials) * (1 - HELD_BACK))
    earlier, later = trials[:cut], trials[cut:]
    sums = [sum(trial[at] for trial in earlier) for at in range(1 + len(GRID))]
    best = max(range(len(sums)), key=lambda at: (sums[at], -at))
    before = sum(trial[0] for trial in later) / len(later)
    gains = [trial[best] - trial[0] for trial in later]
    if best == 0 or not is_real(gains):
        return Learnt(None, 0.0, len(trials), before, before)
    part, blend = GRID[best - 1]
    return Learnt(part, blend, len(trials), before, before + sum(gains) / len(gains))


def is_real(gains: Sequence[float]) -> bool:
    """More than chance may well give, by the spread over the questions."""
    mean = sum(gains) / len(gains)
    spread = math.sqrt(sum((gain - mean) ** 2 for gain in gains) / max(len(gains) - 1, 1))
    return mean >= LEAST_GAIN and mean >= SURE * spread / math.sqrt(len(gains))
