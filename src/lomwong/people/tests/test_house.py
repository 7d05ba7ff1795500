"""The list of job functions, and whoever runs the house."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django.asserts import assertContains, assertRedirects

from lomwong.kit.cli import Refusal
from lomwong.people.actions import make_admin
from lomwong.people.models import JobFunction, Person
from lomwong.people.tests.factories import PASSWORD, make_imported, make_person, make_unit

pytestmark = pytest.mark.django_db
SIX = ["personnel", "procurement_finance", "academic_service", "teaching", "it", "student_service"]


def test_every_house_begins_with_six_job_functions_in_two_languages() -> None:
    assert [function.slug for function in JobFunction.objects.all()] == SIX
    with translation.override("th"):
        assert JobFunction.objects.get(slug="personnel").label == "งานการเจ้าหน้าที่"
    with translation.override("en"):
        assert JobFunction.objects.get(slug="personnel").label == "Personnel"


# Whoever runs the house


def test_an_admin_is_made_and_comes_in_at_once_even_where_addresses_are_proved(
    client: Client, mail_server: None
) -> None:
    person = make_admin(email=" Boss@U.example ", name="หัวหน้า", password=PASSWORD)
    assert (person.email, person.is_staff, person.is_superuser) == ("boss@u.example", True, True)
    client.post(reverse("account_login"), {"login": "boss@u.example", "password": PASSWORD})
    assert client.get(reverse("admin:index")).status_code == 200


def test_somebody_known_becomes_the_admin_rather_than_a_second_person() -> None:
    known = make_imported("boss", email="boss@u.example")
    assert make_admin(email="boss@u.example", name="หัวหน้า", password=PASSWORD) == known
    assert EmailAddress.objects.get().verified


def test_what_is_no_address_makes_no_admin() -> None:
    with pytest.raises(Refusal, match="nonsense"):
        make_admin(email="nonsense", name="หัวหน้า", password=PASSWORD)
    assert not Person.objects.exists()


def test_the_admin_has_one_door_and_it_is_ours(client: Client) -> None:
    page = reverse("admin:login")
    assert client.get(page).headers["Location"].startswith(reverse("account_login"))
    client.force_login(make_person())
    assert client.get(page).status_code == 403
    assert client.get(reverse("admin:index")).status_code == 302


@pytest.fixture
def boss(client: Client) -> Client:
    client.force_login(make_admin(email="boss@u.example", name="หัวหน้า", password=PASSWORD))
    return client


def test_every_list_and_form_of_the_admin_opens(boss: Client) -> None:
    make_imported("เดชา", unit=make_unit(), email="decha@u.example")
    for model in (model for model in admin.site._registry if model._meta.app_label == "people"):
        name = f"admin:people_{model._meta.model_name}"
        assertContains(boss.get(reverse(f"{name}_changelist"), {"q": "ก"}), "<h1>")
        assert boss.get(reverse(f"{name}_add")).status_code == 200
        assert boss.get(reverse(f"{name}_change", args=[model.objects.all()[0].pk])).status_code == 200


def test_somebody_entered_by_hand_has_no_password_and_gets_a_letter(boss: Client, mailoutbox: list[object]) -> None:
    inlines = {"identities-TOTAL_FORMS": "0", "identities-INITIAL_FORMS": "0"}
    boss.post(reverse("admin:people_person_add"), {"name": "เดชา", "email": "Decha@u.example", "unit": "", **inlines})
    person = Person.objects.get(email="decha@u.example")
    assert not person.has_usable_password()
    Client().post(reverse("account_reset_password"), {"email": "decha@u.example"})
    assert len(mailoutbox) == 1


def test_an_address_changed_by_hand_leaves_the_old_one_no_key(boss: Client) -> None:
    person = make_person("เดชา", email="old@u.example")
    Client().post(reverse("account_login"), {"login": "old@u.example", "password": PASSWORD})
    page = reverse("admin:people_person_change", args=[person.pk])
    data = {"name": "เดชา", "email": "new@u.example", "is_active": "on", "is_findable": "on"}
    inlines = {"identities-TOTAL_FORMS": "0", "identities-INITIAL_FORMS": "0"}
    assertRedirects(boss.post(page, {**data, **inlines}), reverse("admin:people_person_changelist"))
    addresses = EmailAddress.objects.filter(user=person).values_list("email", flat=True)
    assert list(addresses) == ["new@u.example"]


def test_nobody_gets_a_list_of_people_by_when_they_were_here() -> None:
    assert "last_login" not in admin.site.get_model_admin(Person).list_display
