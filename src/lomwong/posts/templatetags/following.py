"""{% follow_button thing %}: for a person, a circle, a tag, a series, a blog."""

from typing import Any

from django import template

from lomwong.posts.following.queries import is_following
from lomwong.posts.following.targets import Target, kind_of

register = template.Library()


@register.inclusion_tag("posts/_follow.html", takes_context=True)
def follow_button(context: template.Context, thing: Target) -> dict[str, Any]:
    """Nothing for visitors, and nothing for oneself; one's own blog and series can be put into a planet."""
    request = context["request"]
    viewer = request.user
    if not viewer.is_authenticated or thing == viewer:
        return {"kind": ""}
    is_own = getattr(thing, "owner_id", None) == viewer.pk
    return {
        "kind": kind_of(thing),
        "pk": thing.pk,
        "is_own": is_own,
        "is_followed": not is_own and is_following(viewer, thing),
        "next": request.get_full_path(),
        "csrf_token": context.get("csrf_token"),
    }
