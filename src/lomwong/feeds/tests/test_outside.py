"""Link previews, schema.org, oEmbed, sitemap, robots: what is public, whole, and nothing else."""

import json
import re
import tracemalloc
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.feeds import sitemaps
from lomwong.feeds.head import head_of
from lomwong.feeds.tests.reading import is_whole
from lomwong.people.tests.factories import make_person
from lomwong.posts import actions
from lomwong.posts.models import Blog, Kind, Licence, Placement, Post, State
from lomwong.posts.tests.factories import hang, make_answer, make_post, make_question, make_reply

pytestmark = pytest.mark.django_db

PUBLIC = Audience.PUBLIC
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


class Head(HTMLParser):
    """What programs read of a head."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.meta: dict[str, str] = {}
        self.links: dict[str, str] = {}
        self.data: dict[str, Any] = {}
        self.scripts = 0
        self._is_data = False
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self.meta[given.get("property") or given.get("name", "")] = given.get("content", "")
        elif tag == "link":
            self.links[given.get("type") or given["rel"]] = given["href"]
        elif tag == "script":
            self.scripts += 1
            self._is_data = given == {"type": "application/ld+json"}

    def handle_data(self, data: str) -> None:
        if self._is_data:
            self.data = json.loads(data)
            self._is_data = False


def head(post: Post) -> Head:
    return Head(head_of(Post.objects.get(pk=post.pk)))


def test_a_story(settings):
    settings.PUBLIC_URL = "https://km.example"
    post = make_post("ยืมเงินทดรอง", text="เริ่มที่หน่วยการเงิน", by=make_person("มาลี"), audience=PUBLIC, tags=["การเงิน"])
    Post.objects.filter(pk=post.pk).update(licence=Licence.CC_BY)
    found = head(post)
    address = f"https://km.example/posts/{post.number}/"
    assert found.links["canonical"] == found.meta["og:url"] == address
    assert (found.meta["og:title"], found.meta["og:description"]) == ("ยืมเงินทดรอง", "เริ่มที่หน่วยการเงิน")
    assert found.meta["og:image"].startswith("https://km.example/")
    assert found.meta["og:image"].endswith(".png")
    assert found.meta["twitter:card"] == "summary"
    assert found.links["application/json+oembed"].startswith("https://km.example/oembed/?url=https%3A%2F%2Fkm.example")
    data = found.data
    assert (data["@context"], data["@type"], data["headline"]) == ("https://schema.org", "Article", "ยืมเงินทดรอง")
    assert data["author"] == [{"@type": "Person", "name": "มาลี"}]
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert data["keywords"] == ["การเงิน"]


def test_a_question_with_its_answers():
    asker = make_person("ผู้ถาม")
    question = make_question("เครื่องฉายไม่ติด", by=asker, audience=PUBLIC)
    first, second, held = (make_answer(question, f"คำตอบที่ {number}") for number in (1, 2, 3))
    make_reply(question, "ความเห็น")
    Post.objects.filter(pk=held.pk).update(state=State.HELD)
    actions.accept_answer(second, by=asker)
    data = head(question).data
    assert data["@type"] == "QAPage"
    asked = data["mainEntity"]
    assert (asked["@type"], asked["name"], asked["answerCount"]) == ("Question", "เครื่องฉายไม่ติด", 2)
    assert asked["acceptedAnswer"]["text"] == "คำตอบที่ 2"
    assert [answer["text"] for answer in asked["suggestedAnswer"]] == ["คำตอบที่ 1"]
    assert asked["suggestedAnswer"][0]["url"].endswith(f"#p{first.number}")


def test_a_journal_entry():
    data = head(make_post(kind=Kind.JOURNAL, text="วันนี้ฝนตก", audience=PUBLIC)).data
    assert (data["@type"], data["text"]) == ("DiscussionForumPosting", "วันนี้ฝนตก")


def test_the_first_picture(settings):
    from lomwong.posts.tests import pictures

    settings.PUBLIC_URL = "https://km.example"
    post = make_post(audience=PUBLIC)
    hang(post)
    picture = hang(post, "ภาพ.jpg", pictures.photo())
    found = head(post)
    assert found.meta["og:image"] == f"https://km.example{picture.picture_url}"
    assert found.meta["twitter:card"] == "summary_large_image"
    assert found.data["image"] == found.meta["og:image"]


@pytest.mark.parametrize(
    "words", ["</script><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "<!--<script>", "]]>"]
)
def test_nothing_breaks_out(words):
    post = make_post(words, text=words, by=make_person(words), audience=PUBLIC, tags=[f"t{words}"])
    found = head(post)
    assert found.scripts == 1
    assert found.data["headline"] == words
    assert found.meta["og:title"] == words
    assert "<img" not in head_of(post)


def not_public() -> list[Post]:
    closed = make_community(audience=Audience.MEMBERS)
    shown = [make_post("ลับ", text="ลับ"), make_post("ลับ", text="ลับ", communities=[closed])]
    for state in (State.HIDDEN, State.HELD, State.WITHDRAWN):
        post = make_post("ลับ", text="ลับ", audience=PUBLIC)
        Post.objects.filter(pk=post.pk).update(state=state)
        shown.append(post)
    return shown


def test_no_head_for_what_is_not_public():
    for post in not_public():
        assert head_of(Post.objects.get(pk=post.pk)) == ""


def test_an_entry_that_closes_loses_its_head():
    circle = make_community(audience=PUBLIC)
    post = make_post(communities=[circle])
    assert head_of(post)
    circle.audience = Audience.MEMBERS
    circle.save()
    assert head_of(Post.objects.get(pk=post.pk)) == "", "who may read never comes from what is kept"


def test_a_public_page_carries_it_and_no_cookie(client):
    post = make_post("เปิด", audience=PUBLIC)
    response = client.get(post.get_absolute_url())
    found = Head(re.sub(r"<body.*", "", response.content.decode(), flags=re.DOTALL))
    assert found.data["headline"] == "เปิด"
    assert not response.cookies
    closed = make_post("ปิด")
    client.force_login(make_person())
    assert "og:title" not in client.get(closed.get_absolute_url()).content.decode()


def oembed(client, url: str, **more: str):
    return client.get(reverse("feeds:oembed"), {"url": url, **more})


def test_oembed(client, settings):
    settings.PUBLIC_URL = "https://km.example"
    post = make_post("ยืมเงิน <b>", text="เริ่มที่ & จบที่", by=make_person("มาลี"), audience=PUBLIC)
    url = f"https://km.example/posts/{post.number}/"
    told = oembed(client, url, maxwidth="300").json()
    assert (told["version"], told["type"], told["title"], told["author_name"]) == ("1.0", "rich", "ยืมเงิน <b>", "มาลี")
    assert told["width"] == 300
    assert f'<a href="{url}">' in told["html"]
    assert "<b>" not in told["html"]
    assert "<script" not in told["html"]
    tree = ET.fromstring(oembed(client, url, format="xml").content)
    assert tree.tag == "oembed"
    assert tree.findtext("html") == told["html"]
    assert oembed(client, url, format="yaml").status_code == 501
    assert oembed(client, url, maxwidth="9" * 5000).json()["width"] == 600


def test_oembed_of_what_is_not_public(client, settings):
    site = settings.PUBLIC_URL
    places = [f"{site}/posts/{post.number}/" for post in not_public()]
    public = make_post(audience=PUBLIC)
    places += [f"{site}/posts/999999/", f"{site}/", f"{site}/circles/x/", "", "http://[", f"{site}:1/posts/1/"]
    places += [f"https://elsewhere.example/posts/{public.number}/"]
    client.force_login(make_person())  # whoever is signed in: it is for others
    assert {oembed(client, place).status_code for place in places} == {404}


def read_sitemap(client, address: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    assert not response.cookies
    tree = ET.fromstring(response.getvalue())
    assert tree.tag in {f"{SITEMAP}urlset", f"{SITEMAP}sitemapindex"}
    found = [each.findtext(f"{SITEMAP}loc") or "" for each in tree]
    assert found
    assert all(is_whole(address) for address in found)
    return found


def test_sitemap(client, settings):
    hidden = not_public()
    circle, closed = make_community("วงเปิด", audience=PUBLIC), make_community("วงปิด", audience=Audience.MEMBERS)
    post = make_post("เปิด", communities=[circle])
    blog = Blog.objects.create(owner=make_person(), name="b", slug="b", created_at=timezone.now())
    Blog.objects.create(owner=make_person(), name="c", slug="c", created_at=timezone.now())
    Post.objects.filter(pk=post.pk).update(blog=blog)
    make_reply(post)
    parts = read_sitemap(client, reverse("feeds:sitemap"))
    found = [address for part in parts for address in read_sitemap(client, part.removeprefix(settings.PUBLIC_URL))]
    paths = [address.removeprefix(settings.PUBLIC_URL) for address in found]
    assert f"/posts/{post.number}/" in paths
    assert reverse("posts:blog", args=["b"]) in paths
    assert len(paths) == 4, "home, a circle, a blog, an entry"
    assert not {f"/posts/{each.number}/" for each in hidden} & set(paths)
    assert closed.slug not in "".join(paths)
    for part in ("posts-999", "posts-x", "posts-" + "9" * 30, "people"):
        assert client.get(reverse("feeds:sitemap_part", args=[part])).status_code == 404


def test_a_large_sitemap_needs_no_large_memory(monkeypatch, client):
    """Ten times as many entries in a part, read piece by piece, take as much memory as a few."""
    author, circle = make_person(), make_community(audience=PUBLIC)
    now = timezone.now()

    def fill(count: int) -> None:
        made = [
            Post(kind=Kind.STORY, author=author, text="x", html="x", audience=None, created_at=now, lifted_at=now)
            for _ in range(count)
        ]
        Post.objects.bulk_create(made)
        numbers = Post.objects.filter(placements=None).values_list("number", flat=True)
        Placement.objects.bulk_create(Placement(post_id=number, community=circle) for number in numbers)

    def peak() -> int:
        tracemalloc.start()
        for piece in sitemaps.posts(0) or ():
            assert len(piece) < 500
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    monkeypatch.setattr(sitemaps, "PART", 10**9)
    monkeypatch.setattr(sitemaps, "AT_ONCE", 100)
    fill(200)
    peak()
    few = peak()
    fill(3_000)
    assert peak() < few + 200_000


def test_robots(client):
    response = client.get("/robots.txt")
    text = response.content.decode()
    assert response["Content-Type"].startswith("text/plain")
    assert "Disallow: /feeds/private/" in text
    assert re.search(r"^Sitemap: https?://\S+/sitemap\.xml$", text, re.MULTILINE)
    assert not response.cookies
