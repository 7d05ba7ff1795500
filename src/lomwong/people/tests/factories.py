"""Invented people and units for tests."""

from itertools import count
from typing import Any

from lomwong.people.models import JobFunction, Person, Unit

number = count(1)
PASSWORD = "ฝนตกทุกบ่าย 2569"


def make_unit(name: str = "", *, parent: Unit | None = None, **fields: Any) -> Unit:
    return Unit.objects.create(name=name or f"หน่วย {next(number)}", parent=parent, **fields)


def make_person(name: str = "", *, unit: Unit | None = None, email: str = "", **fields: Any) -> Person:
    """Somebody who can sign in with PASSWORD."""
    here = next(number)
    return Person.objects.create_user(
        email or f"p{here}@u.example", PASSWORD, name=name or f"คนที่ {here}", unit=unit, **fields
    )


def make_imported(name: str = "", *, email: str | None = None, source: str = "mail", **fields: Any) -> Person:
    """Somebody known only from what was brought along."""
    here = next(number)
    person = Person.objects.create_user(email, name=name or f"คนที่ {here}", **fields)
    person.identities.create(source=source, source_id=email or str(here))
    return person


def job_function(slug: str) -> JobFunction:
    """One of the six that every house begins with; made anew where a test emptied all tables before."""
    return JobFunction.objects.get_or_create(slug=slug, defaults={"name": slug})[0]
