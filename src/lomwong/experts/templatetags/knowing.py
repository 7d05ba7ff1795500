"""What the page of a person shows of what they know, without knowing of it."""

from typing import Any

from django import template

from lomwong.experts.carrying.choosing import free_now
from lomwong.experts.models import AskingChoice
from lomwong.experts.topics import pages
from lomwong.experts.topics.pages import Known, OwnTopics
from lomwong.people.models import Person
from lomwong.people.rules import can_write

register = template.Library()


@register.simple_tag(takes_context=True)
def known_of(context: dict[str, Any], person: Person) -> Known:
    return pages.known_of(person, context["request"].user)


@register.simple_tag(takes_context=True)
def may_be_greeted(context: dict[str, Any], person: Person) -> bool:
    """Whether this viewer may call this colleague to a question just now. One query."""
    viewer = context["request"].user
    return can_write(viewer) and viewer.pk != person.pk and free_now().filter(pk=person.pk).exists()


@register.simple_tag
def own_topics_of(person: Person) -> OwnTopics:
    """For what somebody takes home; never on a page that others see."""
    return pages.own_topics(person)


@register.simple_tag
def own_choice_of(person: Person) -> AskingChoice | None:
    return AskingChoice.objects.filter(person=person).first()
