"""Help ties: how much two people turned to each other, old exchanges counting less."""

import numpy as np
from scipy import sparse

from .shapes import Bools, Floats, Matrix, Settings
from .traces import Traces


def decayed(traces: Traces, settings: Settings) -> Floats:
    """Weight that is left of each exchange: half after each half-life before the last one of either of the two.

    Counted from the latest of all, a second archive some years older than the first would leave no ties; counted so,
    the people of each are judged by their own time, and who moved on counts from where they are now. A tenth is left
    of the oldest.
    """
    last = np.full(len(traces.people), np.inf)
    np.minimum.at(last, traces.source, traces.age)
    np.minimum.at(last, traces.target, traces.age)
    age = traces.age - np.minimum(last[traces.source], last[traces.target])
    left: Floats = np.maximum(np.exp2(-age / settings.half_life_days), settings.old_share)
    return traces.weight * left


def tie_weights(traces: Traces, weights: Floats) -> Matrix:
    """n x n, symmetric: the weights of all exchanges between two people, either way, summed."""
    size = len(traces.people)
    one_way = sparse.coo_array((weights, (traces.source, traces.target)), shape=(size, size)).tocsr()
    return one_way + one_way.T.tocsr()


def soften(ties: Matrix) -> Matrix:
    """log1p of each tie: the hundredth exchange of two people says less than the first."""
    soft = ties.copy()
    soft.data = np.log1p(soft.data)
    return soft


def active(traces: Traces, ties: Matrix, settings: Settings) -> Bools:
    """Who may be shown at all: enough messages (sent or received) with enough different people."""
    messages = np.bincount(traces.source, minlength=len(traces.people)) + np.bincount(
        traces.target, minlength=len(traces.people)
    )
    partners = np.diff(ties.indptr)
    return (messages >= settings.person_messages) & (partners >= settings.person_partners)
