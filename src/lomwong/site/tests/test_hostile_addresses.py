"""Addresses that nobody gave, and words behind the question mark: an answer every time, and never "we tripped"."""

from collections.abc import Iterator
from urllib.parse import quote, quote_from_bytes

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.kit.tests.attacks import ATTACKS, BROKEN, ODD
from lomwong.people.tests.factories import make_person
from lomwong.posts import actions
from lomwong.posts.models import Kind
from lomwong.posts.planets.actions import make_planet
from lomwong.posts.tests.factories import make_draft, make_post
from lomwong.site.tests.harmless import read

pytestmark = pytest.mark.django_db

NASTY = [quote(text[:300], safe="") for text in [*ATTACKS[::31], *ODD[::15], "a\x00b"]]
NASTY += map(quote_from_bytes, BROKEN)
PARTS = ["%00", "a%00b", "..", "%2e%2e%2f", "%0d%0aX:1", "%ff", quote("ก" * 300), "'--", *NASTY[-3:]]
NUMBERS = ["0", "1", "9" * 18, "9" * 19, "9" * 400]
NAMES = """
    q before after from find show kind open circle series blog title draft prompt quote version sent url maxwidth format
    next preview sort page
""".split()
FIELDS = """
    planet name text words word add out hand_over step_out person does chosen yes works on label reason note until to
    into take_away communities audience tags later_on later_at zone licence new_blog new_series part co_authors post
    parent act alt language theme stamp website is_granted answer email login password job_functions unit about ways
    lines alt_1 word-1
""".split()


def every_address(patterns: list[URLPattern | URLResolver] | None = None, before: str = "") -> Iterator[str]:
    """As they are written in urls.py, without the operators' admin."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        place = before + str(one.pattern)
        if isinstance(one, URLResolver):
            if not place.startswith("admin/"):
                yield from every_address(one.url_patterns, place)
        elif "^" not in place:
            yield "/" + place


def filled(address: str, words: str, number: str) -> str:
    """With these in place of `<str:slug>` and `<int:pk>`."""
    parts = [part.partition(">") for part in address.split("<")]
    return parts[0][0] + "".join((number if kind.startswith("int:") else words) + rest for kind, _, rest in parts[1:])


def people() -> list[Client]:
    """A visitor, and one who may open everything."""
    clients = [Client(), Client()]
    clients[1].force_login(make_person(is_staff=True))
    return clients


@pytest.fixture
def things() -> None:
    me = make_person()
    circle = make_community(audience=Audience.PUBLIC, by=me)
    post = make_post(by=me, communities=[circle], tags=["ก"])
    actions.reply(post, kind=Kind.COMMENT, by=me, text="x")
    make_planet(name="x", by=me, audience="public")


@pytest.mark.parametrize("words", PARTS)
def test_whatever_stands_in_an_address(words, things):
    cache.clear()
    for client in people():
        for address in every_address():
            if "<" in address:
                place = filled(address, words, "1")
                for response in (client.get(place), client.post(place)):
                    assert response.status_code < 500, place
                    assert not response.headers.get("Location", "/").startswith(("//", "/\\")), place


@pytest.mark.parametrize("number", NUMBERS)
def test_whatever_number_stands_in_an_address(number, things):
    cache.clear()
    for client in people():
        for address in every_address():
            if "<int:" in address and "leave" not in address:
                place = filled(address, "ก", number)
                assert client.get(place).status_code < 500, place
                assert client.post(place).status_code < 500, place


@pytest.mark.parametrize("words", NASTY)
def test_whatever_stands_behind_the_question_mark(words, things):
    """In all names at once: a page reads those that it knows."""
    asked = "&".join(f"{name}={words}" for name in NAMES)
    for client in people():
        for address in every_address():
            place = filled(address, "ก", "1")
            response = client.get(f"{place}?{asked}")
            assert response.status_code < 500 or place == "/oembed/", (place, words)  # whose format wants a 501
            if response.status_code == 200 and response.headers["Content-Type"].startswith("text/html"):
                assert read(response).faults == [], place


@pytest.mark.parametrize("words", ["a\x00b", "9" * 400, "²"])
def test_whatever_is_sent(words, things):
    """In all names at once, to every address that takes something."""
    sent = dict.fromkeys([*NAMES, *FIELDS], words)
    cache.clear()
    for client in people():
        for address in every_address():
            if "logout" not in address:
                response = client.post(filled(address, "x", "1"), sent | {"kind": "story"})
                assert response.status_code < 500, (address, response.status_code)


def test_a_cookie_that_holds_what_no_database_takes():
    """Quoted as the standard allows, and read by Python's library."""
    for value in ('"\\000aaaaaaaaaaaa"', '"\\012\\015x"', "x" * 4000, "\xe0\xb8"):
        for name in ("sessionid", "csrftoken", "messages", "theme", "django_language"):
            client = Client(headers={"Cookie": f"{name}={value}"})
            assert client.get("/").status_code == 200, (name, value)
            assert client.get("/drafts/").status_code == 302, (name, value)


def test_draft_keys_that_nobody_has():
    me = make_person()
    make_draft(me)
    client = Client()
    client.force_login(me)
    for key in ("\x00", "a\x00bcdefghijklmnopq", "x" * 5000, "../../x", "' or 1=1"):
        assert client.get(reverse("posts:story_new"), {"draft": key}).status_code == 200
        assert client.post(reverse("posts:preview"), {"draft": key, "text": "x"}).status_code == 200
        assert client.post(reverse("posts:draft_save"), {"draft": key, "text": "x", "kind": "story"}).status_code == 409
