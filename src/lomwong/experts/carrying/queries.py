"""What waits for somebody, and what a question's page says of its way. Everything shown is one's own to know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value

from lomwong.experts.carrying.choosing import LOOKED_INTO, near, near_words, speaking_for
from lomwong.experts.finding.queries import Knower
from lomwong.experts.models import Carried, CarriedState, Carrying
from lomwong.kit.prepared import STAND_INS, Prepared
from lomwong.people.models import JobFunction, Person, Viewer
from lomwong.people.queries import who_come_in
from lomwong.posts.models import Kind, Post, State
from lomwong.posts.queries import LONGEST_NUMBER, unanswered

PAGE = 20
SHOWN = 3  # people on the page of a question
VIEWER, NUMBER = STAND_INS[:2]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of what was asked of somebody."""

    row: Carried
    because: Post | None  # what they wrote themselves, as far as they may still read it


@dataclass(frozen=True, slots=True)
class WaitingPage:
    lines: list[Waiting]
    further: int | None  # to go on after; None at the end


def waiting_for(viewer: Person) -> QuerySet[Carried]:
    """Of questions that are open and that they may read, and have not answered a moment ago."""
    answered = Post.objects.filter(root=OuterRef("question"), author=viewer.pk, kind=Kind.ANSWER, state=State.SHOWN)
    rows = Carried.objects.visible_to(viewer).waiting().of_open_questions()
    found: QuerySet[Carried] = rows.exclude(Exists(answered))
    return found


def asked_of(viewer: Person, *, after: str = "", limit: int = PAGE) -> WaitingPage:
    """The newest first, from the one after number `after`. Two queries."""
    rows = with_all(waiting_for(viewer)).order_by("-pk")
    if after.isdecimal() and len(after) <= LONGEST_NUMBER:
        rows = rows.filter(pk__lt=int(after))
    found = list(rows[: limit + 1])
    shown = found[:limit]
    return WaitingPage(lines(shown, viewer), shown[-1].pk if len(found) > limit else None)


ANY = Prepared(
    lambda: Carried.objects.filter(person=VIEWER, state=CarriedState.WAITING).order_by().values_list("pk")[:1]
)


def waiting_first(viewer: Viewer) -> Waiting | None:
    """The newest, for the home page: one light query for those for whom nothing waits."""
    if not isinstance(viewer, Person) or not ANY.rows({VIEWER: viewer.pk}):
        return None
    return next(iter(asked_of(viewer, limit=1).lines), None)


def with_all(rows: QuerySet[Carried]) -> QuerySet[Carried]:
    return rows.select_related("question__author__unit", "passed_by", "invited_by")


def lines(rows: list[Carried], viewer: Person) -> list[Waiting]:
    numbers = [row.because_id for row in rows if row.because_id]
    own = Post.objects.visible_to(viewer).filter(pk__in=numbers, author=viewer).select_related("root")
    posts = own.in_bulk() if numbers else {}
    return [Waiting(row, posts.get(row.because_id or 0)) for row in rows]


# On the page of a question


@dataclass(frozen=True, slots=True)
class Here:
    """What a question's page says to this reader of its way."""

    waiting: Waiting | None = None  # it was carried to them
    is_carried: bool = False  # to the asker, while nobody has answered: to whom is not said, nor to how many
    is_unknown: bool = False  # to the asker: nobody was found


def ways(viewer: Any = VIEWER) -> QuerySet[Any, Any]:
    """Rows of (what, number): it waits for the viewer; or the viewer asked, and the house has looked."""
    mine = Carried.objects.filter(person=VIEWER, question=NUMBER, state=CarriedState.WAITING).order_by()
    asked = Carrying.objects.filter(question=NUMBER).filter(
        Q(question__author=VIEWER) | Q(question__envelope__author=VIEWER)
    )
    went = Exists(Carried.objects.filter(question=OuterRef("pk")))
    open_ones = asked.filter(question__in=unanswered().filter(is_locked=False, state=State.SHOWN, source=""))
    found = open_ones.order_by().annotate(went=went)
    return mine.values_list(Value("waiting"), "pk").union(
        found.filter(went=True).values_list(Value("carried"), F("question_id")),
        found.filter(went=False).values_list(Value("unknown"), F("question_id")),
        all=True,
    )


WAYS = Prepared(ways)


def here(number: int, viewer: Person) -> Here:
    """One query for most readers."""
    rows = dict(WAYS.rows({VIEWER: viewer.pk, NUMBER: number}))
    waiting = None
    if "waiting" in rows:
        row = with_all(waiting_for(viewer)).filter(pk=rows["waiting"]).first()
        waiting = lines([row], viewer)[0] if row else None
    return Here(waiting, "carried" in rows, "unknown" in rows)


def invited_by(viewer: Person, question: Post, *, is_asker: bool) -> list[Person]:
    """Those whom the viewer called by name: they know that anyway. What became of it is not said."""
    mine = Q(invited_by=viewer)
    if is_asker and question.is_unnamed:
        mine |= Q(invited_by=None)
    rows = Carried.objects.filter(mine, question=question, is_invited=True).select_related("person__unit")
    return [row.person for row in rows.order_by("pk")]


def jobs_for(viewer: Person) -> list[tuple[JobFunction, bool]]:
    """All jobs, and whether it is the viewer's own."""
    own = set(viewer.job_functions.values_list("pk", flat=True))
    return [(job, job.pk in own) for job in JobFunction.objects.all()]


@dataclass(frozen=True, slots=True)
class Perhaps:
    """Who may know, with a post of theirs that the viewer may read, or what they say one may ask them about."""

    person: Person
    topics: tuple[str, ...]
    because: Post | None
    is_here: bool  # comes in, so can be asked along


def may_know(question: Post, viewer: Person) -> list[Perhaps]:
    """People to invite: as the viewer may read, of those who may read the question. Of an unnamed question its asker is
    like anybody."""
    said = set(question.thread.exclude(author=None).values_list("author_id", flat=True))
    out = {viewer.pk, question.author_id or viewer.pk, *(pk for pk in said if pk)}
    return perhaps(near(question, viewer=viewer, leave_out=out), question.label, viewer, but=question.pk)


def may_know_words(words: str, viewer: Person) -> list[Perhaps]:
    """The same while a question is still being written; only those who can be asked along."""
    if not words.strip():
        return []
    found = near_words(words, viewer=viewer, leave_out=[viewer.pk], comes_in=True)
    return [one for one in perhaps(found, words, viewer) if one.is_here]


def perhaps(found: list[Knower], words: str, viewer: Person, *, but: int | None = None) -> list[Perhaps]:
    """Three of them: rather those who come here, for only they hear of it."""
    come_in = who_come_in(Person.objects.filter(pk__in=[one.person.pk for one in found]))
    here = set(come_in.values_list("pk", flat=True))
    looked_into = [
        *[one for one in found if one.person.pk in here][:LOOKED_INTO],
        *[one for one in found if one.person.pk not in here][:LOOKED_INTO],
    ]
    speaks = speaking_for(looked_into, words, viewer=viewer, but=but)
    shown = [one for one in looked_into if one.person.pk in speaks][:SHOWN]
    numbers = {number for number in speaks.values() if number}
    posts = Post.objects.visible_to(viewer).select_related("root").in_bulk(numbers) if numbers else {}
    return [
        Perhaps(one.person, one.topics, posts.get(speaks[one.person.pk] or 0), is_here=one.person.pk in here)
        for one in shown
    ]
