"""Pages kept for visitors: quick for them, and nobody else's."""

import pytest
from django.urls import reverse

from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.kit import visitors
from lomwong.people.tests.factories import make_person
from lomwong.posts.tests.factories import make_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch) -> list[float]:
    """Stands still until a test moves it."""
    now = [1000.0]
    monkeypatch.setattr(visitors.time, "monotonic", lambda: now[0])
    return now


PATHS = ["/", "/questions/", "/yard/", "/planets/"]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_made_once_in_some_seconds(client, clock, path, django_assert_num_queries):
    make_post("เปิดกว้าง", audience=Audience.PUBLIC)
    first = client.get(path)
    with django_assert_num_queries(0):
        assert client.get(path).content == first.content
    make_post("มาใหม่", audience=Audience.PUBLIC)
    assert client.get(path).content == first.content
    clock[0] += visitors.SECONDS
    if path in {"/", "/yard/"}:
        assert "มาใหม่" in client.get(path).content.decode()


@pytest.mark.parametrize("path", PATHS)
def test_it_carries_no_cookie_and_says_how_long_it_holds(client, path):
    response = client.get(path)
    assert not response.cookies
    assert "s-maxage=5" in response["Cache-Control"]
    assert {"Accept-Language", "Cookie", "Save-Data"} <= set(response["Vary"].replace(" ", "").split(","))
    again = client.get(path, headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_language_colours_and_query_have_their_own(client, clock):
    pages = [client.get("/", headers={"accept-language": language}).content for language in ("th", "en")]
    pages.append(client.get("/questions/").content)
    pages.append(client.get("/questions/?open=1").content)
    client.cookies["theme"] = "dark"
    pages.append(client.get("/").content)
    pages.append(client.get("/", headers={"Save-Data": "on"}).content)
    assert len(set(pages)) == len(pages)


def test_who_comes_in_reads_their_own_page_and_leaves_none_behind(client, clock):
    me = make_person("ผู้เข้ามา ข้างใน")
    make_post("เรื่องในบ้าน")
    assert "เรื่องในบ้าน" not in client.get("/").content.decode()
    client.force_login(me)
    inside = client.get("/")
    assert "เรื่องในบ้าน" in inside.content.decode()
    assert "s-maxage" not in inside.get("Cache-Control", "")
    client.logout()
    assert "เรื่องในบ้าน" not in client.get("/").content.decode()


def test_what_is_no_whole_page_is_not_kept(client, clock):
    circle = make_community(audience=Audience.ORGANISATION)
    assert client.get(circle.get_absolute_url()).status_code == 404
    circle.audience = Audience.PUBLIC
    circle.save()
    assert client.get(circle.get_absolute_url()).status_code == 200
    assert client.post("/").status_code == 200


def test_a_page_with_a_token_is_not_kept(rf, clock):
    from django.http import HttpResponse
    from django.middleware.csrf import get_token

    @visitors.kept_for_visitors
    def with_form(request):
        return HttpResponse(get_token(request))

    tokens = set()
    for _ in range(2):
        request = rf.get("/")
        tokens.add(with_form(request).content)
    assert len(tokens) == 2


def test_a_message_waiting_is_not_lost(client, clock):
    client.get("/")
    client.cookies["messages"] = "x"
    assert "s-maxage" not in client.get(reverse("posts:yard")).get("Cache-Control", "")
