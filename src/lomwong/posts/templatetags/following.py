"""{% follow_button thing %}: for a person, a circle, a tag, a series, a blog."""

from typing import Any

from django import template

from lomwong.posts.following.queries import is_following
from lomwong.posts.following.targets import Target, kind_of

register = template.Library()


@register.inclusion_tag("posts/_follow.html", takes_context=True)
def follow_button(context: template.Context, thing: Target) -> dict[str, Any]:
    """Nothing for visitors, and nothing for oneself."""
    request = context["request"]
    viewer = request.user
    if not viewer.is_authenticated or thing == viewer:
        return {"kind": ""}
    return {
        "kind": kind_of(thing),
        "pk": thing.pk,
        "is_followed": is_following(viewer, thing),
        "next": request.get_full_path(),
        "csrf_token": context.get("csrf_token"),
    }
