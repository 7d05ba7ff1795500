"""Carry, invite, pass on, not now. Each is one transaction; nobody is ever asked more often than they said."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lomwong.activity.actions import record_many
from lomwong.activity.models import Event, Verb
from lomwong.experts.carrying.choosing import Likely, doing, free_now
from lomwong.experts.carrying.rules import FIRST, MOST_CARRIED, MOST_HANDS, MOST_INVITED, can_be_carried, is_open
from lomwong.experts.models import Carried, CarriedState, Carrying, Why
from lomwong.people.models import JobFunction, Person
from lomwong.posts.models import Post
from lomwong.posts.readership import readers_among

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

LOCKED = 12  # people looked at once more while nobody else may ask them
NOT_OPEN = _("This question is not open any more")
ENOUGH = _("Three people are invited already. Give them a little time")
OWN = _("It is their own question. Somebody else, perhaps?")
ANSWERED = _("%(name)s has answered here already")
# Hidden, resting, enough for this week, never here: all are told alike, so that nobody can tell which it is.
NOT_NOW = _("%(name)s takes no further question just now. Somebody else, perhaps? Or tell them yourself")
CANNOT_READ = _(
    "%(name)s cannot read this question, because it lies in a circle where they do not sit. Ask them to sit in, or ask "
    "them yourself without it"
)
FROM_THEM = _("It came to you from %(name)s. Somebody else, perhaps?")
FAR_ENOUGH = _("It has gone through three hands. Say below the question who may know, so that the asker sees it")
ASKED_JOB = _("All who do a job have been asked already")


class Refused(Exception):
    """`reason` says to whoever tried what to do instead."""

    def __init__(self, reason: StrPromise, name: str = "") -> None:
        super().__init__(str(reason))
        self.reason, self.name = reason, name

    def __str__(self) -> str:
        return str(self.reason) % {"name": self.name}


# By the house itself


@transaction.atomic
def begin(question: Post, found: Sequence[Likely]) -> list[int]:
    """Note that the house has looked, and carry the question to the first of those it found."""
    Carrying.objects.get_or_create(question=question, defaults={"looked_at": timezone.now()})
    return carry(question.pk, found, why=Why.KNOWS)


@transaction.atomic
def carry(number: int, found: Sequence[Likely], *, why: Why, most: int = FIRST) -> list[int]:
    """To as many more as may have it: `most` and one for each who declined, never over five. Returns to whom."""
    question = held(number)
    if question is None or not can_be_carried(question):
        return []
    rows = Carried.objects.filter(question=number)
    had = set(rows.values_list("person_id", flat=True))
    declined = rows.by_itself().filter(state=CarriedState.DECLINED).count()
    count = rows.by_itself().count()
    room = min(most + declined, MOST_CARRIED) - count
    new = [one for one in found if one.person not in had][:LOCKED]
    able = askable(question, [one.person for one in new]) if room > 0 else set()
    because = {one.person: one.because for one in new if one.person in able}
    chosen = list(because)[: max(room, 0)]
    now = timezone.now()
    lay(
        Carried(question=question, person_id=person, why=why, because_id=because[person], carried_at=now)
        for person in chosen
    )
    return chosen


@transaction.atomic
def widen(number: int, found: Sequence[Likely]) -> list[int]:
    """Nobody has answered: once, to the rest."""
    now = timezone.now()
    if not Carrying.objects.filter(pk=number, widened_at=None).update(widened_at=now):
        return []
    return carry(number, found, why=Why.WIDENED, most=MOST_CARRIED)


def note_answer(number: int, person: int) -> None:
    """Somebody has answered, to whom it had been carried perhaps."""
    rows = Carried.objects.filter(question=number, person=person).exclude(state=CarriedState.ANSWERED)
    rows.update(state=CarriedState.ANSWERED, decided_at=timezone.now())


# By people


@transaction.atomic
def invite(question: Post, person: Person, *, by: int | None) -> None:
    """Call somebody by name. by: None where the asker did not say their name. Raises Refused.

    Whoever has it already is noted as invited and not told again: to whom it went is nobody's to know.
    """
    stands = held(question.pk)
    if stands is None:
        raise Refused(NOT_OPEN)
    rows = Carried.objects.filter(question=question)
    had = rows.filter(person=person).first()
    if had and had.is_invited:
        return
    check(stands, person, by=by)
    if rows.filter(is_invited=True).count() >= MOST_INVITED:
        raise Refused(ENOUGH)
    if had:
        rows.filter(pk=had.pk).update(is_invited=True, invited_by=by)
        return
    row = Carried(question=stands, person=person, why=Why.INVITED, is_invited=True, carried_at=timezone.now())
    row.invited_by_id = by
    lay([row])


@transaction.atomic
def pass_on(row: Carried, person: Person, *, word: str = "") -> None:
    """To one colleague who knows, by whoever has it. Raises Refused. Whoever had it before does not get it again."""
    stands = held(row.question_id)
    mine = Carried.objects.select_for_update().filter(pk=row.pk, state=CarriedState.WAITING).first()
    if stands is None or mine is None:
        raise Refused(NOT_OPEN)
    if person.pk == mine.passed_by_id:
        raise Refused(FROM_THEM, person.name)
    if mine.step >= MOST_HANDS:
        raise Refused(FAR_ENOUGH)
    check(stands, person, by=mine.person_id)
    now = timezone.now()
    Carried.objects.filter(pk=mine.pk).update(state=CarriedState.PASSED, decided_at=now)
    theirs = Carried.objects.filter(question=stands, person=person)
    if theirs.exists():
        theirs.filter(state=CarriedState.WAITING, passed_by=None).update(passed_by=mine.person_id, word=word)
        return
    row = Carried(question=stands, person=person, why=Why.PASSED_ON, step=mine.step + 1, word=word, carried_at=now)
    row.passed_by_id = mine.person_id
    lay([row])


@transaction.atomic
def decline(row: Carried) -> bool:
    """Not now. Returns whether the house is to look for somebody else instead."""
    waiting = Carried.objects.filter(pk=row.pk, state=CarriedState.WAITING)
    changed = waiting.update(state=CarriedState.DECLINED, decided_at=timezone.now())
    return bool(changed) and row.why in (Why.KNOWS, Why.WIDENED)


@transaction.atomic
def ask_job(question: Post, job: JobFunction) -> None:
    """To those who do this job, once for a question. Raises Refused."""
    now = timezone.now()
    Carrying.objects.get_or_create(question=question, defaults={"looked_at": now})
    stands = held(question.pk)
    if stands is None:
        raise Refused(NOT_OPEN)
    if not Carrying.objects.filter(pk=question.pk, asked_job_at=None).update(job=job, asked_job_at=now):
        raise Refused(ASKED_JOB)
    had = set(Carried.objects.filter(question=question).values_list("person_id", flat=True))
    new = [person for person in doing(job, stands) if person not in had]
    able = askable(stands, new)
    lay(
        Carried(question=stands, person_id=person, why=Why.SAME_JOB, carried_at=now) for person in new if person in able
    )


# What they share


def held(number: int) -> Post | None:
    """The question as it is now, if it is open; nobody else carries it meanwhile."""
    Carrying.objects.get_or_create(question_id=number, defaults={"looked_at": timezone.now()})
    Carrying.objects.select_for_update().get(pk=number)
    question = Post.objects.filter(pk=number).first()
    return question if question and is_open(question) else None


def askable(question: Post, people: Collection[int]) -> set[int]:
    """Those of them who may be asked at this moment, and who are asked by nobody else until this transaction ends: two
    workers together never push anybody over their limit."""
    rows = Person.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk")
    free = set(free_now().filter(pk__in=list(rows.values_list("pk", flat=True))).values_list("pk", flat=True))
    return readers_among(question, free)


def check(question: Post, person: Person, *, by: int | None) -> None:
    """Whether this one may be called to the question by name. Of an unnamed question the asker is like anybody: a
    refusal would tell who it is."""
    if person.pk in (question.author_id, by):
        raise Refused(OWN)
    if not readers_among(question, [person.pk]):
        raise Refused(CANNOT_READ, person.name)
    if question.thread.filter(author=person, kind="answer", state="shown").exists():
        raise Refused(ANSWERED, person.name)
    if person.pk not in askable(question, [person.pk]):
        raise Refused(NOT_NOW, person.name)


def lay(rows: Iterable[Carried]) -> None:
    """Before people, and into the ledger, from where the news goes out."""
    made = Carried.objects.bulk_create(list(rows))
    record_many(told(row) for row in made)


def told(row: Carried) -> Event:
    at: datetime = row.carried_at
    actor = row.passed_by_id or row.invited_by_id
    verb = Verb.ASKED_ALONG if row.invited_by_id else Verb.CARRIED
    return Event(verb=verb, actor_id=actor, target_id=row.person_id, post_number=row.question_id, at=at)
