"""The private addresses of one person, ready for their page."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from lomwong.communities.models import Community
from lomwong.feeds.channels import place_of
from lomwong.feeds.entries import whole
from lomwong.feeds.models import FeedKey
from lomwong.people.models import Person
from lomwong.posts.models import Planet, Tag

MOST_SHOWN = 50  # of each kind


@dataclass(frozen=True, slots=True)
class Address:
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class KeyWithAddresses:
    feed_key: FeedKey
    addresses: list[Address]


def addresses_of(person: Person) -> list[KeyWithAddresses]:
    """Each key with what it opens: all around, what they follow, their circles, planets and tags. Four queries."""
    places = [(_("All that you may read"), ("all", "")), (_("What you follow"), ("following", ""))]
    places += [(circle.name, place_of(circle)) for circle in Community.objects.of(person)[:MOST_SHOWN]]
    places += [(planet.name, place_of(planet)) for planet in _planets(person)]
    places += [(f"#{tag.name}", place_of(tag)) for tag in Tag.objects.filter(followed_by__follower=person)[:MOST_SHOWN]]
    return [
        KeyWithAddresses(feed_key, [Address(name, private_address(feed_key, *place)) for name, place in places])
        for feed_key in FeedKey.objects.visible_to(person)
    ]


def _planets(person: Person) -> list[Planet]:
    return list(Planet.objects.filter(keepers__person=person)[:MOST_SHOWN])


def private_address(feed_key: FeedKey, kind: str, key: str, form: str = "atom") -> str:
    place = [kind, key] if key else [kind] if kind != "all" else []
    return whole(reverse("feeds:private_feed", args=[feed_key.key, form, *place]))
