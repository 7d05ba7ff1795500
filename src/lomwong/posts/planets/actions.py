"""Make a planet, put things into it, share it, hand it over, close it."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from lomwong.communities.actions import free_slug
from lomwong.people.models import Person
from lomwong.posts.following.targets import Target, kind_of
from lomwong.posts.models import Planet, PlanetKeeper, PlanetSource
from lomwong.posts.planets.rules import can_step_out

OUR_OWN_ADDRESSES = frozenset({"new", "put"})


class LastKeeper(Exception):
    """Who keeps it alone hands it over or closes it."""


@transaction.atomic
def make_planet(*, name: str, by: Person, audience: str, about: str = "") -> Planet:
    """Whoever makes it keeps it."""
    planet = Planet.objects.create(
        name=name,
        slug=free_slug(name, among=Planet.objects.all(), taken=OUR_OWN_ADDRESSES),
        about=about,
        audience=audience,
        created_at=timezone.now(),
    )
    add_keeper(planet, by)
    return planet


def change_planet(planet: Planet, *, name: str, about: str, audience: str) -> Planet:
    """The address stays."""
    planet.name, planet.about, planet.audience = name, about, audience
    planet.save(update_fields=["name", "about", "audience", "sort_key"])
    return planet


def add_source(planet: Planet, target: Target) -> None:
    """Twice changes nothing."""
    with transaction.atomic():
        Planet.objects.select_for_update().get(pk=planet.pk)
        chosen: dict[str, Any] = {kind_of(target): target}
        PlanetSource.objects.get_or_create(planet=planet, **chosen)


def take_out_source(planet: Planet, target: Target) -> None:
    PlanetSource.objects.filter(planet=planet, **{kind_of(target): target}).delete()


def add_keeper(planet: Planet, person: Person) -> None:
    """With the same rights as everybody who keeps it. Being asked binds to nothing: one may step out at any time."""
    try:
        with transaction.atomic():
            PlanetKeeper.objects.get_or_create(planet=planet, person=person, defaults={"since": timezone.now()})
    except IntegrityError:
        pass  # a double click: the other one was sooner


@transaction.atomic
def step_out(planet: Planet, *, by: Person) -> None:
    """LastKeeper when nobody would be left."""
    list(PlanetKeeper.objects.select_for_update().filter(planet=planet))  # two may leave at the same moment
    if not can_step_out(by, planet):
        raise LastKeeper
    PlanetKeeper.objects.filter(planet=planet, person=by).delete()


@transaction.atomic
def hand_over(planet: Planet, to: Person, *, by: Person) -> None:
    add_keeper(planet, to)
    step_out(planet, by=by)


def close_planet(planet: Planet) -> None:
    """What it gathered stays where it was written."""
    planet.delete()
