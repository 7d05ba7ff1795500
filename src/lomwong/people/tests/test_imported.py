"""People as imports bring them: recognised, never doubled, never overruled."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lomwong.activity.models import Event
from lomwong.people.actions import Identifier, Named, describe_from_import, identify, keep_address
from lomwong.people.models import Identity, Person
from lomwong.people.tests.factories import job_function, make_imported, make_person, make_unit

pytestmark = pytest.mark.django_db


def signed_in_before(person: Person) -> Person:
    person.last_login = timezone.now()
    person.save()
    return person


# Who is meant


def test_somebody_new_is_made_once_and_cannot_sign_in() -> None:
    person = identify("mail", "amy@lists.example", name="Amy Ward", email="Amy@Lists.Example")
    assert (person.name, person.email) == ("Amy Ward", "amy@lists.example")
    assert not person.has_usable_password()
    assert not person.has_signed_in
    assert identify("mail", "amy@lists.example", name="Amy Ward", email="amy@lists.example") == person
    assert (Person.objects.count(), Identity.objects.count()) == (1, 1)


def test_the_same_address_in_two_sources_is_one_person() -> None:
    colleague = make_person("เดชา", email="decha@u.example")
    assert identify("mail", "decha@u.example", name="Decha", email="decha@u.example") == colleague
    assert identify("staff", "4711", name="นายเดชา", email="DECHA@u.example") == colleague
    assert colleague.identities.count() == 2


def test_an_address_that_nobody_proved_collects_nobodys_words() -> None:
    squatter = make_person("ใครก็ไม่รู้", email="decha@u.example")
    keep_address(squatter, is_verified=False)
    named = [Named(key, "เดชา", "decha@u.example") for key in ("decha@u.example", "4711")]
    numbers = Identifier("mail").identify_all(named)
    assert len(set(numbers.values())) == 1
    found = Person.objects.get(pk=numbers["4711"])
    assert (found == squatter, found.email, squatter.identities.count()) == (False, None, 0)


def test_an_address_that_was_proved_or_came_with_a_file_is_known_again() -> None:
    proved, brought = make_person(email="wanna@u.example"), make_imported(email="amy@u.example", source="staff")
    keep_address(proved, is_verified=True)
    keep_address(brought, is_verified=False)
    assert identify("mail", "w", name="วรรณา", email="wanna@u.example") == proved
    assert identify("mail", "a", name="Amy", email="amy@u.example") == brought


def test_the_same_id_in_two_sources_is_two_people() -> None:
    assert identify("staff", "1", name="เดชา") != identify("archive", "1", name="วรรณา")


def test_people_without_an_address_are_told_apart_by_their_id() -> None:
    assert identify("page", "a", name="เดชา") != identify("page", "b", name="เดชา")
    assert Person.objects.filter(email=None).count() == 2


@pytest.mark.parametrize("email", ["", "nobody", "a@b", "x" * 250 + "@u.example", "two words@u.example"])
def test_what_is_no_address_is_not_kept_as_one(email: str) -> None:
    assert identify("mail", "somebody", name="Somebody", email=email).email is None


@pytest.mark.parametrize(
    ("name", "email", "shown"),
    [
        ("", "amy.ward@lists.example", "amy.ward"),
        ("amy.ward@lists.example", "amy.ward@lists.example", "amy.ward"),
        ("Amy\x00 \n Ward", "amy.ward@lists.example", "Amy Ward"),
        ("ก" * 400, None, "ก" * 150),
        ("", None, "id-7"),
    ],
)
def test_a_page_never_shows_an_address_as_a_name(name: str, email: str | None, shown: str) -> None:
    assert identify("mail", "id-7", name=name, email=email).name == shown


def test_a_real_name_replaces_an_address_and_then_stays() -> None:
    identifier = Identifier("mail")
    address = "amy.ward@lists.example"
    number = identifier.identify(Named(address, "", address))
    for name in ("Amy Ward", "amy.ward", "A. Ward", ""):
        assert identifier.identify(Named(address, name, address)) == number
    assert Person.objects.get().name == "Amy Ward"
    assert identify("mail", address, name="Someone Else", email=address).name == "Amy Ward"


def test_in_one_batch_the_first_real_name_counts() -> None:
    address = "amy.ward@lists.example"
    Identifier("mail").identify_all([Named(address, name, address) for name in ("", "Amy Ward", "Amy W.")])
    assert Person.objects.get().name == "Amy Ward"


def test_a_roster_renames_those_who_have_not_been_here_and_nobody_else() -> None:
    quiet, here = make_imported("Decha"), signed_in_before(make_imported("Wanna"))
    roster = Identifier("mail", is_roster=True)
    for person, name in ((quiet, "เดชา พรหมรักษ์"), (here, "วรรณา แก้วมณี")):
        roster.identify(Named(person.identities.get().source_id, name))
        person.refresh_from_db()
    assert (quiet.name, here.name) == ("เดชา พรหมรักษ์", "Wanna")


def test_names_given_in_bulk_sort_as_those_given_by_hand() -> None:
    identify("mail", "1", name="เกศินี")
    make_person("เกศินี")
    assert len(set(Person.objects.values_list("sort_key", flat=True))) == 1


def test_two_ids_of_one_address_in_one_batch_are_one_person() -> None:
    unit = make_unit()
    named = [
        Named("1", "Amy Ward", "amy@lists.example", unit),
        Named("2", "A. Ward", "amy@lists.example", None, {"b": 2}),
    ]
    numbers = Identifier("archive").identify_all(named)
    assert numbers["1"] == numbers["2"]
    again = [Named("1", "Amy Ward", "amy@lists.example", extra={"a": 1}), Named("2", "", extra={"c": 3})]
    Identifier("archive").identify_all(again)
    person = Person.objects.get()
    assert (person.unit, person.extra) == (unit, {"a": 1, "b": 2, "c": 3})


def test_an_id_longer_than_its_column_is_still_told_apart() -> None:
    long = "x" * 400
    first, second = identify("archive", long + "1", name="เดชา"), identify("archive", long + "2", name="วรรณา")
    assert first != second
    assert identify("archive", long + "1", name="เดชา") == first


def test_a_second_run_changes_nothing() -> None:
    people = [Named(f"p{n}@u.example", f"คนที่ {n}", f"p{n}@u.example") for n in range(40)]
    first = Identifier("mail")
    numbers = first.identify_all(people)
    before = list(Person.objects.order_by("pk").values())
    second = Identifier("mail")
    with CaptureQueriesContext(connection) as captured:
        assert second.identify_all(people) == numbers
    assert (first.created, second.created) == (40, 0)
    assert list(Person.objects.order_by("pk").values()) == before
    assert not [query for query in captured if query["sql"].startswith(("INSERT", "UPDATE"))]


def test_a_thousand_people_cost_a_handful_of_queries() -> None:
    people = [Named(str(n), f"คนที่ {n}", f"p{n}@u.example") for n in range(1000)]
    identifier = Identifier("archive")
    with CaptureQueriesContext(connection) as captured:
        identifier.identify_all(people)
    assert len(captured) <= 30
    with CaptureQueriesContext(connection) as captured:
        identifier.identify_all(people)
    assert len(captured) == 0


# What a file says about them


def test_a_file_describes_those_who_have_not_been_here() -> None:
    person, unit = make_imported("Decha"), make_unit()
    jobs = [job_function("it")]
    assert describe_from_import(
        person,
        name="เดชา",
        unit=unit,
        job_functions=jobs,
        about="ดูแลแม่ข่าย",
        email="decha@u.example",
        extra={"room": "3"},
    )
    person.refresh_from_db()
    assert (person.name, person.unit, person.about, person.email) == ("เดชา", unit, "ดูแลแม่ข่าย", "decha@u.example")
    assert list(person.job_functions.all()) == jobs
    assert person.extra == {"room": "3"}
    assert Event.objects.get().target_id == person.pk


def test_the_same_file_again_is_no_news() -> None:
    person, unit = make_imported("เดชา", email="decha@u.example"), make_unit()
    said = {"name": "เดชา", "unit": unit, "job_functions": [job_function("it")], "email": "decha@u.example"}
    assert describe_from_import(person, **said)
    assert not describe_from_import(person, **said)
    assert Event.objects.count() == 1


def test_an_empty_value_takes_nothing_away() -> None:
    person = make_imported("เดชา", unit=make_unit(), email="decha@u.example")
    person.job_functions.add(job_function("it"))
    assert not describe_from_import(person, name="", unit=None, job_functions=[], email="")
    assert person.job_functions.count() == 1


def test_whoever_has_been_here_keeps_what_they_said_and_blanks_are_filled() -> None:
    mine = make_unit("ที่ฉันบอก")
    person = signed_in_before(make_person("เดชา", unit=mine, email="decha@u.example"))
    person.job_functions.add(job_function("it"))
    jobs = [job_function("teaching")]
    describe_from_import(
        person, name="นายเดชา", unit=make_unit(), job_functions=jobs, about="จากแฟ้ม", email="other@u.example"
    )
    person.refresh_from_db()
    assert (person.name, person.unit, person.email) == ("เดชา", mine, "decha@u.example")
    assert list(person.job_functions.all()) == [job_function("it")]
    assert person.about == "จากแฟ้ม"


def test_a_file_never_takes_somebody_elses_address() -> None:
    make_person(email="wanna@u.example")
    person = make_imported("เดชา")
    assert not describe_from_import(person, email="wanna@u.example")
    assert person.email is None
