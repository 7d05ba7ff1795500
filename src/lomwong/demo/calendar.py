"""When people of an office write: on workdays, mostly by day, seldom at night, and in bursts."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Bangkok")

HOURS = (7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21)
BUSY = (1, 6, 10, 10, 7, 3, 8, 9, 8, 6, 2, 1, 1, 2, 1)
"""How many threads begin in each of HOURS."""

MORNING, NIGHT = 7, 22
"""Nobody writes before the one or after the other."""

HOLIDAYS = {
    (1, 1), (4, 6), (4, 13), (4, 14), (4, 15), (5, 1), (5, 4), (6, 3), (7, 28), (8, 12),
    (10, 13), (10, 23), (12, 5), (12, 10), (12, 31),
}  # fmt: skip
"""Month and day. Those that follow the moon are left out: nobody will miss them here."""

WEEKEND_STARTS = 0.06
WEEKEND_REPLIES = 0.3
BURST_SIZE = 3
BURST_DAYS = 3.0


def is_day_off(day: date) -> bool:
    return day.weekday() >= 5 or (day.month, day.day) in HOLIDAYS


def working_moment(day: date, chance: Random) -> datetime:
    """A time on that day, or on a workday soon after when it is a day off, with few exceptions."""
    if chance.random() > WEEKEND_STARTS:
        while is_day_off(day):
            day += timedelta(days=chance.randrange(1, 6))
    hour = chance.choices(HOURS, BUSY)[0]
    return datetime.combine(day, time(hour, chance.randrange(60), chance.randrange(60)), ZONE)


def awake(at: datetime, chance: Random, *, rests: bool = True) -> datetime:
    """`at`, or when the phone is next looked at: not at night, and not every weekend, unless nobody `rests`."""
    if at.hour >= NIGHT or at.hour < MORNING:
        day = at.date() + timedelta(days=at.hour >= NIGHT)
        at = datetime.combine(day, time(MORNING), ZONE) + timedelta(minutes=chance.triangular(5, 240, 80))
    if rests and is_day_off(at.date()) and chance.random() > WEEKEND_REPLIES:
        at += timedelta(days=2)
        while is_day_off(at.date()):
            at += timedelta(days=1)
    return at.replace(microsecond=0)


def unhurried(at: datetime, chance: Random) -> datetime:
    """`at`, or an hour of the evening before when it lies in the night."""
    if not MORNING <= at.hour < NIGHT:
        day = at.date() - timedelta(days=at.hour < MORNING)
        at = datetime.combine(day, time(chance.randrange(15, 21), chance.randrange(60)), ZONE)
    return at.replace(microsecond=0)


def in_bursts(count: int, start: datetime, end: datetime, chance: Random) -> list[datetime]:
    """`count` moments between the two, in order, about BURST_SIZE of them within some days of each other."""
    days = (end - start).days
    centres = [chance.uniform(0, days) for _ in range(max(1, count // BURST_SIZE))]
    moments = []
    for _ in range(count):
        after = min(chance.choice(centres) + chance.expovariate(1 / BURST_DAYS), days - 1)
        moments.append(min(working_moment((start + timedelta(days=after)).date(), chance), end))
    return sorted(moments)


def in_season(at: datetime, months: Sequence[int], start: datetime, end: datetime) -> datetime:
    """The nearest time a number of weeks away that lies in one of the months; `at` itself when there is none."""
    if not months or at.month in months:
        return at
    for weeks in range(1, 53):
        for moved in (at - timedelta(weeks=weeks), at + timedelta(weeks=weeks)):
            if moved.month in months and start <= moved <= end:
                return moved
    return at


def replies_at(
    start: datetime, hours: Sequence[float], latest: datetime, chance: Random, *, rests: bool = True
) -> tuple[datetime, list[datetime]]:
    """When the thread really began, and when each reply came; the last one not after `latest`.

    hours: how long after the beginning each is wanted, ascending.
    The beginning moves to an earlier time until all fits.
    """
    seed = chance.random()
    start = unhurried(start, chance)
    while True:
        moments = _follow(start, hours, Random(seed), rests=rests)
        excess = max(start, *moments, start) - latest
        if excess <= timedelta(0):
            return start, moments
        start = unhurried(start - excess - timedelta(minutes=chance.uniform(1, 30)), chance)


def _follow(start: datetime, hours: Sequence[float], chance: Random, *, rests: bool) -> list[datetime]:
    moments: list[datetime] = []
    previous = start
    for after in hours:
        wanted = start + timedelta(hours=after * chance.uniform(0.9, 1.1), seconds=chance.randrange(60))
        at = max(awake(wanted, chance, rests=rests), previous + timedelta(seconds=chance.randrange(120, 660)))
        moments.append(at)
        previous = at
    return moments
