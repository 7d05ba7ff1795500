"""Plain BM25 in memory, to compare ways of cutting words: no engine, no field, no lever."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from scipy.sparse import csc_matrix

K1, B = 1.2, 0.75


class Bm25:
    """Documents by terms, weighted as Robertson and Zaragoza (2009) give it."""

    def __init__(self, documents: Iterable[Sequence[str]]) -> None:
        counts = [Counter(terms) for terms in documents]
        self.columns = {term: i for i, term in enumerate(dict.fromkeys(term for count in counts for term in count))}
        self.size = len(counts)
        rows = np.repeat(np.arange(self.size), [len(count) for count in counts])
        columns = np.array([self.columns[term] for count in counts for term in count])
        seen = np.array([number for count in counts for number in count.values()], dtype=float)
        lengths = np.array([count.total() for count in counts], dtype=float)
        in_documents = np.bincount(columns, minlength=len(self.columns))
        rarity = np.log(1 + (self.size - in_documents + 0.5) / (in_documents + 0.5))
        norm = K1 * (1 - B + B * lengths[rows] / lengths.mean())
        weights = rarity[columns] * seen * (K1 + 1) / (seen + norm)
        self.weights = csc_matrix((weights, (rows, columns)), shape=(self.size, len(self.columns)))

    def ask(self, terms: Sequence[str], limit: int) -> list[int]:
        """The best `limit` documents with any of the terms; equal scores rank by place."""
        wanted = [self.columns[term] for term in terms if term in self.columns]
        scores = np.asarray(self.weights[:, wanted].sum(axis=1)).ravel()
        best = np.argsort(-scores, kind="stable")[:limit]
        return [int(place) for place in best if scores[place] > 0]
