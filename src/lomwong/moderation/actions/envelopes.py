"""Open the envelope of a post without a name: one asks, another agrees. Nobody does it alone."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lomwong.activity.actions import record
from lomwong.activity.models import Verb
from lomwong.moderation import rules
from lomwong.moderation.models import Deed, EnvelopeOpening
from lomwong.moderation.trail import note_deed
from lomwong.people.models import Person
from lomwong.posts.models import Envelope, Post

OpeningState = EnvelopeOpening.State


class CannotOpen(Exception):
    """It is not as it was when the page was made. The message says what."""


@transaction.atomic
def ask_to_open(post: Post, *, by: Person, reason: str) -> EnvelopeOpening:
    """The request of somebody else that still waits is returned instead: the two meet there."""
    if not rules.can_open_envelopes(fresh(by)) or rules.is_own(by, post):
        raise PermissionDenied
    if Envelope.objects.select_for_update().filter(post=post.pk, author__isnull=False).first() is None:
        raise CannotOpen(_("There is no name to be found."))
    waiting = EnvelopeOpening.objects.filter(post=post.pk, state=OpeningState.ASKED).select_related("asked_by").first()
    if waiting and waiting.is_waiting:
        return waiting
    if waiting:
        EnvelopeOpening.objects.filter(pk=waiting.pk).update(state=OpeningState.EXPIRED)
    return EnvelopeOpening.objects.create(post=post, asked_by=by, reason=reason, asked_at=timezone.now())


@transaction.atomic
def agree_to_open(opening: EnvelopeOpening, *, by: Person) -> Deed:
    """From now on both know who wrote it. The author is told at once, with the reason; the trail names both."""
    opening = held(opening)
    if not rules.can_agree_to_open(fresh(by), opening):
        raise PermissionDenied
    now = timezone.now()
    envelope = Envelope.objects.filter(post=opening.post_id, author__isnull=False)
    if not envelope.update(opened_at=now, opened_because=opening.reason):
        raise CannotOpen(_("There is no name to be found."))
    settle(opening, OpeningState.OPENED, by)
    deed = note(opening, Deed.Kind.UNSEAL, by, reason=opening.reason)
    record(Verb.UNSEALED, actor_id=None, post_number=opening.post_id, at=now)
    return deed


@transaction.atomic
def decline_to_open(opening: EnvelopeOpening, *, by: Person, answer: str = "") -> Deed:
    opening = held(opening)
    if not rules.can_agree_to_open(fresh(by), opening):
        raise PermissionDenied
    settle(opening, OpeningState.DECLINED, by, answer=answer)
    return note(opening, Deed.Kind.NO_UNSEAL, by, reason=answer)


@transaction.atomic
def take_back_request(opening: EnvelopeOpening, *, by: Person) -> None:
    opening = held(opening)
    if not rules.can_take_back_request(by, opening):
        raise PermissionDenied
    settle(opening, OpeningState.WITHDRAWN, None)


def held(opening: EnvelopeOpening) -> EnvelopeOpening:
    """As it is now, locked. CannotOpen when somebody was faster, or nobody in time."""
    rows = EnvelopeOpening.objects.select_for_update(of=("self",)).select_related("asked_by", "post")
    now = rows.get(pk=opening.pk)
    if not now.is_waiting:
        raise CannotOpen(_("This request does not wait any more."))
    return now


def fresh(by: Person) -> Person:
    """Whoever was signed in when the page was made may have left the house meanwhile."""
    now: Person = Person.objects.get(pk=by.pk)
    return now


def settle(opening: EnvelopeOpening, state: str, by: Person | None, *, answer: str = "") -> None:
    opening.state, opening.decided_by, opening.decided_at, opening.answer = state, by, timezone.now(), answer
    opening.save(update_fields=["state", "decided_by", "decided_at", "answer"])


def note(opening: EnvelopeOpening, kind: str, by: Person, *, reason: str) -> Deed:
    """Who asked and who decided, in the trail. Whom it met stands nowhere in it."""
    data = {"opening": opening.pk, "asked_by": opening.asked_by_id}
    return note_deed(kind, by=by, post=opening.post, reason=reason, data=data, is_told=False)
