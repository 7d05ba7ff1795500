"""Coming in, as a browser does it."""

import re

from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from lomwong.people.tests.factories import PASSWORD


def link_in(letter: EmailMessage) -> str:
    """The path of the only address in a letter."""
    [path] = re.findall(r"http://testserver(/\S+)", letter.body)
    return path


def sign_in(client: Client, email: str, password: str = PASSWORD) -> int:
    """The status of the answer: 302 in, 200 the form again."""
    return client.post(reverse("account_login"), {"login": email, "password": password}).status_code


def is_in(client: Client) -> bool:
    return client.get(reverse("people:me")).headers["Location"].startswith("/people/")


def choose_password(client: Client, letter: EmailMessage, password: str) -> None:
    form = client.get(link_in(letter), follow=True)
    assert client.post(form.redirect_chain[-1][0], {"password1": password}).status_code == 302
