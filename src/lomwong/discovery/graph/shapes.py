"""What goes into the search for circles, what comes out, and every number that decides about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import sparse

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Matrix = sparse.csr_array[np.float64, tuple[int, int]]

NOBODY = -1
"""Stands in an array of groups, units or documents for "none"."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One person turned to another once: answered, replied, thanked, commented, wrote a mail.

    source, target: who turned to whom (any numbers that stand for people).
    at: days since 1970-01-01.
    weight: by kind (answer or reply 1, thanked or accepted 2, comment 0.5, mail 1 / recipients).
    document: number of the text in which it happened, None when there is none to show.
    """

    source: int
    target: int
    at: float
    weight: float = 1.0
    document: int | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """Every number that decides; times in days, shares 0 to 1, the rest counts."""

    half_life_days: float = 365.0
    """An exchange counts half this long before the last one of either person."""
    old_share: float = 0.1
    """The least that is left of an old exchange."""
    weigh_units: bool = True
    """Whether ties and words that a shared unit explains are taken away (see units.py)."""
    pseudo_count: float = 20.0
    """Exchanges added before two units' traffic is believed to be above or below chance."""
    text_share: float = 0.3
    """Weight of the text layer in the flattened graph."""
    neighbours: int = 15
    """Nearest people by words that one is joined to."""
    dimensions: int = 100
    """Topics that the vocabulary is reduced to, at most."""
    resolutions: tuple[float, ...] = (1.0, 2.0, 4.0)
    """One a level, from wide to close."""
    max_size: int = 150
    """People in a group before it is cut again."""
    member_share: float = 0.2
    member_ties: int = 3
    """One belongs to a group that holds this share of one's ties, and this many."""
    person_messages: int = 5
    person_partners: int = 3
    """Messages (sent or received) and partners below which a person is not shown."""
    group_people: int = 5
    group_units: int = 2
    group_ties: int = 10
    """People, units and tied pairs below which a group is not shown."""
    latent_share: float = 0.2
    """In a latent circle less than this share of the members' ties leads to one another."""
    latent_terms: int = 3
    """A latent circle rests on its words: at least this many."""
    stability: float = 0.6
    reruns: int = 10
    sample: float = 0.8
    """A group is shown when its mean Jaccard over reruns on a sample of the traces reaches this."""
    terms: int = 10
    term_people: int = 3
    term_z: float = 1.96
    """Terms given, members who must use one, and the z it must exceed."""
    term_uses: int = 3
    """Uses of a term by one person that count."""
    prior_share: float = 0.1
    """Prior of the log-odds as a share of all words: much less, and words that only a small circle uses lose to
    common ones; much more, and every circle's words look like chance."""
    exchanges: int = 12
    """Documents given as evidence."""
    seed: int = 2006


@dataclass(frozen=True, slots=True)
class Seat:
    """One person in a circle; weight 1 for whoever has the strongest ties inside, the others relative to that."""

    person: int
    weight: float


@dataclass(frozen=True, slots=True)
class Term:
    """A word the circle uses more than everybody else; z above 1.96 is hardly chance."""

    text: str
    z: float


@dataclass(frozen=True, slots=True)
class Circle:
    """A found circle, with what it rests on.

    kind: living = they help each other already; latent = same words, other units, few ties.
    members: strongest ties inside first; the first five are the core.
    terms: what they talk about, most telling first.
    exchanges: document numbers, most telling first: more than a page shows, so that those the viewer may
        not read can be left out. Empty for a latent circle, whose evidence is its terms.
    units: how many members of each known unit.
    stability: mean Jaccard overlap with its best match when a part of the traces is left out, 0 to 1.
    """

    kind: Literal["living", "latent"]
    members: tuple[Seat, ...]
    terms: tuple[Term, ...]
    exchanges: tuple[int, ...]
    units: Mapping[int, int]
    stability: float
