from django import template

from lomwong.posts.models import Post
from lomwong.posts.unnamed.wording import instead_of_name

register = template.Library()


@register.filter
def nameless(post: Post | None) -> str:
    """What stands where a name would. Safe for whatever a template calls `post`."""
    return instead_of_name(post) if isinstance(post, Post) else ""
