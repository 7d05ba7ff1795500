"""What a feed is of: the whole house, a person, a tag, a circle, a blog, a series, a planet."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _

from lomwong.communities import rules as circle_rules
from lomwong.communities.models import Community
from lomwong.people.models import Person, Viewer
from lomwong.posts.actions import tag_key
from lomwong.posts.following.queries import followed
from lomwong.posts.following.targets import Targets, threads_from
from lomwong.posts.models import Blog, Planet, Post, PostQuerySet, Series, Tag
from lomwong.posts.planets.queries import sources

ANYBODY = AnonymousUser()
LONGEST_NUMBER = 18  # digits that any database takes


@dataclass(frozen=True, slots=True)
class Channel:
    """`key` names it for good; `address` is the page that shows the same; `posts` is not yet narrowed to a viewer."""

    key: str
    title: str
    address: str
    about: str
    posts: PostQuerySet


def channel_of(kind: str, key: str, viewer: Viewer) -> Channel | None:
    """None for what is not there and for what this viewer may not know of, alike.

    Circles and planets have a feed as soon as they may be read. A tag, a person, a blog, a series is there for those
    only who may read something of it.
    """
    find = CHANNELS.get(kind)
    return find(key, viewer) if find else None


def _house(key: str, viewer: Viewer) -> Channel | None:
    posts: PostQuerySet = Post.objects.all()
    return None if key else Channel("all", _("Lomwong"), reverse("home"), "", posts)


def _following(key: str, viewer: Viewer) -> Channel | None:
    if key or not isinstance(viewer, Person):
        return None
    return Channel(f"following/{viewer.pk}", _("What you follow"), reverse("home"), "", threads_from(followed(viewer)))


def _person(key: str, viewer: Viewer) -> Channel | None:
    person = Person.objects.active().filter(pk=_number(key)).first()
    if person is None:
        return None
    posts = threads_from(Targets(person=frozenset({person.pk})))
    channel = Channel(f"person/{person.pk}", person.name, reverse("posts:by", args=[person.pk]), "", posts)
    return _if_readable(channel, viewer)


def _tag(key: str, viewer: Viewer) -> Channel | None:
    tag = Tag.objects.filter(key=tag_key(key)).first()
    if tag is None:
        return None
    address = reverse("posts:tag", args=[tag.key])
    posts = threads_from(Targets(tag=frozenset({tag.pk})))
    return _if_readable(Channel(f"tag/{tag.pk}", f"#{tag.name}", address, "", posts), viewer)


def _circle(key: str, viewer: Viewer) -> Channel | None:
    found = Community.objects.visible_to(viewer).filter(slug=key).first()
    if found is None or not circle_rules.can_read_talk(viewer, found):
        return None
    posts = threads_from(Targets(community=frozenset({found.pk})))
    return Channel(f"circle/{found.pk}", found.name, found.get_absolute_url(), found.purpose, posts)


def _blog(key: str, viewer: Viewer) -> Channel | None:
    blog = Blog.objects.visible_to(viewer).filter(slug=key).first()
    if blog is None:
        return None
    posts = threads_from(Targets(blog=frozenset({blog.pk})))
    return Channel(f"blog/{blog.pk}", blog.name, blog.get_absolute_url(), blog.about, posts)


def _series(key: str, viewer: Viewer) -> Channel | None:
    series = Series.objects.visible_to(viewer).filter(pk=_number(key)).first()
    if series is None:
        return None
    posts = threads_from(Targets(series=frozenset({series.pk})))
    return Channel(f"series/{series.pk}", series.name, series.get_absolute_url(), series.about, posts)


def _planet(key: str, viewer: Viewer) -> Channel | None:
    planet = Planet.objects.visible_to(viewer).filter(slug=key).first()
    if planet is None:
        return None
    return Channel(
        f"planet/{planet.pk}", planet.name, planet.get_absolute_url(), planet.about, threads_from(sources(planet))
    )


CHANNELS: dict[str, Callable[[str, Viewer], Channel | None]] = {
    "all": _house,
    "following": _following,
    "people": _person,
    "tags": _tag,
    "circles": _circle,
    "blogs": _blog,
    "series": _series,
    "planets": _planet,
}


def _if_readable(channel: Channel, viewer: Viewer) -> Channel | None:
    return channel if channel.posts.visible_to(viewer).threads().exists() else None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER else 0


def place_of(thing: models.Model) -> tuple[str, str]:
    """The kind and key under which `channel_of` finds it."""
    match thing:
        case Community():
            return "circles", thing.slug
        case Tag():
            return "tags", thing.key
        case Blog():
            return "blogs", thing.slug
        case Planet():
            return "planets", thing.slug
        case Series():
            return "series", str(thing.pk)
        case Person():
            return "people", str(thing.pk)
    raise TypeError(f"{type(thing).__name__} has no feed")
