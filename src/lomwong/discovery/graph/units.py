"""The unit null model: what sharing a unit explains is not evidence of a circle.

Plain community detection finds the organisation chart again. Each tie is therefore weighted by
min(1, 1 / lift) of its pair of units, lift being the weight seen between the two units over what their
totals predict (the null model of modularity, Newman 2006, PNAS 103:8577, taken over units instead of people).
In the text layer the same idea is a subtraction: what all of a unit write about says nothing about a circle.
"""

import numpy as np
from scipy import sparse

from .shapes import NOBODY, Bools, Floats, Ints, Matrix

ROUNDS = 8
"""Chatter inside units raises the very totals from which chatter is predicted, so the weighting is repeated on
its own result; after eight rounds nothing moves any more."""

SHRINK = 5.0
"""People added to a unit before its mean is believed: of two people in a unit, neither is "the unit"."""


def discount(ties: Matrix, weights: Matrix, units: Ints, pseudo_count: float) -> Matrix:
    """`ties` (n x n) with each entry times the factor of its pair of units.

    weights: n x n, summed exchanges, from which the lift is counted (same places as `ties`).
    units: unit number of each person; a tie to somebody of unknown unit stays as it is.
    pseudo_count: exchanges added to both sides of the lift, so that a handful proves nothing.
    """
    known, codes = np.unique(units, return_inverse=True)
    seen = _between_units(weights, codes, len(known))
    unknown = known == NOBODY
    factors = _factors(seen, unknown, pseudo_count)
    rows, columns = ties.tocoo().coords
    weighted = ties.data * factors[codes[rows], codes[columns]]
    return sparse.coo_array((weighted, (rows, columns)), shape=ties.shape).tocsr()


def _between_units(weights: Matrix, codes: Ints, count: int) -> Floats:
    rows, columns = weights.tocoo().coords
    seen = np.zeros((count, count))
    np.add.at(seen, (codes[rows], codes[columns]), weights.data)
    return seen


def _factors(seen: Floats, unknown: Bools, pseudo_count: float) -> Floats:
    """Unit x unit, 0 to 1; ones wherever a unit is unknown."""
    factors = np.ones_like(seen)
    for _ in range(ROUNDS):
        left = seen * factors
        totals = left.sum(axis=1)
        expected = np.outer(totals, totals) / max(float(totals.sum()), 1.0)
        factors *= np.minimum(1.0, (expected + pseudo_count) / (left + pseudo_count))
        factors[unknown, :] = 1.0
        factors[:, unknown] = 1.0
    return factors


def without_unit_mean(topics: Floats, units: Ints) -> Floats:
    """`topics` (n x dimensions) less the mean of each person's unit; people of unknown unit stay as they are."""
    known, codes = np.unique(units, return_inverse=True)
    own = topics.copy()
    for code in np.flatnonzero(known != NOBODY):
        colleagues = codes == code
        number = int(colleagues.sum())
        own[colleagues] -= topics[colleagues].mean(axis=0) * (number / (number + SHRINK))
    return own
