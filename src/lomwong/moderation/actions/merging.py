"""Lay one thread into another, and take it out again with what was said below it meanwhile."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import transaction

from lomwong.activity.actions import record
from lomwong.activity.models import Verb
from lomwong.communities.models import Community
from lomwong.moderation.actions.flags import answer_flags
from lomwong.moderation.actions.locking import standing
from lomwong.moderation.models import Deed
from lomwong.moderation.trail import note_deed
from lomwong.people.models import Person
from lomwong.posts.actions import held, recount, touch_series
from lomwong.posts.actions.belonging import hold_series
from lomwong.posts.models import Kind, Placement, Post
from lomwong.posts.unnamed.queries import holds_unnamed


@transaction.atomic
def merge_threads(root: Post, *, into: Post, by: Person, reason: str, note: str = "") -> Deed:
    """Its first post becomes a comment in the other thread, its replies follow. Numbers and addresses stay."""
    first, other = sorted((root.number, into.number))
    hold_series([root.series_id])
    # Always in this order: no two wait for each other.
    threads = {number: standing(number) for number in (first, other)}
    root, into = threads[root.number], threads[into.number]
    if holds_unnamed(root) and holds_unnamed(into):
        raise PermissionDenied  # another one was laid in meanwhile: see rules.can_merge
    before = list(root.communities.order_by("pk"))
    replies = list(root.thread.order_by("number").values_list("number", "kind"))
    data = {
        "into": into.number,
        "kind": root.kind,
        "kinds": {str(number): kind for number, kind in replies if kind == Kind.ANSWER},
        "circles": [one.pk for one in before],
        "audience": root.audience,
        "lifted_at": root.lifted_at.isoformat(),
    }
    numbers = [root.number, *(number for number, _ in replies)]
    Post.objects.filter(pk=root.pk).update(parent=into, root=into, kind=Kind.COMMENT)
    if into.kind != Kind.QUESTION:
        Post.objects.filter(number__in=numbers, kind=Kind.ANSWER).update(kind=Kind.COMMENT)
    Post.objects.filter(number__in=numbers).update(root=into, audience=into.audience)
    lay(numbers, list(into.communities.all()))
    recount(into)
    touch_series(root.series_id)
    root.refresh_from_db()
    deed = note_deed(Deed.Kind.MERGE, by=by, post=root, reason=reason, note=note, data=data, also_in=before)
    record(Verb.EDITED, actor_id=by.pk, post_number=into.number)
    answer_flags([root.number], deed)
    return deed


def take_back_merge(deed: Deed) -> None:
    """What was said below it since goes with it; an accepted answer among that is none any more."""
    assert deed.post is not None, "asked by can_undo_now"
    hold_series([deed.post.series_id])
    into, root = held(deed.data["into"]), deed.post
    below = branch_of(root, into)
    numbers = [root.number, *below]
    Post.objects.filter(pk=root.pk).update(parent=None, root=None, kind=deed.data["kind"])
    Post.objects.filter(number__in=below).update(root=root)
    Post.objects.filter(number__in=[int(number) for number in deed.data["kinds"]]).update(kind=Kind.ANSWER)
    Post.objects.filter(number__in=numbers).update(audience=deed.data["audience"])
    lay(numbers, list(Community.objects.filter(pk__in=deed.data["circles"])))
    if into.accepted_answer_id in numbers:
        Post.objects.filter(pk=into.pk).update(accepted_answer=None)
    root.refresh_from_db()
    recount(root)
    recount(into)
    touch_series(root.series_id)
    record(Verb.EDITED, actor_id=None, post_number=into.number)


def branch_of(root: Post, into: Post) -> list[int]:
    """Everything in the other thread that hangs below the post, however deep."""
    parents = into.thread.order_by("number").values_list("number", "parent_id")
    below: list[int] = []
    inside = {root.number}
    pairs = list(parents)
    while found := [number for number, parent in pairs if parent in inside and number not in inside]:
        below += found
        inside.update(found)
    return sorted(below)


def lay(numbers: Collection[int], circles: Collection[Community]) -> None:
    Placement.objects.filter(post__in=numbers).exclude(community__in=circles).delete()
    Placement.objects.bulk_create(
        (Placement(post_id=number, community=circle) for number in numbers for circle in circles),
        ignore_conflicts=True,
    )
