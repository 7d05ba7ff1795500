"""Public feeds: what stands in them, that they are well-formed, and that nothing gets into them which is not public."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.feeds.tests.reading import ATOM, XML, read_atom, read_json, titles
from lomwong.people.tests.factories import make_person
from lomwong.posts.models import Authorship, Blog, Draft, Kind, Licence, Planet, PlanetSource, Post, Series, State, Tag
from lomwong.posts.tests.factories import hang, make_post, make_question, make_reply

pytestmark = pytest.mark.django_db

PUBLIC = Audience.PUBLIC


def address(form: str, kind: str = "", key: object = "") -> str:
    return reverse("feeds:feed", args=[form, kind, key] if kind else [form])


def make_blog(name: str = "บล็อกของฉัน") -> Blog:
    return Blog.objects.create(owner=make_person(), name=name, slug=name, created_at=timezone.now())


def make_planet(audience: str = PUBLIC, **source: object) -> Planet:
    planet = Planet.objects.create(name="แพลนเน็ต", slug="แพลนเน็ต", audience=audience, created_at=timezone.now())
    PlanetSource.objects.create(planet=planet, **source)
    return planet


def test_the_house_in_atom(client, settings):
    settings.PUBLIC_URL = "https://km.example"
    author, along, invited = make_person("มาลี ใจดี"), make_person("สมชาย"), make_person("ยังไม่ตอบ")
    post = make_post("ยืมเงินทดรอง", by=author, text="ดู [ที่นี่](/posts/1/)", audience=PUBLIC, tags=["การเงิน", "ยืมเงิน"])
    Post.objects.filter(pk=post.pk).update(licence=Licence.CC_BY)
    Authorship.objects.create(post=post, person=along, invited_at=timezone.now(), accepted_at=timezone.now())
    Authorship.objects.create(post=post, person=invited, invited_at=timezone.now())
    hang(post, "แบบฟอร์ม.docx")
    response = client.get(address("atom"))
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = read_atom(response.content)
    assert feed.get(f"{XML}lang") == "th"
    [entry] = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == f"tag:km.example,2026:post/{post.number}"
    assert entry.findtext(f"{ATOM}title") == "ยืมเงินทดรอง"
    assert [author.findtext(f"{ATOM}name") for author in entry.findall(f"{ATOM}author")] == ["มาลี ใจดี", "สมชาย"]
    assert entry.findtext(f"{ATOM}rights") == "CC BY 4.0"
    assert '<a href="https://km.example/posts/1/"' in (entry.findtext(f"{ATOM}content") or "")
    assert {category.get("term") for category in entry.findall(f"{ATOM}category")} == {"การเงิน", "ยืมเงิน"}
    links = {link.get("rel"): link for link in entry.findall(f"{ATOM}link")}
    assert links["alternate"].get("href") == f"https://km.example/posts/{post.number}/"
    assert links["license"].get("href") == "https://creativecommons.org/licenses/by/4.0/"
    assert links["enclosure"].get("href", "").startswith("https://km.example/files/")


def test_the_house_in_json_feed(client):
    post = make_post("ยืมเงินทดรอง", by=make_person("มาลี"), audience=PUBLIC, tags=["การเงิน"])
    journal = make_post(kind=Kind.JOURNAL, text="two lines only", audience=PUBLIC)
    hang(post)
    response = client.get(address("json"))
    assert response["Content-Type"] == "application/feed+json; charset=utf-8"
    feed = read_json(response.content)
    second, first = feed["items"]
    assert (first["title"], first["authors"], first["tags"]) == ("ยืมเงินทดรอง", [{"name": "มาลี"}], ["การเงิน"])
    assert first["attachments"][0]["title"] == "แบบฟอร์ม.docx"
    assert first["language"] == "th"
    assert "title" not in second, "the author gave none"
    assert second["language"] == "en"
    assert second["id"].endswith(f"post/{journal.number}")


def test_thirty_newest_by_the_day_they_were_written(client):
    author = make_person()
    for day in range(1, 32):
        make_post(f"วันที่ {day}", by=author, audience=PUBLIC, at=datetime(2026, 1, day, tzinfo=UTC))
    old = make_post("มาทีหลัง", by=author, audience=PUBLIC, at=datetime(2005, 1, 1, tzinfo=UTC))
    make_reply(old, at=timezone.now())
    found = titles(client.get(address("atom")).content)
    assert found == [f"วันที่ {day}" for day in range(31, 1, -1)]


def test_updated_is_when_the_words_were_changed(client):
    post = make_post(audience=PUBLIC, at=datetime(2026, 1, 1, tzinfo=UTC))
    Post.objects.filter(pk=post.pk).update(edited_at=datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC))
    feed = read_atom(client.get(address("atom")).content)
    [entry] = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}published") == "2026-01-01T00:00:00+00:00"
    assert entry.findtext(f"{ATOM}updated") == feed.findtext(f"{ATOM}updated") == "2026-02-03T04:05:06+00:00"


def secrets_of() -> list[str]:
    """One of everything that is not public, by somebody who has something public too."""
    author = make_person("คนเขียน")
    closed = make_community("วงปิด", audience=Audience.MEMBERS, by=author)
    inside = make_community("วงใน", audience=Audience.ORGANISATION, by=author)
    blog, series = make_blog(), Series.objects.create(owner=author, name="ชุด", created_at=timezone.now())
    posts = [
        make_post("ลับในวงปิด", by=author, communities=[closed], tags=["ป้ายลับ", "ป้ายเปิด"]),
        make_post("ลับในวงใน", by=author, communities=[inside], tags=["ป้ายลับ", "ป้ายเปิด"]),
        make_post("ลับในองค์กร", by=author, tags=["ป้ายลับ", "ป้ายเปิด"]),
    ]
    for state in (State.HIDDEN, State.HELD, State.WITHDRAWN):
        posts.append(make_post(f"ลับเพราะ {state}", by=author, audience=PUBLIC, tags=["ป้ายลับ", "ป้ายเปิด"]))
        Post.objects.filter(pk=posts[-1].pk).update(state=state)
    Post.objects.filter(pk__in=[post.pk for post in posts]).update(blog=blog, series=series)
    Draft.objects.create(
        owner=author, key="k", kind=Kind.STORY, title="ลับเป็นร่าง", text="ลับเป็นร่าง", saved_at=timezone.now()
    )
    return [*[post.title for post in posts], "ลับเป็นร่าง", "วงปิด", "วงใน"]


@pytest.mark.parametrize("form", ["atom", "json"])
def test_nothing_that_is_not_public(client, form):
    hidden = secrets_of()
    author, tag, blog, series = (
        Post.objects.first().author,
        Tag.objects.get(name="ป้ายเปิด"),
        *Blog.objects.all(),
        *Series.objects.all(),
    )
    shown = make_post("เปิดเผย", by=author, audience=PUBLIC, tags=["ป้ายเปิด"])
    Post.objects.filter(pk=shown.pk).update(blog=blog, series=series)
    planet = make_planet(person=author)
    places = [
        ("people", author.pk),
        ("tags", tag.key),
        ("blogs", blog.slug),
        ("series", series.pk),
        ("planets", planet.slug),
    ]
    for place in [(), *places]:
        client.force_login(author)  # signed in or not, a public feed is the same
        response = client.get(address(form, *place))
        assert response.status_code == 200, place
        body = response.content.decode()
        assert "เปิดเผย" in body
        assert [word for word in hidden if word in body] == []


def test_no_feed_gives_away_what_is_closed(client):
    """What there is and may not be read is answered as what is not there."""
    secrets_of()
    author, tag, blog, series = (
        Post.objects.first().author,
        Tag.objects.get(name="ป้ายลับ"),
        *Blog.objects.all(),
        *Series.objects.all(),
    )
    planet = make_planet(Audience.ORGANISATION, person=author)
    places = [
        *[("circles", slug) for slug in ("วงปิด", "วงใน", "ไม่มีวงนี้")],
        *[("people", pk) for pk in (author.pk, 999_999, "x", "9" * 30)],
        *[("tags", key) for key in (tag.key, "ไม่มี")],
        *[("blogs", slug) for slug in (blog.slug, "ไม่มี")],
        *[("series", pk) for pk in (series.pk, 999_999)],
        *[("planets", slug) for slug in (planet.slug, "ไม่มี")],
        ("following", "1"),
        ("nonsense", "1"),
    ]
    for form in ("atom", "json", "rss"):
        found = {address(form, *place): client.get(address(form, *place)) for place in places}
        assert {response.status_code for response in found.values()} == {404}
        answers = {response.content.decode().replace(where, "") for where, response in found.items()}
        assert len(answers) == 1, "no page of a missing feed says more than another"


def test_a_public_circle_has_a_feed_before_it_has_anything_to_say(client):
    circle = make_community("วงเปิด", audience=PUBLIC)
    first = client.get(address("atom", "circles", circle.slug))
    assert titles(first.content) == []
    assert first.content == client.get(address("atom", "circles", circle.slug)).content, "no time of the moment in it"
    assert read_json(client.get(address("json", "circles", circle.slug)).content)["items"] == []
    make_post("คุยกัน", communities=[circle])
    assert titles(client.get(address("atom", "circles", circle.slug)).content) == ["คุยกัน"]


def test_a_person_who_left_has_no_feed(client):
    author = make_person(is_active=False)
    make_post(by=author, audience=PUBLIC)
    assert client.get(address("atom", "people", author.pk)).status_code == 404


HOSTILE = [
    "]]>",
    "<script>alert(1)</script>",
    "a & b < c > d \" e ' f",
    "ศูนย์\u0007\u000b\u001f\ufffe\uffffควบคุม",
    "</title></feed>",
    "&#x0;&amp;&bogus;",
    "\u202eกลับด้าน\u2028บรรทัด",
    "😀🏽‍🦱 ปู่กตัญญู ฟื้น ปิ๊ง ฎีกา",
    "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_people_write_the_feed_is_well_formed(client, words):
    author = make_person(f"ก {words}"[:150])
    circle = make_community(f"วง {words}"[:120], audience=PUBLIC, purpose=words)
    post = make_post(f"ก {words}", by=author, text=f"ข {words}", communities=[circle], tags=[f"t{words}"])
    hang(post, f"ก{words}.docx"[:100])
    for place in [(), ("circles", circle.slug), ("people", author.pk)]:
        [title] = titles(client.get(address("atom", *place)).content)
        assert title.startswith("ก ")
        [item] = read_json(client.get(address("json", *place)).content)["items"]
        assert "<script" not in item["content_html"]
    if words == HOSTILE[3]:
        assert title == "ก ศูนย์ควบคุม"


def varies_by(response) -> set[str]:
    return {name.strip() for name in response.get("Vary", "").split(",") if name}


def test_no_cookie_and_the_same_for_everybody(client):
    make_post(audience=PUBLIC)
    for form in ("atom", "json"):
        response = client.get(address(form), headers={"Accept-Language": "en"})
        assert not response.cookies
        assert varies_by(response) <= {"Accept-Encoding"}
        assert response["Cache-Control"] == "public, max-age=300, s-maxage=300"
        assert response["Content-Language"] == "th"
        client.force_login(make_person())
        again = client.get(address(form), headers={"Accept-Language": "th"})
        assert again.content == response.content
        assert varies_by(again) <= {"Accept-Encoding"}


def test_not_modified(client, django_assert_num_queries):
    post = make_post(audience=PUBLIC)
    first = client.get(address("atom"))
    with django_assert_num_queries(1):
        same = client.get(address("atom"), headers={"If-None-Match": first["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    assert same["ETag"] == first["ETag"]
    assert client.get(address("atom"), headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    assert client.get(address("json"), headers={"If-None-Match": first["ETag"]}).status_code == 200
    make_reply(post)
    changed = client.get(address("atom"), headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200, "whatever bumps the version of the thread may show in the feed"
    Post.objects.filter(pk=post.pk).update(state=State.HIDDEN)
    gone = client.get(address("atom"), headers={"If-None-Match": changed["ETag"]})
    assert titles(gone.content) == []


def test_as_many_queries_for_thirty_as_for_one(client, django_assert_num_queries):
    author = make_person()
    circle = make_community(audience=PUBLIC)

    def fill(count: int) -> None:
        for _ in range(count):
            post = make_post(by=author, communities=[circle], tags=["ก", "ข"])
            hang(post)

    fill(1)
    for place, queries in [((), 5), (("circles", circle.slug), 7), (("people", author.pk), 8), (("tags", "ก"), 8)]:
        with django_assert_num_queries(queries):
            client.get(address("atom", *place))
    fill(29)
    for place, queries in [((), 5), (("circles", circle.slug), 7), (("people", author.pk), 8), (("tags", "ก"), 8)]:
        with django_assert_num_queries(queries):
            assert len(titles(client.get(address("atom", *place)).content)) == 30


def test_pages_name_their_feed_only_where_there_is_one(client):
    """Through the partials themselves: pages include them as they like."""
    from django.template import engines

    public, closed = make_community(audience=PUBLIC), make_community(audience=Audience.MEMBERS)
    make_post("x", audience=PUBLIC, tags=["เปิด"])
    make_question("y", tags=["ปิด"])
    source = '{% include "feeds/_links.html" with of=of %}{% include "feeds/_follow.html" with of=of %}'
    template = engines["django"].from_string(source)

    def drawn(of: object) -> str:
        return template.render({"of": of})

    assert address("atom") in drawn(None)
    assert address("json", "circles", public.slug) in drawn(public)
    assert drawn(closed).strip() == ""
    assert address("atom", "tags", "เปิด") in drawn(Tag.objects.get(name="เปิด"))
    assert drawn(Tag.objects.get(name="ปิด")).strip() == ""
