"""Read the ledger, and let each question find its way. Whom a question is for is worked out before anything is locked;
what is done for one line, and the cursor behind it, are one transaction."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from lomwong.activity.models import Cursor, Event, Verb
from lomwong.activity.queries import events_after, last_position, position_of
from lomwong.experts.carrying import actions
from lomwong.experts.carrying.choosing import Likely, likely
from lomwong.experts.carrying.rules import MOST_CARRIED, can_be_carried
from lomwong.experts.models import Carrying, Why
from lomwong.people.models import JobFunction, Person
from lomwong.posts.models import Kind, Post
from lomwong.posts.queries import unanswered
from lomwong.posts.unnamed.queries import author_behind

READER = "carrying"
LINES = 500  # of the ledger in one look
BATCHES = 20
OLD = timedelta(days=7)  # what was asked longer ago has found its way, or the worker stood still: it is left in peace
PATIENCE = timedelta(days=3)  # before a question goes to more people
LATE = timedelta(days=14)  # after that it is too late for it
MOST_WIDENED = 20  # in one go

Deed = Callable[[], object]


def take_in() -> int:
    """Whatever the ledger has since the last time; returns how many lines were read."""
    if position_of(READER) >= last_position():  # an idle worker is not to ask for the writer's lock
        return 0
    read = 0
    for _ in range(BATCHES):
        events = events_after(position_of(READER), limit=LINES)
        for event in events:
            find = FINDERS.get(Verb(event.verb)) if event.at > since() else None
            if find and (deed := find(event)):
                do_once(event, deed)
        if events:
            move_to(events[-1].pk)
        read += len(events)
        if len(events) < LINES:
            break
    return read


@transaction.atomic
def do_once(event: Event, deed: Deed) -> None:
    """Unless another worker has done it meanwhile."""
    cursor, _ = Cursor.objects.select_for_update().get_or_create(reader=READER)
    if cursor.position >= event.pk:
        return
    with suppress(actions.Refused):  # nobody waits for the answer: the asker sees on the page whom they invited
        deed()
    cursor.position = event.pk
    cursor.save(update_fields=["position", "moved_at"])


@transaction.atomic
def move_to(position: int) -> None:
    """Over lines that are nothing to us."""
    cursor, _ = Cursor.objects.select_for_update().get_or_create(reader=READER)
    if cursor.position < position:
        cursor.position = position
        cursor.save(update_fields=["position", "moved_at"])


def question_of(event: Event) -> Post | None:
    number = event.post_number or 0
    found = Post.objects.filter(pk=number, kind=Kind.QUESTION, parent=None, created_at__gt=since()).first()
    return found if found and can_be_carried(found) else None


def since() -> datetime:
    return timezone.now() - OLD


def posted(event: Event) -> Deed | None:
    """Those who are called by name hear of it from whoever calls them."""
    question = question_of(event)
    if question is None:
        return None
    calls = Event.objects.filter(verb=Verb.CALLED, post_number=question.pk)
    called = set(calls.values_list("target_id", flat=True))
    found = [one for one in likely(question) if one.person not in called]
    return lambda: actions.begin(question, found)


def called(event: Event) -> Deed | None:
    question, person = question_of(event), Person.objects.filter(pk=event.target_id or 0).first()
    if question is None or person is None:
        return None
    return lambda: actions.invite(question, person, by=event.actor_id)


def called_job(event: Event) -> Deed | None:
    question, job = question_of(event), JobFunction.objects.filter(pk=event.target_id or 0).first()
    if question is None or job is None:
        return None
    return lambda: actions.ask_job(question, job)


def replied(event: Event) -> Deed | None:
    """An answer, by whoever it was carried to perhaps."""
    answer = Post.objects.filter(pk=event.post_number or 0, kind=Kind.ANSWER, root__kind=Kind.QUESTION).first()
    person = author_behind(answer) if answer else None
    if answer is None or answer.root_id is None or person is None:
        return None
    number = answer.root_id
    return lambda: actions.note_answer(number, person)


def edited(event: Event) -> Deed | None:
    """It did not work after all: the question is open again, and goes to those who have not had it yet."""
    question = question_of(event)
    if question is None or not Carrying.objects.filter(pk=question.pk).exists():
        return None
    answers = list(question.thread.filter(kind=Kind.ANSWER).values_list("pk", flat=True))
    if not answers or not Event.objects.filter(verb=Verb.ACCEPTED, post_number__in=answers).exists():
        return None
    return carrying_on(question, likely(question), Why.WIDENED, MOST_CARRIED)


def carrying_on(question: Post, found: list[Likely], why: Why, most: int) -> Deed:
    return lambda: actions.carry(question.pk, found, why=why, most=most)


FINDERS: dict[Verb, Callable[[Event], Deed | None]] = {
    Verb.POSTED: posted,
    Verb.CALLED: called,
    Verb.CALLED_JOB: called_job,
    Verb.REPLIED: replied,
    Verb.EDITED: edited,
}


def widen_due() -> int:
    """Questions that nobody has answered for three days go to a few more, once. Returns how many were looked at."""
    now = timezone.now()
    due = Carrying.objects.filter(widened_at=None, looked_at__gt=now - LATE, looked_at__lte=now - PATIENCE)
    waiting = unanswered().shown().filter(carrying__in=due, source="", is_locked=False)
    for question in waiting.order_by("number")[:MOST_WIDENED]:
        actions.widen(question.pk, likely(question))
    return len(waiting)


def carry_further(number: int) -> list[int]:
    """Somebody said: not now. The next one, if there is one."""
    question = Post.objects.filter(pk=number).first()
    return actions.carry(number, likely(question), why=Why.KNOWS) if question else []
