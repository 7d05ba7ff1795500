"""Write one line of the trail, in the transaction of the deed itself."""

from collections.abc import Collection
from typing import Any

from django.utils import timezone

from lomwong.activity.actions import record
from lomwong.activity.models import Verb
from lomwong.communities.models import Audience, Community
from lomwong.moderation.models import Deed
from lomwong.people.models import Person
from lomwong.posts.models import Post


def note_deed(
    kind: str,
    *,
    by: Person,
    post: Post | None = None,
    person: Person | None = None,
    reason: str = "",
    note: str = "",
    data: dict[str, Any] | None = None,
    also_in: Collection[Community] = (),
    undoes: Deed | None = None,
    is_told: bool = True,
) -> Deed:
    """`person` is whom it meets; where none is named, the author of the post. `is_told`: the ledger has it for them."""
    places = {*(post.communities.all() if post else ()), *also_in}
    met = person.pk if person else (post.author_id if post else None)
    deed = Deed.objects.create(
        kind=kind,
        by=by,
        is_operators=by.is_staff,
        post=post,
        post_number=post.number if post else None,
        person_id=met,
        is_visible=post is not None and not is_closed(post, places),
        reason=reason,
        note=note,
        data=data or {},
        undoes=undoes,
        at=timezone.now(),
    )
    deed.communities.set(places)
    if is_told:
        record(Verb.MODERATED, actor_id=by.pk, target_id=met, post_number=deed.post_number, at=deed.at)
    return deed


def is_closed(post: Post, places: Collection[Community]) -> bool:
    """Whether what is said about it may tell of what only some may read."""
    is_nowhere = not places and post.audience not in (Audience.PUBLIC, Audience.ORGANISATION)
    return is_nowhere or any(place.audience == Audience.MEMBERS for place in places)
