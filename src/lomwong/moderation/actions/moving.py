"""Lay a thread into another circle, and back where it lay."""

from collections.abc import Collection

from django.db import transaction

from lomwong.communities.models import Audience, Community
from lomwong.moderation.actions.flags import answer_flags
from lomwong.moderation.actions.locking import standing
from lomwong.moderation.models import Deed
from lomwong.moderation.trail import note_deed
from lomwong.people.models import Person
from lomwong.posts.actions import held, move_thread
from lomwong.posts.models import Post


@transaction.atomic
def move_to_circle(root: Post, *, to: Collection[Community], by: Person, reason: str, note: str = "") -> Deed:
    """`to`: every circle in which it lies then."""
    root = standing(root.number)
    before = list(root.communities.order_by("pk"))
    data = {"from": [one.pk for one in before], "audience": root.audience, "to": sorted(one.pk for one in to)}
    move_thread(root, communities=list(to), audience=root.audience or Audience.MEMBERS)
    deed = note_deed(Deed.Kind.MOVE, by=by, post=root, reason=reason, note=note, data=data, also_in=before)
    answer_flags([root.number], deed)
    return deed


def take_back_move(deed: Deed) -> None:
    assert deed.post is not None, "asked by can_undo_now"
    root = held(deed.post.number)
    before = list(Community.objects.filter(pk__in=deed.data["from"]))
    move_thread(root, communities=before, audience=deed.data["audience"] or Audience.MEMBERS)
