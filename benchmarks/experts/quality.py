"""Who is named for a question, beside who then answered it: MAP, nDCG@10, MRR, P@5, in the order of time.

Asked is the last quarter of the questions, each of what was written before it. Truth is who answered, among people who
had answered anything before; a question without such a person is left out. "Lomwong" calls `rank` as the product does,
"Lomwong, tuned" with what `tuning.learn` gives each week from the questions asked until then.
"""

import math
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks import tables
from benchmarks.experts import forums
from benchmarks.experts.forums import Forum
from benchmarks.experts.peers import PEERS, Past, Scores, Texts
from lomwong.experts import tuning
from lomwong.experts.rank import DOCUMENTS, OF_FUNCTION_WORDS, TERMS, USUAL, Ballot, Memory, Vote, in_order
from lomwong.text.function_words import is_function_word

USUALLY, TUNED = "Lomwong", "Lomwong, tuned"
FIGURES = ("MAP", "nDCG@10", "MRR", "P@5")
WEEK = 7.0
FEWEST = 20  # documents before anything is asked


@dataclass(frozen=True)
class Moment:
    """A question with what is known when it is asked, and who answers it later."""

    number: int
    asker: int
    past: Past
    ballot: Ballot
    answered: dict[int, float]  # who answers, and when first
    age_days: float  # of the forum

    @property
    def right(self) -> set[int]:
        return set(self.answered)


class Archive:
    """A forum as the product's index has it: each answer's own words, and those of its question beside it."""

    def __init__(self, forum: Forum) -> None:
        self.forum = forum
        self.own = Texts(answer.words for answer in forum.answers)
        self.context = Texts(forum.questions[answer.to].words for answer in forum.answers)
        self.joined = Texts(forum.questions[answer.to].words + answer.words for answer in forum.answers)
        self.authors = np.array([answer.author for answer in forum.answers])
        self.times = np.array([answer.at for answer in forum.answers])
        self.is_own = np.array([answer.author == forum.questions[answer.to].asker for answer in forum.answers])
        self.people = int(self.authors.max()) + 1

    def moments(self) -> Iterator[Moment]:
        for number, question in enumerate(self.forum.questions):
            count = bisect_left(self.times, question.at)
            if count < FEWEST:
                continue
            known = set(self.authors[:count].tolist()) - {question.asker}
            later = (answer for answer in reversed(self.forum.answers[count:]) if answer.to == number)
            answered = {answer.author: answer.at for answer in later if answer.author in known}
            if answered:
                past = self.past(question.query, question.at, count)
                age = question.at - float(self.times[0])
                yield Moment(number, question.asker, past, Ballot(self.votes(past)), answered, age)

    def past(self, query: list[str], at: float, count: int) -> Past:
        ages = at - self.times[:count]
        return Past(at, query, count, self.joined, self.authors[:count], ages, self.is_own[:count], self.people)

    def votes(self, past: Past) -> list[Vote]:
        asked = self.weighed(past)
        scores: Scores = self.own.bm25(asked, past.count) + self.context.bm25(asked, past.count)
        best = [int(at) for at in np.argsort(-scores, kind="stable")[:DOCUMENTS] if scores[at] > 0]
        return [
            Vote(
                None if past.is_own[at] else int(past.authors[at]),
                at,
                float(scores[at]),
                float(past.ages[at]),
                self.forum.answers[at].to,
            )
            for at in best
        ]

    def weighed(self, past: Past) -> dict[str, float]:
        """As `finding.ranking.weighed`."""
        words = Counter(past.query)
        telling = {word: count for word, count in words.items() if not is_function_word(word)} or dict(words)
        if len(telling) > TERMS:
            having = {word: len(self.joined.having(word, past.count)[0]) for word in telling}
            worth = {word: telling[word] * math.log((past.count + 1) / having[word]) for word in having if having[word]}
            telling = {word: telling[word] for word in sorted(worth, key=worth.__getitem__, reverse=True)[:TERMS]}
        asked: dict[str, float] = dict(telling)
        for word in words:
            if word not in telling and is_function_word(word) and len(asked) < TERMS:
                asked[word] = OF_FUNCTION_WORDS
        return asked


def measure(name: str) -> dict[str, Any]:
    """By method: its figures, and CPU ms a question."""
    archive = Archive(forums.read(name))
    moments = list(archive.moments())
    last = [moment for moment in moments if moment.number >= len(archive.forum.questions) * 3 // 4]
    rows = {name: figures_of(last, [peer(moment.past) for moment in last]) for name, peer in PEERS.items()}
    rows[USUALLY] = figures_of(last, [named(moment, USUAL) for moment in last])
    begin = time.process_time()
    learnt = list(weekly(moments, len(moments) - len(last)))
    spent = time.process_time() - begin
    rows[TUNED] = figures_of(
        last, [named(moment, one.memory(moment.age_days)) for moment, one in zip(last, learnt, strict=True)]
    )
    return {"questions": len(last), "rows": rows, "learnt": told(learnt), "tuning": spent}


def weekly(moments: Sequence[Moment], first: int) -> Iterator[tuning.Learnt]:
    """What was known by each question from `first` on: learnt anew each week, of the answers given until then."""
    named = [tuning.lists(moment.ballot, moment.age_days, [moment.asker]) for moment in moments]
    usual = tuning.Learnt(None, 0.0, 0, 0.0, 0.0)
    learnt, at = usual, -math.inf
    for moment in moments[first:]:
        if moment.past.now >= at + WEEK:
            at = moment.past.now
            answered = [{who for who, when in one.answered.items() if when < at} for one in moments]
            trials = [tuning.trial_of(lists, right) for lists, right in zip(named, answered, strict=True) if right]
            learnt = tuning.learn(trials) or usual
        yield learnt


def told(learnt: Sequence[tuning.Learnt]) -> dict[str, int]:
    """Each memory that was learnt, and for how many questions it held."""
    names = [f"{one.part:g} of its age, blend {one.blend:g}" if one.part else "the usual" for one in learnt]
    return dict(Counter(names).most_common())


def named(moment: Moment, memory: Memory) -> list[int]:
    return in_order(moment.ballot.scores(memory))


def figures_of(moments: Sequence[Moment], found: Sequence[Sequence[int]]) -> list[float]:
    """MAP, nDCG@10, MRR, P@5."""
    rows = []
    for moment, people in zip(moments, found, strict=True):
        others = [person for person in people if person != moment.asker]
        places = [place for place, person in enumerate(others, start=1) if person in moment.right]
        best = sum(1 / math.log2(place + 1) for place in range(1, min(10, len(moment.right)) + 1))
        gain = sum(1 / math.log2(place + 1) for place in places if place <= 10) / best
        first = 1 / places[0] if places else 0.0
        among = sum(place <= 5 for place in places) / 5
        rows.append((tuning.average_precision(others, moment.right), gain, first, among))
    return [float(figure) for figure in np.mean(rows, axis=0)]


def report(measured: dict[str, dict[str, Any]]) -> None:
    for name, found in measured.items():
        tables.show(f"{name}: {found['questions']} questions", ["", *FIGURES],
                    [[method, *figures] for method, figures in found["rows"].items()])  # fmt: skip
        learnt = "; ".join(f"{memory} ({times})" for memory, times in found["learnt"].items())
        print(f"  Learnt: {learnt}; {found['tuning']:.0f} CPU s for all weeks.")
