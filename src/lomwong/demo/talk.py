"""Puts what was written by hand into two years, and gives the lines that nobody owns to a colleague next door."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from lomwong.demo.calendar import in_bursts, in_season, replies_at
from lomwong.demo.content import Practice, Saying
from lomwong.demo.staff import Person, Staff, voice_of

RESTING = "students"
"""The circle that came to rest: all its talk lies in the first RESTING_DAYS."""
RESTING_DAYS = 300

QUIET_DAYS = 9
"""The last days are filled on purpose, so that the front page is alive whenever the demo is set up."""
SHORT_HOURS = 72.0
PUBLIC_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Post:
    """A line of the archive to be. `circle`: key of the practice whose community it lies in, or None."""

    id: str
    kind: str
    author: Person
    created: datetime
    text: str
    parent: str | None = None
    title: str = ""
    tags: tuple[str, ...] = ()
    circle: str | None = None
    audience: str | None = None
    is_accepted: bool = False
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """When a thread should begin, and by when all has been said. `rests`: whether weekends are mostly left out."""

    begin: datetime
    latest: datetime
    rests: bool = True


def posts_of(practice: Practice, staff: Staff, span: Span, seed: str) -> Iterator[Post]:
    """All posts of a practice; in each thread in the order of time."""
    plans = plan_threads(practice, span, Random(f"{seed} {practice.key}"))
    for number, (thread, plan) in enumerate(zip(practice.threads, plans, strict=True), 1):
        id = f"{practice.key}-{number:02}"
        yield from _tell(practice, thread, id, plan, staff, Random(f"{seed} {id}"))


def plan_threads(practice: Practice, span: Span, chance: Random) -> list[Plan]:
    """One for each thread. Kinds are mixed, threads of a kind keep their order."""
    is_resting = practice.key == RESTING
    if is_resting:
        span = Span(span.start, span.start + timedelta(days=RESTING_DAYS))
    old = Span(span.start, span.end - timedelta(days=QUIET_DAYS))
    moments = in_bursts(len(practice.threads), old.start, old.end, chance)
    plans: dict[int, Plan] = {}
    for index, moment in zip(_mixed(practice.threads, chance), moments, strict=True):
        begin = in_season(moment, practice.threads[index].months, old.start, old.end)
        plans[index] = Plan(begin, span.end - timedelta(hours=chance.uniform(2, 24 * QUIET_DAYS)))
    if not is_resting:
        plans |= _fresh(practice, span, chance)
    return [plans[index] for index in range(len(practice.threads))]


def _mixed(threads: tuple[Saying, ...], chance: Random) -> list[int]:
    """Positions of the threads: the file has them sorted by kind, life has not."""
    totals = Counter(thread.kind for thread in threads)
    seen: Counter[str] = Counter()
    places = []
    for index, thread in enumerate(threads):
        places.append(((seen[thread.kind] + chance.random()) / totals[thread.kind], index))
        seen[thread.kind] += 1
    return [index for _, index in sorted(places)]


def _fresh(practice: Practice, span: Span, chance: Random) -> dict[int, Plan]:
    """Short threads for the last days: one that ended today or yesterday, two of this week, an open question."""
    threads = practice.threads
    free = [index for index, thread in enumerate(threads) if not thread.months]
    short = [index for index in free if threads[index].replies and _hours(threads[index]) <= SHORT_HOURS]
    silent = [index for index in free if not threads[index].replies][:1]
    ages = [min(0.2 + chance.expovariate(1 / 8), 40), *(chance.uniform(36, 200) for _ in range(2 + len(silent)))]
    plans = {}
    for index, age in zip([*chance.sample(short, 3), *silent], ages, strict=True):
        latest = span.end - timedelta(hours=age)
        plans[index] = Plan(latest - timedelta(hours=_hours(threads[index])), latest, rests=False)
    return plans


def _hours(thread: Saying) -> float:
    return max(saying.after_hours for saying in thread.everything())


@dataclass(frozen=True, slots=True)
class _Line:
    """A reply with the id it will have; `hours` never before those of the line it answers."""

    saying: Saying
    id: str
    parent: str
    hours: float


def _lines(saying: Saying, id: str, hours: float = 0.0) -> Iterator[_Line]:
    for number, reply in enumerate(saying.replies, 1):
        line = _Line(reply, f"{id}.{number}", id, max(hours, reply.after_hours))
        yield line
        yield from _lines(reply, line.id, line.hours)


def _tell(practice: Practice, thread: Saying, id: str, plan: Plan, staff: Staff, chance: Random) -> Iterator[Post]:
    circle = practice.key if practice.circle else None
    audience = None if circle else "public" if chance.random() < PUBLIC_SHARE else "organisation"
    lines = sorted(_lines(thread, id), key=lambda line: line.hours)
    hours = [line.hours for line in lines]
    begun, moments = replies_at(plan.begin, hours, plan.latest, chance, rests=plan.rests)
    asker = staff.playing[practice.key, thread.author or ""]
    neighbours = Neighbours(staff, asker.house, chance)
    for line, at in zip([_Line(thread, id, "", 0.0), *lines], [begun, *moments], strict=True):
        key = line.saying.author
        yield Post(
            id=line.id,
            kind=line.saying.kind,
            author=staff.playing[practice.key, key] if key else neighbours.somebody(line.saying.text),
            created=at,
            text=line.saying.text,
            parent=line.parent or None,
            title=line.saying.title,
            tags=line.saying.tags,
            circle=circle,
            audience=audience,
            is_accepted=line.saying.is_accepted,
            files=line.saying.files,
        )


class Neighbours:
    """Colleagues of one house who are in no cast. Each speaks once, with their own polite particles."""

    def __init__(self, staff: Staff, house: str, chance: Random) -> None:
        self._free = [person for person in staff.of_house(house) if not person.is_cast]
        chance.shuffle(self._free)

    def somebody(self, text: str) -> Person:
        voice = voice_of([text])
        suited = next((person for person in self._free if voice in (None, person.voice)), self._free[0])
        self._free.remove(suited)
        return suited
