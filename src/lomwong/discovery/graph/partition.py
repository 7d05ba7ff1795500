"""Groups of a weighted graph: Leiden (Traag, Waltman and van Eck 2019) on modularity with a resolution
(Reichardt and Bornholdt 2006), after the layers are flattened into one."""

import random

import igraph
import numpy as np
from scipy import sparse

from .shapes import Ints, Matrix

DEEPEST = 8
"""How often the resolution is doubled before a large group is left as it is."""


STEP = 2
"""Iterations of Leiden between two looks at whether anything got better."""

PATIENT_PEOPLE, PATIENT_STEPS, HASTY_STEPS = 20_000, 20, 2
"""Up to so many people Leiden runs until nothing gets better, at most so many steps; a larger graph gets few steps,
or it would take several times as long."""


def flatten(ties: Matrix, text: Matrix, text_share: float) -> Matrix:
    """One layer: ties weigh 1 - text_share of the total, text the rest; an empty layer weighs nothing."""
    tie_total, text_total = float(ties.sum()), float(text.sum())
    if not text_total or not text_share:
        return ties
    if not tie_total:
        return text
    return ties * ((1.0 - text_share) / tie_total) + text * (text_share / text_total)


def leiden(graph: Matrix, resolution: float, seed: int) -> Ints:
    """Group number of each person, the same for the same seed; people without ties stand alone.

    The steps are counted because igraph's own "until nothing changes" never ends on some graphs, where rounding
    makes each of two placements a little better than the other.
    """
    upper = sparse.triu(graph, 1).tocoo()
    network = igraph.Graph(n=graph.shape[0], edges=np.column_stack(upper.coords))
    weights = upper.data.tolist()
    igraph.set_random_number_generator(random.Random(seed))
    try:
        groups, quality = None, -np.inf
        for _ in range(PATIENT_STEPS if graph.shape[0] <= PATIENT_PEOPLE else HASTY_STEPS):
            found = network.community_leiden(
                "modularity", weights=weights, resolution=resolution, n_iterations=STEP, initial_membership=groups
            )
            groups = found.membership
            if not found.quality > quality + 1e-9:
                break
            quality = found.quality
    finally:
        igraph.set_random_number_generator(random)
    return np.array(groups, dtype=np.int64)


def split_large(graph: Matrix, groups: Ints, resolution: float, max_size: int, seed: int) -> Ints:
    """Groups of more than `max_size` people cut again, each on its own ties, at doubled resolutions."""
    result = groups.copy()
    for depth in range(DEEPEST):
        large = np.flatnonzero(np.bincount(result) > max_size)
        for group in large:
            people = np.flatnonzero(result == group)
            inner = leiden(graph[people][:, people], resolution * 2**depth, seed)
            result[people] = inner + int(result.max()) + 1
        if not len(large):
            break
    return np.unique(result, return_inverse=True)[1].astype(np.int64)
