"""Hide, and bring back exactly what was hidden."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from lomwong.moderation.actions.flags import answer_flags
from lomwong.moderation.models import Deed
from lomwong.moderation.trail import note_deed
from lomwong.people.models import Person
from lomwong.posts.actions import held_above, recount, touch_series
from lomwong.posts.actions.belonging import hold_series
from lomwong.posts.models import Post, State


@transaction.atomic
def hide_post(post: Post, *, by: Person, reason: str, note: str = "") -> Deed:
    """Nobody reads it but its authors and those who look after it. A first post takes its shown replies along.

    An answer that had been accepted is none while it is hidden.
    """
    hold_series([post.series_id])
    root = held_above(post)
    if not Post.objects.shown().filter(pk=post.pk).exists():
        raise PermissionDenied  # somebody was faster, or it was taken back
    numbers = [post.number]
    if post.number == root.number:
        numbers += root.thread.filter(state=State.SHOWN).order_by("number").values_list("number", flat=True)
    was_accepted = root.accepted_answer_id == post.number
    Post.objects.filter(number__in=numbers).update(state=State.HIDDEN)
    if was_accepted:
        Post.objects.filter(pk=root.pk).update(accepted_answer=None)
    note_hidden(post, root)
    post.state = State.HIDDEN
    data = {"hidden": numbers, "was": State.SHOWN, "accepted": was_accepted}
    deed = note_deed(Deed.Kind.HIDE, by=by, post=post, reason=reason, note=note, data=data)
    answer_flags(numbers, deed)
    return deed


def take_back_hide(deed: Deed) -> None:
    """What was withdrawn or deleted meanwhile stays so."""
    assert deed.post is not None, "asked by can_undo_now"
    hold_series([deed.post.series_id])
    root = held_above(deed.post)
    Post.objects.filter(number__in=deed.data["hidden"], state=State.HIDDEN).update(state=deed.data["was"])
    if deed.data.get("accepted") and root.accepted_answer_id is None:
        Post.objects.filter(pk=root.pk).update(accepted_answer=deed.post)
    note_hidden(deed.post, root)


def note_hidden(post: Post, root: Post) -> None:
    """Counters and version of the thread; those of the series, where a part of it comes or goes."""
    recount(root)
    if post.pk == root.pk:
        touch_series(root.series_id)
