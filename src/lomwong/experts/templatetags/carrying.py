"""{% carried_here number %}: what a question's page says to this reader of its way."""

from typing import Any

from django import template

from lomwong.experts.carrying.queries import Here, here, jobs_for
from lomwong.people.models import Person

register = template.Library()


@register.inclusion_tag("experts/_carried_here.html", takes_context=True)
def carried_here(context: template.Context, number: int) -> dict[str, Any]:
    """For people of the house: one query, whoever asks."""
    viewer = context["request"].user
    found = here(number, viewer) if isinstance(viewer, Person) else Here()
    return {
        "here": found,
        "number": number,
        "jobs": jobs_for(viewer) if found.is_unknown else [],
        "user": viewer,
        "csrf_token": context.get("csrf_token"),
    }
