"""Who may thank whom."""

from lomwong.people.models import Viewer
from lomwong.posts.models import Post, State
from lomwong.posts.unnamed.rules import speaks_unnamed


def can_give_flower(viewer: Viewer, post: Post) -> bool:
    """Whoever reads it may thank for it; nobody thanks themselves. Nor does who asked here without a name: a flower
    carries the name of its giver."""
    if viewer.pk is None or post.state != State.SHOWN or post.author_id == viewer.pk:
        return False
    if speaks_unnamed(viewer, post.root or post):
        return False
    return not post.authorships.filter(person=viewer.pk, accepted_at__isnull=False).exists()
