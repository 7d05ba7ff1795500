"""Take a seat: as somebody new, or as somebody known from what was brought along."""

import smtplib

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from lomwong.people.models import Person
from lomwong.people.tests.door import choose_password, is_in, link_in, sign_in
from lomwong.people.tests.factories import PASSWORD, make_imported, make_person

pytestmark = pytest.mark.django_db
NEW = {"name": "เดชา พรหมรักษ์", "email": "decha@u.example", "password1": PASSWORD}


def test_signing_up_takes_name_address_and_password_and_leads_to_the_profile(client: Client) -> None:
    response = client.post(reverse("account_signup"), NEW)
    assertRedirects(response, reverse("people:edit"))
    person = Person.objects.get()
    assert (person.name, person.email, person.has_signed_in) == ("เดชา พรหมรักษ์", "decha@u.example", True)


def test_signing_up_leads_back_to_where_one_wanted_to_go(client: Client) -> None:
    target = reverse("people:units")
    response = client.post(reverse("account_signup"), {**NEW, "next": target})
    assertRedirects(response, target)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "ช่องนี้ยังว่างอยู่"),
        ("email", "decha", "ยังดูไม่เหมือนอีเมล"),
        ("password1", "สั้น", "ต้องมีอย่างน้อย 10 ตัวอักษร"),
        ("password1", "qwertyuiop", "มีคนใช้เยอะ"),
        ("password1", "decha@u.example", "คล้ายชื่อหรืออีเมล"),
    ],
)
def test_what_is_missing_is_said_in_our_words(client: Client, field: str, value: str, words: str) -> None:
    response = client.post(reverse("account_signup"), {**NEW, field: value})
    assertContains(response, words)
    assert not Person.objects.exists()


def test_where_mail_is_sent_the_address_is_proved_first(
    client: Client, mail_server: None, mailoutbox: list[EmailMessage]
) -> None:
    response = client.post(reverse("account_signup"), NEW)
    assertRedirects(response, reverse("account_email_verification_sent"))
    assert not is_in(client)
    assert "อีเมลนี้ของคุณใช่ไหม" in mailoutbox[0].subject
    path = link_in(mailoutbox[0])
    assertContains(client.get(path), "decha@u.example")
    client.post(path)
    assert is_in(client)


def test_an_address_that_is_proved_later_elsewhere_opens_the_account(
    client: Client, mail_server: None, mailoutbox: list[EmailMessage]
) -> None:
    client.post(reverse("account_signup"), NEW)
    other = Client()
    other.post(link_in(mailoutbox[0]))
    assert not is_in(other)
    sign_in(other, "decha@u.example")
    assert is_in(other)


@pytest.mark.usefixtures("mail_server")
def test_an_old_confirmation_link_is_told_kindly(client: Client) -> None:
    assertContains(client.get(reverse("account_confirm_email", args=["MQ:nonsense"])), "ลิงก์นี้ใช้ไม่ได้แล้ว")


def test_letters_are_in_the_readers_language(client: Client, mail_server: None, mailoutbox: list[EmailMessage]) -> None:
    client.cookies["django_language"] = "en"
    client.post(reverse("account_signup"), NEW)
    assert mailoutbox[0].subject == "Is this address yours?"
    assert "you would like to sit with us" in mailoutbox[0].body


@pytest.mark.usefixtures("mail_server")
def test_a_dead_mail_server_is_said_and_loses_nothing(
    client: Client, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "lomwong.people.tests.test_sign_up.DeadBackend"
    response = client.post(reverse("account_signup"), NEW)
    assertContains(response, "อีเมลยังไม่ได้ออกไป", status_code=503)
    assert Person.objects.filter(email="decha@u.example").exists()
    assert "could not be sent" in caplog.text


class DeadBackend:
    def __init__(self, **options: object) -> None:
        pass

    def send_messages(self, letters: list[EmailMessage]) -> int:  # noqa: ARG002
        raise smtplib.SMTPServerDisconnected("no answer")


# Who may sign up


def test_closed_sign_up_makes_nobody_and_says_whom_to_ask(client: Client, settings: Settings) -> None:
    settings.SIGNUP = "closed"
    assertContains(client.get(reverse("account_signup")), "ที่นี่มีคนจัดที่นั่งให้")
    client.post(reverse("account_signup"), NEW)
    assert not Person.objects.exists()
    assertNotContains(client.get(reverse("account_login")), reverse("account_signup"))


def test_only_addresses_of_the_organisation_sign_up(client: Client, settings: Settings) -> None:
    settings.MEMBER_DOMAINS = ["u.example", "staff.u.example"]
    assertContains(client.get(reverse("account_signup")), "u.example, staff.u.example")
    for email in ("decha@elsewhere.example", "decha@notu.example", "decha@u.example.elsewhere.example"):
        response = client.post(reverse("account_signup"), {**NEW, "email": email})
        assertContains(response, "เฉพาะคนในองค์กร")
    assert not Person.objects.exists()
    client.post(reverse("account_signup"), {**NEW, "email": "Decha@U.example"})
    assert Person.objects.get().email == "decha@u.example"


# Somebody known from an import


@pytest.mark.parametrize("has_mail", [True, False])
def test_signing_up_with_a_known_address_makes_no_second_person_and_sends_their_link(
    client: Client, settings: Settings, mailoutbox: list[EmailMessage], has_mail: bool
) -> None:
    settings.EMAIL_HOST = "mail.example" if has_mail else ""
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory" if has_mail else "optional"
    imported = make_imported("Decha P.", email="decha@u.example")
    response = client.post(reverse("account_signup"), NEW)
    assertRedirects(response, reverse("account_email_verification_sent"))
    assert not is_in(client)
    assert mailoutbox[0].to == ["decha@u.example"]
    assert "Decha P." in mailoutbox[0].body
    choose_password(client, mailoutbox[0], "อีกหนึ่งรหัสผ่าน")
    assert is_in(client)
    assert Person.objects.get() == imported
    assert sign_in(Client(), "decha@u.example", PASSWORD) == 200  # the password typed at sign-up counts for nothing


def test_a_claimed_address_is_proved(client: Client, mail_server: None, mailoutbox: list[EmailMessage]) -> None:
    make_imported(email="decha@u.example")
    client.post(reverse("account_reset_password"), {"email": "DECHA@u.example"})
    choose_password(client, mailoutbox[0], "อีกหนึ่งรหัสผ่าน")
    assert is_in(client)
    address = EmailAddress.objects.get()
    assert (address.email, address.verified, address.primary) == ("decha@u.example", True, True)


def test_signing_up_twice_tells_the_owner_and_changes_nothing(
    client: Client, mail_server: None, mailoutbox: list[EmailMessage]
) -> None:
    make_person("เดชา", email="decha@u.example")
    other = {**NEW, "name": "คนอื่น", "password1": "รหัสผ่านของคนอื่น"}
    response = client.post(reverse("account_signup"), other)
    assertRedirects(response, reverse("account_email_verification_sent"))
    assert Person.objects.get().name == "เดชา"
    assert mailoutbox[0].subject == "คุณมีที่นั่งอยู่แล้ว"
    assert reverse("account_reset_password") in mailoutbox[0].body
    assert sign_in(Client(), "decha@u.example", "รหัสผ่านของคนอื่น") == 200


def test_one_letter_at_a_time_however_often_one_signs_up(
    client: Client, mail_server: None, mailoutbox: list[EmailMessage]
) -> None:
    make_imported(email="decha@u.example")
    for _ in range(4):
        client.post(reverse("account_signup"), NEW)
    assert len(mailoutbox) == 1


def test_a_letter_to_a_closed_account_is_not_sent(client: Client, mailoutbox: list[EmailMessage]) -> None:
    make_imported(email="decha@u.example", is_active=False)
    client.post(reverse("account_signup"), NEW)
    client.post(reverse("account_reset_password"), {"email": "decha@u.example"})
    assert mailoutbox == []


@pytest.mark.parametrize(
    ("signup", "domains", "email", "source", "gets_letter"),
    [
        ("open", [], "a@elsewhere.example", "mail", True),
        ("open", ["u.example"], "a@elsewhere.example", "mail", False),
        ("open", ["u.example"], "a@u.example", "mail", True),
        ("closed", [], "a@u.example", "mail", False),
        ("closed", ["u.example"], "a@u.example", "mail", True),
        ("closed", [], "a@u.example", "", True),
        ("closed", ["u.example"], "a@elsewhere.example", "", False),
    ],
)
def test_who_of_those_known_from_an_import_may_come_in(
    client: Client,
    settings: Settings,
    mailoutbox: list[EmailMessage],
    signup: str,
    domains: list[str],
    email: str,
    source: str,
    gets_letter: bool,
) -> None:
    settings.SIGNUP, settings.MEMBER_DOMAINS = signup, domains
    person = make_imported(email=email)
    if not source:
        person.identities.all().delete()  # entered by hand
    response = client.post(reverse("account_reset_password"), {"email": email})
    assertRedirects(response, reverse("account_reset_password_done"))
    assert len(mailoutbox) == gets_letter


def test_whoever_has_a_password_may_forget_it_even_where_sign_up_is_closed(
    client: Client, settings: Settings, mailoutbox: list[EmailMessage]
) -> None:
    settings.SIGNUP, settings.MEMBER_DOMAINS = "closed", ["u.example"]
    make_person(email="guest@elsewhere.example")
    client.post(reverse("account_reset_password"), {"email": "guest@elsewhere.example"})
    assert mailoutbox[0].subject == "ตั้งรหัสผ่านใหม่"
