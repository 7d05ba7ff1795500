"""{% told_by person %}: the newest of what somebody began to talk about and where they sit, on their page."""

from typing import Any

from django import template

from lomwong.communities.models import Community
from lomwong.people.models import Person
from lomwong.posts.models import Post

register = template.Library()
NEWEST = 3
CIRCLES = 6


@register.inclusion_tag("posts/_told_by.html", takes_context=True)
def told_by(context: template.Context, person: Person) -> dict[str, Any]:
    """What the viewer may read: that somebody sits in a closed circle is for those who sit there. Two queries."""
    viewer = context["request"].user
    threads = Post.objects.visible_to(viewer).threads().filter(author=person)
    circles = list(Community.objects.readable_by(viewer).of(person)[: CIRCLES + 1])
    return {
        "person": person,
        "is_me": viewer.pk == person.pk,
        "threads": threads.defer("text", "html", "extra").order_by("-created_at", "-pk")[:NEWEST],
        "circles": circles[:CIRCLES],
        "has_more_circles": len(circles) > CIRCLES,
    }
