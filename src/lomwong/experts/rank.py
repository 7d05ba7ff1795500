"""Who knows: documents found for a question vote for their authors.

expCombSUM (Macdonald and Ounis 2006, "Voting for candidates"): a vote is the exponential of the document's score, so
that one telling answer outweighs many weak matches of somebody who writes much; here of the score relative to the best
one found, because the scale of BM25 follows the length of the question. What one wrote long ago counts less. Pure.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

DOCUMENTS = 500
"""How many of the documents found vote, chosen with benchmarks/experts_quality.py and benchmarks/demo_questions.py:
more change little and cost time."""

SHARPNESS = 4.0
"""The best document counts e to this times as much as one that hardly matches; chosen with the same two."""

HALF_LIFE = 730.0
ACTIVITY_HALF_LIFE = 90.0
EVIDENCE = 3
NOTHING: Mapping[int, float] = {}


@dataclass(frozen=True, slots=True)
class Vote:
    """A document found for the question: its author, its number, its score (BM25, above 0), its age in days."""

    author: int
    document: int
    score: float
    age_days: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person who may know. score: 0 to 1, only to be compared within one question.

    evidence: up to three document numbers that contributed most, best first; never empty.
    """

    author: int
    score: float
    evidence: tuple[int, ...]


def rank(
    votes: Iterable[Vote],
    *,
    activity: Mapping[int, float] = NOTHING,
    blend: float = 0.0,
    half_life_days: float = HALF_LIFE,
    limit: int = 10,
) -> list[Candidate]:
    """At most `limit` authors, best first, equal ones by number. Without a vote nobody is named: evidence or silence.

    activity: person to recent activity (see `recent_activity`), any scale.
    blend: weight of activity against votes, 0 to 1; on all public sets at hand it makes no difference.
    half_life_days: a vote counts half after this long.
    Raises ValueError for a blend outside 0 to 1, or a half-life or limit that is not above 0.
    """
    if not 0.0 <= blend <= 1.0:
        raise ValueError(f"blend must lie between 0 and 1, not {blend}")
    if half_life_days <= 0 or limit <= 0:
        raise ValueError("half_life_days and limit must be above 0")
    contributions = _contributions(votes, half_life_days)
    relevance = _relative({author: sum(parts.values()) for author, parts in contributions.items()})
    presence = _relative({author: activity.get(author, 0.0) for author in contributions})
    scores = {author: (1.0 - blend) * relevance[author] + blend * presence[author] for author in contributions}
    best = sorted(scores, key=lambda author: (-scores[author], author))[:limit]
    return [Candidate(author, scores[author], _evidence(contributions[author])) for author in best]


def _contributions(votes: Iterable[Vote], half_life_days: float) -> dict[int, dict[int, float]]:
    """Author to document to what its vote counts today."""
    cast = [vote for vote in votes if vote.score > 0]
    best = max((vote.score for vote in cast), default=1.0)
    contributions: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for vote in cast:
        weight = math.exp(SHARPNESS * (vote.score / best - 1.0))
        contributions[vote.author][vote.document] += weight * _left(vote.age_days, half_life_days)
    return contributions


def _left(age_days: float, half_life_days: float) -> float:
    return float(0.5 ** (max(age_days, 0.0) / half_life_days))


def _relative(amounts: Mapping[int, float]) -> dict[int, float]:
    """The same, 1 for the largest; all 0 when there is none above 0."""
    largest = max(amounts.values(), default=0.0) or 1.0
    return {author: amount / largest for author, amount in amounts.items()}


def _evidence(contributions: Mapping[int, float]) -> tuple[int, ...]:
    return tuple(sorted(contributions, key=lambda document: (-contributions[document], document))[:EVIDENCE])


def recent_activity(
    events: Iterable[tuple[int, float]], now: float, half_life_days: float = ACTIVITY_HALF_LIFE
) -> dict[int, float]:
    """Person to the sum of their events, each worth half after each half-life.

    events: person and time in days (any origin, the same as `now`'s); later ones than `now` are not seen.
    """
    amounts: dict[int, float] = defaultdict(float)
    for person, at in events:
        if at <= now:
            amounts[person] += _left(now - at, half_life_days)
    return dict(amounts)
