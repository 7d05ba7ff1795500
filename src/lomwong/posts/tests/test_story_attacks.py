"""Hostile words in every field of blogs, series, versions: shown as words, and nothing breaks."""

from html.parser import HTMLParser

import pytest
from django.urls import reverse

from lomwong.kit.tests.attacks import ATTACKS
from lomwong.people.tests.factories import make_person
from lomwong.posts import actions
from lomwong.posts.models import Kind
from lomwong.posts.stories.actions import change_blog, change_series

pytestmark = pytest.mark.django_db


class Alive(HTMLParser):
    """Collects what a browser would run, but for our own scripts."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag in {"iframe", "object", "embed", "style"} or (
            tag == "script" and not given.get("src", "").startswith("/static/")
        ):
            self.found.append((tag, given))
        if any(
            name.startswith("on") or (value or "").strip().lower().startswith("javascript:") for name, value in attrs
        ):
            self.found.append((tag, given))


def alive_in(page):
    parser = Alive()
    parser.feed(page)
    return parser.found


def test_no_field_runs_anything(client):
    me = make_person()
    client.force_login(me)
    every = "\n\n".join(ATTACKS).replace("\x00", "")
    for attack in ATTACKS[::5]:
        words = attack.replace("\x00", "")[:120]
        blog = change_blog(actions.open_blog("สมุด", by=me), name=words, about=words, licence="")
        series = actions.begin_series("ชุด", by=me)
        post = actions.write_post(kind=Kind.STORY, by=me, title=words, text=every, blog=blog, series=series)
        actions.edit_post(post, by=me, title=f"{words} 2", text=f"{every} ก {words}")
        change_series(series, name=words, about=words, is_finished=False, parts={})
        pages = [
            blog.get_absolute_url(),
            reverse("posts:blogs"),
            reverse("posts:blog_edit", args=[blog.slug]),
            series.get_absolute_url(),
            reverse("posts:series_edit", args=[series.pk]),
            *(reverse(f"posts:{name}", args=[post.number]) for name in ("history", "belonging", "authors", "withdraw")),
            reverse("posts:authors", args=[post.number], query={"q": attack}),
            reverse("posts:by", args=[me.pk]),
        ]
        for page in pages:
            response = client.get(page)
            assert response.status_code == 200, page
            assert alive_in(response.content.decode()) == [], (page, attack)
        blog.delete()
        series.delete()


@pytest.mark.parametrize(
    "address", ["/blogs/%00/", "/blogs/%00/edit/", f"/series/{10**30}/", f"/posts/{10**30}/history/"]
)
def test_addresses_that_nobody_gave_lead_nowhere(client, address):
    client.force_login(make_person())
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("person", ["", "abc", "9" * 40, "\x00", "๑๒"])
def test_people_that_nobody_is(client, person):
    me = make_person()
    client.force_login(me)
    post = actions.write_post(kind=Kind.STORY, by=me, text="เนื้อ")
    for name in ("author_invite", "author_part"):
        assert client.post(reverse(f"posts:{name}", args=[post.number]), {"person": person}).status_code == 404
