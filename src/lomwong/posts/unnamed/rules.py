"""What somebody may do with what they wrote without their name."""

from lomwong.people.models import Viewer
from lomwong.people.rules import can_write
from lomwong.posts.models import Post, State
from lomwong.posts.unnamed.queries import sealed_by, sealed_in


def is_mine(viewer: Viewer, post: Post) -> bool:
    """Whether the viewer wrote it, with or without their name. Only what is unnamed costs a query."""
    if viewer.pk is None:
        return False
    return post.author_id == viewer.pk or bool(sealed_by(viewer, [post]))


def may_be_named(viewer: Viewer, post: Post) -> int | None:
    """The viewer's number where the ledger may name them for a deed to this post; None for one behind an envelope."""
    return None if post.is_unnamed and is_mine(viewer, post) else viewer.pk


def speaks_unnamed(viewer: Viewer, root: Post) -> bool:
    """Who asked here without a name talks on without it, unless they say otherwise."""
    return bool(sealed_in(root, viewer))


def can_show_name(viewer: Viewer, post: Post) -> bool:
    """Put one's own name to one's own words, for good."""
    return post.is_unnamed and post.state == State.SHOWN and can_write(viewer) and is_mine(viewer, post)
