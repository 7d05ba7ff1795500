"""Start a circle, sit down, get up. Each verb is one transaction and leaves its line in the ledger."""

import re
import secrets
import unicodedata
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from lomwong.activity.actions import record
from lomwong.activity.models import Verb
from lomwong.communities.models import Audience, Community, Membership, Origin
from lomwong.people.models import Person

OUR_OWN_ADDRESSES = {"start", "mine"}
# Thai vowels above and below and tone marks are no letters to Python, but a word is not the same without them.
NOT_IN_ADDRESS = re.compile(r"[^\w\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\s-]")


def free_slug(
    name: str,
    *,
    among: QuerySet[Any] | None = None,  # rows with a `slug`; those of communities when none are given
    taken: Collection[str] = OUR_OWN_ADDRESSES,
) -> str:
    """An address from the name, Thai with all its marks; a few letters more when it is taken or empty."""
    words = NOT_IN_ADDRESS.sub("", unicodedata.normalize("NFC", name).lower())
    wanted = re.sub(r"[\s_-]+", "-", words)[:120].strip("-")
    rows = Community.objects.all() if among is None else among
    is_taken = not wanted or wanted in taken or rows.filter(slug=wanted).exists()
    return f"{wanted}-{secrets.token_hex(3)}".strip("-") if is_taken else wanted


@transaction.atomic
def start_community(
    *,
    name: str,
    by: Person | None,
    purpose: str = "",
    audience: str = Audience.ORGANISATION,
    origin: str = Origin.NATURAL,
    at: datetime | None = None,
) -> Community:
    """Roll out a mat. Whoever does it has the first seat; an import (`by=None`) leaves the mat empty."""
    now = at or timezone.now()
    community = Community.objects.create(
        name=name,
        slug=free_slug(name),
        purpose=purpose,
        audience=audience,
        origin=origin,
        opened_by=by,
        created_at=now,
    )
    record(Verb.OPENED, actor_id=by.pk if by else None, community_id=community.pk, at=now)
    if by:
        sit_down(community, person=by, is_host=True, at=now)
    return community


@transaction.atomic
def sit_down(
    community: Community,
    *,
    person: Person,
    by: Person | None = None,  # who lets them in
    is_host: bool = False,
    at: datetime | None = None,
) -> Membership:
    """Take a seat; also turns a wish to sit in into a seat. Sitting down twice changes nothing."""
    now = at or timezone.now()
    seat, is_new = Membership.objects.select_for_update().get_or_create(
        community=community, person=person, defaults={"joined_at": now, "is_host": is_host}
    )
    if not is_new and seat.state == Membership.State.SEATED:
        return seat
    if not is_new:
        seat.state, seat.joined_at, seat.is_host = Membership.State.SEATED, now, is_host
        seat.save(update_fields=["state", "joined_at", "is_host"])
    record(Verb.JOINED, actor_id=person.pk, community_id=community.pk, at=now)
    if by and by != person:
        record(Verb.WELCOMED, actor_id=by.pk, target_id=person.pk, community_id=community.pk, at=now)
    return seat


@transaction.atomic
def ask_to_sit(community: Community, *, person: Person) -> Membership:
    """Wish for a seat in a members-only circle. Somebody who sits already keeps the seat."""
    wish, is_new = Membership.objects.get_or_create(
        community=community,
        person=person,
        defaults={"state": Membership.State.ASKING, "joined_at": timezone.now()},
    )
    if is_new:
        record(Verb.ASKED, actor_id=person.pk, community_id=community.pk)
    return wish


@transaction.atomic
def get_up(community: Community, *, person: Person) -> None:
    """Leave, or take back the wish to sit in. What one wrote stays. The last host hands on to whoever sat longest."""
    seat = Membership.objects.select_for_update().filter(community=community, person=person).first()
    if seat is None:
        return
    seat.delete()
    if seat.state == Membership.State.SEATED:
        record(Verb.LEFT, actor_id=person.pk, community_id=community.pk)
    if seat.is_host:
        hand_on(community)


def hand_on(community: Community) -> None:
    """See to it that somebody may change the circle: who sat longest, rather one who has signed in already."""
    seats = Membership.objects.seated().filter(community=community, person__is_active=True)
    if seats.filter(is_host=True).exists():
        return
    by_time = seats.order_by("joined_at", "pk")
    heir = by_time.filter(person__last_login__isnull=False).first() or by_time.first()
    if heir:
        heir.is_host = True
        heir.save(update_fields=["is_host"])


@transaction.atomic
def change_community(
    community: Community,
    *,
    by: Person,
    name: str,
    purpose: str,
    audience: str,
    stage: str,
    lets_visitors_comment: bool | None = None,
) -> Community:
    """Rename, re-aim, open or close. The address stays; who may read changes at once, for old posts too.
    `lets_visitors_comment=None` leaves that as it is; a circle that closes lets nobody in from outside.

    Whoever waits at the door of a circle that opens has a seat.
    """
    community.name, community.purpose, community.audience, community.stage = name, purpose, audience, stage
    if lets_visitors_comment is not None:
        community.lets_visitors_comment = lets_visitors_comment
    community.lets_visitors_comment &= audience == Audience.PUBLIC
    community.save(update_fields=["name", "purpose", "audience", "stage", "lets_visitors_comment", "sort_key"])
    record(Verb.DESCRIBED, actor_id=by.pk, community_id=community.pk)
    if audience != Audience.MEMBERS:
        for wish in Membership.objects.asking().filter(community=community).select_related("person"):
            sit_down(community, person=wish.person, by=by)
    return community
