"""Invented circles for tests."""

from collections.abc import Iterable
from datetime import datetime
from itertools import count

from lomwong.communities import actions
from lomwong.communities.models import Audience, Community
from lomwong.people.models import Person
from lomwong.people.tests.factories import make_person

number = count(1)


def make_community(
    name: str = "",
    *,
    audience: str = Audience.ORGANISATION,
    by: Person | None = None,
    people: Iterable[Person] = (),
    at: datetime | None = None,
    purpose: str = "",
) -> Community:
    """A circle, its host and further people seated."""
    community = actions.start_community(
        name=name or f"วงที่ {next(number)}", by=by or make_person(), purpose=purpose, audience=audience, at=at
    )
    for person in people:
        actions.sit_down(community, person=person, at=at)
    return community
