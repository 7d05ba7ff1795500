"""Fills every form of the house with somebody's words, and opens every page on which they are shown."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lomwong.communities.models import Audience, Community
from lomwong.communities.tests.factories import make_community
from lomwong.kit.tests.attacks import ATTACKS, ODD, packed
from lomwong.moderation.forms import stamp
from lomwong.people.models import Person
from lomwong.people.tests.factories import make_person
from lomwong.posts.drafts.typed import new_key
from lomwong.posts.models import Post
from lomwong.site.tests.harmless import Page, read

PLAIN = ["คำ", "เรื่องของ [@คน](person:1) กับ **ของ** `x` https://x.example/ก", "> อ้าง\n\n- ข้อ\n\n## หัว", "a\nb"] * 6


@dataclass
class Words:
    """`texts` in the portions that fields take."""

    texts: list[str]

    def lines(self, limit: int) -> list[str]:
        return packed(limit, self.texts)

    @property
    def whole(self) -> str:
        return "\n\n".join(self.texts)


HOSTILE = Words([*ATTACKS, *ODD])
HARMLESS = Words(PLAIN)


@dataclass
class House:
    """`me` writes; `other` answers; `keeper` and `second` run the house; a visitor has no account."""

    words: Words
    pages: list[Page] = field(default_factory=list)
    me: Person = field(default_factory=lambda: make_person("วรรณา"))
    other: Person = field(default_factory=lambda: make_person("เดชา"))
    keeper: Person = field(default_factory=lambda: make_person("ธนัช", is_staff=True))
    second: Person = field(default_factory=lambda: make_person("เกษม", is_staff=True))

    def __post_init__(self) -> None:
        self.circle: Community = make_community(audience=Audience.PUBLIC, by=self.me, people=[self.other, self.keeper])
        self.circle.lets_visitors_comment = True
        self.circle.save()
        self.doors = {who: self.door(who) for who in (self.me, self.other, self.keeper, self.second, None)}

    def door(self, who: Person | None) -> Client:
        client = Client()
        if who:
            client.force_login(who)
        return client

    def send(self, who: Person | None, address: str, **fields: Any) -> Any:
        """POST; whatever comes back is no fault of the server's, and a page is a harmless one."""
        cache.clear()  # how often somebody writes is looked at elsewhere
        response = self.doors[who].post(address, fields)
        assert response.status_code in {200, 201, 302, 303, 409, 422}, (address, response.status_code, fields)
        self.look_at(response, address)
        return response

    def open(self, who: Person | None, *addresses: str, **asked: str) -> None:
        for address in addresses:
            response = self.doors[who].get(address, asked)
            assert response.status_code in {200, 302, 410, 404 if asked else 200}, (
                address,
                response.status_code,
                asked,
            )
            self.look_at(response, address)

    def look_at(self, response: Any, address: str) -> None:
        if response.headers.get("Content-Type", "").startswith("text/html") and response.status_code < 300:
            page = read(response)
            assert page.faults == [], (address, page.faults[:3])
            self.pages.append(page)
        elif response.status_code in {302, 303}:
            assert response["Location"].startswith(("/", "?")), response["Location"]
            assert not response["Location"].startswith(("//", "/\\"))

    def write(self, kind: str, **fields: Any) -> Any:
        given = {"draft": new_key(), "communities": [self.circle.pk], "licence": "reserved", **fields}
        return self.send(self.me, reverse(f"posts:{kind}_new"), **given)

    def say_as_visitor(self, number: int, name: str, words: str) -> Any:
        given = stamp(number, at=timezone.now() - timedelta(seconds=20))
        return self.send(
            None, reverse("moderation:visitor_comment", args=[number]), name=name, words=words, stamp=given
        )


def said(house: House) -> Post:
    """What was written last by those two."""
    return Post.objects.filter(author__in=[house.me, house.other]).latest("pk")


def named(name: str, content: bytes) -> SimpleUploadedFile:
    """A file with this very name: the library would take the folder away."""
    upload = SimpleUploadedFile("x", content)
    upload._name = name  # type: ignore[attr-defined]
    return upload
