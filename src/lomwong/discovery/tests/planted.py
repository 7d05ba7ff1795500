"""An invented university with the trap in it: people chat inside their faculty, but help across faculties."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lomwong.discovery.graph import Exchange

FACULTIES = 12
OUTSIDE = -1
NOW = 19_700.0
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class University:
    """Exchanges, and of each person the faculty, the planted practice and the words."""

    exchanges: list[Exchange]
    faculty: dict[int, int]
    practice: dict[int, int]
    texts: dict[int, list[str]]


def university(
    *,
    people: int = 300,
    practices: int = 6,
    members: float = 1.0,
    help_each: float = 6.0,
    chatter_each: float = 18.0,
    seed: int = 7,
) -> University:
    """Faculties of Zipf sizes; so many exchanges a member inside the practice (a tenth of them anywhere) and
    a person inside the faculty, over two years; words mostly common, some the faculty's, few the practice's.

    members: share of the people who are in a practice; the others have practice OUTSIDE.
    """
    chance = np.random.default_rng(seed)
    shares = 1.0 / np.arange(1, FACULTIES + 1)
    faculty = chance.choice(FACULTIES, size=people, p=shares / shares.sum())
    practice = chance.integers(practices, size=people)
    practice[chance.random(people) >= members] = OUTSIDE
    inside = np.flatnonzero(practice != OUTSIDE)
    helped, chatted = int(len(inside) * help_each), int(people * chatter_each)
    pairs = [
        *((int(inside[a]), int(inside[b])) for a, b in _pairs(chance, practice[inside], helped * 9 // 10)),
        *_pairs(chance, np.zeros(people, dtype=np.int64), helped // 10),
        *_pairs(chance, faculty, chatted),
    ]
    days = chance.uniform(NOW - 700, NOW, size=len(pairs)).tolist()
    exchanges = [Exchange(*pair, at, 1.0, row) for row, (pair, at) in enumerate(zip(pairs, days, strict=True))]
    return University(
        exchanges=exchanges,
        faculty=dict(enumerate(faculty.tolist())),
        practice=dict(enumerate(practice.tolist())),
        texts={person: _words(chance, practice[person], faculty[person]) for person in range(people)},
    )


def _pairs(chance: np.random.Generator, groups: Ints, count: int) -> list[tuple[int, int]]:
    """Pairs of two people of one group; some people are livelier than others."""
    lively = chance.pareto(2.0, size=len(groups)) + 0.5
    ones = chance.choice(len(groups), size=count, p=lively / lively.sum())
    pairs: list[tuple[int, int]] = []
    for group in np.unique(groups):
        peers = np.flatnonzero(groups == group)
        here = ones[groups[ones] == group]
        others = chance.choice(peers, size=len(here), p=lively[peers] / lively[peers].sum())
        pairs += [(one, other) for one, other in zip(here.tolist(), others.tolist(), strict=True) if one != other]
    return pairs


def _words(chance: np.random.Generator, practice: int, faculty: int) -> list[str]:
    return [
        *(f"common{number % 400}" for number in chance.zipf(1.4, size=60)),
        *(f"practice{practice}w{number}" for number in chance.integers(40, size=12 if practice != OUTSIDE else 0)),
        *(f"faculty{faculty}w{number}" for number in chance.integers(40, size=30)),
    ]
