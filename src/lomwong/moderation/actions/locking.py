"""Close a thread for new words: it can be read, nothing is added."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from lomwong.moderation.actions.flags import answer_flags
from lomwong.moderation.models import Deed
from lomwong.moderation.trail import note_deed
from lomwong.people.models import Person
from lomwong.posts.actions import held, touch_thread
from lomwong.posts.models import Post, State


def standing(number: int) -> Post:
    """The first post of a thread, locked. PermissionDenied when it was hidden, taken back or laid elsewhere since."""
    root = held(number)
    if root.root_id is not None or root.state != State.SHOWN:
        raise PermissionDenied
    return root


@transaction.atomic
def lock_thread(root: Post, *, by: Person, reason: str, note: str = "") -> Deed:
    standing(root.number)
    set_lock(root, is_locked=True)
    deed = note_deed(Deed.Kind.LOCK, by=by, post=root, reason=reason, note=note)
    answer_flags([root.number], deed)
    return deed


def take_back_lock(deed: Deed) -> None:
    assert deed.post is not None, "asked by can_undo_now"
    held(deed.post.number)
    set_lock(deed.post, is_locked=False)


def set_lock(root: Post, *, is_locked: bool) -> None:
    Post.objects.filter(pk=root.pk).update(is_locked=is_locked)
    root.is_locked = is_locked
    touch_thread(root.number)
