"""Write to the ledger, and move a reader along it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from lomwong.activity.models import Cursor, Event, Verb

LEDGER_LOCK = 0x10F0


def record(
    verb: Verb,
    *,
    actor_id: int | None,
    target_id: int | None = None,
    post_number: int | None = None,
    community_id: int | None = None,
    weight: float = 1.0,
    at: datetime | None = None,
) -> Event:
    """Add one event. Call it inside the transaction of the deed itself."""
    event = Event(
        verb=verb,
        actor_id=actor_id,
        target_id=target_id,
        post_number=post_number,
        community_id=community_id,
        weight=weight,
        at=at or timezone.now(),
    )
    record_many([event])
    return event


@transaction.atomic
def record_many(events: Iterable[Event]) -> None:
    """Add events in the order given. Imports build the rows themselves and call this in batches."""
    hold_the_pen()
    Event.objects.bulk_create(events, batch_size=1000)


def hold_the_pen() -> None:
    """Let only one transaction at a time add rows, so that ids become visible in order.

    A reader keeps the last id it saw: on PostgreSQL a lower id could otherwise be committed after a higher one and be
    missed for ever. SQLite has one writer anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LEDGER_LOCK])


def advance(reader: str, position: int) -> None:
    """Remember that `reader` has taken in every event up to and including `position`."""
    Cursor.objects.update_or_create(reader=reader, defaults={"position": position})
