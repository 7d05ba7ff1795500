"""Of all people who may know, only some: of a unit, a campus, a job; not of one's faculty; those one may ask now."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from lomwong.experts.models import AskingChoice, Carried
from lomwong.experts.models.topics import QUESTIONS_A_WEEK
from lomwong.people.models import Person, Unit
from lomwong.people.queries import who_come_in

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Narrow:
    """unit, campus: with everything below it. job: the slug of a job function. not_unit: nobody of it, nor of what
    lies below it. available: who takes questions, is not resting, and has not had this week's number yet. comes_in: not
    who is only known from what was brought along, whom no news reaches."""

    unit: int | None = None
    campus: int | None = None
    job: str | None = None
    not_unit: int | None = None
    available: bool = False
    comes_in: bool = False


EVERYBODY = Narrow()


def narrowed(people: QuerySet[Person], narrow: Narrow) -> QuerySet[Person]:
    """One query more when units are asked for, however many there are."""
    if narrow.unit or narrow.campus or narrow.not_unit:
        below = dict(Unit.objects.order_by().values_list("pk", "parent_id"))
        for root in (narrow.unit, narrow.campus):
            if root:
                people = people.filter(unit__in=with_below(root, below))
        if narrow.not_unit:
            people = people.exclude(unit__in=with_below(narrow.not_unit, below))
    if narrow.job:
        people = people.filter(pk__in=Person.objects.filter(job_functions__slug=narrow.job).values("pk"))
    if narrow.comes_in:
        people = people.filter(pk__in=who_come_in(Person.objects.all()).values("pk"))
    return available(people) if narrow.available else people


def with_below(root: int, parents: Mapping[int, int | None]) -> set[int]:
    """The unit and all units below it. parents: every unit to the one it stands in."""
    children: dict[int, list[int]] = defaultdict(list)
    for unit, parent in parents.items():
        if parent is not None:
            children[parent].append(unit)
    return set(_down(root, children))


def _down(root: int, children: dict[int, list[int]]) -> Iterator[int]:
    waiting, seen = [root], {root}
    while waiting:
        unit = waiting.pop()
        yield unit
        new = [child for child in children.get(unit, ()) if child not in seen]
        seen.update(new)
        waiting += new


def available(people: QuerySet[Person]) -> QuerySet[Person]:
    """Those who may be asked at this moment, by what they chose: also used before a question is carried."""
    now = timezone.now()
    choice = AskingChoice.objects.filter(person=OuterRef("pk")).values("per_week")
    had = Carried.objects.filter(person=OuterRef("pk"), carried_at__gt=now - WEEK).order_by().values("person")
    counted = people.alias(
        room=Coalesce(Subquery(choice), Value(QUESTIONS_A_WEEK), output_field=IntegerField()),
        had=Coalesce(Subquery(had.annotate(had=Count("pk")).values("had")), Value(0)),
    )
    resting = AskingChoice.objects.filter(resting_until__gt=timezone.localdate()).values("person")
    return counted.filter(had__lt=F("room")).exclude(pk__in=resting).exclude(suspended_until__gt=now)


def ids_among(authors: Collection[int], narrow: Narrow = EVERYBODY) -> set[int]:
    """Of these people those who may be found and are asked for."""
    if not authors:
        return set()
    people = Person.objects.findable().filter(pk__in=authors)
    return set(narrowed(people, narrow).order_by().values_list("pk", flat=True))
