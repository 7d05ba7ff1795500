"""What somebody wrote, was thanked for and was passed on to: what their topics are drafted from."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.db.models import F, Q
from django.utils import timezone

from lomwong.experts.models import Carried, CarriedState, Why
from lomwong.experts.topics.phrases import House, Trace
from lomwong.kit.html import own_words
from lomwong.people.models import Person
from lomwong.posts.models import Envelope, Kind, Post, PostQuerySet
from lomwong.search.reader import View, reader
from lomwong.search.schema import BODY

MOST_TRACES = 250  # the latest
HALF_LIFE_DAYS = 1095.0
WEIGHTS = {Kind.STORY.value: 2.0, Kind.JOURNAL.value: 0.6, Kind.ANSWER.value: 2.0}
SAID = 0.4  # a comment, which counts only with thanks
WORKED, FLOWER, POINTED_TO = 2.0, 0.5, 1.5
MOST_FLOWERS = 4


class Row(NamedTuple):
    """A post and the first one of its thread (None: it is that itself)."""

    number: int
    kind: str
    root: int | None
    title: str
    html: str
    root_title: str | None
    root_html: str | None
    created_at: datetime
    flowers: int


def traces_of(person: Person) -> list[Trace]:
    """Four queries. Nothing that is not shown, nothing from below one's own questions, no comment without thanks."""
    written, pointed = _telling(person), _pointed_to(person)
    numbers = {row.number for row in [*written, *pointed]}
    tags = tags_on(numbers | {row.root for row in written if row.root})
    worked = Post.objects.filter(accepted_answer__in=numbers).values_list("accepted_answer", flat=True)
    accepted = {number for number in worked if number}
    traces = [_written(row, tags, has_worked=row.number in accepted) for row in written]
    return [*traces, *(_pointed(row, tags) for row in pointed)]


def _telling(person: Person) -> list[Row]:
    telling = Q(kind__in=[Kind.STORY, Kind.JOURNAL, Kind.ANSWER]) | Q(kind=Kind.COMMENT, flower_count__gt=0)
    own = (
        Post.objects.shown().filter(telling, author=person).exclude(root__kind=Kind.QUESTION, root__author=F("author"))
    )
    return _rows(own)


def _pointed_to(person: Person) -> list[Row]:
    """Questions that a colleague passed on to them. Not what they passed on in turn, or asked without their name."""
    theirs = Carried.objects.filter(person=person, why=Why.PASSED_ON).exclude(state=CarriedState.PASSED)
    asked = Envelope.objects.filter(author=person)
    return _rows(Post.objects.shown().filter(number__in=theirs.values("question")).exclude(pk__in=asked.values("post")))


def _rows(posts: PostQuerySet) -> list[Row]:
    columns = ("number", "kind", "root", "title", "html", "root__title", "root__html", "created_at", "flower_count")
    return [Row(*row) for row in posts.order_by("-created_at", "-number").values_list(*columns)[:MOST_TRACES]]


def _written(row: Row, tags: Mapping[int, list[str]], *, has_worked: bool) -> Trace:
    thanks = FLOWER * min(row.flowers, MOST_FLOWERS) + (WORKED if has_worked else 0.0)
    thread = row.root or row.number
    return Trace(
        number=row.number,
        thread=thread,
        title=row.title if row.root is None else row.root_title or "",
        opening=own_words(row.root_html or ""),
        text=own_words(row.html),
        tags=tuple(dict.fromkeys([*tags.get(row.number, ()), *tags.get(thread, ())])),
        weight=(WEIGHTS.get(row.kind, SAID) + thanks) * _left(row.created_at),
        is_thanked=row.kind == Kind.ANSWER and (has_worked or row.flowers > 0),
    )


def _pointed(row: Row, tags: Mapping[int, list[str]]) -> Trace:
    return Trace(
        number=row.number,
        thread=row.number,
        title=row.title,
        opening=own_words(row.html),
        text="",
        tags=tuple(tags.get(row.number, ())),
        weight=POINTED_TO * _left(row.created_at),
        is_thanked=False,
    )


def tags_on(numbers: Iterable[int]) -> dict[int, list[str]]:
    rows = Post.tags.through.objects.filter(post__in=numbers).order_by("pk").values_list("post_id", "tag__name")
    found: dict[int, list[str]] = defaultdict(list)
    for number, name in rows:
        found[number].append(name)
    return found


def _left(created_at: datetime) -> float:
    days = max((timezone.now() - created_at).days, 0)
    return float(0.5 ** (days / HALF_LIFE_DAYS))


def house() -> House:
    """As the search index counts, over all that is in it. That only weighs words, and shows nothing of where they
    stand."""
    view = reader().view()
    if view is None:
        return House(0, lambda _word: 0)
    return House(view.searcher.num_docs, _counter(view))


def _counter(view: View) -> Callable[[str], int]:
    return lru_cache(maxsize=4096)(lambda word: int(view.searcher.doc_freq(BODY, word)))
