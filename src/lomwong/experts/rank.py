"""Who knows: documents found for a question vote for people. Pure.

expCombSUM (Macdonald and Ounis 2006, "Voting for candidates"): a vote is the exponential of the document's score, so
that one telling answer outweighs many weak matches of somebody who writes much; here of the score relative to the best
one found, because the scale of BM25 follows the length of the question. Ours besides: the best of a thread speaks for
all who helped in it, who says much in one thread gains little by it, and what one said long ago counts less.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

DOCUMENTS = 400
"""How many of the documents found are looked at: more change little and cost time."""

TERMS = 40
"""Of a longer question only the most telling words are asked for."""

OF_FUNCTION_WORDS = 0.25
"""What the words count that hold a question together, beside those that tell what it is about."""

OF_PARTS = 0.8
"""What the parts of a compound count that stands nowhere itself."""

SHARPNESS = 4.0
"""The best document counts e to this times as much as one that hardly matches."""

HALF_LIFE = 1460.0
EVIDENCE = 3


@dataclass(frozen=True, slots=True)
class Vote:
    """A document found for the question: its number, its thread's, its score (BM25, above 0), its age in days.

    author: for whom it speaks; None for nobody (whoever asks does not know yet), but for the others of its thread.
    weight: what it counts beside an answer, 0 to 1.
    """

    author: int | None
    document: int
    score: float
    age_days: float
    thread: int
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Memory:
    """How the past counts: a vote counts half after `half_life_days`; `blend`, 0 to 1, is how much it matters who
    helped lately with anything near the question, beside who came nearest to it."""

    half_life_days: float = HALF_LIFE
    blend: float = 0.0

    def __post_init__(self) -> None:
        if not 0.0 <= self.blend <= 1.0:
            raise ValueError(f"blend must lie between 0 and 1, not {self.blend}")
        if self.half_life_days <= 0:
            raise ValueError("half_life_days must be above 0")


USUAL = Memory()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person who may know. score: 0 to 1, only to be compared within one question.

    evidence: up to three documents that contributed most, best first; never empty.
    """

    author: int
    score: float
    evidence: tuple[int, ...]


def rank(votes: Iterable[Vote], *, memory: Memory = USUAL, limit: int = 10) -> list[Candidate]:
    """At most `limit` people, best first, equal ones by number. Without a vote nobody is named: evidence or silence.

    Raises ValueError for a limit that is not above 0.
    """
    if limit <= 0:
        raise ValueError("limit must be above 0")
    return Ballot(votes).count(memory, limit)


class Ballot:
    """The votes of one question, to be counted with one memory or with several."""

    def __init__(self, votes: Iterable[Vote]) -> None:
        """A document that was found twice votes once for the same person: its better vote."""
        best_of: dict[tuple[int | None, int], Vote] = {}
        for vote in votes:
            held = best_of.get((vote.author, vote.document))
            if vote.score > 0 and (held is None or vote.score > held.score):
                best_of[vote.author, vote.document] = vote
        found = list(best_of.values())
        threads = _best_of_threads(found)
        best = max((vote.score + threads[vote.thread] for vote in found if vote.author is not None), default=1.0)
        self._cast = [
            (
                vote.author,
                vote.thread,
                vote.weight * math.exp(SHARPNESS * ((vote.score + threads[vote.thread]) / best - 1.0)),
                max(vote.age_days, 0.0),
                vote,
            )
            for vote in found
            if vote.author is not None
        ]
        # Ages count from the youngest: where all is long gone, a short memory would leave nothing of anybody.
        self._youngest = min((cast[3] for cast in self._cast), default=0.0)

    def count(self, memory: Memory = USUAL, limit: int = 10) -> list[Candidate]:
        scores = self.scores(memory)
        best = in_order(scores)[:limit]
        evidence = self.evidence(best, memory)
        return [Candidate(person, scores[person], evidence[person]) for person in best]

    def scores(self, memory: Memory = USUAL) -> dict[int, float]:
        """Everybody for whom there is a vote: over threads the sum, within a thread the root of the squares."""
        nearest: dict[tuple[int, int], float] = defaultdict(float)
        lately: dict[tuple[int, int], float] = defaultdict(float)
        fading = math.log(0.5) / memory.half_life_days
        for person, thread, weight, age, vote in self._cast:
            left = math.exp(fading * (age - self._youngest))
            nearest[person, thread] += (weight * left) ** 2
            if memory.blend:
                lately[person, thread] += (vote.weight * left) ** 2
        scores = _relative(_sums(nearest))
        if not memory.blend:
            return scores
        there, near = _relative(_sums(lately)), 1.0 - memory.blend
        return {person: near * score + memory.blend * there[person] for person, score in scores.items()}

    def evidence(self, people: Collection[int], memory: Memory = USUAL) -> dict[int, tuple[int, ...]]:
        """What is as near and as old goes by how near it is itself, without its thread."""
        wanted = set(people)
        ballots: dict[int, list[tuple[float, float, int]]] = defaultdict(list)
        for person, _, weight, age, vote in self._cast:
            if person in wanted:
                counts = weight * 0.5 ** ((age - self._youngest) / memory.half_life_days)
                ballots[person].append((-counts, -vote.score, vote.document))
        return {person: tuple(one[2] for one in sorted(cast)[:EVIDENCE]) for person, cast in ballots.items()}


def in_order(scores: Mapping[int, float]) -> list[int]:
    """Best first, equal ones by number."""
    return sorted(scores, key=lambda person: (-scores[person], person))


def _sums(squares: Mapping[tuple[int, int], float]) -> dict[int, float]:
    sums: dict[int, float] = defaultdict(float)
    for (person, _), square in squares.items():
        sums[person] += math.sqrt(square)
    return sums


def _best_of_threads(votes: Iterable[Vote]) -> dict[int, float]:
    best: dict[int, float] = defaultdict(float)
    for vote in votes:
        best[vote.thread] = max(best[vote.thread], vote.score)
    return best


def _relative(amounts: dict[int, float]) -> dict[int, float]:
    """The same, 1 for the largest; all 0 when there is none above 0."""
    largest = max(amounts.values(), default=0.0) or 1.0
    return {person: amount / largest for person, amount in amounts.items()}
