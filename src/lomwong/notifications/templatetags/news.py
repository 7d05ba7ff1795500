"""The bell."""

from django import template

from lomwong.notifications import queries
from lomwong.people.models import Viewer

register = template.Library()


@register.simple_tag
def has_new(viewer: Viewer) -> bool:
    return queries.has_new(viewer)
