"""MRR@10 of one plain BM25 over different ways to cut words, on public questions with the passage that answers them.

    python benchmarks/retrieval.py

The segmenter's costs for unknown words and the way compounds part were chosen on xquad_th and iapp_dev among some
thirty variants, which differed by less than .004: the figures there are upper bounds.
"""

import importlib.util
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
from scipy.sparse import csc_matrix

from lomwong.text.normalise import fold_case
from lomwong.text.segment import index_terms, words

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "retrieval"
SETS = ("xquad_th", "iapp_dev", "xquad_en")
K1, B = 1.2, 0.75
Cutter = Callable[[str], list[str]]


class Bm25:
    """Documents by terms, weighted as Robertson and Zaragoza (2009) give it."""

    def __init__(self, documents: Iterable[list[str]]) -> None:
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

    def scores(self, terms: list[str]) -> np.ndarray:
        wanted = [self.columns[term] for term in terms if term in self.columns]
        return np.asarray(self.weights[:, wanted].sum(axis=1)).ravel()


def mrr_at_10(documents: list[str], queries: list[tuple[str, int]], index: Cutter, ask: Cutter) -> float:
    """Mean of 1 / rank of the right document, 0 beyond rank 10; equal scores rank by document number."""
    bm25 = Bm25(index(text) for text in documents)
    total = 0.0
    for question, right in queries:
        scores = bm25.scores(ask(question))
        rank = 1 + int((scores > scores[right]).sum()) + int((scores[:right] == scores[right]).sum())
        total += 1 / rank if scores[right] > 0 and rank <= 10 else 0.0
    return total / len(queries)


def cutters() -> dict[str, tuple[Cutter, Cutter]]:
    """Name -> how documents and how queries are cut."""
    chosen: dict[str, tuple[Cutter, Cutter]] = {
        "whitespace": (lambda text: fold_case(text).split(),) * 2,
        "words": (words, words),
        "index_terms, asked by words": (index_terms, words),
        "index_terms, asked by index_terms": (index_terms, index_terms),
    }
    if importlib.util.find_spec("nlpo3"):
        import nlpo3

        source = importlib.util.find_spec("pythainlp")
        nlpo3.load_dict(f"{source.submodule_search_locations[0]}/corpus/words_th.txt", "words_th")
        chosen["nlpo3, words_th"] = (lambda text: nlpo3.segment(fold_case(text), "words_th"),) * 2
    return chosen


def main() -> int:
    if not DATA.is_dir():
        print(f"No data: expected the folder {DATA}. Nothing was measured.")
        return 2
    print(f"{'':36}" + "".join(f"{name:>10}" for name in SETS) + "     CPU s")
    sets = {}
    for name in SETS:
        loaded = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
        place = {document["id"]: i for i, document in enumerate(loaded["docs"])}
        queries = [(query["q"], place[query["rel"]]) for query in loaded["queries"]]
        sets[name] = ([document["text"] for document in loaded["docs"]], queries)
    for name, (index, ask) in cutters().items():
        start = time.process_time()
        figures = [mrr_at_10(documents, queries, index, ask) for documents, queries in sets.values()]
        print(f"{name:36}" + "".join(f"{figure:10.4f}" for figure in figures) + f"{time.process_time() - start:10.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
