"""Who may do what with a post."""

from collections.abc import Collection

from django.db.models import Q

from lomwong.communities.models import Audience, Community, Membership
from lomwong.people.models import Viewer
from lomwong.people.rules import can_write
from lomwong.posts.models import Blog, Kind, Post, Series, State
from lomwong.posts.unnamed.rules import is_mine

WIDTH = {Audience.MEMBERS.value: 0, Audience.ORGANISATION.value: 1, Audience.PUBLIC.value: 2}


def can_edit_post(viewer: Viewer, post: Post) -> bool:
    """One's own words, and those one writes along; not what came from a mailing list or a saved page: that stays."""
    if viewer.pk is None or post.source or post.state == State.WITHDRAWN:
        return False
    return is_mine(viewer, post) or is_co_author(viewer, post)


def is_co_author(viewer: Viewer, post: Post) -> bool:
    """Has said yes to writing along. Replies have one author each: asking about them costs no query."""
    if viewer.pk is None or not post.is_thread:
        return False
    return any(row.person_id == viewer.pk and row.accepted_at for row in post.authorships.all())


def can_place_post(viewer: Viewer, post: Post) -> bool:
    """Blog, series, licence, who writes along: the author's alone; also of what was imported."""
    return viewer.pk is not None and viewer.pk == post.author_id and post.is_thread and post.state == State.SHOWN


def can_change_own(viewer: Viewer, thing: Blog | Series) -> bool:
    return viewer.pk is not None and viewer.pk == thing.owner_id


def can_see_invitation(viewer: Viewer, post: Post) -> bool:
    """Its author, and whoever was asked to write along, whatever they answered."""
    if viewer.pk is None:
        return False
    return viewer.pk == post.author_id or post.authorships.filter(person=viewer).exists()


def can_withdraw_post(viewer: Viewer, post: Post) -> bool:
    """Whoever wrote it, not who wrote along; also what is hidden or was imported."""
    return post.state != State.WITHDRAWN and is_mine(viewer, post)


def can_see_history(viewer: Viewer, post: Post) -> bool:
    """Earlier words are for those who wrote them and those who look after the place; for readers never."""
    if viewer.pk is None or post.state == State.WITHDRAWN:
        return False
    return is_mine(viewer, post) or is_co_author(viewer, post) or looks_after(viewer, post)


def looks_after(viewer: Viewer, post: Post) -> bool:
    """An operator everywhere, a host in their circles."""
    if viewer.pk is None:
        return False
    seats = Membership.objects.seated().filter(person=viewer, is_host=True)
    return viewer.is_staff or seats.filter(community__placements__post=post).exists()


def can_erase_revision(viewer: Viewer, post: Post) -> bool:
    """Personal data written by mistake: the author takes an earlier version away for good."""
    return is_mine(viewer, post)


def can_reply(viewer: Viewer, post: Post) -> bool:
    """Whoever may read the thread, unless it is locked, or they are suspended. One's own reply stays readable when
    the thread closes, but is no way back in."""
    threads = Post.objects.visible_to(viewer).filter(pk=post.root_id or post.pk, is_locked=False)
    return can_write(viewer) and threads.exists()


def can_accept_answer(viewer: Viewer, answer: Post) -> bool:
    """The one who asked says what worked."""
    return answer.kind == Kind.ANSWER and answer.root is not None and is_mine(viewer, answer.root)


def can_move_thread(root: Post, *, communities: Collection[Community], audience: str) -> bool:
    """Whether the thread may be laid there. What others have said in it for few ears is not opened to more."""
    # Below an unnamed question only its asker talks unnamed; a reply without an author is of an account now gone.
    own = Q(is_unnamed=True) if root.is_unnamed else Q(author=root.author_id)
    if not root.thread.exclude(own).exists():
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
