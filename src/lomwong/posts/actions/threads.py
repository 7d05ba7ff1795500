"""What every verb does to the thread around it: hold it, count it, move it, take it out."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Count, F, Max, ProtectedError, Q
from django.utils import timezone

from lomwong.activity.actions import record, record_many
from lomwong.activity.models import Event, Verb
from lomwong.communities.models import Community
from lomwong.people.models import Person
from lomwong.posts.models import Placement, Post, PostQuerySet, State


def touch_thread(root_number: int) -> None:
    """Something on the thread's page is not as it was: what was kept of it is stale."""
    Post.objects.filter(pk=root_number).update(version=F("version") + 1)


def held(number: int) -> Post:
    """The first post of a thread, locked: a reply that comes while the thread is moved must not stay behind."""
    return Post.objects.select_for_update().get(pk=number)


def held_above(post: Post) -> Post:
    """The first post of the thread in which this one lies by now, locked: it may have been laid elsewhere since it
    was read."""
    number = post.root_id or post.number
    while True:
        root = held(number)
        if root.root_id is None and root.pk == post.pk:
            return root
        number = Post.objects.values_list("root_id", flat=True).get(pk=post.pk) or post.pk
        if number == root.pk:
            return root


def move_thread(root: Post, *, communities: Sequence[Community], audience: str) -> None:
    """Lay a whole thread into other communities. Replies go with it, and so does who may read them."""
    held(root.number)
    numbers = [root.number, *root.thread.values_list("number", flat=True)]
    Placement.objects.filter(post__in=numbers).exclude(community__in=communities).delete()
    Placement.objects.bulk_create(
        (Placement(post_id=number, community=community) for number in numbers for community in communities),
        ignore_conflicts=True,
    )
    root.audience = None if communities else audience
    Post.objects.filter(number__in=numbers).update(audience=root.audience)
    touch_thread(root.number)
    note_talk(communities, root.lifted_at)


@transaction.atomic
def delete_posts(posts: Iterable[Post], *, by: Person) -> None:
    """Take them out for good. ProtectedError when something that others wrote would hang below nothing.

    A whole branch goes at once, given together.
    """
    numbers = {post.number for post in posts}
    given = Post.objects.filter(number__in=numbers)
    roots = numbers | {root for root in given.values_list("root_id", flat=True) if root}
    threads = list(Post.objects.select_for_update().filter(number__in=roots).order_by("number"))  # no reply comes now
    left_behind = hanging_below(numbers)
    if left_behind:
        raise ProtectedError("Something hangs below them.", set(left_behind))
    given.update(parent=None, root=None)
    given.delete()
    now = timezone.now()
    record_many(Event(verb=Verb.DELETED, actor_id=by.pk, post_number=number, at=now) for number in sorted(numbers))
    for thread in threads:
        if thread.number not in numbers:
            recount(thread)
            record(Verb.EDITED, actor_id=by.pk, post_number=thread.number)  # it may be unanswered again


def hanging_below(numbers: Collection[int]) -> PostQuerySet:
    """What would be left without its parent or its thread."""
    below = Post.objects.filter(Q(parent__in=numbers) | Q(root__in=numbers))
    return below.exclude(number__in=numbers)


def recount(root: Post) -> None:
    """Bring the counters of a thread into step with its replies."""
    replies = root.thread.filter(state=State.SHOWN).aggregate(count=Count("number"), last=Max("created_at"))
    Post.objects.filter(pk=root.pk).update(
        reply_count=replies["count"],
        lifted_at=max(root.created_at, replies["last"] or root.created_at),
        version=F("version") + 1,
    )


def note_talk(communities: Sequence[Community], at: datetime) -> None:
    """Remember when a community last talked."""
    Community.objects.filter(pk__in=[community.pk for community in communities]).exclude(talked_at__gt=at).update(
        talked_at=at
    )
