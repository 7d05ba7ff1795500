"""What the pages of posts show of care, without knowing of it."""

from dataclasses import dataclass
from typing import Any

from django import template

from lomwong.moderation import rules
from lomwong.moderation.models import Deed
from lomwong.people.models import Viewer
from lomwong.posts.models import Post

register = template.Library()


@dataclass(frozen=True, slots=True)
class CareLinks:
    can_flag: bool
    looks_after: bool
    is_own: bool
    has_deeds: bool


@register.simple_tag(takes_context=True)
def care_links(context: dict[str, Any], post: Post) -> CareLinks:
    """For the menu of a post."""
    viewer = context["request"].user
    return CareLinks(
        can_flag=rules.can_flag(viewer, post),
        looks_after=rules.looks_after(viewer, post),
        is_own=rules.is_own(viewer, post),
        has_deeds=Deed.objects.filter(post=post).exists(),
    )


@register.simple_tag
def takes_visitors(root: Post) -> bool:
    return rules.can_comment_as_visitor(root)


@register.simple_tag
def has_care_of_something(viewer: Viewer) -> bool:
    return rules.looks_after_something(viewer)
