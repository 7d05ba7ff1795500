"""Drafting topics: all people once a week, and soon after somebody was thanked those it concerns."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from lomwong.activity.actions import advance
from lomwong.activity.models import Cursor, Event, Verb
from lomwong.activity.queries import last_position, position_of
from lomwong.experts.topics import actions
from lomwong.kit.jobs.lease import is_queued
from lomwong.posts.models import Kind, Post

READER, WEEKLY = "topics", "topics-weekly"
EVERY = timedelta(days=7)
AT_ONCE = 50  # people in one job
EVENTS = 50  # of the ledger, in one go
TELLING = (Verb.ACCEPTED, Verb.THANKED, Verb.CARRIED)  # somebody is seen to know something
TAKING = (Verb.EDITED, Verb.DELETED, Verb.MODERATED)  # evidence may be gone


@task()
def draft_topics(after: int = 0) -> None:
    """For those who have written something, by their numbers from the one after `after`; the next ones in a job of
    their own. Harmless to run twice."""
    written = (
        Post.objects.shown().filter(author__gt=after, author__is_active=True, kind__in=list(Kind)).order_by("author")
    )
    people = list(written.values_list("author", flat=True).distinct()[:AT_ONCE])
    actions.draft_for_all(people)
    if len(people) == AT_ONCE:
        draft_topics.enqueue(after=people[-1])


def draft_topics_if_due() -> None:
    """Queue a look at everybody when the last one is a week old and something happened since."""
    if is_queued(draft_topics.module_path):
        return
    last, here = Cursor.objects.filter(reader=WEEKLY).first(), last_position()
    if last is None or (last.moved_at < timezone.now() - EVERY and last.position < here):
        draft_topics.enqueue()
        advance(WEEKLY, here)


def take_in() -> None:
    """Read the ledger on: draft for whoever was thanked, and take back what has lost its evidence.

    What was imported happened long ago and waits for the weekly look. Stopped in between, the same is done again.
    """
    since, here = position_of(READER), last_position()
    if since == here:
        return
    lately = Event.objects.filter(id__gt=since, id__lte=here, at__gt=timezone.now() - EVERY)
    events = list(lately.filter(verb__in=[*TELLING, *TAKING]).order_by("id")[:EVENTS])
    if any(event.verb in TAKING for event in events):
        actions.take_back_unfounded()
    actions.draft_for_all({event.target_id for event in events if _tells(event) and event.target_id})
    advance(READER, events[-1].id if len(events) == EVENTS else here)


def _tells(event: Event) -> bool:
    """What the house itself carried to somebody shows nothing yet: it has no actor."""
    return event.verb in TELLING and (event.verb != Verb.CARRIED or event.actor_id is not None)
