"""Who may thank whom."""

from lomwong.people.models import Viewer
from lomwong.posts.models import Post, State


def can_give_flower(viewer: Viewer, post: Post) -> bool:
    """Whoever reads it may thank for it; nobody thanks themselves."""
    if viewer.pk is None or post.state != State.SHOWN or post.author_id == viewer.pk:
        return False
    return not post.authorships.filter(person=viewer.pk, accepted_at__isnull=False).exists()
