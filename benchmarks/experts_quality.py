"""How well the people named for a question are those who answered it, beside simpler ways, in one run.

    python benchmarks/experts_quality.py

In time order: the last quarter of the questions, each ranked from answers written before it was asked. Truth is who
answered, among people who had answered anything before; a question without such a person is left out. "Lomwong" calls
`rank` as the product does, with its defaults; what people answer to their own questions does not vote there either.
Settings were tuned, so the figures are an upper bound: first about 140 variants on the two Stack Exchange sets (title,
tags, body as the query; 20 to all documents; half-lives; blends and their scale), then about 100 of the way votes count
(powers, exponentials, kinds, half-lives, number of documents) on all sets here and demo_questions.py together, and
about 80 of them on the latter alone.
Differences below .03 mean nothing on sets of this size.
"""

import json
import sys
import time
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt

from lomwong.experts.rank import ACTIVITY_HALF_LIFE, DOCUMENTS, Vote, rank, recent_activity
from lomwong.imports.html_text import html_text
from lomwong.imports.mail.parse import Message, read_messages
from lomwong.imports.mail.quotes import split_quotes
from lomwong.imports.mail.threads import Threader
from lomwong.text.segment import words

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
SITES = ("quantum_se", "matheducators_se")
LISTS = ("list_mac_2009_2010", "list_package_devel_2015_2016")
FEWER = 300
BLEND = 0.3
EVERYBODY = 10_000


@dataclass
class Question:
    """Somebody asked something: query words (title and tags, or all there is) and all its words."""

    asker: int
    at: float
    query: list[str]
    words: list[str]


@dataclass
class Answer:
    """Somebody answered question number `to`."""

    author: int
    at: float
    to: int
    words: list[str]


@dataclass
class Forum:
    """Questions and answers, each in order of time."""

    name: str
    questions: list[Question]
    answers: list[Answer]


def read_site(name: str) -> Forum:
    with (DATA / "experts" / f"{name}.jsonl").open(encoding="utf-8") as lines:
        rows = sorted((json.loads(line) for line in lines), key=lambda row: row["created"])
    people: dict[str, int] = {}
    numbers: dict[str, int] = {}
    forum = Forum(name, [], [])
    for row in rows:
        author, at = people.setdefault(row["author"], len(people)), _days(row["created"])
        if row["kind"] == "question":
            numbers[row["id"]] = len(forum.questions)
            head = words(f"{row['title']} {' '.join(row['tags']).replace('-', ' ')}")
            forum.questions.append(Question(author, at, head, head + words(html_text(row["html"]))))
        elif row["kind"] == "answer" and row["parent"] in numbers:
            forum.answers.append(Answer(author, at, numbers[row["parent"]], words(html_text(row["html"]))))
    return forum


def _days(stamp: str) -> float:
    return datetime.fromisoformat(stamp).timestamp() / 86_400


def read_list(*names: str) -> Forum:
    """A thread's first message is the question, everybody else's messages in it are answers."""
    messages = [message for name in names for message in _messages(name)]
    parents = Threader(messages).resolve()
    people: dict[str, int] = {}
    numbers: dict[str, int] = {}
    forum = Forum(" + ".join(names), [], [])
    for message in sorted(messages, key=lambda message: message.at):
        author = people.setdefault(message.author_address or message.author_name, len(people))
        at = message.at.timestamp() / 86_400
        said = words("\n".join(block.text for block in split_quotes(message.text) if block.kind == "text"))
        root = _root(message.source_id, parents)
        if root == message.source_id:
            numbers[root] = len(forum.questions)
            said = words(message.subject) + said
            forum.questions.append(Question(author, at, said, said))
        elif root in numbers and author != forum.questions[numbers[root]].asker:
            forum.answers.append(Answer(author, at, numbers[root], said))
    return forum


def _messages(name: str) -> list[Message]:
    with (DATA / "mail" / f"{name}.txt").open("rb") as stream:
        return [message for message in read_messages(stream) if isinstance(message, Message)]


def _root(source_id: str, parents: dict[str, str]) -> str:
    while source_id in parents:
        source_id = parents[source_id]
    return source_id


class BM25:
    """Robertson and Zaragoza 2009, k1 1.2, b 0.75, over the first n documents only, as an index at that time would."""

    def __init__(self, documents: list[list[str]]) -> None:
        postings: dict[str, list[tuple[int, int]]] = {}
        for number, document in enumerate(documents):
            for word, count in Counter(document).items():
                postings.setdefault(word, []).append((number, count))
        self.postings = {word: np.array(pairs).T for word, pairs in postings.items()}
        self.lengths = np.array([len(document) for document in documents], dtype=np.float64)

    def scores(self, query: list[str], count: int) -> npt.NDArray[np.float64]:
        scores = np.zeros(count)
        lengths = self.lengths[:count] / max(float(self.lengths[:count].mean()), 1.0)
        for word in set(query) & self.postings.keys():
            numbers, times = self.postings[word]
            until = int(np.searchsorted(numbers, count))
            here, often = numbers[:until], times[:until]
            rarity = np.log(1 + (count - until + 0.5) / (until + 0.5))
            scores[here] += rarity * often * 2.2 / (often + 1.2 * (0.25 + 0.75 * lengths[here]))
        return scores


@dataclass
class Moment:
    """What is known when a question is asked: votes of the documents found, who answered when, since when."""

    votes: list[Vote]
    past: list[Answer]
    now: float

    @property
    def activity(self) -> dict[int, float]:
        return recent_activity(((answer.author, answer.at) for answer in self.past), self.now, ACTIVITY_HALF_LIFE)


def best_first(amounts: Mapping[int, float]) -> list[int]:
    return sorted(amounts, key=lambda author: (-amounts[author], author))


def recency(moment: Moment) -> list[int]:
    return best_first(moment.activity)


def plain_votes(moment: Moment) -> list[int]:
    """CombSUM."""
    sums: dict[int, float] = defaultdict(float)
    for vote in moment.votes[:FEWER]:
        sums[vote.author] += vote.score
    return best_first(sums)


def lomwong(moment: Moment, documents: int = DOCUMENTS) -> list[int]:
    return [candidate.author for candidate in rank(moment.votes[:documents], limit=EVERYBODY)]


def blended(moment: Moment) -> list[int]:
    found = rank(moment.votes, activity=moment.activity, blend=BLEND, limit=EVERYBODY)
    return [candidate.author for candidate in found]


METHODS: dict[str, Callable[[Moment], list[int]]] = {
    "recency, half-life 90": recency,
    f"CombSUM, {FEWER}": plain_votes,
    "Lomwong": lomwong,
    f"Lomwong, {FEWER}": lambda moment: lomwong(moment, FEWER),
    f"Lomwong, blend {BLEND}": blended,
}


def precision_and_gain(ranked: list[int], truth: set[int]) -> tuple[float, float]:
    """Average precision, and nDCG of the first ten with relevance 0 or 1."""
    places = [place for place, author in enumerate(ranked, 1) if author in truth]
    precision = sum(hit / place for hit, place in enumerate(places, 1)) / len(truth)
    gain = sum(1 / np.log2(place + 1) for place in places if place <= 10)
    return precision, gain / sum(1 / np.log2(place + 1) for place in range(1, min(10, len(truth)) + 1))


def moments(forum: Forum) -> Iterator[tuple[Question, Moment, set[int]]]:
    """Each question of the last quarter that has a truth, with what was known then and who answered later."""
    index = BM25([forum.questions[answer.to].words + answer.words for answer in forum.answers])
    times = [answer.at for answer in forum.answers]
    for number in range(len(forum.questions) * 3 // 4, len(forum.questions)):
        question = forum.questions[number]
        count = bisect_left(times, question.at)
        past = forum.answers[:count]
        known = {answer.author for answer in past} - {question.asker}
        truth = {answer.author for answer in forum.answers[count:] if answer.to == number} & known
        if truth:
            scores = index.scores(question.query, count)
            best = [int(i) for i in np.argsort(-scores, kind="stable")[:DOCUMENTS] if scores[i] > 0]
            votes = [
                Vote(past[i].author, i, float(scores[i]), question.at - past[i].at)
                for i in best
                if past[i].author != forum.questions[past[i].to].asker
            ]
            yield question, Moment(votes, past, question.at), truth


def measure(forum: Forum) -> None:
    figures: dict[str, list[tuple[float, float]]] = {name: [] for name in METHODS}
    seconds = dict.fromkeys(METHODS, 0.0)
    for question, moment, truth in moments(forum):
        for name, method in METHODS.items():
            begin = time.process_time()
            ranked = [author for author in method(moment) if author != question.asker]
            seconds[name] += time.process_time() - begin
            figures[name].append(precision_and_gain(ranked, truth))
    questions = len(next(iter(figures.values())))
    print(f"\n{forum.name}: {questions} questions, {len(forum.answers)} answers")
    for name, pairs in figures.items():
        precision, gain = np.mean(pairs, axis=0)
        cost = 1000 * seconds[name] / questions
        print(f"  {name:24}MAP {precision:.3f}  nDCG@10 {gain:.3f}  CPU ms a question {cost:.2f}")


def main() -> None:
    if not DATA.is_dir():
        print(f"skipped: public data not found at {DATA}", file=sys.stderr)
        return
    for site in SITES:
        measure(read_site(site))
    for name in LISTS:
        measure(read_list(name))
    measure(read_list(*LISTS))


if __name__ == "__main__":
    main()
