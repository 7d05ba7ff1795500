"""Ways to narrow what was found, each with how much would remain. Counted is only what this viewer may read.

Circles, units, tags and people are the first to appear among the hits, and are listed by the alphabet; people without
figures: nobody is ranked. What is counted comes from the index, as the hits themselves; what circles, tags, units and
people are called, and whether this viewer may know them, from the database.
"""

from bisect import bisect
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, lru_cache
from itertools import repeat

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lomwong.people.models import Viewer
from lomwong.search import rows
from lomwong.search.asked import Asked
from lomwong.search.narrowing import BUDDHIST_OFFSET, KIND_LABELS
from lomwong.search.rows import Author, Circles
from lomwong.search.schema import TRAITS, to_moment
from lomwong.search.traits import Traits
from lomwong.text.sort_key import thai_sort_key

COUNTED = 500
"""Hits that are looked at."""

MOST_CHOICES = 8
NEAREST = 32  # authors whose names are asked for; of further ones the unit is enough
FIRST_YEAR, LAST_YEAR = 1900, 2400


@dataclass(frozen=True, slots=True)
class Choice:
    label: str
    value: str
    address: str  # with it; if it is chosen, without it
    count: int | None = None
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    heading: str
    choices: list[Choice]


@dataclass(frozen=True)
class Counted:
    """Hits, best first, as far as the viewer may read them, with those of their authors whom the viewer may know."""

    traits: Traits
    viewer: Viewer
    circles: Circles

    @cached_property
    def authors(self) -> dict[int, int]:
        """How many of the hits each wrote, the first to appear first."""
        return {pk: count for pk, count in Counter(self.traits.authors).items() if pk}

    @cached_property
    def nearest(self) -> dict[int, Author]:
        """The first of them, with their names; all, where hardly any of the first may be known."""
        pks = list(self.authors)
        found = Author.among(pks[:NEAREST], self.viewer)
        is_enough = len(found) >= MOST_CHOICES or len(pks) <= NEAREST
        return found if is_enough else found | Author.among(pks[NEAREST:], self.viewer)

    @cached_property
    def unit_ids(self) -> dict[int, int | None]:
        """The unit of each whom the viewer may know."""
        known = {pk: person.unit_id for pk, person in self.nearest.items()}
        further = [pk for pk in list(self.authors)[NEAREST:] if pk not in known]
        return known | rows.unit_ids_of(further, self.viewer)


def facets(
    asked: Asked,
    traits: Traits,
    viewer: Viewer,
    *,
    settled: Collection[str],
    instead: Mapping[str, Traits] | None = None,
    known: Circles | None = None,
) -> list[Facet]:
    """For the hits, best first. Those in `settled` were asked for already, and are listed only if `instead` has the
    hits without that: then another value can be chosen in its place.

    Five database queries, and again as many at most for each of `instead`, whatever was found.
    """
    instead = instead or {}
    circles = known or Circles(viewer)
    counted = Counted(traits, viewer, circles)
    closed = {shown_in(name) for name in settled}
    every = []
    for name, build in _BUILDERS.items():
        if name in instead:
            every.append(_with_chosen(asked, name, build, Counted(instead[name], viewer, circles)))
        elif name not in closed:
            facet = build(asked, counted)
            every += [facet] if _tells_apart(facet, len(traits)) else []
    return [facet for facet in every if len(facet.choices) > (facet.name in instead)]


def shown_in(name: str) -> str:
    """The facet that holds the choices of this name: what waits for an answer stands among the kinds."""
    return "kind" if name == "open" else name


def _with_chosen(asked: Asked, name: str, build: "Build", counted: Counted) -> Facet:
    """All values of a facet in which one is chosen; that one leads back."""
    without = asked.without_choice(*(one for one in asked.chosen if shown_in(one) == name))
    facet = build(without, counted)
    choices = [
        replace(choice, address=without.address, is_chosen=True) if choice.address == asked.address else choice
        for choice in facet.choices
    ]
    return replace(facet, choices=choices)


def _tells_apart(facet: Facet, total: int) -> bool:
    """Whether choosing could change anything."""
    return len(facet.choices) > 1 or any(choice.count is not None and choice.count < total for choice in facet.choices)


def _choices(asked: Asked, facet: str, each: Iterable[tuple[str, object, int | None]]) -> list[Choice]:
    """Label, value, count. The address is written once for all of them."""
    before, behind = asked.around(facet)
    return [Choice(label, str(value), f"{before}{value}{behind}", count) for label, value, count in each]


def _kinds(asked: Asked, counted: Counted) -> Facet:
    counts: dict[str, int] = {}
    waiting = 0
    for sort, count in Counter(counted.traits.sorts).items():
        kind, is_open = TRAITS[sort]
        counts[kind] = counts.get(kind, 0) + count
        waiting += count if is_open else 0
    every = [(str(label), str(kind), counts[kind]) for kind, label in KIND_LABELS.items() if kind in counts]
    choices = _choices(asked, "kind", every)
    if waiting:
        choices += _choices(asked, "open", [(_("Nobody has answered yet"), 1, waiting)])
    return Facet("kind", _("What it is"), choices)


def _circles(asked: Asked, counted: Counted) -> Facet:
    counts: dict[int, int] = {}
    for places, count in Counter(map(tuple, counted.traits.places)).items():
        for pk in places:
            counts[pk] = counts.get(pk, 0) + count
    known = counted.circles.known
    kept = set([pk for pk in counts if pk in known][:MOST_CHOICES])
    every = [(known[pk].name, pk, counts[pk]) for pk in sorted(kept, key=lambda pk: thai_sort_key(known[pk].name))]
    return Facet("community", _("Circle"), _choices(asked, "community", every))


def _tags(asked: Asked, counted: Counted) -> Facet:
    tagged = zip(counted.traits.numbers, counted.traits.tagged, strict=True)
    places = {number: place for place, (number, tag) in enumerate(tagged) if tag is not None}
    named = sorted(rows.tags_of(list(places)), key=lambda tag: (places[tag[0]], tag[1]))
    counts = Counter([pk for _number, pk, _name in named])
    labels = {pk: name for _number, pk, name in named}
    kept = sorted(list(counts)[:MOST_CHOICES], key=lambda pk: thai_sort_key(labels[pk]))
    return Facet("tag", _("Tags"), _choices(asked, "tag", [(labels[pk], pk, counts[pk]) for pk in kept]))


def _units(asked: Asked, counted: Counted) -> Facet:
    """Each with those below it. One that holds no more than a single one below it is left out."""
    units = rows.units() if counted.nearest else {}
    belongs = counted.unit_ids if units else {}
    own: dict[int, int] = {}
    for pk, count in counted.authors.items():
        unit_id = belongs.get(pk)
        if unit_id is not None and unit_id in units:
            own[unit_id] = own.get(unit_id, 0) + count
    counts: dict[int, int] = {}
    for pk, count in own.items():
        at: int | None = pk
        while at in units:
            counts[at] = counts.get(at, 0) + count
            at = units[at].parent_id
    fullest: dict[int | None, int] = {}
    for pk in counts:
        above = units[pk].parent_id
        fullest[above] = max(fullest.get(above, 0), counts[pk])
    kept = [pk for pk in counts if counts[pk] > fullest.get(pk, 0)][:MOST_CHOICES]
    kept.sort(key=lambda pk: thai_sort_key(units[pk].label))
    return Facet("unit", _("Unit"), _choices(asked, "unit", [(units[pk].label, pk, counts[pk]) for pk in kept]))


def _years(asked: Asked, counted: Counted) -> Facet:
    begins = _beginnings(timezone.get_current_timezone_name())
    counts = Counter(map(bisect, repeat(begins), counted.traits.created))
    offset = BUDDHIST_OFFSET if get_language() == "th" else 0
    latest = sorted(counts, reverse=True)[:MOST_CHOICES]
    years = [(FIRST_YEAR + place - 1, counts[place]) for place in latest]
    return Facet("year", _("Year"), _choices(asked, "year", [(str(year + offset), year, n) for year, n in years]))


@lru_cache(maxsize=4)
def _beginnings(_zone: str) -> list[int]:
    """Of each year, by the clock of the house."""
    return [to_moment(timezone.make_aware(datetime(year, 1, 1))) for year in range(FIRST_YEAR, LAST_YEAR)]


def _authors(asked: Asked, counted: Counted) -> Facet:
    """Those who are near the question, by the alphabet, without figures."""
    people = counted.nearest
    near = [people[pk] for pk in counted.authors if pk in people][:MOST_CHOICES]
    named = sorted(near, key=lambda person: (person.sort_key, person.pk))
    choices = _choices(asked, "author", [(person.name, person.pk, None) for person in named])
    return Facet("author", _("Who wrote it"), choices)


Build = Callable[[Asked, Counted], Facet]
_BUILDERS: dict[str, Build] = {
    "kind": _kinds,
    "community": _circles,
    "unit": _units,
    "year": _years,
    "tag": _tags,
    "author": _authors,
}
