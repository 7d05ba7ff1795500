"""Who does the same job elsewhere: job function × faculty, with what stands open. Counted anew for each reader from
what they may see, in a number of queries that depends neither on people nor on units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from lomwong.communities.models import Community, Membership
from lomwong.communities.queries import Circle, with_hues
from lomwong.experts.faculties import Faculties, by_campus
from lomwong.people.models import JobFunction, Person, PersonQuerySet, Unit, Viewer
from lomwong.posts.following.near import LIVELY
from lomwong.posts.models import Kind, Post, PostQuerySet
from lomwong.posts.queries import unanswered

MOST_DOTS = 5
SHOWN = 5  # questions above the map
CIRCLES = 3
LISTED = 10  # questions and stories of a cell
PEOPLE_A_PAGE = 30
LONGEST_NUMBER = 18  # digits that any database takes


@dataclass(frozen=True, slots=True)
class Cell:
    unit: Unit
    people: int  # 0: nobody is known yet, which is a gap and not a figure
    open_questions: int
    is_mine: bool  # the reader does this job here, and may be found

    @property
    def dots(self) -> range:
        return range(self.people if self.people <= MOST_DOTS else 0)


@dataclass(frozen=True, slots=True)
class Row:
    function: JobFunction
    is_mine: bool
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Map:
    campuses: list[tuple[Unit | None, list[Unit]]]
    rows: list[Row]

    @property
    def has_campuses(self) -> bool:
        return any(campus for campus, _units in self.campuses)


Place = tuple[int, int]  # job function, faculty


def doing(viewer: Viewer) -> PersonQuerySet:
    """Whom a map may show: colleagues who let themselves be found."""
    people: PersonQuerySet = Person.objects.visible_to(viewer).findable()
    return people


def open_to(viewer: Viewer) -> PostQuerySet:
    """Questions that wait for an answer, of people who let themselves be found; what was asked without a name has no
    author, and so no place on the map."""
    asked = unanswered().visible_to(viewer).threads().filter(is_locked=False)
    since = timezone.now() - LIVELY
    return asked.filter(created_at__gt=since, author__is_active=True, author__is_findable=True)


def job_map(
    viewer: Viewer,
    functions: Sequence[JobFunction],
    mine: Collection[int],
    *,
    house: Faculties,
    campus: int | None = None,
) -> Map:
    """Own jobs first. campus: only what lies on it. Two queries."""
    here = house.of.get(viewer.unit_id or 0) if isinstance(viewer, Person) else None
    people, asked = people_by_place(viewer, house), open_by_place(viewer, house)
    shown = columns(house, {unit for _function, unit in people}, campus)
    campuses = by_campus(house, shown, here if here in shown else None)
    units = [unit for _campus, below in campuses for unit in below]
    is_found = isinstance(viewer, Person) and viewer.is_findable
    rows = []
    for function in sorted(functions, key=lambda function: function.pk not in mine):
        is_own = function.pk in mine
        cells = [
            Cell(
                unit,
                people[function.pk, unit.pk],
                asked[function.pk, unit.pk],
                is_own and is_found and unit.pk == here,
            )
            for unit in units
        ]
        rows.append(Row(function, is_own, cells))
    return Map(campuses, rows)


def columns(house: Faculties, with_people: Collection[int], campus: int | None) -> list[int]:
    """Every faculty, whether we know anybody or not; a campus that has faculties only where people work for itself."""
    over = {house.of.get(unit.parent_id or 0) for unit in house.units.values() if house.of[unit.pk] == unit.pk}
    every = dict.fromkeys(house.of.values())
    shown = [pk for pk in every if pk in with_people or pk not in over]
    return [pk for pk in shown if campus is None or house.campus.get(pk) == campus]


def people_by_place(viewer: Viewer, house: Faculties) -> Counter[Place]:
    people = doing(viewer).filter(job_functions__isnull=False, unit__isnull=False)
    rows = people.order_by().values_list("job_functions", "unit").annotate(count=Count("pk"))
    return by_place(rows, house)


def open_by_place(viewer: Viewer, house: Faculties) -> Counter[Place]:
    asked = open_to(viewer).filter(author__job_functions__isnull=False, author__unit__isnull=False)
    rows = asked.order_by().values_list("author__job_functions", "author__unit").annotate(count=Count("pk"))
    return by_place(rows, house)


def by_place(rows: Iterable[tuple[int, int, int]], house: Faculties) -> Counter[Place]:
    counted: Counter[Place] = Counter()
    for function, unit, count in rows:
        if unit in house.of:
            counted[function, house.of[unit]] += count
    return counted


def stuck_elsewhere(function: JobFunction, viewer: Viewer, not_in: Collection[int]) -> list[Post]:
    """What colleagues of the same job in other faculties wait for, the newest first."""
    asked = open_to(viewer).filter(author__job_functions=function).exclude(author=viewer.pk)
    if not_in:
        asked = asked.filter(Q(author__unit__isnull=True) | ~Q(author__unit__in=not_in))
    return list(asked.select_related("author__unit").order_by("-created_at", "-number")[:SHOWN])


def circles_of(function: JobFunction, viewer: Viewer) -> list[Circle]:
    """Where people of this job sit and this reader may listen; those that talked last. Never by how many sit there."""
    seats = Membership.objects.seated().filter(community=OuterRef("pk"), person__job_functions=function)
    seats = seats.filter(person__is_active=True, person__is_findable=True)
    circles = Community.objects.readable_by(viewer).filter(Exists(seats), talked_at__isnull=False)
    return with_hues(list(circles.order_by("-talked_at", "pk")[:CIRCLES]))


@dataclass(frozen=True, slots=True)
class CellPage:
    people: list[Person]
    further: str  # number of the last one shown, for `?after=`; empty at the end
    questions: list[Post]
    stories: list[Post]
    elsewhere: list[Unit]  # other faculties in which somebody is known to do it, by the alphabet


def cell_of(function: JobFunction, unit: Unit, viewer: Viewer, house: Faculties, *, after: str = "") -> CellPage:
    """Who does the job there, what they ask, what they told lately. Five queries at most."""
    units = house.below(house.of[unit.pk])
    there = doing(viewer).filter(job_functions=function)
    people = after_number(there.filter(unit__in=units), after).select_related("unit").order_by("sort_key", "pk")
    found = list(people[: PEOPLE_A_PAGE + 1])
    shown = found[:PEOPLE_A_PAGE]
    asked = open_to(viewer).filter(author__job_functions=function, author__unit__in=units)
    told = Post.objects.visible_to(viewer).threads().filter(kind=Kind.STORY, author__in=there.filter(unit__in=units))
    taken = {house.of[pk] for pk in there.order_by().values_list("unit", flat=True).distinct() if pk in house.of}
    return CellPage(
        people=shown,
        further=str(shown[-1].pk) if len(found) > PEOPLE_A_PAGE else "",
        questions=newest(asked),
        stories=newest(told),
        elsewhere=[house.units[pk] for pk in house.units if pk in taken and pk != house.of[unit.pk]],
    )


def newest(posts: PostQuerySet) -> list[Post]:
    return list(posts.select_related("author__unit").order_by("-created_at", "-number")[:LISTED])


def after_number(people: PersonQuerySet, after: str) -> PersonQuerySet:
    if not after.isdecimal() or len(after) > LONGEST_NUMBER:
        return people
    last = Person.objects.filter(pk=int(after)).first()
    if last is None:
        return people
    return people.filter(Q(sort_key__gt=last.sort_key) | Q(sort_key=last.sort_key, pk__gt=last.pk))
