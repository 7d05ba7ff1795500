"""What can be followed, and put into a planet: people, communities, tags, series, blogs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet

from lomwong.communities.models import Community
from lomwong.kit.exists import ExistsSql, marks
from lomwong.kit.prepared import STAND_INS, Prepared
from lomwong.people.models import Person, Viewer
from lomwong.posts.listing import Listing, Threads
from lomwong.posts.models import Authorship, Blog, Follow, Placement, PlanetSource, Post, PostQuerySet, Series, Tag

Target = Person | Community | Tag | Series | Blog

MODELS: dict[str, type[Model]] = {
    "person": Person,
    "community": Community,
    "tag": Tag,
    "series": Series,
    "blog": Blog,
}
FEW = 500  # entries: so many are sorted faster than the whole house is walked through


def kind_of(target: Model) -> str:
    """`person` for a Person; also for the lazy one that a request carries."""
    return next(kind for kind, model in MODELS.items() if isinstance(target, model))


def nameable(kind: str, viewer: Viewer) -> QuerySet[Any]:
    """Those whose name this viewer may know. A tag, series or blog in which they may read nothing is not there."""
    if kind == "person":
        people: QuerySet[Any] = Person.objects.visible_to(viewer).select_related("unit")
        return people
    if kind == "community":
        return Community.objects.visible_to(viewer)
    if kind == "tag":
        return Tag.objects.filter(Exists(Post.objects.visible_to(viewer).filter(tags=OuterRef("pk"))))
    return Series.objects.visible_to(viewer) if kind == "series" else Blog.objects.visible_to(viewer)


def known(kind: str, pks: Collection[int], viewer: Viewer) -> QuerySet[Any]:
    found: QuerySet[Any] = nameable(kind, viewer).filter(pk__in=pks)
    return found


@dataclass(frozen=True, slots=True)
class Targets:
    """Numbers, by kind."""

    person: frozenset[int] = frozenset()
    community: frozenset[int] = frozenset()
    tag: frozenset[int] = frozenset()
    series: frozenset[int] = frozenset()
    blog: frozenset[int] = frozenset()

    @classmethod
    def of(cls, rows: QuerySet[Follow] | QuerySet[PlanetSource]) -> Targets:
        columns = zip(*rows.values_list(*(f"{kind}_id" for kind in MODELS)), strict=True)
        found = [frozenset(pk for pk in column if pk is not None) for column in columns]
        return cls(*found)

    def __bool__(self) -> bool:
        return bool(self.person or self.community or self.tag or self.series or self.blog)

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(kind for kind in MODELS if getattr(self, kind))


# For each kind one number that stands for all of them, as long as only the SQL is made.
FOR = dict(zip(MODELS, STAND_INS[1:], strict=False))
NUMBERS = STAND_INS[len(FOR) + 1]

ALONG = (
    "SELECT 1 FROM posts_authorship ga WHERE ga.post_id = {{0}} AND ga.person_id IN ({}) AND ga.accepted_at IS NOT NULL"
)
PLACED = "SELECT 1 FROM posts_placement gp WHERE gp.post_id = {{0}} AND gp.community_id IN ({})"
TAGGED = "SELECT 1 FROM posts_post_tags gt WHERE gt.post_id = {{0}} AND gt.tag_id IN ({})"


def any_of(sql: str, numbers: Collection[int]) -> Q:
    """One of the three, for these people, circles or tags."""
    params = sorted(numbers)
    return Q(ExistsSql(sql.format(marks(params)), F("pk"), params=params))


def gathered(targets: Targets) -> Q:
    """Whether a thread comes from one of these. Says nothing about who may read it."""
    wanted = Q(pk__in=[])
    if targets.person:
        wanted |= Q(author__in=targets.person) | any_of(ALONG, targets.person)
    if targets.community:
        wanted |= any_of(PLACED, targets.community)
    if targets.tag:
        wanted |= any_of(TAGGED, targets.tag)
    if targets.series:
        wanted |= Q(series__in=targets.series)
    if targets.blog:
        wanted |= Q(blog__in=targets.blog)
    return wanted


def threads_from(targets: Targets) -> PostQuerySet:
    """The threads that come from these; quick both for one rare tag and for half the house.

    Many are met soon when one walks through the house, the last touched first. Few are better fetched and sorted.
    """
    few = few_of(targets)
    return Post.objects.threads().filter(gathered(targets) if few is None else Q(number__in=few))


def stand_ins(kinds: frozenset[str]) -> Targets:
    return Targets(**{kind: frozenset([FOR[kind]]) for kind in kinds})


def listed_from(targets: Targets, kind: str = "") -> Listing:
    """The same for pages; of one kind of post, where it is named."""
    few = few_of(targets)
    if few is None:
        return Listing(_gathered(targets.kinds, kind), {FOR[each]: getattr(targets, each) for each in targets.kinds})
    return Listing(_numbered(kind), {NUMBERS: few})


@cache
def _gathered(kinds: frozenset[str], kind: str) -> Threads:
    return Threads(lambda: _of_kind(Post.objects.filter(gathered(stand_ins(kinds))), kind))


@cache
def _numbered(kind: str) -> Threads:
    return Threads(lambda: _of_kind(Post.objects.filter(number__in=[NUMBERS]), kind))


def _of_kind(posts: PostQuerySet, kind: str) -> PostQuerySet:
    return posts.filter(kind=kind) if kind else posts


def few_of(targets: Targets) -> list[int] | None:
    """The numbers of all threads from these; None when they are many."""
    if not targets:
        return []
    rows = _few(targets.kinds).rows({FOR[kind]: getattr(targets, kind) for kind in targets.kinds})
    return [number for (number,) in rows] if len(rows) <= FEW else None


@cache
def _few(kinds: frozenset[str]) -> Prepared:
    def build() -> QuerySet[Any, Any]:
        first, *others = numbers_of(stand_ins(kinds))
        return (first.union(*others, all=True) if others else first)[: FEW + 1]

    return Prepared(build)


def numbers_of(targets: Targets) -> list[QuerySet[Any, Any]]:
    """A list of post numbers for each kind, each by an index of its own."""
    threads = Post.objects.threads().order_by()
    found: list[QuerySet[Any, Any]] = []
    if targets.person:
        found.append(threads.filter(author__in=targets.person).values_list("number"))
        along = Authorship.objects.filter(person__in=targets.person, accepted_at__isnull=False).order_by()
        found.append(along.values_list("post_id"))
    if targets.community:
        placed = Placement.objects.filter(community__in=targets.community, post__parent__isnull=True)
        found.append(placed.values_list("post_id"))
    if targets.tag:
        found.append(tag_numbers(targets.tag))
    if targets.series:
        found.append(threads.filter(series__in=targets.series).values_list("number"))
    if targets.blog:
        found.append(threads.filter(blog__in=targets.blog).values_list("number"))
    return found


def tag_numbers(tags: Iterable[int]) -> QuerySet[Any, Any]:
    return Post.tags.through.objects.filter(tag__in=tags).values_list("post_id")
