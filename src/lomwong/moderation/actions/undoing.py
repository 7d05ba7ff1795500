"""Take a deed back from the trail; appeal, and decide."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lomwong.moderation.actions.hiding import take_back_hide
from lomwong.moderation.actions.locking import take_back_lock
from lomwong.moderation.actions.merging import take_back_merge
from lomwong.moderation.actions.moving import take_back_move
from lomwong.moderation.actions.suspending import take_back_suspension
from lomwong.moderation.actions.visitors import take_back_let_in
from lomwong.moderation.models import Appeal, Deed, Flag
from lomwong.moderation.trail import note_deed
from lomwong.people.models import Person
from lomwong.posts.models import Post, State


class CannotUndo(Exception):
    """What came later stands in the way. The message says what."""


def take_back_keep(deed: Deed) -> None:
    """Somebody looks again: what was pointed out waits as before."""
    Flag.objects.filter(answered_by=deed).update(answered_by=None)


TAKE_BACK: dict[str, Callable[[Deed], None]] = {
    Deed.Kind.HIDE: take_back_hide,
    Deed.Kind.LET_IN: take_back_let_in,
    Deed.Kind.TURN_AWAY: take_back_hide,
    Deed.Kind.LOCK: take_back_lock,
    Deed.Kind.MOVE: take_back_move,
    Deed.Kind.MERGE: take_back_merge,
    Deed.Kind.KEEP: take_back_keep,
    Deed.Kind.SUSPEND: take_back_suspension,
}


@transaction.atomic
def undo_deed(deed: Deed, *, by: Person, reason: str, note: str = "") -> Deed:
    """Everything is as it was before the deed, but for what people wrote since. CannotUndo when that cannot be."""
    deed = Deed.objects.select_for_update(of=("self",)).select_related("post").get(pk=deed.pk)
    if deed.is_undone:
        raise CannotUndo(_("Somebody has taken it back already."))
    fault = why_not(deed)
    if fault:
        raise CannotUndo(fault)
    places = list(deed.communities.all())
    TAKE_BACK[deed.kind](deed)
    post = Post.objects.get(pk=deed.post_id) if deed.post_id else None
    is_told = deed.kind not in (Deed.Kind.KEEP, Deed.Kind.TURN_AWAY)
    return note_deed(
        Deed.Kind.UNDO,
        by=by,
        post=post,
        person=deed.person,
        reason=reason,
        note=note,
        also_in=places,
        undoes=deed,
        is_told=is_told,
    )


def why_not(deed: Deed) -> str:
    """What stands in the way of taking it back; empty when nothing does."""
    if deed.kind in (Deed.Kind.SUSPEND, Deed.Kind.KEEP):
        return ""
    post = deed.post
    if post is None:
        return _("The entry is gone for good.")
    root = post.root
    if deed.kind in (Deed.Kind.HIDE, Deed.Kind.MERGE) and root is not None and root.state == State.HIDDEN:
        return _("The whole thread is hidden. Show that first.")
    if deed.kind == Deed.Kind.MOVE and sorted(post.communities.values_list("pk", flat=True)) != deed.data["to"]:
        return _("It has been moved again since.")
    if deed.kind in (Deed.Kind.MOVE, Deed.Kind.LOCK) and not post.is_thread:
        return _("It has been laid into another thread since. Take that back first.")
    if deed.kind == Deed.Kind.MERGE and post.root_id != deed.data["into"]:
        return _("The thread it lies in has been laid into another one since. Take that back first.")
    return ""


@transaction.atomic
def appeal_deed(deed: Deed, *, by: Person, words: str) -> Appeal:
    """Once; a second time changes nothing."""
    given = {"by": by, "words": words, "at": timezone.now()}
    return Appeal.objects.get_or_create(deed=deed, defaults=given)[0]


@transaction.atomic
def decide_appeal(appeal: Appeal, *, by: Person, is_granted: bool, answer: str) -> Deed | None:
    """With words, to be read by whoever appealed. Granted, the deed is taken back."""
    appeal = Appeal.objects.select_for_update(of=("self",)).select_related("deed", "deed__post").get(pk=appeal.pk)
    if appeal.decided_at is not None:
        raise CannotUndo(_("Somebody has decided already."))
    appeal.decided_by, appeal.decided_at = by, timezone.now()
    appeal.is_granted, appeal.answer = is_granted, answer
    appeal.save(update_fields=["decided_by", "decided_at", "is_granted", "answer"])
    if is_granted:
        return undo_deed(appeal.deed, by=by, reason=_("An appeal was right."), note=answer)
    return note_deed(
        Deed.Kind.DECIDE,
        by=by,
        post=appeal.deed.post,
        person=None if is_sealed(appeal.deed.post) else appeal.by,
        reason=_("Looked at again after an appeal: it stays so."),
        note=answer,
        also_in=list(appeal.deed.communities.all()),
    )


def is_sealed(post: Post | None) -> bool:
    """Who appeals for it is not named either."""
    return post is not None and post.is_unnamed
