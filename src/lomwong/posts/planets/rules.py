"""Who may do what with a planet."""

from lomwong.people.models import Person, Viewer
from lomwong.posts.models import Planet, PlanetKeeper


def can_keep(viewer: Viewer, planet: Planet) -> bool:
    """Its keepers, all alike; when the last account among them is gone, those who run the house."""
    if not isinstance(viewer, Person):
        return False
    keepers = PlanetKeeper.objects.filter(planet=planet)
    if keepers.filter(person=viewer.pk).exists():
        return True
    return viewer.is_staff and not keepers.filter(person__is_active=True).exists()


def can_step_out(person: Person, planet: Planet) -> bool:
    """Somebody must be left who keeps it."""
    others = PlanetKeeper.objects.filter(planet=planet, person__is_active=True).exclude(person=person)
    return others.exists()
