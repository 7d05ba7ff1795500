"""Planets as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from lomwong.people.models import Person, Viewer
from lomwong.posts.following.queries import ICONS, NAMES, Group, in_groups
from lomwong.posts.following.targets import MODELS, Targets, nameable
from lomwong.posts.models import Planet, PlanetKeeper, PlanetSource
from lomwong.posts.models.following import PlanetQuerySet
from lomwong.posts.queries import LONGEST_NUMBER
from lomwong.text.normalise import normalise

PLANETS_A_PAGE = 60
FOUND_A_KIND = 8
SHORTEST = 2  # letters to look for


@dataclass(frozen=True, slots=True)
class PlanetPage:
    planets: Sequence[Planet]
    further: int | None  # the number to go on after; None at the end


def kept_by(viewer: Viewer) -> PlanetQuerySet:
    """Those that the viewer keeps, by the alphabet."""
    kept = PlanetKeeper.objects.filter(planet=OuterRef("pk"), person=viewer.pk)
    planets = PlanetQuerySet(Planet)
    return planets.none() if viewer.pk is None else planets.filter(Exists(kept))


def listed(viewer: Viewer, *, after: str = "") -> PlanetPage:
    """The planets that the viewer may know of, by the alphabet."""
    planets = Planet.objects.visible_to(viewer)
    number = int(after) if after.isdecimal() and len(after) <= LONGEST_NUMBER else 0
    last = Planet.objects.filter(pk=number).first() if number else None
    if last:
        planets = planets.filter(Q(sort_key__gt=last.sort_key) | Q(sort_key=last.sort_key, pk__gt=last.pk))
    found = list(planets[: PLANETS_A_PAGE + 1])
    shown = found[:PLANETS_A_PAGE]
    return PlanetPage(shown, shown[-1].pk if len(found) > PLANETS_A_PAGE else None)


def sources(planet: Planet) -> Targets:
    return Targets.of(PlanetSource.objects.filter(planet=planet).order_by())


def source_groups(planet: Planet, viewer: Viewer) -> list[Group]:
    """What it gathers, as far as the viewer may know the names."""
    return in_groups(sources(planet), viewer)


def keepers(planet: Planet, viewer: Viewer) -> list[Person]:
    """By the alphabet; colleagues see colleagues, visitors nobody."""
    kept = Person.objects.visible_to(viewer).filter(planets_kept__planet=planet)
    return list(kept.select_related("unit"))


def called(words: str, viewer: Viewer, *, kinds: Sequence[str] = tuple(MODELS)) -> list[Group]:
    """What has these words in its name, a few of each kind; a query for each kind."""
    words = " ".join(words.replace("\x00", "").split())[:100]
    if len(words) < SHORTEST:
        return []
    found = []
    for kind in kinds:
        things = nameable(kind, viewer)
        things = (
            things.filter(Q(name__icontains=words) | Q(key__icontains=normalise(words)))
            if kind == "tag"
            else (things.filter(name__icontains=words))
        )
        shown = list(things[:FOUND_A_KIND])
        if shown:
            found.append(Group(kind, NAMES[kind], ICONS[kind], shown))
    return found
