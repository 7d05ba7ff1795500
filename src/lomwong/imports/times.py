"""Times as files write them: ISO or Thai, in either era. Without a zone they are of Asia/Bangkok."""

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from lomwong.text.dates import parse_date

ZONE = ZoneInfo("Asia/Bangkok")
_BUDDHIST_YEAR = re.compile(r"^2[4-9]\d\d(?=-?\d\d)")
_BUDDHIST_OFFSET = 543


def aware(found: date | datetime) -> datetime:
    """`found` with a zone; a day alone begins at midnight."""
    at = found if isinstance(found, datetime) else datetime.combine(found, time())
    return at if at.tzinfo else at.replace(tzinfo=ZONE)


def in_calendar(at: datetime) -> datetime | None:
    """None in the first and last hours of the calendar, which have no UTC for the database to keep."""
    try:
        at.astimezone(UTC)
    except OverflowError:
        return None
    return at


def read_iso(text: str) -> datetime | None:
    """An aware time from ISO 8601; a year from 2400 on is Buddhist."""
    text = _BUDDHIST_YEAR.sub(lambda year: str(int(year[0]) - _BUDDHIST_OFFSET), text.strip())
    try:
        return in_calendar(aware(datetime.fromisoformat(text)))
    except ValueError:
        return None


def read_time(text: str) -> datetime | None:
    """An aware time from ISO 8601 or from Thai ("19 พ.ย. 2549 09:44 น.")."""
    at = read_iso(text)
    if at is None:
        found = parse_date(text)
        at = in_calendar(aware(found)) if found is not None else None
    return at
