"""Which faculty a unit belongs to, in any organisation's tree: the first on the way down that is neither a campus nor
what stands over the campuses. Who works for a campus itself belongs to the campus."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from lomwong.people.models import Unit


@dataclass(frozen=True, slots=True)
class Faculties:
    """All units of the house."""

    units: dict[int, Unit]
    of: dict[int, int]  # every unit to its faculty
    campus: dict[int, int]  # every unit to the campus it lies on, where one is known; a campus to itself

    def below(self, faculty: int) -> list[int]:
        """The units of a faculty, itself among them."""
        return [unit for unit, its_faculty in self.of.items() if its_faculty == faculty]

    def faculty_of(self, unit: int | None) -> Unit | None:
        return self.units[self.of[unit]] if unit in self.of else None

    def campus_of(self, unit: int | None) -> Unit | None:
        return self.units[self.campus[unit]] if unit in self.campus else None

    @property
    def campuses(self) -> list[Unit]:
        """By the alphabet, as all units here."""
        return [unit for unit in self.units.values() if unit.is_campus]


def faculties() -> Faculties:
    """One query."""
    units = {unit.pk: unit for unit in Unit.objects.all()}
    roofs = _roofs(units)
    of, campus = {}, {}
    for pk in units:
        way = _way(pk, units)
        of[pk] = next((step for step in way if step not in roofs), pk)
        over = [step for step in way if units[step].is_campus]
        if over:
            campus[pk] = over[-1]
    return Faculties(units, of, campus)


def _roofs(units: dict[int, Unit]) -> set[int]:
    """Campuses and all that stands over one; a university that has none, when everything stands below it."""
    roofs: set[int] = set()
    for pk, unit in units.items():
        if unit.is_campus:
            roofs |= set(_way(pk, units))
    tops = [pk for pk, unit in units.items() if unit.parent_id is None]
    return roofs or ({tops[0]} if len(tops) == 1 and len(units) > 1 else set())


def _way(pk: int, units: dict[int, Unit]) -> list[int]:
    """From the top down to the unit; a tree that bites its tail is left where it does."""
    way: list[int] = []
    step: int | None = pk
    while step in units and step not in way:
        way.append(step)
        step = units[step].parent_id
    return way[::-1]


def by_campus(faculties: Faculties, shown: Iterable[int], mine: int | None) -> list[tuple[Unit | None, list[Unit]]]:
    """Faculties in the order of a map: one's own campus first, in it one's own faculty; else by the alphabet."""
    groups: dict[int | None, list[int]] = defaultdict(list)
    order = {pk: place for place, pk in enumerate(faculties.units)}
    for pk in sorted(shown, key=lambda pk: (pk != mine, order[pk])):
        groups[faculties.campus.get(pk)].append(pk)
    home = faculties.campus.get(mine) if mine else None
    campuses = sorted(groups, key=lambda pk: (pk != home or not mine, pk is None, order.get(pk or 0, 0)))
    return [(faculties.units[pk] if pk else None, [faculties.units[one] for one in groups[pk]]) for pk in campuses]
