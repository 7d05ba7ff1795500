"""The verbs of care. Each is one transaction, leaves its line in the trail, and can be taken back."""

from lomwong.moderation.actions.flags import flag_post, keep_post
from lomwong.moderation.actions.hiding import hide_post
from lomwong.moderation.actions.locking import lock_thread
from lomwong.moderation.actions.merging import merge_threads
from lomwong.moderation.actions.moving import move_to_circle
from lomwong.moderation.actions.suspending import suspend_person
from lomwong.moderation.actions.undoing import CannotUndo, appeal_deed, decide_appeal, undo_deed
from lomwong.moderation.actions.visitors import let_in, turn_away, visitor_says

__all__ = [
    "CannotUndo",
    "appeal_deed",
    "decide_appeal",
    "flag_post",
    "hide_post",
    "keep_post",
    "let_in",
    "lock_thread",
    "merge_threads",
    "move_to_circle",
    "suspend_person",
    "turn_away",
    "undo_deed",
    "visitor_says",
]
