"""Somebody with bad intentions: other people's things, requests from other pages, pages kept for the wrong reader."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.feeds.actions import make_feed_key
from lomwong.moderation.tests.factories import hide
from lomwong.people.tests.factories import make_person
from lomwong.posts import actions
from lomwong.posts.models import Kind
from lomwong.posts.tests.factories import hang, make_draft, make_post
from lomwong.posts.tests.pictures import photo
from lomwong.site.tests.test_hostile_addresses import every_address, filled

pytestmark = pytest.mark.django_db

# Nothing is done there in anybody's name, or the letter, the browser, the signed time says who asks.
NO_TOKEN = {"kit:language", "kit:theme", "notifications:unsubscribe", "moderation:visitor_comment", "posts:read"}
ELSEWHERE = [
    "//x.example",
    "/\\x.example",
    "https://x.example/",
    "javascript:x",
    "\t//x.example",
    "///x.example",
    "http:x.example",
]


def door(who=None, **how) -> Client:
    client = Client(**how)
    if who:
        client.force_login(who)
    return client


def test_nothing_is_done_for_a_page_of_somebody_else():
    """Every address, posted to without the token of a page of ours."""
    cache.clear()
    client = door(make_person(is_staff=True, is_superuser=True), enforce_csrf_checks=True)
    free = {
        reverse(name, args=["1"] if ":" in name and name not in {"kit:language", "kit:theme"} else [])
        for name in NO_TOKEN
    }
    from_there = {"Origin": "https://x.example", "Sec-Fetch-Site": "cross-site"}
    done = {}
    for address in every_address():
        place = filled(address, "x", "1")
        status = client.post(place, {"x": "1"}, headers=from_there).status_code
        if status != 403 and place not in free | {"/news/letters/x/"}:
            done[place] = status
    assert done == {}


@pytest.mark.parametrize("name", ["language", "theme"])
def test_not_even_the_language_is_changed_from_elsewhere(name):
    for told in ({"Origin": "https://x.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}):
        assert Client().post(f"/{name}/", {name: "en"}, headers=told).status_code == 403


@pytest.mark.parametrize("next", ELSEWHERE)
def test_no_address_leads_out_of_the_house(next):
    me = make_person()
    post, draft = make_post(), make_draft(me)
    key = {"draft": draft.key}
    places = {
        "/language/": {"language": "en"},
        "/theme/": {"theme": "dark"},
        reverse("posts:follow", args=["person", post.author_id]): {"on": "1"},
        reverse("posts:journal_new"): {"text": "สองบรรทัด"},
        reverse("posts:journal_new") + "?again": {"text": "สาม", **key},
        reverse("account_login"): {"login": me.email, "password": "ฝนตกทุกบ่าย 2569"},
    }
    for place, sent in places.items():
        client = door(None if "accounts" in place else me)
        response = client.post(place, sent | {"next": next})
        assert response.status_code == 302, place
        assert response["Location"].startswith("/"), place
        assert not response["Location"].startswith(("//", "/\\")), place


def test_what_is_closed_stays_closed_by_number():
    """Pictures, files, entries, what was done about them, addresses: for a colleague and for a visitor."""
    me, host = make_person(), make_person()
    closed = make_community(audience=Audience.MEMBERS, by=host, people=[me])
    post = make_post("ความลับ", by=me, communities=[closed])
    comment = actions.reply(post, kind=Kind.COMMENT, by=host, text="ความลับ")
    picture, paper = hang(post, "x.png", photo(width=1200, height=900)), hang(post)
    draft = make_draft(me, "ความลับ")
    hidden = make_post("ความลับ", by=me)
    deed = hide(hidden)
    key = make_feed_key(me)
    names = ("post", "post_menu", "reply_new", "post_edit", "flowers", "history", "belonging", "authors", "withdraw")
    places = [reverse(f"posts:{name}", args=[number.pk]) for name in names for number in (post, comment, hidden)]
    places += [picture.picture_url, picture.small_url, picture.get_absolute_url(), paper.get_absolute_url()]
    places += [
        reverse("posts:draft", args=[draft.pk]),
        deed.get_absolute_url(),
        reverse("moderation:about", args=[hidden.pk]),
    ]
    places += [
        reverse("moderation:flag", args=[post.pk]),
        reverse("moderation:appeal", args=[deed.pk]),
        "/take-away/parcel/",
    ]
    places += [reverse("search:related", args=[post.pk]), f"/feeds/atom/circles/{closed.slug}/"]
    deeds = [reverse("posts:flower_give", args=[post.pk]), reverse("posts:answer_accept", args=[comment.pk])]
    deeds += [reverse("feeds:feed_key_revoke", args=[key.pk]), reverse("posts:draft_discard", args=[draft.pk])]
    shown = door(me).get(picture.small_url)
    assert shown.status_code == 200
    assert b"".join(shown.streaming_content)
    for client in (door(), door(make_person())):
        for place in places:
            response = client.get(place)
            assert response.status_code in {302, 403, 404}, (place, response.status_code)
            assert "login" in response.headers.get("Location", "login"), place
        for place in deeds:
            assert client.post(place).status_code in {302, 403, 404}, place
    upload = {"file": SimpleUploadedFile("x.txt", b"x")}
    assert door(host).post(reverse("posts:draft_file_add", args=[draft.key]), upload).status_code == 404


def test_no_page_is_kept_for_the_wrong_reader():
    """Read by a member, then by visitors; open, then closed, asked for with the ETag of before."""
    host = make_person("เจ้าของวง")
    circle = make_community(audience=Audience.PUBLIC, by=host)
    post = make_post("เล่าให้ทุกคน", by=host, communities=[circle])
    member, visitor = door(host), door()
    for place in (post.get_absolute_url(), circle.get_absolute_url(), "/", "/yard/"):
        mine, theirs = member.get(place), visitor.get(place)
        assert "csrfmiddlewaretoken" in mine.content.decode()
        assert "csrfmiddlewaretoken" not in theirs.content.decode()
        assert "public" not in mine.headers.get("Cache-Control", "")
        assert "Cookie" in theirs["Vary"]
        assert "Cookie" in mine["Vary"]
        assert not theirs.cookies
        assert visitor.get(place, headers={"If-None-Match": theirs["ETag"]}).status_code == 304
        assert member.get(place, headers={"If-None-Match": theirs["ETag"]}).status_code == 200
    etag = visitor.get(post.get_absolute_url())["ETag"]
    circle.audience = Audience.MEMBERS
    circle.save()
    assert visitor.get(post.get_absolute_url(), headers={"If-None-Match": etag}).status_code == 404


def test_a_kept_page_says_nothing_of_who_asked_first():
    """Whatever stood behind the question mark, or in the headers, when it was made."""
    post = make_post("เล่าให้ทุกคน", by=make_person(), audience=Audience.PUBLIC)
    place = post.get_absolute_url()
    evil = {"X-Forwarded-Host": "x.example", "HX-Request": "true", "X-Original-URL": "/admin/"}
    Client().get(f"{place}?from=%22canary", headers=evil)
    Client().get(f"{place}?from=canary&from=1", headers=evil)
    Client().get("/yard/", headers=evil)
    for where in (place, "/yard/"):
        page = Client().get(where).content.decode()
        assert "canary" not in page
        assert "x.example" not in page
        assert "<html" in page
