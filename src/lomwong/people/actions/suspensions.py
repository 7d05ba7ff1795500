"""Take the pen from somebody for a time, give it back."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from lomwong.people.models import Person, Suspension


@transaction.atomic
def suspend(person: Person, *, by: Person, reason: str, ends_at: datetime) -> Suspension:
    """They may read, and not write, until then."""
    suspension = Suspension.objects.create(
        person=person, by=by, reason=reason, starts_at=timezone.now(), ends_at=ends_at
    )
    _note_end(person)
    return suspension


@transaction.atomic
def lift_suspension(suspension: Suspension) -> None:
    """Before its end; lifting what has ended changes nothing."""
    now = timezone.now()
    if Suspension.objects.running().filter(pk=suspension.pk).update(lifted_at=now):
        suspension.lifted_at = now
        _note_end(suspension.person)


def _note_end(person: Person) -> None:
    """Two may overlap: the last to end counts."""
    person.suspended_until = person.suspensions.running().aggregate(end=Max("ends_at"))["end"]
    Person.objects.filter(pk=person.pk).update(suspended_until=person.suspended_until)
