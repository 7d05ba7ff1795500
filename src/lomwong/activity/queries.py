"""Read the ledger."""

from lomwong.activity.models import Cursor, Event


def position_of(reader: str) -> int:
    """The last event id the reader has taken in; 0 when it has not begun."""
    cursor = Cursor.objects.filter(reader=reader).first()
    return cursor.position if cursor else 0


def last_position() -> int:
    last = Event.objects.order_by("-id").values_list("id", flat=True).first()
    return last or 0


def events_after(position: int, *, limit: int = 1000) -> list[Event]:
    """The next events in ledger order, at most `limit`."""
    return list(Event.objects.filter(id__gt=position).order_by("id")[:limit])
