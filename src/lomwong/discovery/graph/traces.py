"""Traces as columns: exchanges and words by position of the person, ready for arithmetic."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from .shapes import NOBODY, Exchange, Floats, Ints, Matrix


@dataclass(frozen=True, slots=True)
class Traces:
    """n people (ascending by number) and what they left.

    units: a unit's number for each person, NOBODY when unknown.
    source, target, weight, age, document: one row an exchange, people as positions 0..n-1; age in days before
        the latest exchange, so that an old archive is judged like a fresh one.
    words: n x vocabulary, how often each person used each word.
    """

    people: Ints
    units: Ints
    source: Ints
    target: Ints
    weight: Floats
    age: Floats
    document: Ints
    words: Matrix
    vocabulary: tuple[str, ...]


def gather(
    exchanges: Iterable[Exchange],
    units: Mapping[int, int | None],
    texts: Mapping[int, Sequence[str]],
    now: float,
) -> Traces:
    """Columns of everything up to `now`; exchanges with oneself or of no weight are left out."""
    kept = [e for e in exchanges if e.source != e.target and e.at <= now and e.weight > 0]
    latest = max((e.at for e in kept), default=now)
    people = sorted({e.source for e in kept} | {e.target for e in kept} | texts.keys())
    position = {person: index for index, person in enumerate(people)}
    words, vocabulary = count_words(texts, people)
    return Traces(
        people=np.array(people, dtype=np.int64),
        units=np.array([_or_nobody(units.get(person)) for person in people], dtype=np.int64),
        source=np.array([position[e.source] for e in kept], dtype=np.int64),
        target=np.array([position[e.target] for e in kept], dtype=np.int64),
        weight=np.array([e.weight for e in kept], dtype=np.float64),
        age=np.array([latest - e.at for e in kept], dtype=np.float64),
        document=np.array([_or_nobody(e.document) for e in kept], dtype=np.int64),
        words=words,
        vocabulary=vocabulary,
    )


def _or_nobody(number: int | None) -> int:
    return NOBODY if number is None else number


def count_words(texts: Mapping[int, Sequence[str]], people: Sequence[int]) -> tuple[Matrix, tuple[str, ...]]:
    """People x words counts; words that only one person uses say nothing about a circle and are left out."""
    counts = [Counter(texts.get(person, ())) for person in people]
    users = Counter(word for count in counts for word in count)
    vocabulary = sorted(word for word, number in users.items() if number > 1)
    column = {word: index for index, word in enumerate(vocabulary)}
    entries = [
        (row, column[word], number)
        for row, count in enumerate(counts)
        for word, number in count.items()
        if word in column
    ]
    rows, columns, numbers = np.array(entries, dtype=np.int64).reshape(-1, 3).T
    shape = (len(people), len(vocabulary))
    return sparse.coo_array((numbers.astype(np.float64), (rows, columns)), shape=shape).tocsr(), tuple(vocabulary)


def thin(traces: Traces, share: float, seed: int) -> Traces:
    """The same people with about `share` of their exchanges and of their words, drawn by chance."""
    chance = np.random.default_rng(seed)
    kept = chance.random(len(traces.source)) < share
    words = traces.words.copy()
    words.data = chance.binomial(words.data.astype(np.int64), share).astype(np.float64)
    words.eliminate_zeros()
    return replace(
        traces,
        source=traces.source[kept],
        target=traces.target[kept],
        weight=traces.weight[kept],
        age=traces.age[kept],
        document=traces.document[kept],
        words=words,
    )
