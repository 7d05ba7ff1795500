"""What is alive around the reader, from every feature."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from lomwong.communities.models import Community
from lomwong.communities.queries import seat_hues
from lomwong.people.models import JobFunction, Person, Viewer
from lomwong.posts.models import Post
from lomwong.posts.queries import said_in

MATS_SHOWN = 5
COLLEAGUES_SHOWN = 3
FRESH = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Mat:
    """A circle on the floor of the home page: who sits there, and what they talk about now."""

    community: Community
    hues: list[int]
    topic: str


def mats_near(viewer: Viewer) -> list[Mat]:
    """The viewer's own circles first, then others they may read, the last to talk first. Five queries."""
    newest = F("talked_at").desc(nulls_last=True)
    own = list(Community.objects.of(viewer).order_by(newest, "pk")[:MATS_SHOWN])
    readable = Community.objects.readable_by(viewer).exclude(pk__in=[community.pk for community in own])
    others = readable.order_by(newest, "pk")[: MATS_SHOWN - len(own)]
    return lay_mats([*own, *others], viewer)


def lay_mats(communities: Collection[Community], viewer: Viewer) -> list[Mat]:
    hues = seat_hues(communities)
    topics = latest_topics(communities, viewer)
    return [Mat(community, hues.get(community.pk, []), topics.get(community.pk, "")) for community in communities]


def latest_topics(communities: Iterable[Community], viewer: Viewer) -> dict[int, str]:
    """The thread each circle touched last, as far as the viewer may read it."""
    threads = said_in(OuterRef(OuterRef("pk"))).threads().visible_to(viewer)
    latest = Subquery(threads.order_by("-lifted_at", "-number").values("number")[:1])
    pks = [community.pk for community in communities]
    numbers = dict(Community.objects.filter(pk__in=pks).annotate(latest=latest).values_list("pk", "latest"))
    posts = Post.objects.only("number", "title", "excerpt").in_bulk([number for number in numbers.values() if number])
    return {pk: posts[number].label for pk, number in numbers.items() if number}


def talking_count(mats: Iterable[Mat]) -> int:
    since = timezone.now() - FRESH
    return sum(1 for mat in mats if mat.community.talked_at and mat.community.talked_at > since)


@dataclass(frozen=True, slots=True)
class SameJob:
    function: JobFunction
    people: list[Person]


def same_job(viewer: Viewer) -> SameJob | None:
    """Three colleagues of other units who do the viewer's job, by the alphabet from a place that moves each day."""
    if not isinstance(viewer, Person):
        return None
    function = viewer.job_functions.first()
    if function is None:
        return None
    doing_it = Person.objects.visible_to(viewer).findable().filter(job_functions=function).exclude(pk=viewer.pk)
    elsewhere = doing_it.filter(~Q(unit=viewer.unit_id) | Q(unit=None)).select_related("unit")
    count = elsewhere.count()
    if not count:
        return None
    start = timezone.localdate().toordinal() * COLLEAGUES_SHOWN % count
    round_again = max(0, min(count, COLLEAGUES_SHOWN) - (count - start))
    return SameJob(function, [*elsewhere[start : start + COLLEAGUES_SHOWN], *elsewhere[:round_again]])
