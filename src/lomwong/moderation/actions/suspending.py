"""Take the pen from somebody for a time."""

from datetime import datetime

from django.db import transaction

from lomwong.moderation.models import Deed
from lomwong.moderation.trail import note_deed
from lomwong.people.actions import lift_suspension, suspend
from lomwong.people.models import Person, Suspension


@transaction.atomic
def suspend_person(person: Person, *, by: Person, reason: str, ends_at: datetime) -> Deed:
    """It ends by itself. They read the reason on every page, and may appeal."""
    suspension = suspend(person, by=by, reason=reason, ends_at=ends_at)
    data = {"suspension": suspension.pk, "ends_at": ends_at.isoformat()}
    return note_deed(Deed.Kind.SUSPEND, by=by, person=person, reason=reason, data=data)


def take_back_suspension(deed: Deed) -> None:
    for suspension in Suspension.objects.filter(pk=deed.data["suspension"]).select_related("person"):
        lift_suspension(suspension)
