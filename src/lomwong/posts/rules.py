"""Who may do what with a post."""

from collections.abc import Collection

from lomwong.communities.models import Audience, Community
from lomwong.people.models import Viewer
from lomwong.posts.models import Kind, Post

WIDTH = {Audience.MEMBERS.value: 0, Audience.ORGANISATION.value: 1, Audience.PUBLIC.value: 2}


def can_edit_post(viewer: Viewer, post: Post) -> bool:
    """One's own words only, and not what came from a mailing list or a saved page: those stay as they were."""
    return viewer.pk is not None and viewer.pk == post.author_id and not post.source


def can_reply(viewer: Viewer, post: Post) -> bool:
    """Whoever may read the thread. One's own reply stays readable when the thread closes, but is no way back in."""
    return viewer.pk is not None and Post.objects.visible_to(viewer).filter(pk=post.root_id or post.pk).exists()


def can_accept_answer(viewer: Viewer, answer: Post) -> bool:
    """The one who asked says what worked."""
    return (
        answer.kind == Kind.ANSWER
        and answer.root is not None
        and viewer.pk is not None
        and answer.root.author_id == viewer.pk
    )


def can_move_thread(root: Post, *, communities: Collection[Community], audience: str) -> bool:
    """Whether the thread may be laid there. What others have said in it for few ears is not opened to more."""
    if not root.thread.exclude(author=root.author_id).exists():
        return True
    now = root.communities.all()
    # No audience and no circle: its circle is gone, and nobody but each author reads it.
    return not is_wider((communities, audience), than=(now, root.audience or Audience.MEMBERS))


def is_wider(place: tuple[Collection[Community], str], *, than: tuple[Collection[Community], str]) -> bool:
    """Whether somebody could read there who cannot read in `than`; both are (communities, audience outside them)."""
    width, inside = _readers(*place)
    width_now, inside_now = _readers(*than)
    return width > width_now or (width == width_now == 0 and not inside <= inside_now)


def _readers(communities: Collection[Community], audience: str) -> tuple[int, set[int]]:
    """How wide, and for the narrowest also which circles."""
    width = max((WIDTH[community.audience] for community in communities), default=WIDTH[audience])
    return width, {community.pk for community in communities}
