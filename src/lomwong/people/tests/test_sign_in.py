"""Come in, go out; a forgotten password; the places where one is signed in; every account page."""

import re

import pytest
from allauth.usersessions.models import UserSession
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from lomwong.people import account_urls
from lomwong.people.actions import keep_address
from lomwong.people.tests.door import choose_password, is_in, link_in, sign_in
from lomwong.people.tests.factories import PASSWORD, make_imported, make_person

pytestmark = pytest.mark.django_db


def test_sign_in_and_out(client: Client) -> None:
    make_person(email="decha@u.example")
    assert sign_in(client, "Decha@u.example") == 302
    assert is_in(client)
    assertContains(client.get(reverse("account_logout")), "ที่นั่งของคุณยังอยู่ที่เดิม")
    assert is_in(client)  # asking is not leaving
    client.post(reverse("account_logout"))
    assert not is_in(client)


def test_a_wrong_password_and_an_unknown_address_sound_the_same(client: Client) -> None:
    make_person(email="decha@u.example")
    pages = [
        client.post(reverse("account_login"), {"login": email, "password": "ไม่ใช่รหัสนี้แน่"})
        for email in ("decha@u.example", "nobody@u.example")
    ]
    for page in pages:
        assertContains(page, "ยังไม่ตรงกัน")


def test_an_imported_person_signs_in_with_no_password_at_all(client: Client) -> None:
    make_imported(email="decha@u.example")
    for password in ("", "!", PASSWORD):
        assert sign_in(client, "decha@u.example", password) == 200
    assert not is_in(client)


def test_guessing_is_slowed_down(client: Client) -> None:
    make_person(email="decha@u.example")
    for _ in range(5):
        sign_in(client, "decha@u.example", "เดาไปเรื่อย ๆ")
    response = client.post(reverse("account_login"), {"login": "decha@u.example", "password": PASSWORD})
    assertContains(response, "ลองมาหลายครั้งแล้ว")


def test_too_much_from_one_place_gets_a_page_of_ours(client: Client) -> None:
    responses = [client.post(reverse("account_reset_password"), {"email": "a@u.example"}).status_code for _ in range(6)]
    assert responses == [302] * 5 + [429]
    assertContains(client.post(reverse("account_reset_password"), {"email": "a@u.example"}), "ถี่ไปนิด", status_code=429)


def test_a_closed_account_does_not_open(client: Client) -> None:
    make_person(email="decha@u.example", is_active=False)
    response = client.post(reverse("account_login"), {"login": "decha@u.example", "password": PASSWORD}, follow=True)
    assertContains(response, "บัญชีนี้ปิดอยู่")


def test_an_address_that_was_given_up_opens_nothing(client: Client) -> None:
    person = make_person(email="old@u.example")
    keep_address(person, is_verified=True)
    person.email = "new@u.example"
    person.save()
    keep_address(person, is_verified=False)
    assert sign_in(client, "old@u.example") == 200
    assert sign_in(client, "new@u.example") == 302


# Passwords


def test_a_forgotten_password_is_replaced_through_a_letter_that_works_once(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    person = make_person(email="decha@u.example")
    elsewhere = Client()
    sign_in(elsewhere, "decha@u.example")
    client.post(reverse("account_reset_password"), {"email": "decha@u.example"})
    choose_password(client, mailoutbox[0], "อีกหนึ่งรหัสผ่าน")
    assert is_in(client)
    assert not is_in(elsewhere)
    person.refresh_from_db()
    assert person.check_password("อีกหนึ่งรหัสผ่าน")
    assertContains(Client().get(link_in(mailoutbox[0])), "ลิงก์นี้ใช้ไม่ได้แล้ว")


def test_an_unknown_address_gets_the_same_page_and_no_letter(client: Client, mailoutbox: list[EmailMessage]) -> None:
    response = client.post(reverse("account_reset_password"), {"email": "nobody@u.example"})
    assertRedirects(response, reverse("account_reset_password_done"))
    assert mailoutbox == []


def test_a_house_without_mail_says_where_the_letter_lies_only_when_it_is_a_trial(
    client: Client, settings: Settings
) -> None:
    page = reverse("account_reset_password")
    assertContains(client.get(page), "โฟลเดอร์ “mail”")
    settings.IS_DEMO = False
    assertContains(client.get(page), "ยังส่งอีเมลไม่ได้")
    assertNotContains(client.get(page), "โฟลเดอร์")
    settings.EMAIL_HOST = "mail.example"
    assertNotContains(client.get(page), "ยังส่งอีเมลไม่ได้")


def test_changing_the_password_asks_for_the_present_one(client: Client) -> None:
    person = make_person(email="decha@u.example")
    sign_in(client, "decha@u.example")
    page = reverse("account_change_password")
    wrong = client.post(page, {"oldpassword": "ไม่ใช่", "password1": "อีกหนึ่งรหัสผ่าน"})
    assertContains(wrong, "ยังไม่ใช่รหัสผ่านที่ใช้อยู่")
    right = client.post(page, {"oldpassword": PASSWORD, "password1": "อีกหนึ่งรหัสผ่าน"})
    assertRedirects(right, reverse("people:me"), fetch_redirect_response=False)
    person.refresh_from_db()
    assert person.check_password("อีกหนึ่งรหัสผ่าน")
    assert is_in(client)


def test_somebody_signed_in_without_a_password_chooses_one(client: Client) -> None:
    person = make_imported(email="decha@u.example")
    client.force_login(person)
    response = client.get(reverse("account_change_password"), follow=True)
    assertContains(response, "ตั้งรหัสผ่าน")
    client.post(reverse("account_set_password"), {"password1": PASSWORD})
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


# Sessions


def test_the_places_where_one_is_signed_in_are_listed_and_the_others_ended(client: Client) -> None:
    make_person(email="decha@u.example")
    other = Client(HTTP_USER_AGENT="Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Safari/604.1")
    sign_in(client, "decha@u.example")
    sign_in(other, "decha@u.example")
    page = client.get(reverse("usersessions_list"))
    assertContains(page, "Safari · iPhone")
    assertContains(page, "เครื่องนี้ ตอนนี้", count=1)
    client.post(reverse("usersessions_list"))
    assert is_in(client)
    assert not is_in(other)
    assert UserSession.objects.count() == 1


def test_nobody_sees_or_ends_the_sessions_of_others(client: Client) -> None:
    make_person(email="decha@u.example")
    make_person(email="wanna@u.example")
    other = Client(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Firefox/130.0")
    sign_in(other, "wanna@u.example")
    sign_in(client, "decha@u.example")
    assertNotContains(client.get(reverse("usersessions_list")), "Firefox")
    client.post(reverse("usersessions_list"))
    assert is_in(other)


# The pages


PUBLIC = {
    "account_login",
    "account_signup",
    "account_logout",
    "account_inactive",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}
SIGNED_IN = {"account_change_password", "account_set_password", "usersessions_list"}
ARGUMENTS = {
    "account_confirm_email": ["MQ:nonsense"],
    "account_reset_password_from_key": ["1", "nonsense"],
}


def test_every_page_of_allauth_that_has_an_address_is_listed_here() -> None:
    assert {pattern.name for pattern in account_urls.urlpatterns} == PUBLIC | SIGNED_IN


@pytest.mark.parametrize("name", sorted(PUBLIC | SIGNED_IN))
@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("is_signed_in", [False, True])
def test_every_page_opens_in_both_languages_or_leads_to_the_door(
    client: Client, name: str, language: str, is_signed_in: bool
) -> None:
    client.cookies["django_language"] = language
    if is_signed_in:
        client.force_login(make_person())
    response = client.get(reverse(name, args=ARGUMENTS.get(name)))
    if name in SIGNED_IN and not is_signed_in:
        assert response.headers["Location"].startswith(reverse("account_login"))
    elif response.status_code != 302:
        assertContains(response, "<h1>", count=1)
        assert b"<style" not in response.content
        assert b" style=" not in response.content


@pytest.mark.parametrize("path", ["email/", "login/code/", "phone/change/", "social/login/error/", "2fa/"])
def test_parts_of_allauth_that_we_do_not_use_have_no_address(client: Client, path: str) -> None:
    assert client.get(f"/accounts/{path}").status_code == 404


def test_thai_pages_of_accounts_hold_no_english(client: Client) -> None:
    for name in ("account_login", "account_signup", "account_reset_password"):
        page = client.get(reverse(name)).content.decode()
        main = page[page.index("<main") : page.index("</main>")]
        words = re.sub(r"<[^>]*>|“mail”", " ", main)
        assert not re.search(r"[A-Za-z]{3,}", words), words
