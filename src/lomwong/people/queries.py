"""Page-ready reads of people and units. The number of database queries does not depend on how many there are."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q

from lomwong.people.models import Identity, Person, PersonQuerySet, Unit, Viewer

PAGE = 60


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit with what stands below it, by the alphabet."""

    unit: Unit
    below: list["Branch"] = field(default_factory=list)

    def walk(self, way: str = "") -> Iterator[tuple[Unit, str]]:
        """All below the unit, each with the way down to it: 'Faculty of Science › Chemistry'."""
        for branch in self.below:
            here = f"{way} › {branch.unit.label}" if way else branch.unit.label
            yield branch.unit, here
            yield from branch.walk(here)


def unit_tree() -> list[Branch]:
    """All units, campuses first; one query."""
    children = units_by_parent()
    tree = [grow(unit, children) for unit in children[None]]
    return sorted(tree, key=lambda branch: not branch.unit.is_campus)


def units_by_parent() -> dict[int | None, list[Unit]]:
    children: dict[int | None, list[Unit]] = defaultdict(list)
    for unit in Unit.objects.all():
        children[unit.parent_id].append(unit)
    return children


def grow(unit: Unit, children: dict[int | None, list[Unit]]) -> Branch:
    return Branch(unit, [grow(child, children) for child in children.get(unit.pk, [])])


def unit_choices() -> list[tuple[str, list[tuple[int, str]]]]:
    """For a select: every unit with the way to it, in one group for each campus."""
    return [
        (
            branch.unit.label,
            [(branch.unit.pk, branch.unit.label), *((unit.pk, way) for unit, way in branch.walk())],
        )
        for branch in unit_tree()
    ]


@dataclass(frozen=True, slots=True)
class Colleague:
    person: Person
    way: str  # from the unit whose page this is down to theirs; empty when it is the same


@dataclass(frozen=True, slots=True)
class PeoplePage:
    colleagues: list[Colleague]
    further: str  # number of the last one shown, for the next page's address; empty at the end


def people_of(unit: Unit, viewer: Viewer, *, after: str = "") -> PeoplePage:
    """Who works in the unit or below it, by the alphabet, from the one after person number `after`. Three queries."""
    ways = {unit.pk: "", **{below.pk: way for below, way in grow(unit, units_by_parent()).walk()}}
    people = Person.objects.visible_to(viewer).filter(unit__in=ways)
    last = Person.objects.filter(pk=int(after)).first() if after.isdecimal() and len(after) < 19 else None
    if last:
        people = people.filter(Q(sort_key__gt=last.sort_key) | Q(sort_key=last.sort_key, pk__gt=last.pk))
    found = list(people.order_by("sort_key", "pk")[: PAGE + 1])
    shown = [Colleague(person, ways[person.unit_id or 0]) for person in found[:PAGE]]
    return PeoplePage(shown, str(shown[-1].person.pk) if len(found) > PAGE else "")


def source_ids(people: Collection[int]) -> dict[int, str]:
    """Person → the id under which an import knows them (the first, where there are several)."""
    rows = Identity.objects.filter(person__in=people).order_by("-pk").values_list("person_id", "source_id")
    return dict(rows)


def who_come_in(people: PersonQuerySet) -> PersonQuerySet:
    """Those of them who have come in themselves, or could: not those only known from what was brought along."""
    return people.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX, last_login__isnull=True)
