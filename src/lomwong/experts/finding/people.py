"""The people who are named, in few statements that are made once (`kit.prepared`): each question asks for them."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from lomwong.experts.finding.narrowing import EVERYBODY, Narrow, ids_among
from lomwong.kit.prepared import STAND_INS, Prepared, loaded
from lomwong.people.models import JobFunction, Person, Unit

PEOPLE = STAND_INS[1]
AT_ONCE = 50  # people of whom is asked whether they may be found

JOBS = Prepared(
    lambda: (
        JobFunction.objects.filter(people__in=[PEOPLE])
        .order_by("position", "pk")
        .values_list("people__pk", *_columns(JobFunction))
    )
)
FINDABLE = Prepared(lambda: Person.objects.findable().filter(pk__in=[PEOPLE]).order_by().values_list("pk"))
LINES = Prepared(
    lambda: (
        Person.objects.filter(pk__in=[PEOPLE])
        .order_by()
        .values_list(*_columns(Person), *(f"unit__{name}" for name in _columns(Unit)))
    )
)


def _columns(model: type[Person | Unit | JobFunction]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def first_able(people: Sequence[int], narrow: Narrow, limit: int, left_out: Collection[int]) -> list[int]:
    """The first `limit` who may be found and are asked for."""
    rest = [person for person in people if person not in left_out]
    able: list[int] = []
    for at in range(0, len(rest), AT_ONCE):
        part = rest[at : at + AT_ONCE]
        if narrow == EVERYBODY:
            may = {row[0] for row in FINDABLE.rows({PEOPLE: tuple(part)})}
        else:
            may = ids_among(part, narrow)
        able += [person for person in part if person in may]
        if len(able) >= limit:
            break
    return able[:limit]


def people_with_places(people: Sequence[int]) -> dict[int, Person]:
    """Whole, each with unit and job functions."""
    if not people:
        return {}
    own, width = _columns(Person), len(_columns(Person))
    found = {}
    for row in LINES.rows({PEOPLE: tuple(people)}):
        person = loaded(Person, **dict(zip(own, row[:width], strict=True)))
        place = dict(zip(_columns(Unit), row[width:], strict=True))
        person.unit = loaded(Unit, **place) if person.unit_id else None
        found[person.pk] = person
    jobs: dict[int, list[JobFunction]] = defaultdict(list)
    for pk, *values in JOBS.rows({PEOPLE: tuple(people)}):
        jobs[pk].append(loaded(JobFunction, **dict(zip(_columns(JobFunction), values, strict=True))))
    for pk, person in found.items():
        held = JobFunction.objects.all()
        held._result_cache = jobs[pk]  # as prefetch_related leaves it
        person._prefetched_objects_cache = {"job_functions": held}  # type: ignore[attr-defined]
    return found
