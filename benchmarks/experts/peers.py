"""Simpler ways to name people, and those of the literature, on the same words and the same past."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float64]
RECENT_HALF_LIFE = 90.0  # days
VOTES = 300  # documents


class Texts:
    """Documents in the order of time. At each moment only the first `count` of them are known."""

    def __init__(self, documents: Iterable[Sequence[str]]) -> None:
        postings: dict[str, list[tuple[int, int]]] = {}
        lengths = []
        for number, document in enumerate(documents):
            lengths.append(len(document))
            for word, times in Counter(document).items():
                postings.setdefault(word, []).append((number, times))
        self._postings = {word: np.array(pairs).T for word, pairs in postings.items()}
        self.lengths = np.array(lengths, dtype=np.float64)

    def having(self, word: str, count: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Numbers of the documents with the word, and how often each has it."""
        if word not in self._postings:
            return np.empty(0, np.int64), np.empty(0, np.int64)
        numbers, times = self._postings[word]
        until = int(np.searchsorted(numbers, count))
        return numbers[:until], times[:until]

    def bm25(self, query: Mapping[str, float], count: int) -> Scores:
        """Robertson and Zaragoza 2009, k1 1.2, b 0.75, each word with its weight."""
        scores = np.zeros(count)
        lengths = self.lengths[:count] / max(float(self.lengths[:count].mean()), 1.0)
        for word, weight in query.items():
            here, often = self.having(word, count)
            rarity = math.log(1 + (count - len(here) + 0.5) / (len(here) + 0.5))
            scores[here] += weight * rarity * often * 2.2 / (often + 1.2 * (0.25 + 0.75 * lengths[here]))
        return scores


@dataclass
class Past:
    """What is known when a question is asked. For each answer: who, how many days ago, whether the asker's own."""

    now: float
    query: list[str]
    count: int
    texts: Texts  # each answer read together with its question
    authors: npt.NDArray[np.int64]
    ages: Scores
    is_own: npt.NDArray[np.bool_]
    people: int
    _cache: dict[str, Scores] = field(default_factory=dict)

    @property
    def others(self) -> npt.NDArray[np.bool_]:
        return ~self.is_own

    def by_person(self, amounts: Scores) -> list[int]:
        """People with any amount above 0, the largest sum first."""
        sums = np.bincount(self.authors, np.where(self.is_own, 0.0, amounts), minlength=self.people)
        return [int(person) for person in np.argsort(-sums, kind="stable") if sums[person] > 0]


def recency(past: Past) -> list[int]:
    """Whoever answered much lately."""
    return past.by_person(0.5 ** (past.ages / RECENT_HALF_LIFE))


def plain_votes(past: Past) -> list[int]:
    """CombSUM: each of the best documents votes for its author with its score."""
    scores = np.where(past.is_own, 0.0, past.texts.bm25(dict.fromkeys(past.query, 1.0), past.count))
    if past.count > VOTES:
        scores[scores < np.partition(scores, -VOTES)[-VOTES]] = 0.0
    return past.by_person(scores)


def model_1(past: Past) -> list[int]:
    """Balog, Azzopardi and de Rijke 2006, model 1: a person is the mixture of their documents, and asks how likely the
    question is to come from it. Smoothed with the house, by β / (β + words of the person), β the mean person's."""
    words_of = np.bincount(past.authors, past.texts.lengths[: past.count] * past.others, minlength=past.people)
    documents_of = np.bincount(past.authors, past.others, minlength=past.people)
    known = documents_of > 0
    beta = words_of[known].mean() if known.any() else 1.0
    smoothing = beta / (beta + words_of)
    likely = np.zeros(past.people)
    for word, times, everywhere in said(past):
        here, often = past.texts.having(word, past.count)
        share = np.where(past.is_own[here], 0.0, often / past.texts.lengths[here])
        share = np.bincount(past.authors[here], share, minlength=past.people) / np.maximum(documents_of, 1)
        likely += times * np.log((1 - smoothing) * share + smoothing * everywhere)
    return [int(person) for person in np.argsort(-np.where(known, likely, -np.inf), kind="stable") if known[person]]


def model_2(past: Past) -> list[int]:
    """The same authors' model 2: how likely the question is to come from each document; summed over a person's."""
    lengths = past.texts.lengths[: past.count]
    beta = max(float(lengths.mean()), 1.0)
    smoothing = beta / (beta + lengths)
    likely = np.zeros(past.count)
    for word, times, everywhere in said(past):
        here, often = past.texts.having(word, past.count)
        share = np.zeros(past.count)
        share[here] = often / lengths[here]
        likely += times * np.log((1 - smoothing) * share + smoothing * everywhere)
    return past.by_person(np.exp(np.maximum(likely - likely.max(initial=-np.inf, where=past.others), -600.0)))


def said(past: Past) -> list[tuple[str, int, float]]:
    """The words of the question that ever stood anywhere: how often here, how likely everywhere."""
    total = past.texts.lengths[: past.count].sum()
    counted: dict[str, float] = defaultdict(float)
    for word in set(past.query):
        counted[word] = float(past.texts.having(word, past.count)[1].sum()) / total
    return [(word, times, counted[word]) for word, times in Counter(past.query).items() if counted[word] > 0]


PEERS: dict[str, Callable[[Past], list[int]]] = {
    "recency": recency,
    "BM25 votes": plain_votes,
    "Balog model 1": model_1,
    "Balog model 2": model_2,
}
