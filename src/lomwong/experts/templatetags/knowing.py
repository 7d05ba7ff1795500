"""What the page of a person shows of what they know, without knowing of it."""

from typing import Any

from django import template

from lomwong.experts.models import AskingChoice
from lomwong.experts.topics import pages
from lomwong.experts.topics.pages import Known, OwnTopics
from lomwong.people.models import Person

register = template.Library()


@register.simple_tag(takes_context=True)
def known_of(context: dict[str, Any], person: Person) -> Known:
    return pages.known_of(person, context["request"].user)


@register.simple_tag
def own_topics_of(person: Person) -> OwnTopics:
    """For what somebody takes home; never on a page that others see."""
    return pages.own_topics(person)


@register.simple_tag
def own_choice_of(person: Person) -> AskingChoice | None:
    return AskingChoice.objects.filter(person=person).first()
