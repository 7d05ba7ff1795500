"""Ways to narrow what was found, each with how much would remain. Counted is only what this viewer may read.

Circles, units, tags and people are the first to appear among the hits, and are listed by the alphabet; people without
figures: nobody is ranked.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple, Self

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lomwong.communities.models import Community
from lomwong.people.models import Person, Unit, Viewer
from lomwong.posts.models import Placement, Post
from lomwong.posts.queries import unanswered
from lomwong.search.asked import Asked
from lomwong.search.narrowing import BUDDHIST_OFFSET, KIND_LABELS
from lomwong.text.sort_key import thai_sort_key

COUNTED = 500
"""Hits that are looked at."""

MOST_CHOICES = 8


@dataclass(frozen=True, slots=True)
class Choice:
    label: str
    asked: Asked  # with it; if it is chosen, without it
    count: int | None = None
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    heading: str
    choices: list[Choice]


class Row(NamedTuple):
    number: int
    kind: str
    created_at: datetime
    author_id: int | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """Hits, best first, as far as the viewer may read them, with those of their authors whom the viewer may know."""

    rows: list[Row]
    people: dict[int, Person]
    viewer: Viewer

    @classmethod
    def of(cls, numbers: Sequence[int], viewer: Viewer) -> Self:
        places = {number: place for place, number in enumerate(numbers)}
        rows = sorted(_rows(numbers, viewer), key=lambda row: places[row.number])
        authors = Person.objects.visible_to(viewer).filter(pk__in={row.author_id for row in rows if row.author_id})
        return cls(rows, {person.pk: person for person in authors.only("name", "sort_key", "unit_id")}, viewer)


def facets(
    asked: Asked,
    numbers: Sequence[int],
    viewer: Viewer,
    *,
    settled: Collection[str],
    instead: Mapping[str, Sequence[int]] | None = None,
) -> list[Facet]:
    """For the hits, best first. Those in `settled` were asked for already, and are listed only if `instead` has the
    hits without that: then another value can be chosen in its place.

    Five database queries, and again as many at most for each of `instead`, whatever was found.
    """
    instead = instead or {}
    counted = Counted.of(numbers, viewer)
    closed = {shown_in(name) for name in settled}
    every = []
    for name, build in _BUILDERS.items():
        if name in instead:
            every.append(_with_chosen(asked, name, build, Counted.of(instead[name], viewer)))
        elif name not in closed:
            facet = build(asked, counted)
            every += [facet] if _tells_apart(facet, len(counted.rows)) else []
    return [facet for facet in every if len(facet.choices) > (facet.name in instead)]


def shown_in(name: str) -> str:
    """The facet that holds the choices of this name: what waits for an answer stands among the kinds."""
    return "kind" if name == "open" else name


def _with_chosen(asked: Asked, name: str, build: "Build", counted: Counted) -> Facet:
    """All values of a facet in which one is chosen; that one leads back."""
    without = asked.without_choice(*(one for one in asked.chosen if shown_in(one) == name))
    facet = build(without, counted)
    choices = [
        replace(choice, asked=without, is_chosen=True) if choice.asked.chosen == asked.chosen else choice
        for choice in facet.choices
    ]
    return replace(facet, choices=choices)


def _tells_apart(facet: Facet, total: int) -> bool:
    """Whether choosing could change anything."""
    return len(facet.choices) > 1 or any(choice.count is not None and choice.count < total for choice in facet.choices)


def _rows(numbers: Collection[int], viewer: Viewer) -> Iterable[Row]:
    posts = Post.objects.visible_to(viewer).filter(number__in=numbers).order_by()
    is_open = Exists(unanswered().filter(pk=OuterRef("pk")))
    return map(Row._make, posts.values_list("number", "kind", "created_at", "author_id", is_open))


def _kinds(asked: Asked, counted: Counted) -> Facet:
    rows = counted.rows
    counts = Counter(row.kind for row in rows)
    choices = [
        Choice(str(label), asked.choosing("kind", kind), counts[kind])
        for kind, label in KIND_LABELS.items()
        if counts[kind]
    ]
    waiting = sum(row.is_open for row in rows)
    if waiting:
        choices.append(Choice(_("Nobody has answered yet"), asked.choosing("open", 1), waiting))
    return Facet("kind", _("What it is"), choices)


def _circles(asked: Asked, counted: Counted) -> Facet:
    rows = counted.rows
    placed = Placement.objects.filter(
        post__in=[row.number for row in rows], community__in=Community.objects.visible_to(counted.viewer).order_by()
    )
    named = list(placed.values_list("post_id", "community_id", "community__name"))
    return Facet("community", _("Circle"), _first_named(asked, "community", rows, named))


def _tags(asked: Asked, counted: Counted) -> Facet:
    rows = counted.rows
    tagged = Post.tags.through.objects.filter(post__in=[row.number for row in rows])
    named = list(tagged.values_list("post_id", "tag_id", "tag__name"))
    return Facet("tag", _("Tags"), _first_named(asked, "tag", rows, named))


def _first_named(asked: Asked, facet: str, rows: Sequence[Row], named: Iterable[tuple[int, int, str]]) -> list[Choice]:
    places = {row.number: place for place, row in enumerate(rows)}
    labels: dict[int, str] = {}
    counts: Counter[int] = Counter()
    for _number, pk, label in sorted(named, key=lambda one: (places[one[0]], one[1])):
        labels.setdefault(pk, label)
        counts[pk] += 1
    kept = sorted(list(labels)[:MOST_CHOICES], key=lambda pk: thai_sort_key(labels[pk]))
    return [Choice(labels[pk], asked.choosing(facet, pk), counts[pk]) for pk in kept]


def _units(asked: Asked, counted: Counted) -> Facet:
    """Each with those below it. One that holds no more than a single one below it is left out."""
    people = counted.people
    units = {unit.pk: unit for unit in Unit.objects.all()} if people else {}
    counts: Counter[int] = Counter()
    for row in counted.rows:
        person = people.get(row.author_id or 0)
        unit = units.get(person.unit_id or 0) if person else None
        while unit:
            counts[unit.pk] += 1
            unit = units.get(unit.parent_id or 0)
    fullest = {unit.parent_id: 0 for unit in units.values()}
    for pk in counts:
        fullest[units[pk].parent_id] = max(fullest[units[pk].parent_id], counts[pk])
    kept = [pk for pk in counts if counts[pk] > fullest.get(pk, 0)][:MOST_CHOICES]
    kept.sort(key=lambda pk: thai_sort_key(units[pk].label))
    return Facet("unit", _("Unit"), [Choice(units[pk].label, asked.choosing("unit", pk), counts[pk]) for pk in kept])


def _years(asked: Asked, counted: Counted) -> Facet:
    counts = Counter(timezone.localtime(row.created_at).year for row in counted.rows)
    offset = BUDDHIST_OFFSET if get_language() == "th" else 0
    latest = sorted(counts, reverse=True)[:MOST_CHOICES]
    return Facet(
        "year", _("Year"), [Choice(str(year + offset), asked.choosing("year", year), counts[year]) for year in latest]
    )


def _authors(asked: Asked, counted: Counted) -> Facet:
    """Those who are near the question, by the alphabet, without figures."""
    people = counted.people
    near = list(dict.fromkeys(row.author_id for row in counted.rows if row.author_id in people))[:MOST_CHOICES]
    named = sorted((people[pk] for pk in near if pk is not None), key=lambda person: (person.sort_key, person.pk))
    choices = [Choice(person.name, asked.choosing("author", person.pk)) for person in named]
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
