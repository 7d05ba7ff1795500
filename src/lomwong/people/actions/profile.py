"""Say who one is: in one's own words, or as a file of the organisation says."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from lomwong.activity.actions import record
from lomwong.activity.models import Verb
from lomwong.people.actions.accounts import keep_address
from lomwong.people.addresses import clean_address
from lomwong.people.models import JobFunction, Person, Unit


@transaction.atomic
def describe_person(
    person: Person,
    *,
    name: str,
    unit: Unit | None,
    job_functions: Iterable[JobFunction],
    about: str,
    is_findable: bool,
) -> Person:
    """What somebody says about themselves."""
    person.name, person.unit, person.about, person.is_findable = name, unit, about, is_findable
    person.save()
    person.job_functions.set(job_functions)
    record(Verb.DESCRIBED, actor_id=person.pk, target_id=person.pk)
    return person


@transaction.atomic
def describe_from_import(
    person: Person,
    *,
    name: str = "",
    email: str | None = None,
    unit: Unit | None = None,
    job_functions: Iterable[JobFunction] | None = None,
    about: str = "",
    extra: dict[str, Any] | None = None,
) -> bool:
    """What a file says about somebody; returns whether that was news.

    An empty value says nothing. Whoever has been here themselves keeps what they said: only blanks are filled in.
    """
    is_theirs = person.has_signed_in
    news = {
        "name": name[:150] if name and not is_theirs else person.name,
        "unit": unit if unit and not (is_theirs and person.unit_id) else person.unit,
        "about": about[:2000] if about and not (is_theirs and person.about) else person.about,
        "email": new_address(person, email),
        "extra": {**person.extra, **(extra or {})},
    }
    changed = [field for field, value in news.items() if value != getattr(person, field)]
    for field in changed:
        setattr(person, field, news[field])
    if changed:
        person.save()
    if "email" in changed:
        keep_address(person, is_verified=False)
    has_new_jobs = take_job_functions(person, job_functions)
    if changed or has_new_jobs:
        record(Verb.DESCRIBED, actor_id=None, target_id=person.pk)
    return bool(changed or has_new_jobs)


def new_address(person: Person, email: str | None) -> str | None:
    """The address to keep: theirs once they have a password, and nobody else's ever."""
    address = clean_address(email)
    if address is None or address == person.email or person.has_usable_password():
        return person.email
    return person.email if Person.objects.filter(email=address).exists() else address


def take_job_functions(person: Person, job_functions: Iterable[JobFunction] | None) -> bool:
    wanted = {function.pk for function in job_functions or ()}
    present = set(person.job_functions.values_list("pk", flat=True))
    if not wanted or wanted == present or (person.has_signed_in and present):
        return False
    person.job_functions.set(wanted)
    return True
