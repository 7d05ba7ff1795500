"""People, circles and talk to search in, through the verbs that the pages use."""

from datetime import datetime
from itertools import count

from lomwong.communities.actions import sit_down, start_community
from lomwong.communities.models import Audience, Community
from lomwong.people.models import Person
from lomwong.posts.actions import reply, write_post
from lomwong.posts.models import Kind, Post

_serial = count(1)


def make_person(name: str = "วรรณา แก้วมณี", email: str | None = None) -> Person:
    return Person.objects.create_user(email or f"person{next(_serial)}@example.org", name=name)


def make_circle(*members: Person, name: str = "พัสดุไม่ค้างปี", audience: str = Audience.MEMBERS) -> Community:
    circle = start_community(name=name, by=None, audience=audience)
    for member in members:
        sit_down(circle, person=member)
    return circle


def make_story(
    text: str,
    by: Person | None = None,
    *circles: Community,
    title: str = "เรื่องเล่า",
    audience: str = Audience.ORGANISATION,
    kind: str = Kind.STORY,
    at: datetime | None = None,
) -> Post:
    return write_post(
        kind=kind, by=by or make_person(), title=title, text=text, communities=circles, audience=audience, at=at
    )


def make_reply(parent: Post, text: str, by: Person | None = None, kind: str = Kind.COMMENT) -> Post:
    return reply(parent, kind=kind, by=by or make_person(), text=text)
