"""The text layer: who writes about the same things.

TF-IDF over segmented words, latent semantic analysis (Deerwester et al. 1990) by a truncated SVD (Halko,
Martinsson and Tropp 2011), and each
person joined to the nearest others by cosine.
"""

import numpy as np
from scipy import sparse

from .shapes import Floats, Ints, Matrix, Settings
from .units import without_unit_mean

LEAST_DIMENSIONS = 10
PEOPLE_A_DIMENSION = 20
"""A few hundred people do not fill all dimensions: in more than these, their topics blur."""

BLOCK = 2_000
"""Rows compared at a time: 2,000 x 100,000 cosines of 4 bytes are 0.8 GB."""


def text_ties(words: Matrix, units: Ints, settings: Settings) -> Matrix:
    """n x n, symmetric: cosine where one of two people is among the other's nearest; none without words.

    words: n x vocabulary counts; units: unit number of each person.
    """
    from sklearn.preprocessing import normalize  # takes a second to import, and every command would wait for it

    size = words.shape[0]
    talkers = np.flatnonzero(np.diff(words.indptr) > 0)
    if len(talkers) < 3 or words.shape[1] < 3:
        return sparse.csr_array((size, size), dtype=np.float64)
    topics = _topics(words[talkers], settings)
    if settings.weigh_units:
        topics = without_unit_mean(topics, units[talkers])
    rows, columns, cosines = _nearest(normalize(topics), settings.neighbours)
    one_way = sparse.coo_array((cosines, (talkers[rows], talkers[columns])), shape=(size, size)).tocsr()
    return one_way.maximum(one_way.T.tocsr())


def _topics(words: Matrix, settings: Settings) -> Floats:
    """People x dimensions."""
    from sklearn.feature_extraction.text import TfidfTransformer
    from sklearn.utils.extmath import randomized_svd

    weighted = TfidfTransformer(sublinear_tf=True).fit_transform(words)
    affordable = max(LEAST_DIMENSIONS, words.shape[0] // PEOPLE_A_DIMENSION)
    dimensions = min(settings.dimensions, affordable, min(words.shape) - 1)
    people, strength, _ = randomized_svd(weighted, dimensions, random_state=settings.seed)
    topics: Floats = people * strength
    return topics


def _nearest(topics: Floats, neighbours: int) -> tuple[Ints, Ints, Floats]:
    """Rows, columns and cosines of each person's nearest others, positive cosines only."""
    count = min(neighbours, len(topics) - 1)
    vectors = topics.astype(np.float32)
    rows, columns, cosines = [], [], []
    for start in range(0, len(vectors), BLOCK):
        here = np.arange(start, min(start + BLOCK, len(vectors)))
        close = vectors[here] @ vectors.T
        close[np.arange(len(here)), here] = -1.0
        best = np.argpartition(-close, count - 1, axis=1)[:, :count]
        rows.append(np.repeat(here, count))
        columns.append(best.ravel())
        cosines.append(np.take_along_axis(close, best, axis=1).ravel())
    value = np.concatenate(cosines).astype(np.float64)
    kept = value > 0
    return np.concatenate(rows)[kept], np.concatenate(columns)[kept], value[kept]
