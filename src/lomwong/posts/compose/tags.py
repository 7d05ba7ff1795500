"""Tags to choose from while one types them."""

from django.db.models import Exists, OuterRef

from lomwong.people.models import Person
from lomwong.posts.actions import tag_key
from lomwong.posts.models import Post, Tag

SUGGESTED = 6


def tags_like(viewer: Person, words: str) -> list[Tag]:
    """Tags that begin so, of what the viewer may read: a tag of a closed circle is not told."""
    key = tag_key(words)
    if not key:
        return []
    read = Post.objects.visible_to(viewer).filter(tags=OuterRef("pk"))
    return list(Tag.objects.filter(Exists(read), key__startswith=key).order_by("name")[:SUGGESTED])
