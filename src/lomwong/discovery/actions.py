"""Look for circles, and keep what was found; leave somebody out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from lomwong.activity.queries import last_position
from lomwong.discovery import traces
from lomwong.discovery.models import FoundCircle, FoundSeat, Run
from lomwong.people.models import Person

if TYPE_CHECKING:
    from lomwong.discovery.graph import Circle

RUNS_KEPT = 5


def look_for_circles(*, level: int = Run.USUAL, progress: Callable[[float], None] | None = None) -> Run:
    """Find circles in the traces up to now and keep them. Nothing is locked while it computes."""
    from lomwong.discovery.graph import find_circles  # a second to import: pages and other commands never need it

    position = last_position()
    people = traces.findable_people()
    exchanged = list(traces.exchanges(people))
    involved = {exchange.source for exchange in exchanged} | {exchange.target for exchange in exchanged}
    found = find_circles(
        exchanged,
        units=traces.units_of(involved),
        texts=traces.words_of(involved),
        now=timezone.now().timestamp() / traces.SECONDS_A_DAY,
        level=level,
        progress=progress,
    )
    return keep(found, level=level, position=position, people_count=len(involved), exchange_count=len(exchanged))


@transaction.atomic
def keep(found: list[Circle], *, level: int, position: int, people_count: int, exchange_count: int) -> Run:
    run = Run.objects.create(level=level, position=position, people_count=people_count, exchange_count=exchange_count)
    for circle in found:
        kept = FoundCircle.objects.create(
            run=run,
            kind=circle.kind,
            terms=[term.text for term in circle.terms],
            exchanges=list(circle.exchanges),
            stability=circle.stability,
        )
        FoundSeat.objects.bulk_create(
            FoundSeat(circle=kept, person_id=seat.person, weight=seat.weight) for seat in circle.members
        )
    old = Run.objects.filter(level=level).order_by("-pk").values_list("pk", flat=True)[RUNS_KEPT:]
    Run.objects.filter(pk__in=list(old)).delete()
    return run


@transaction.atomic
def leave_out(person: Person) -> None:
    """From now on this person is in no found circle and among nobody's people who know; drafts lose them at once."""
    person.is_findable = False
    person.save(update_fields=["is_findable"])
    FoundSeat.objects.filter(person=person).delete()
