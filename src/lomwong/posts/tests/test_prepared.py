"""Queries whose SQL is made once answer as the plain ones do."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lomwong.kit.prepared import MOMENTS, STAND_INS, Prepared, loaded
from lomwong.people.models import Person, Unit
from lomwong.people.tests.factories import make_person, make_unit


@pytest.mark.django_db
def test_a_prepared_query_answers_as_the_plain_one_does() -> None:
    units = [make_unit(f"หน่วย {number}") for number in range(3)]
    people = [make_person(unit=units[number % 3], is_active=number != 4) for number in range(7)]
    here = STAND_INS[0]
    names = ("pk", "name", "is_active", "created_at", "unit__name", "last_login")
    prepared = Prepared(lambda: Person.objects.filter(unit=here, unit__parent=None).order_by("pk").values_list(*names))
    for unit in (*units, *units):
        plain = Person.objects.filter(unit=unit).order_by("pk").values_list(*names)
        assert prepared.rows({here: unit.pk}) == list(plain)
    assert prepared.rows({here: 0}) == []
    assert len(people) == 7
    assert not Unit.objects.filter(pk__in=STAND_INS).exists()


@pytest.mark.django_db
def test_one_stand_in_may_stand_for_many_or_none() -> None:
    people = [make_person(f"ร้อย%s {number}") for number in range(4)]
    many, but = STAND_INS[:2]
    prepared = Prepared(
        lambda: Person.objects.filter(pk__in=[many], name__startswith="ร้อย%s").exclude(pk=but).values_list("pk")
    )
    for chosen in (people[:1], people, [], people[1:3]):
        pks = [person.pk for person in chosen]
        assert prepared.rows({many: pks, but: 0}) == [(pk,) for pk in pks]
        assert prepared.rows({many: frozenset(pks), but: people[1].pk}) == [(pk,) for pk in pks if pk != people[1].pk]


@pytest.mark.django_db
def test_a_moment_stands_in_too() -> None:
    person = make_person()
    since = MOMENTS[0]
    prepared = Prepared(lambda: Person.objects.filter(created_at__gt=since).values_list("pk", "created_at"))
    assert prepared.rows({since: timezone.now() - timedelta(hours=1)}) == [(person.pk, person.created_at)]
    assert prepared.rows({since: timezone.now()}) == []


@pytest.mark.django_db
def test_what_was_not_asked_for_is_fetched_when_it_is_touched(django_assert_num_queries) -> None:
    person = make_person("ชื่อ", about="เรื่องของเขา")
    part = loaded(Person, name="ชื่อ", id=person.pk)
    with django_assert_num_queries(0):
        assert (part.pk, part.name) == (person.pk, "ชื่อ")
    with django_assert_num_queries(1):
        assert part.about == "เรื่องของเขา"
