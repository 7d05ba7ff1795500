"""Profiles: what colleagues see, what one says about oneself."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from lomwong.activity.models import Event, Verb
from lomwong.people.models import Person
from lomwong.people.tests.factories import job_function, make_imported, make_person, make_unit

pytestmark = pytest.mark.django_db


def test_a_profile_tells_where_somebody_works_what_they_do_and_what_they_say(client: Client) -> None:
    campus = make_unit("วิทยาเขตริมเล", is_campus=True)
    faculty = make_unit("คณะพยาบาลศาสตร์", parent=campus)
    wanna = make_person("วรรณา แก้วมณี", unit=faculty, about="ถามเรื่องครุภัณฑ์ได้\n\n<b>ทุกวัน</b>")
    wanna.job_functions.add(job_function("procurement_finance"))
    client.force_login(make_person())
    page = client.get(wanna.get_absolute_url())
    for words in ("วรรณา แก้วมณี", "วิทยาเขตริมเล", "คณะพยาบาลศาสตร์", "งานพัสดุและการเงิน", "ถามเรื่องครุภัณฑ์ได้"):
        assertContains(page, words)
    assertContains(page, "&lt;b&gt;")
    assertContains(page, reverse("posts:by", args=[wanna.pk]))


def test_nobody_sees_anothers_address_or_settings(client: Client) -> None:
    wanna = make_person("วรรณา", email="secret-address@u.example")
    client.force_login(make_person())
    page = client.get(wanna.get_absolute_url())
    assertNotContains(page, "secret-address")
    assertNotContains(page, "ตรงนี้คุณเห็นคนเดียว")
    assertNotContains(page, reverse("account_change_password"))


def test_ones_own_page_has_the_way_to_change_it_and_out(client: Client) -> None:
    wanna = make_person("วรรณา")
    client.force_login(wanna)
    assertRedirects(client.get(reverse("people:me")), wanna.get_absolute_url())
    page = client.get(wanna.get_absolute_url())
    for name in ("people:edit", "account_change_password", "usersessions_list", "account_logout"):
        assertContains(page, reverse(name))
    assertNotContains(page, reverse("admin:index"))


def test_somebody_known_only_from_an_import_is_shown_as_such(client: Client) -> None:
    client.force_login(make_person())
    assertContains(client.get(make_imported("เดชา").get_absolute_url()), "ยังไม่เคยเข้ามาที่นี่")


@pytest.mark.parametrize("name", ["people:me", "people:edit", "people:units"])
def test_visitors_are_led_to_the_door(client: Client, name: str) -> None:
    response = client.get(reverse(name))
    assertRedirects(response, f"{reverse('account_login')}?next={reverse(name)}")


def test_visitors_get_no_directory(client: Client) -> None:
    """Nor do they learn which numbers exist."""
    unit = make_unit("หน่วยที่ไม่มีใครรู้")
    wanna = make_person("วรรณา แก้วมณี", unit=unit, about="เรื่องส่วนตัว")
    for path in (wanna.get_absolute_url(), unit.get_absolute_url(), f"/people/{wanna.pk + 1}/"):
        response = client.get(path, follow=True)
        assert response.redirect_chain[0][0].startswith(reverse("account_login"))
        for words in ("วรรณา", "เรื่องส่วนตัว", "หน่วยที่ไม่มีใครรู้"):
            assertNotContains(response, words)


def test_people_who_have_left_are_not_shown(client: Client) -> None:
    unit = make_unit()
    gone = make_person("คนที่ไปแล้ว", unit=unit, is_active=False)
    client.force_login(make_person(unit=unit))
    assert client.get(gone.get_absolute_url()).status_code == 404
    assertNotContains(client.get(unit.get_absolute_url()), "คนที่ไปแล้ว")


# Saying who one is


def test_one_describes_oneself(client: Client) -> None:
    unit, old_unit = make_unit("คณะวิทยาศาสตร์"), make_unit()
    wanna = make_person("วรรณา", unit=old_unit)
    wanna.job_functions.add(job_function("it"))
    client.force_login(wanna)
    functions = [job_function("teaching"), job_function("personnel")]
    response = client.post(
        reverse("people:edit"),
        {
            "name": "วรรณา แก้วมณี",
            "unit": unit.pk,
            "job_functions": [function.pk for function in functions],
            "about": "ถามได้ทุกเรื่อง",
        },
    )
    assertRedirects(response, wanna.get_absolute_url())
    wanna.refresh_from_db()
    assert (wanna.name, wanna.unit, wanna.about) == ("วรรณา แก้วมณี", unit, "ถามได้ทุกเรื่อง")
    assert wanna.is_findable is False
    assert set(wanna.job_functions.all()) == set(functions)
    assert Event.objects.get(verb=Verb.DESCRIBED).actor_id == wanna.pk


def test_only_the_name_is_needed(client: Client) -> None:
    make_unit()
    wanna = make_person("วรรณา")
    client.force_login(wanna)
    assertContains(client.post(reverse("people:edit"), {"name": " "}), "ช่องนี้ยังว่างอยู่", status_code=422)
    assert client.post(reverse("people:edit"), {"name": "วรรณา", "is_findable": "on"}).status_code == 302
    wanna.refresh_from_db()
    assert (wanna.unit, wanna.is_findable) == (None, True)


def test_a_faulty_form_keeps_what_was_typed_and_changes_nothing(client: Client) -> None:
    wanna = make_person("วรรณา")
    client.force_login(wanna)
    response = client.post(reverse("people:edit"), {"name": "ก" * 151, "about": "สองบรรทัดที่พิมพ์ไว้"})
    assertContains(response, "สองบรรทัดที่พิมพ์ไว้", status_code=422)
    wanna.refresh_from_db()
    assert wanna.name == "วรรณา"


def test_the_form_speaks_of_being_found_and_keeps_the_choice(client: Client) -> None:
    wanna = make_person("วรรณา", is_findable=False)
    client.force_login(wanna)
    page = client.get(reverse("people:edit"))
    assertContains(page, "เราจะไม่เอ่ยชื่อคุณกับใคร")
    assertNotContains(page, 'name="is_findable" id="id_is_findable" checked')
    assertContains(client.get(wanna.get_absolute_url()), "เราไม่เอ่ยชื่อคุณกับใคร")


def test_nobody_makes_themselves_more_than_they_are(client: Client) -> None:
    wanna = make_person("วรรณา")
    client.force_login(wanna)
    more = {"is_staff": "on", "is_superuser": "on", "email": "other@u.example", "password": "x", "pk": "1"}
    client.post(reverse("people:edit"), {"name": "วรรณา", **more})
    changed = Person.objects.get(pk=wanna.pk)
    assert (changed.is_staff, changed.is_superuser, changed.email) == (False, False, wanna.email)


def test_a_house_without_units_does_not_ask_for_one(client: Client) -> None:
    client.force_login(make_person())
    assertNotContains(client.get(reverse("people:edit")), 'name="unit"')


def test_a_profile_costs_the_same_with_much_and_little(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    viewer = make_person()
    client.force_login(viewer)
    campus = make_unit(is_campus=True)
    plain = make_person(unit=campus)
    rich = make_person(unit=make_unit(parent=make_unit(parent=campus)), about="เรื่องยาว")
    rich.job_functions.set([job_function("it"), job_function("teaching"), job_function("personnel")])
    for person in (plain, rich):
        # Session, viewer, person, job functions, the bell; of experts, what they know, how they want to be asked and
        # whether they may be now; of posts, what they told and where they sit.
        with django_assert_num_queries(10):
            client.get(person.get_absolute_url())
