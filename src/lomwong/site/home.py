"""What is alive around the reader, from every feature."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from lomwong.communities.models import Community
from lomwong.communities.queries import seat_hues
from lomwong.kit.dates import ago
from lomwong.kit.exists import ExistsSql
from lomwong.kit.fragments import FRAGMENTS
from lomwong.kit.prepared import STAND_INS, Prepared, loaded
from lomwong.people.models import JobFunction, Person, Viewer
from lomwong.people.prepared import ON_A_LINE, ForEach, on_a_line
from lomwong.posts.following.near import Nearness
from lomwong.posts.models import Post
from lomwong.posts.queries import LAST_TOUCHED_FIRST

MATS_SHOWN = 5
COLLEAGUES_SHOWN = 3
LOOKED_AT = 60  # colleagues, of whom some work beside the viewer
FRESH = timedelta(days=2)
Hues = dict[int, list[int]]
SAID_THERE = "SELECT 1 FROM posts_placement tp WHERE tp.post_id = {0} AND tp.community_id = {1}"


@dataclass(frozen=True, slots=True)
class Mat:
    """A circle on the floor of the home page, and what they talk about now."""

    community: Community
    topic: str


NEWEST = F("talked_at").desc(nulls_last=True)
ON_A_MAT = ("id", "name", "slug", "stage", "talked_at")
CIRCLE, THREAD = STAND_INS[1:3]
OWN = Prepared(
    lambda: Community.objects.filter(pk__in=[CIRCLE]).order_by(NEWEST, "pk").values_list(*ON_A_MAT)[:MATS_SHOWN]
)


def others(viewer: Viewer) -> QuerySet[Community, Any]:
    found = Community.objects.readable_by(viewer).exclude(pk__in=[CIRCLE]).order_by(NEWEST, "pk")
    return found.values_list(*ON_A_MAT)[:MATS_SHOWN]


OTHERS = ForEach(others)


def mats_near(near: Nearness) -> list[Mat]:
    """The viewer's own circles first, then others they may read, the last to talk first. Four queries at most."""
    rows = OWN.rows({CIRCLE: near.circles}) if near.circles else []
    if len(rows) < MATS_SHOWN:
        rows += OTHERS.rows(near.viewer, {CIRCLE: near.circles or (0,)})[: MATS_SHOWN - len(rows)]
    circles = [loaded(Community, **dict(zip(ON_A_MAT, row, strict=True))) for row in rows]
    topics = latest_topics(circles, near.viewer)
    return [Mat(circle, topics.get(circle.pk, "")) for circle in circles]


def with_topics(viewer: Viewer) -> QuerySet[Community, Any]:
    # No thread was touched after the circle last talked: there the walk down the threads begins.
    said_there = ExistsSql(SAID_THERE, F("pk"), OuterRef("pk"))
    threads = Post.objects.filter(said_there, lifted_at__lte=OuterRef("talked_at")).threads()
    latest = Subquery(threads.visible_to(viewer).order_by(*LAST_TOUCHED_FIRST).values("number")[:1])
    return Community.objects.filter(pk__in=[CIRCLE]).order_by().annotate(latest=latest).values_list("pk", "latest")


TOPICS = ForEach(with_topics)
WORDS = Prepared(lambda: Post.objects.filter(pk__in=[THREAD]).order_by().values_list("number", "title", "excerpt"))


def latest_topics(communities: Iterable[Community], viewer: Viewer) -> dict[int, str]:
    """The thread each circle touched last, as far as the viewer may read it."""
    pks = [community.pk for community in communities]
    numbers = dict(TOPICS.rows(viewer, {CIRCLE: pks})) if pks else {}
    wanted = [number for number in numbers.values() if number]
    rows = WORDS.rows({THREAD: wanted}) if wanted else []
    labels = {number: Post(number=number, title=title, excerpt=excerpt).label for number, title, excerpt in rows}
    return {pk: labels[number] for pk, number in numbers.items() if number in labels}


def drawn(mats: Collection[Mat]) -> SafeString:
    """The mats as the page shows it. Who sits there may be some minutes old: the picture is kept."""
    circles = [mat.community for mat in mats]
    hues: Hues = {}

    def draw(mat: Mat) -> str:
        if not hues:
            hues.update({circle.pk: [] for circle in circles} | seat_hues(circles))
        context = {"circle": mat.community, "hues": hues[mat.community.pk], "words": mat.topic}
        return render_to_string("communities/_circle.html", context)

    return mark_safe("".join(FRAGMENTS.get(key_of(mat), partial(draw, mat)) for mat in mats))


def key_of(mat: Mat) -> tuple[object, ...]:
    circle = mat.community
    live = ago(circle.talked_at) if circle.talked_at else ""
    state = (circle.name, circle.slug, circle.is_resting, circle.has_talked_lately, live)
    return ("mat", circle.pk, get_language(), *state, mat.topic)


def talking_count(mats: Iterable[Mat]) -> int:
    since = timezone.now() - FRESH
    return sum(1 for mat in mats if mat.community.talked_at and mat.community.talked_at > since)


@dataclass(frozen=True, slots=True)
class SameJob:
    function: JobFunction
    people: list[Person]

    @property
    def key(self) -> tuple[object, ...]:
        """All that is shown of it."""
        lines = [(person.pk, person.name, person.unit_id, person.unit and person.unit.label) for person in self.people]
        return (self.function.label, *lines)


def colleagues(viewer: Viewer) -> QuerySet[Person, Any]:
    """Who has gone, or wishes not to be found any more, is left out at once."""
    people = Person.objects.visible_to(viewer).findable().filter(pk__in=[COLLEAGUE])
    rows: QuerySet[Person, Any] = people.order_by().values_list(*ON_A_LINE)
    return rows


COLLEAGUE = STAND_INS[1]
COLLEAGUES = ForEach(colleagues)


def same_job(near: Nearness) -> SameJob | None:
    """Three colleagues of other units who do the viewer's job, by the alphabet from a place that moves each day."""
    viewer = near.viewer
    if not isinstance(viewer, Person) or not near.jobs:
        return None
    unit = viewer.unit_id or 0
    pairs = doing(near.jobs[0])
    elsewhere = [pk for pk, of in pairs if pk != viewer.pk and (not of or of != unit)]
    if not elsewhere:
        return None
    rows = COLLEAGUES.rows(viewer, {COLLEAGUE: elsewhere[:COLLEAGUES_SHOWN]})
    found = {row[0]: on_a_line(*row) for row in rows}
    shown = [found[pk] for pk in elsewhere if pk in found]
    return SameJob(near.jobs[0], shown) if shown else None


def doing(function: JobFunction) -> list[tuple[int, int]]:
    """Numbers of people who do this work, and of their units (0 for none): some from today's place on, and round."""

    def look() -> str:
        people = Person.objects.findable().filter(job_functions=function)
        count = people.count()
        start = timezone.localdate().toordinal() * COLLEAGUES_SHOWN % count if count else 0
        rows = people.values_list("pk", "unit_id")
        found = [*rows[start : start + LOOKED_AT], *rows[: min(start, LOOKED_AT)]]
        return " ".join(f"{pk}:{unit or 0}" for pk, unit in found)

    kept = FRAGMENTS.get(("doing", function.pk, timezone.localdate()), look)
    return [(int(pk), int(unit)) for pk, unit in (pair.split(":") for pair in kept.split())]
