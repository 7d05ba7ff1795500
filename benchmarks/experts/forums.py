"""Public questions and answers in order of time: two Stack Exchange sites in their first weeks, two mailing lists."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lomwong.imports.html_text import html_text
from lomwong.imports.mail.parse import Message, read_messages
from lomwong.imports.mail.quotes import split_quotes
from lomwong.imports.mail.threads import Threader
from lomwong.text.segment import words

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
SITES = ("quantum_se", "matheducators_se")
LISTS = ("list_mac_2009_2010", "list_package_devel_2015_2016")
AFTER, AT_ONCE = "both lists, one after the other", "both lists at the same time"
SETS = (*SITES, *LISTS, AFTER, AT_ONCE)


@dataclass
class Question:
    """Somebody asked something: query words (title and tags, or all there is) and all its words. at: in days."""

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


def is_there() -> bool:
    sites = [DATA / "experts" / f"{name}.jsonl" for name in SITES]
    return all(path.is_file() for path in [*sites, *(DATA / "mail" / f"{name}.txt" for name in LISTS)])


def read(name: str) -> Forum:
    if name in SITES:
        return read_site(name)
    if name in LISTS:
        return read_lists(name, [name])
    both = read_lists(name, LISTS)
    return both if name == AFTER else begun_together(both)


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


def read_lists(title: str, names: list[str] | tuple[str, ...]) -> Forum:
    """A thread's first message is the question, everybody else's messages in it are answers."""
    messages = [message for name in names for message in _messages(name)]
    parents = Threader(messages).resolve()
    people: dict[str, int] = {}
    numbers: dict[str, int] = {}
    forum = Forum(title, [], [])
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


def begun_together(both: Forum) -> Forum:
    """As if the second list had begun on the day of the first: two topics in one house, as in a university."""
    gaps = [later.at - earlier.at for earlier, later in zip(both.questions, both.questions[1:], strict=False)]
    widest = max(range(len(gaps)), key=gaps.__getitem__)  # between the lists lie years
    begin = both.questions[widest + 1].at
    shift = begin - both.questions[0].at
    for said in [*both.questions, *both.answers]:
        said.at -= shift if said.at >= begin else 0.0
    order = sorted(range(len(both.questions)), key=lambda number: both.questions[number].at)
    place = {number: at for at, number in enumerate(order)}
    for answer in both.answers:
        answer.to = place[answer.to]
    both.answers.sort(key=lambda answer: answer.at)
    return Forum(both.name, [both.questions[number] for number in order], both.answers)
