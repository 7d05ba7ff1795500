"""Language and colours of the page, the switches for both, and the doors of views."""

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from lomwong.kit import access
from lomwong.people.tests.factories import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def language_put_back():
    with translation.override(translation.get_language()):
        yield


# Language


@pytest.mark.parametrize(
    ("accepted", "chosen", "language"),
    [
        ("", "", "th"),
        ("th", "", "th"),
        ("en", "", "en"),
        ("en-GB,en;q=0.9", "", "en"),
        ("en-US,en;q=0.9,th;q=0.8", "", "th"),  # a Thai reader with an English browser
        ("EN", "", "en"),
        ("de,fr", "", "th"),
        ("en", "th", "th"),
        ("th", "en", "en"),
        ("en", "xx", "en"),
        ("en", "../../etc", "en"),
        (";,;q=,,-", "", "th"),
    ],
)
def test_the_language_of_a_page(client, accepted, chosen, language):
    if chosen:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = chosen
    response = client.get("/", headers={"accept-language": accepted})
    assert f'<html lang="{language}"' in response.content.decode()
    assert response["Content-Language"] == language
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in response["Vary"].split(",")}


def test_the_choice_of_a_language_is_remembered(client):
    response = client.post(reverse("kit:language"), {"language": "en", "next": "/questions/?open=1"})
    assert response["Location"] == "/questions/?open=1"
    cookie = response.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (cookie.value, cookie["samesite"], cookie["httponly"]) == ("en", "Lax", True)
    assert '<html lang="en"' in client.get("/").content.decode()


# Colours


def test_the_choice_of_colours_is_remembered(client):
    assert "data-theme" not in client.get("/").content.decode()
    client.post(reverse("kit:theme"), {"theme": "dark"})
    page = client.get("/").content.decode()
    assert '<html lang="th" data-theme="dark"' in page
    assert 'name="theme" value="light"' in page
    client.post(reverse("kit:theme"), {"theme": "light"})
    assert 'data-theme="light"' in client.get("/").content.decode()


def test_a_strange_cookie_changes_no_colours(client):
    client.cookies["theme"] = '"><script>'
    page = client.get("/").content.decode()
    assert "data-theme" not in page
    assert '"><script>' not in page


@pytest.mark.parametrize(("name", "field"), [("language", "language"), ("theme", "theme")])
def test_nonsense_is_not_remembered(client, name, field):
    response = client.post(reverse(f"kit:{name}"), {field: "nonsense", "next": "/"})
    assert response.status_code == 302
    assert not {settings.LANGUAGE_COOKIE_NAME, "theme"} & set(response.cookies)
    assert client.get(reverse(f"kit:{name}")).status_code == 405


@pytest.mark.parametrize(
    "target",
    [
        "",
        "//evil.example/",
        "///evil.example",
        "https://evil.example/",
        "http:evil.example",
        "javascript:alert(1)",
        "\\\\evil.example",
        "/\\evil.example",
        "\x00//evil.example",
        "https:/\\evil.example",
        "https://testserver@evil.example/",
        " //evil.example",
        "ftp://testserver/",
    ],
)
@pytest.mark.parametrize("name", ["language", "theme"])
def test_the_way_back_stays_in_the_house(client, name, target):
    response = client.post(reverse(f"kit:{name}"), {name: "en", "next": target})
    assert response["Location"] == "/"


def test_a_line_end_in_the_way_back_makes_no_header(client):
    response = client.post(reverse("kit:theme"), {"theme": "dark", "next": "/x\r\nSet-Cookie: a=b"})
    assert "\n" not in response["Location"]
    assert "a" not in response.cookies


def test_data_saving_leaves_fonts_out(client):
    assert "fonts/" in client.get("/").content.decode()
    page = client.get("/", headers={"save-data": "on"}).content.decode()
    assert "data-saves" in page
    assert "fonts/" not in page


# Doors


def test_every_door_says_whom_it_lets_in(client, rf):
    for decorator, name in ((access.public, "public"), (access.signed_in, "signed_in"), (access.operator, "operator")):
        assert decorator(lambda _request: None).access == name


def test_the_operators_door(client, settings):
    settings.ROOT_URLCONF = "lomwong.site.tests.doors"
    assert client.get("/operator/").status_code == 302
    client.force_login(make_person())
    assert client.get("/operator/").status_code == 403
    client.force_login(make_person(is_staff=True))
    assert client.get("/operator/").status_code == 200
