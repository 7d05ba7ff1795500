"""The verbs of posts. Each is one transaction, keeps the thread's counters and version, writes in the ledger."""

from lomwong.posts.actions.belonging import (
    Belonging,
    begin_series,
    default_licence,
    invite_authors,
    open_blog,
    touch_series,
)
from lomwong.posts.actions.replies import (
    ACCEPTED_WEIGHT,
    HELP_WEIGHT,
    accept_answer,
    reply,
    reply_kind,
    take_back_accepted,
    thread_held,
)
from lomwong.posts.actions.tags import LONGEST_TAG, MOST_TAGS, shown_tag, tag_key, tags_by_key, tags_named
from lomwong.posts.actions.threads import (
    delete_posts,
    hanging_below,
    held,
    held_above,
    move_thread,
    note_talk,
    recount,
    touch_thread,
)
from lomwong.posts.actions.write import change_belonging, edit_post, write_post

__all__ = [
    "ACCEPTED_WEIGHT",
    "HELP_WEIGHT",
    "LONGEST_TAG",
    "MOST_TAGS",
    "Belonging",
    "accept_answer",
    "begin_series",
    "change_belonging",
    "default_licence",
    "delete_posts",
    "edit_post",
    "hanging_below",
    "held",
    "held_above",
    "invite_authors",
    "move_thread",
    "note_talk",
    "open_blog",
    "recount",
    "reply",
    "reply_kind",
    "shown_tag",
    "tag_key",
    "tags_by_key",
    "tags_named",
    "take_back_accepted",
    "thread_held",
    "touch_series",
    "touch_thread",
    "write_post",
]
