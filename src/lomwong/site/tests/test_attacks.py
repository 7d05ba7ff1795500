"""Hostile and odd words in every field: nothing runs, nothing breaks, on the page as in feeds, letters and zips."""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from email import message_from_bytes, policy

import pytest
from django.conf import settings
from django.core import mail
from django.urls import reverse

from lomwong.communities.models import Community
from lomwong.feeds.tests.reading import read_atom, read_json
from lomwong.kit.tests.attacks import HUGE
from lomwong.moderation.models import Deed
from lomwong.notifications import actions as news
from lomwong.notifications.models import Letter
from lomwong.posts import actions
from lomwong.posts.drafts.typed import new_key
from lomwong.posts.models import Blog, Draft, Flower, Kind, Planet, Post, Series, State, Tag
from lomwong.posts.tests.papers import make_docx
from lomwong.posts.tests.pictures import photo
from lomwong.search.index import catch_up
from lomwong.site.tests.harmless import Page, shapes, strange, words_of
from lomwong.site.tests.visiting import HARMLESS, HOSTILE, House, named
from lomwong.takeaway.tests.unpacking import lost_links, unpack

pytestmark = pytest.mark.django_db
# Parts of ours that stand there only when a list goes on, or when something typed was refused.
OTHER_STATES = {
    ("a", frozenset({"class", "href", "rel"})),
    ("details", frozenset({"class", "open"})),
    ("ins", frozenset()),
    ("input", frozenset({"aria-describedby", "checked", "id", "name", "type"})),
    ("input", frozenset({"class", "id", "maxlength", "name", "type", "value"})),
    ("option", frozenset({"selected", "value"})),
}
EVERY = 10  # of many pages alike, one in so many is opened


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path / "data"


def visit(scene: Callable[[House], None]) -> House:
    """The same scene in plain words and in hostile ones: no element stands in the second that is not in the first."""
    plain, hostile = House(HARMLESS), House(HOSTILE)
    for house in (plain, hostile):
        scene(house)
    left = strange(shapes(hostile.pages), shapes(plain.pages) | OTHER_STATES)
    assert left == [], [(name, sorted(names)) for name, names in left]
    return hostile


def page(name: str, *of: object) -> str:
    return reverse(name, args=of)


# Writing


def write_all(house: House) -> None:
    """Titles, words, tags, names of new blogs and series, who wrote along, where a picture lies."""
    for number, line in enumerate(house.words.lines(300)):
        tags = ",".join(word.strip(",")[:60] for word in line.split()[:10])
        house.write("story", title=line, text=f"{line}\n\nกข", tags=tags, part=number % 9 or "x", prompt=line)
        house.write("question", title=line, text=line, tags=f"{line[:60]},".replace("#", ""))
    for line in house.words.lines(120)[::2]:
        house.write("story", title="ก", text="ข", new_series=line, new_blog=line, is_continued=line)
    for line in house.words.lines(200)[::3]:
        house.write("journal", text=line, later_on=line, later_at=line, zone=line, co_authors=line)
        house.write("journal", text=line, licence=line, series=line, blog=line, tags=line, communities=line)
    house.write("story", title="ทั้งหมด", text=house.words.whole)
    house.write("question", title="ทั้งหมด", text=house.words.whole.replace("\n", "\n> "))
    house.write("journal", text="- " + house.words.whole.replace("\n\n", "\n- "))


def read_all(house: House) -> None:
    me, other = house.me, house.other
    circle = house.circle.get_absolute_url()
    lists = ["/", "/questions/", "/yard/", circle, "/blogs/", page("posts:by", me.pk), "/search/?q=ทั้งหมด"]
    for who in (me, other, None):
        house.open(who, "/", "/questions/", "/yard/", circle)
    house.open(me, *lists, "/drafts/", "/stories/new/", "/take-away/")
    posts = list(Post.objects.filter(author=me, parent=None).order_by("pk"))
    for post in [*posts[::EVERY], *posts[-3:]]:
        house.open(None, post.get_absolute_url())
        house.open(other, post.get_absolute_url(), page("posts:flowers", post.pk), page("posts:post_menu", post.pk))
        house.open(me, *(page(f"posts:{one}", post.pk) for one in ("post_edit", "history", "belonging", "authors")))
        house.open(other, page("posts:reply_new", post.pk), quote="1")
    for blog in Blog.objects.filter(owner=me)[::EVERY]:
        house.open(me, blog.get_absolute_url())
    for series in Series.objects.filter(owner=me)[::EVERY]:
        house.open(me, series.get_absolute_url(), page("posts:series_edit", series.pk))
    for tag in Tag.objects.filter(posts__author=me).distinct()[::EVERY]:
        house.open(me, page("posts:tag", tag.key))


def test_words_in_every_writing_form(settings):
    def scene(house: House) -> None:
        write_all(house)
        catch_up()
        read_all(house)

    house = visit(scene)
    assert Post.objects.filter(author=house.me).count() > 150
    assert Blog.objects.filter(owner=house.me).count() > 60


def test_words_that_are_changed_kept_previewed():
    def scene(house: House) -> None:
        post = actions.write_post(kind=Kind.STORY, by=house.me, title="ก", text="ข", communities=[house.circle])
        for line in house.words.lines(300)[::2]:
            fields = {"title": line, "text": line, "tags": "", "box_scene": line, "box_what": line, "new_series": line}
            sent = {**fields, "kind": "story", "draft": new_key(), "prompt": "scene", "language": line}
            house.send(house.me, page("posts:post_edit", post.pk), **fields, draft=line)
            house.send(house.me, page("posts:preview"), **sent)
            house.send(house.me, page("posts:draft_save"), **sent)
            house.send(house.me, page("posts:story_new"), **{**sent, "title": "", "act": "preview"})
            Draft.objects.filter(owner=house.me).exclude(key=sent["draft"]).delete()
        house.send(house.me, page("posts:preview"), title=house.words.whole, text=house.words.whole)
        draft = Draft.objects.get(owner=house.me)
        house.open(house.me, "/drafts/", page("posts:draft", draft.pk), page("posts:history", post.pk))
        house.open(house.me, page("posts:story_new"), draft=draft.key, preview="1")

    visit(scene)


def test_words_below_an_entry():
    def scene(house: House) -> None:
        post = actions.write_post(kind=Kind.QUESTION, by=house.me, title="ก", text="ข", communities=[house.circle])
        above = post
        for number, line in enumerate(house.words.lines(500)):
            given = {"text": line, "draft": new_key(), "kind": ("answer", "comment")[number % 2]}
            house.send(house.other, page("posts:reply_new", (above if number % 3 else post).pk), **given)
            above = Post.objects.filter(author=house.other).latest("pk")
            house.send(house.me, page("posts:flower_give", above.pk), word=line[:200])
        for line in house.words.lines(80)[::4]:
            house.say_as_visitor(post.pk, line, f"{line} เรื่องนี้")
        house.send(house.other, page("posts:reply_new", post.pk), text=house.words.whole)
        house.open(house.keeper, page("moderation:queue"))
        for held in Post.objects.filter(state=State.HELD)[::2]:
            house.send(house.keeper, page("moderation:held"), does=f"let_in:{held.pk}")
        for who in (house.me, house.other, house.keeper, None):
            house.open(who, post.get_absolute_url())
        house.open(house.other, page("posts:flowers", post.pk), page("posts:flowers", above.pk))
        house.open(house.me, page("notifications:notifications"))

    house = visit(scene)
    assert Flower.objects.filter(giver=house.me).exclude(word="").count() > 50
    assert Post.objects.exclude(visitor_name="").count() > 30


def test_names_of_places():
    def scene(house: House) -> None:
        for line in house.words.lines(120)[::2]:
            about = {"name": line, "about": line, "licence": "", "audience": "public", "purpose": line}
            for name in ("blog_new", "planet_new"):
                house.send(house.me, page(f"posts:{name}"), **about)
            house.send(house.me, page("communities:start"), **about)
            house.send(house.keeper, page("search:term_new"), ways=line.replace(" ", "\n"))
        plain = {"licence": "", "audience": "public", "name": "ก"}
        for planet in Planet.objects.filter(keepers__person=house.me).order_by("pk")[::EVERY]:
            house.send(house.me, page("posts:planet_sources", planet.slug), add=f"person:{house.me.pk}")
            house.send(house.me, page("posts:planet_edit", planet.slug), **plain, about=house.words.whole[:1000])
            house.open(
                house.me, *(page(f"posts:planet_{one}", planet.slug) for one in ("edit", "sources", "keepers", "close"))
            )
            house.open(None, planet.get_absolute_url())
        for circle in Community.objects.of(house.me)[::EVERY]:
            house.open(house.me, circle.get_absolute_url(), page("communities:members", circle.slug))
            house.open(house.me, page("communities:edit", circle.slug))
        for blog in Blog.objects.filter(owner=house.me)[::EVERY]:
            house.open(house.me, blog.get_absolute_url(), page("posts:blog_edit", blog.slug))
        house.open(
            house.me, "/planets/", "/circles/", "/circles/mine/", "/blogs/", "/write/", "/stories/new/", "/following/"
        )
        house.open(house.me, page("posts:planet_put", "person", house.other.pk))
        house.open(house.keeper, "/search/terms/")
        house.open(None, "/planets/", "/circles/")

    visit(scene)


def test_what_people_say_of_themselves():
    def scene(house: House) -> None:
        post = actions.write_post(kind=Kind.STORY, by=house.me, title="ก", text="ข", communities=[house.circle])
        for line in house.words.lines(150)[::3]:
            house.send(
                house.me, page("people:edit"), name=line, about=line, job_functions=line, unit=line, is_findable=line
            )
            house.send(house.me, page("people:edit"), name=line, about=line)
            house.open(house.other, page("people:person", house.me.pk), post.get_absolute_url())
            house.open(house.other, "/compose/people/", q=line[:5])
            house.send(house.me, page("feeds:feed_key_new"), label=line)
        house.open(house.me, "/", "/feeds/addresses/")
        house.open(house.other, page("communities:members", house.circle.slug), "/who-knows/", "/people/units/")

    visit(scene)


def test_words_of_care():
    def scene(house: House) -> None:
        reasons = house.words.lines(500)
        for line in reasons[::2]:
            post = actions.write_post(kind=Kind.STORY, by=house.me, title="ก", text="ข", communities=[house.circle])
            house.send(house.other, page("moderation:flag", post.pk), kind="other", words=line)
            house.open(house.keeper, page("moderation:about", post.pk))
            house.send(house.keeper, page("moderation:act", post.pk, "hide"), reason=line, note=line)
            deed = Deed.objects.filter(post=post).first()
            if deed is None:
                assert "\x00" in line
                continue
            house.open(house.me, page("moderation:about", post.pk), deed.get_absolute_url())
            if house.send(house.me, page("moderation:appeal", deed.pk), words=line).status_code == 422:
                continue
            house.open(house.second, page("moderation:decide", deed.appeal.pk))
            house.send(house.second, page("moderation:decide", deed.appeal.pk), is_granted="no", answer=line)
            house.send(house.keeper, page("moderation:undo", deed.pk), reason=line, note=line)
            house.open(house.me, deed.get_absolute_url())
        house.send(house.keeper, page("moderation:suspend", house.other.pk), until="2999-01-01", reason=reasons[0])
        house.send(house.keeper, page("moderation:suspend", house.other.pk), until=reasons[0], reason=reasons[0])
        house.open(house.keeper, page("moderation:queue"), page("moderation:deeds"), page("moderation:visible"))
        house.open(house.me, page("moderation:about_my_posts"), page("moderation:visible"), "/news/")

    visit(scene)


def test_names_of_files_and_what_is_on_pictures():
    def scene(house: House) -> None:
        paper, picture = make_docx("คำ"), photo()
        for line in house.words.lines(200)[::6]:
            key = new_key()
            house.send(house.me, page("posts:draft_save"), draft=key, kind="story", text=line)
            add = page("posts:draft_file_add", key)
            answer = house.send(house.me, add, file=named(f"{line}.png", picture)).json()
            house.send(house.me, add, file=named(f"{line}.docx", paper))
            house.send(house.me, page("posts:draft_file_alt", answer["id"]), alt=line)
            words = f'![{line}](file:{answer["id"]} "{line}")\n\n![](file:{answer["id"]})'
            house.write("story", draft=key, title="มีไฟล์", text=words)
            if "\x00" in line:
                continue
            post = Post.objects.filter(author=house.me).latest("pk")
            assert post.files.count() == 2
            house.open(house.other, post.get_absolute_url())
            house.open(house.me, page("posts:post_edit", post.pk))
            for file in post.files.all():
                got = house.doors[house.other].get(file.get_absolute_url())
                assert not re.search(r"[\x00-\x1f\x7f]", got["Content-Disposition"])
                assert got["Content-Disposition"].startswith("attachment")
                assert b"".join(got.streaming_content)

    visit(scene)


def test_what_leaves_the_house():
    """Feeds, previews of links, letters, what one takes home."""
    house = House(HOSTILE)
    for line in house.words.lines(300):
        house.write("story", title=line, text=f"{line}\n\n{line}", tags=line[:60], new_blog=line[:120])
    house.write("story", title="ทั้งหมด", text=house.words.whole)
    given = {"name": "\x1b]]>&<b>'\"", "about": "\x0b]]><!--"}
    house.send(house.me, page("people:edit"), **given)
    blog = Blog.objects.filter(owner=house.me).first()
    post = Post.objects.filter(author=house.me, parent=None).first()
    for line in house.words.lines(300)[::4]:
        house.send(house.other, page("posts:reply_new", post.pk), text=line, draft=new_key())
        house.send(house.other, page("posts:flower_give", post.pk), word=line[:200])
    check_feeds(house, ["", f"circles/{house.circle.slug}/", f"people/{house.me.pk}/", f"blogs/{blog.slug}/"])
    check_previews(house)
    check_letters()
    check_zip(house)


def check_feeds(house: House, kinds: list[str]) -> None:
    for kind in kinds:
        for form, strict in (("atom", read_atom), ("json", read_json)):
            got = house.doors[None].get(f"/feeds/{form}/{kind}")
            assert got.status_code == 200, kind
            strict(got.content)
    for entry in read_atom(house.doors[None].get("/feeds/atom/").content).iter("{http://www.w3.org/2005/Atom}content"):
        assert Page(entry.text or "").faults == []


def check_previews(house: House) -> None:
    for post in Post.objects.filter(author=house.me, parent=None)[::EVERY]:
        shown = words_of(house.doors[None].get(post.get_absolute_url()))
        for told in re.findall(r'<script type="application/ld\+json">(.*?)</script>', shown, re.DOTALL):
            assert json.loads(told)
            assert not re.search("[<>&]", told)
        asked = {"url": f"{settings.PUBLIC_URL}{post.get_absolute_url()}"}
        answer = house.doors[None].get("/oembed/", asked)
        assert Page(answer.json()["html"]).faults == []
        ET.fromstring(house.doors[None].get("/oembed/", asked | {"format": "xml"}).content)


def check_letters() -> None:
    news.take_in()
    Letter.objects.update(due_at="2020-01-01T00:00:00Z")
    while news.send_due():
        pass
    assert len(mail.outbox) > 0
    for letter in mail.outbox:
        raw = letter.message().as_bytes(linesep="\r\n")
        told = message_from_bytes(raw, policy=policy.default)
        assert told.get_all("To") == [letter.to[0]]
        assert {"Bcc", "Cc", "Set-Cookie", "Location"}.isdisjoint(told.keys())
        assert len(told.get_all("Subject")) == 1
        assert not told.defects
        markup = told.get_body(("html",)).get_content()
        assert not re.search(
            r"<(?!/?(?:html|head|meta|title|style|body|div|p|a|h[1-6]|table|tr|td|tbody|ul|ol|li|br|hr|b|strong|em|span|blockquote|!doctype)\b)[a-z!]",
            markup,
            re.I,
        )


def check_zip(house: House) -> None:
    unpacked = unpack(words := b"".join(house.doors[house.me].post(page("takeaway:pack")).streaming_content))
    assert words
    assert [lost for lost in lost_links(unpacked) if "files/" in lost[1]] == []
    for name, content in unpacked.files.items():
        if name.endswith(".html"):
            assert [fault for fault in Page(content.decode()).faults if fault[0] != "style"] == [], name


# Long ones


@pytest.mark.parametrize("text", HUGE, ids=range(len(HUGE)))
def test_a_hundred_thousand_letters(text):
    house = House(HARMLESS)
    for kind in ("story", "question", "journal"):
        house.write(kind, title="ยาว", text=text)
    post = Post.objects.filter(author=house.me).latest("pk")
    house.send(house.other, page("posts:reply_new", post.pk), text=text)
    house.send(house.me, page("posts:preview"), text=text, title=text)
    for name in ("blog_new", "planet_new"):
        refused = house.send(house.me, page(f"posts:{name}"), name=text, about=text, audience="public")
        assert refused.status_code == 422
    house.open(house.other, post.get_absolute_url(), "/")
    house.open(house.me, page("posts:history", post.pk), "/search/", q=text[:2000])


def test_a_page_is_read_as_a_browser_reads_it():
    """What looks after all the others is looked after itself."""
    alive = [
        "<b onclick=x>",
        "<script>x</script>",
        "<a href='javascript:x'>",
        "<img src=//x>",
        "<!-- x -->",
        "<iframe>",
    ]
    alive += [
        "<form action=https://x.example>",
        "<a href=' data:x'>",
        "<p style=x>",
        "<img src='/\\x'>",
        "<svg onload=x>",
    ]
    assert [markup for markup in alive if not Page(markup).faults] == []
    harmless = '<a href="https://x.example" rel="x">x</a><img src="/x"><script src="/static/x.js"></script>'
    assert Page(harmless).faults == []
    assert strange({("b", frozenset({"hx-get"})), ("b", frozenset())}, set()) == [("b", frozenset({"hx-get"}))]
