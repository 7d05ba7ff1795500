"""Evidence or silence: who belongs to a group, and whether the group holds when traces are left out."""

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from .shapes import NOBODY, Bools, Floats, Ints, Matrix, Settings


def belonging(graph: Matrix, groups: Ints, eligible: Bools, settings: Settings) -> list[Ints]:
    """For each group the people (positions) with enough of their ties in it, by share and by number.

    One may belong to several groups, or to none: also not to the one the partition put them in.
    """
    size, count = len(groups), _count(groups)
    inside: Matrix = sparse.csr_array((np.ones(size), groups, np.arange(size + 1)), shape=(size, count))
    held: Matrix = (graph @ inside).tocsr()
    numbers: Matrix = (_presence(graph) @ inside).tocsr()
    held.sort_indices()
    numbers.sort_indices()
    people, into = held.tocoo().coords
    totals: Floats = np.asarray(graph.sum(axis=1))
    enough = (held.data >= settings.member_share * totals[people]) & (numbers.data >= settings.member_ties)
    belongs = enough & eligible[people]
    order = np.lexsort((people[belongs], into[belongs]))
    ends = np.searchsorted(into[belongs][order], np.arange(1, count + 1))
    return np.split(people[belongs][order].astype(np.int64), ends)[:count]


def _count(groups: Ints) -> int:
    return int(groups.max(initial=-1)) + 1


def _presence(graph: Matrix) -> Matrix:
    present = graph.copy()
    present.data = np.ones_like(present.data)
    return present


def pairs_inside(graph: Matrix, members: Ints) -> int:
    """How many pairs of members have a tie."""
    return int(graph[members][:, members].nnz) // 2


def share_inside(graph: Matrix, members: Ints) -> float:
    """Share of the members' tie strength that leads to other members, 0 to 1."""
    rows = graph[members]
    return float(rows[:, members].sum()) / max(float(rows.sum()), 1e-12)


def steadiness(groups: Ints, reruns: Sequence[Ints], eligible: Bools) -> Floats:
    """For each group the mean over reruns of the Jaccard overlap with its best match, among eligible people.

    Cluster-wise stability by resampling (Hennig 2007); without reruns nothing is known to hold: 0.
    """
    count = _count(groups)
    best = [_best_overlaps(groups[eligible], rerun[eligible], count) for rerun in reruns]
    mean: Floats = np.mean(best, axis=0) if best else np.zeros(count)
    return mean


def _best_overlaps(groups: Ints, others: Ints, count: int) -> Floats:
    other_count = _count(others)
    cells, common = np.unique(groups * other_count + others, return_counts=True)
    one, other = cells // max(other_count, 1), cells % max(other_count, 1)
    sizes, other_sizes = np.bincount(groups, minlength=count), np.bincount(others, minlength=other_count)
    overlaps = common / (sizes[one] + other_sizes[other] - common)
    best = np.zeros(count)
    np.maximum.at(best, one, overlaps)
    return best


def spans_units(units: Ints, settings: Settings) -> bool:
    """Whether people of these units may form a living circle: enough different units.

    Unknown units do not count against it: when half of the people or more have none (a mailing list),
    the floor cannot be judged and is not applied.
    """
    known = units[units != NOBODY]
    return 2 * len(known) <= len(units) or unit_count(units) >= settings.group_units


def unit_count(units: Ints) -> int:
    """How many different known units."""
    return len(np.unique(units[units != NOBODY]))
