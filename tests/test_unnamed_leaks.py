"""Whoever asked without a name stands on no page, in no feed, letter, export, index or log, and in no row beside it."""

import argparse
import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.db import models
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse
from django.utils import timezone

from lomwong.activity.models import Event
from lomwong.communities.models import Audience
from lomwong.discovery.traces import exchanges
from lomwong.experts.cli import add_commands as expert_commands
from lomwong.moderation.actions import flag_post, hide_post
from lomwong.moderation.actions.envelopes import agree_to_open, ask_to_open
from lomwong.notifications.actions import send_due, take_in
from lomwong.notifications.models import Letter, Mail, NewsKind, Notification, Setting
from lomwong.people.models import Person
from lomwong.people.tests.factories import make_person
from lomwong.posts.models import Envelope, Post, State
from lomwong.posts.tests.factories import make_question
from lomwong.search.cli import add_commands as search_commands
from lomwong.takeaway.contents import members_of, packed
from lomwong.takeaway.tests.unpacking import unpack
from tests.house.test_views import walk
from tests.unnamed_talk import ANSWER, EMAIL, NAME, PK, TITLE, UNIT, Talk, client, told, whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk() -> Talk:
    return Talk()


def test_these_tests_would_notice(talk):
    Post.objects.filter(pk__in=talk.numbers).update(author=PK, is_unnamed=False)
    Post.objects.filter(pk=talk.question.pk).update(version=1000)
    telling = [address for address in pages(talk) if told(whole(client(talk.helper).get(address)))]
    assert len(telling) > 10


def pages(talk: Talk) -> Iterator[str]:
    """Everywhere the question is shown or listed."""
    for number in (talk.question.pk, talk.answer.pk, talk.said.pk):
        yield from (f"/posts/{number}/", f"/posts/{number}/menu/", f"/posts/{number}/flowers/")
        yield from (f"/posts/{number}/history/", f"/posts/{number}/reply/", f"/care/posts/{number}/")
        yield from (f"/care/posts/{number}/envelope/", f"/search/related/{number}/", f"/posts/{number}/show-my-name/")
        yield from (f"/admin/posts/post/{number}/change/", f"/admin/posts/post/{number}/delete/")
    yield from ("/questions/", "/questions/?open=1", "/tags/ตรวจรับ/", "/yard/", "/", "/drafts/", "/news/")
    yield from ("/search/?q=เซ็นรับพัสดุ", "/search/similar/?title=เซ็นรับพัสดุ", "/search/suggest/?q=เซ็น")
    yield from ("/feeds/atom/", "/feeds/json/", "/feeds/rss/", "/feeds/atom/tags/ตรวจรับ/", "/feeds/json/tags/ตรวจรับ/")
    yield from (f"/feeds/{form}/circles/{talk.circle.slug}/" for form in ("atom", "json"))
    yield from ("/sitemap.xml", "/sitemap/posts-0.xml", "/care/", "/care/deeds/", "/care/visible/", "/care/envelopes/")
    yield from (f"/oembed/?url=http://testserver/posts/{talk.question.pk}/", "/care/deeds/")
    yield "/admin/posts/post/"


def test_no_page_that_shows_it_says_who_asked(talk):
    flag_post(talk.question, by=talk.helper, kind="other", words="ดูหน่อย")
    # People look for people here, and the asker is one who may be found: only its words must not lead to them.
    seen = 0
    for reader in talk.readers:
        for address in pages(talk):
            response = client(reader).get(address)
            body = whole(response)
            if address == "/":
                body = body.partition("<aside")[0]  # beside it stand colleagues who do the same work
            seen += TITLE in body
            assert not told(body, UNIT), (address, reader)
    assert seen > 50, "there was something to leak"


def test_no_address_of_the_house_knows_somebody_who_is_not_to_be_found():
    """Every view there is, with the question's numbers: of an asker who is not to be found."""
    talk = Talk(is_findable=False, is_followed=False)
    talk.circle.memberships.filter(person=talk.asker).delete()
    tried = 0
    for reader in (None, talk.colleague, talk.host):
        for address in every_address(talk):
            body = whole(client(reader).get(address))
            tried += 1
            assert not told(body), (address, reader)
    assert tried > 300


def every_address(talk: Talk) -> Iterator[str]:
    values = {
        "key": "ตรวจรับ",
        "slug": talk.circle.slug,
        "kind": "tags",
        "form": "json",
        "verb": "hide",
        "part": "pages",
    }
    for namespace, entry in walk(get_resolver()):
        names = list(entry.pattern.converters)
        for number in talk.numbers if "number" in names else talk.numbers[:1]:
            if namespace == "admin:" or not set(names) <= {"number", "pk", *values}:
                continue
            given = {
                name: number if name == "number" else talk.helper.pk if name == "pk" else values[name] for name in names
            }
            if address := address_of(namespace, entry, given):
                yield address


def address_of(namespace: str, entry: URLPattern, given: dict[str, Any]) -> str | None:
    try:
        return reverse(f"{namespace}{entry.name}", kwargs=given)
    except NoReverseMatch:
        return None


def test_the_two_walls_search_and_people_who_know(talk):
    """Asked by name, unit and person: the question is not found; asked by its words, its asker is not named."""
    for reader in (talk.colleague, talk.operator, talk.helper):
        for asked in (f"author:{NAME}", f"โดย:{NAME}", f"เซ็นรับพัสดุ unit:{UNIT}"):
            body = whole(client(reader).get("/search/", {"q": asked}))
            assert f"/posts/{talk.question.pk}/" not in body, asked
        for facet in ({"author": PK}, {"unit": talk.asker.unit_id}):
            body = whole(client(reader).get("/search/", {"q": "เซ็นรับพัสดุ", **facet}))
            assert f"/posts/{talk.question.pk}/" not in body, facet
        assert not told(whole(client(reader).get("/who-knows/", {"q": TITLE})))
        found = whole(client(reader).get("/search/", {"q": "เซ็นรับพัสดุ"}))
        assert f"/posts/{talk.question.pk}/" in found
        by = whole(client(reader).get(reverse("posts:by", args=[PK])))
        assert TITLE not in by
        person = whole(client(reader).get(reverse("people:person", args=[PK])))
        assert TITLE not in person
        assert "ขอบคุณ แล้วใครเซ็น" not in person


def test_before_the_index_knows_it_search_does_not_tell_either():
    talk = Talk()
    talk.say(talk.asker, "/questions/new/", title="เพิ่งถามเรื่องครุภัณฑ์", text="", is_unnamed="on")
    body = whole(client(talk.colleague).get("/search/", {"q": "เพิ่งถามเรื่องครุภัณฑ์"}))
    number = Post.objects.get(title="เพิ่งถามเรื่องครุภัณฑ์").pk
    assert f"/posts/{number}/" in body
    assert not told(body, UNIT)
    body = whole(client(talk.colleague).get("/search/", {"q": "เพิ่งถามเรื่องครุภัณฑ์", "author": PK}))
    assert f"/posts/{number}/" not in body


@pytest.mark.parametrize("arguments", [["search", "--json", "เซ็นรับพัสดุ"], ["experts", TITLE], ["search", "เซ็นรับพัสดุ"]])
def test_the_command_line_of_the_operator(talk, capsys, arguments):
    parser = argparse.ArgumentParser()
    add = parser.add_subparsers()
    search_commands(add)
    expert_commands(add)
    chosen = parser.parse_args(arguments)
    chosen.run(chosen)
    printed = capsys.readouterr().out
    assert printed.strip()
    assert not told(printed)


def test_letters_and_news_of_others(talk):
    """To followers of the asker, to the circle, to who answered: not one names them."""
    for kind in NewsKind:
        for person in Person.objects.all():
            Setting.objects.update_or_create(person=person, kind=kind, defaults={"mail": Mail.AT_ONCE})
    talk.say(talk.asker, f"/posts/{talk.answer.pk}/reply/", text="อีกข้อหนึ่ง")
    given = {"text": "", "communities": [talk.circle.pk], "is_unnamed": "on"}
    talk.say(talk.asker, "/questions/new/", title="คำถามใหม่ในวง", **given)
    take_in()
    Letter.objects.update(due_at=timezone.now())
    send_due()
    others = [letter for letter in mail.outbox if letter.to != [EMAIL]]
    assert any("คำถามใหม่ในวง" in letter.body for letter in others)
    assert any("อีกข้อหนึ่ง" in letter.body for letter in others)
    for letter in others:
        assert not told(letter.message().as_string() + letter.subject + letter.body, UNIT)
        for page, _type in getattr(letter, "alternatives", ()):
            assert not told(page, UNIT)
    for reader in talk.readers[1:]:
        assert not told(whole(client(reader).get("/news/")), UNIT)


def test_following_somebody_does_not_tell(talk):
    """Who follows the asker and sits in no circle of the question hears nothing of it, and so does their feed."""
    assert not Notification.objects.filter(person=talk.colleague, post=talk.question).exists()
    assert not Notification.objects.filter(kind=NewsKind.FOLLOWED, post=talk.question).exists()
    for form in ("atom", "json"):
        response = client(talk.colleague).get(f"/feeds/{form}/people/{PK}/")
        assert response.status_code == 404, "a feed of theirs would be there for this question alone"


def test_the_asker_hears_of_answers_and_not_of_their_own_words(talk):
    mine = Notification.objects.filter(person=talk.asker)
    assert mine.filter(kind=NewsKind.REPLY, post=talk.answer).exists()
    assert mine.filter(kind=NewsKind.FLOWER, post=talk.question).exists()
    assert not mine.filter(post__in=[talk.question, talk.said]).exclude(kind=NewsKind.FLOWER).exists()
    worked = Notification.objects.get(person=talk.helper, kind=NewsKind.ACCEPTED)
    assert worked.actor is None
    body = whole(client(talk.helper).get("/news/"))
    assert "ผู้ถาม" in body


def test_the_asker_is_told_at_once_whatever_they_have_chosen(talk):
    Setting.objects.create(person=talk.asker, kind=NewsKind.MODERATION, in_app=False, mail=Mail.OFF)
    second = make_person("บุญมี ใจกว้าง", is_staff=True)
    mail.outbox.clear()
    agree_to_open(ask_to_open(talk.question, by=talk.operator, reason="ข่มขู่เพื่อน"), by=second)
    take_in()
    Letter.objects.filter(person=talk.asker).update(due_at=timezone.now())
    send_due()
    letters = [letter for letter in mail.outbox if "ข่มขู่เพื่อน" in letter.body]
    assert [letter.to for letter in letters] == [[EMAIL]]
    news = whole(client(talk.asker).get("/news/"))
    assert "ข่มขู่เพื่อน" in news
    for name in (talk.operator.name, second.name):
        assert name not in letters[0].body + news
    for reader in (talk.helper, talk.host, talk.colleague):
        assert not told(whole(client(reader).get("/news/")))


def test_hiding_it_tells_the_asker_and_names_nobody(talk):
    hide_post(talk.question, by=talk.operator, reason="รอดูก่อน")
    take_in()
    assert Notification.objects.filter(person=talk.asker, kind=NewsKind.MODERATION).count() == 1
    assert not Notification.objects.exclude(person=talk.asker).filter(kind=NewsKind.MODERATION).exists()
    for address in (f"/care/posts/{talk.question.pk}/", "/care/deeds/", "/care/visible/"):
        assert not told(whole(client(talk.operator).get(address)), UNIT)


def test_nobody_takes_it_home(talk):
    """Not who answered, and not even the asker: a zip is passed on."""
    talk.say(talk.asker, "/drafts/save/", kind="question", title="ร่างไม่บอกชื่อ", text="", is_unnamed="on")
    talk.say(talk.asker, "/drafts/save/", kind="comment", parent=talk.answer.pk, text="ร่างตอบ")
    talk.say(talk.asker, "/drafts/save/", kind="question", title="ร่างธรรมดา", text="")
    theirs = unpack(b"".join(packed(members_of(talk.helper)))).all_words
    assert ANSWER in theirs
    assert not told(theirs, UNIT)
    mine = unpack(b"".join(packed(members_of(talk.asker)))).all_words
    assert NAME in mine
    assert "ร่างธรรมดา" in mine
    for words in (TITLE, "ขอบคุณ แล้วใครเซ็น", "ร่างไม่บอกชื่อ", "ร่างตอบ"):
        assert words not in mine
    assert reverse("posts:unnamed") in whole(client(talk.asker).get("/take-away/"))


def test_no_row_but_the_envelope_holds_both(talk):
    """In every table of the house: a person and a post in one row are the asker and what they asked in the envelope
    alone, and in the news that are theirs alone to see."""
    numbers = set(talk.numbers)
    looked_at = 0
    for model in apps.get_models():
        people, posts = columns(model, Person, "actor_id", "target_id"), columns(model, Post, "post_number")
        if model is Post:
            posts = ["number", *posts]
        if model in (Envelope, Notification) or not (people and posts):
            continue
        looked_at += 1
        for row in model._default_manager.values(*people, *posts):
            is_theirs = PK in [row[name] for name in people]
            assert not (is_theirs and numbers & {row[name] for name in posts}), (model, row)
    assert looked_at > 9


def columns(model: type[models.Model], to: type[models.Model], *more: str) -> list[str]:
    fields = model._meta.concrete_fields
    return [one.attname for one in fields if one.related_model is to or one.attname in more]


def test_no_tie_from_the_asker_to_who_answered(talk):
    assert not Event.objects.filter(post_number__in=[talk.answer.pk, *talk.numbers], actor_id=PK).exists()
    assert not Event.objects.filter(target_id=PK, post_number__isnull=False).exists()
    everybody = set(Person.objects.values_list("pk", flat=True))
    assert not [tie for tie in exchanges(everybody) if PK in (tie.source, tie.target)]


def test_the_admin_does_not_list_it_below_the_person(talk):
    """What would go with a person, as the admin lists it: no post, no envelope, no news that names one."""
    body = whole(client(talk.operator).get(f"/admin/people/person/{PK}/delete/"))
    assert NAME in body
    assert "envelope" not in body.lower()
    for number in talk.numbers:
        assert f"post:{number}" not in body
    assert TITLE not in body
    listed = {model._meta.label for model in registered()}
    assert not listed & {"posts.Envelope", "moderation.EnvelopeOpening", "posts.Draft"}
    found = whole(client(talk.operator).get("/admin/posts/post/", {"q": NAME}))
    assert TITLE not in found


def registered() -> list[type[models.Model]]:
    from django.contrib import admin

    return list(admin.site._registry)


def test_the_log_keeps_silent(caplog):
    with caplog.at_level(logging.DEBUG):
        talk = Talk()
        client(talk.asker).get(talk.question.get_absolute_url())
    lines = [record for record in caplog.records if not record.name.startswith("django.db")]
    assert not told("\n".join(record.getMessage() for record in lines))


def test_the_map_of_a_job_does_not_count_it_where_the_asker_works(talk):
    """What is asked without a name is asked by nobody of that job and unit; what they ask with it is there."""
    talk.say(talk.asker, f"/posts/{talk.answer.pk}/accept/", works="0")
    Post.objects.filter(pk=talk.answer.pk).update(state=State.HIDDEN)  # nobody has answered
    make_question("ถามโดยบอกชื่อ", by=talk.asker)
    cell = reverse("experts:jobs_cell", args=["procurement_finance", talk.asker.unit_id])
    for reader in talk.readers[1:]:
        body = whole(client(reader).get(cell))
        assert "ถามโดยบอกชื่อ" in body
        assert TITLE not in body


def test_the_same_headers_for_everybody(talk):
    """Neither a length of keeping nor a mark of the page differs by who reads."""
    address = talk.question.get_absolute_url()
    told_to = [
        {name: value for name, value in client(one).get(address).headers.items() if name != "Content-Length"}
        for one in (talk.asker, talk.colleague, talk.helper)
    ]
    assert told_to[0] == told_to[1] == told_to[2]
    first, second = (client().get(address)["ETag"] for _ in range(2))
    client(talk.asker).get(address)
    assert first == second == client().get(address)["ETag"]


def test_the_asker_counts_as_a_reader_like_anybody(talk):
    talk.question.refresh_from_db()
    assert talk.question.reader_count == 1, "leaving them out would tell by what is missing"


def test_a_closed_circle_and_its_letters():
    talk = Talk(audience=Audience.MEMBERS)
    for reader in (talk.host, talk.helper, talk.operator):
        body = whole(client(reader).get(talk.question.get_absolute_url()))
        if TITLE in body:
            assert not told(body, UNIT)
    assert client(talk.colleague).get(talk.question.get_absolute_url()).status_code == 404
    assert make_question(by=talk.asker).author == talk.asker, "with a name all is as before"


def test_an_archive_of_somebody_who_answered_holds_no_author_for_it(talk):
    taken = unpack(b"".join(packed(members_of(talk.helper))))
    lines = [
        json.loads(line)
        for name in taken.files
        if name.endswith("posts.jsonl")
        for line in io.StringIO(taken.text(name))
    ]
    assert lines
    assert str(PK) not in json.dumps(lines)


def test_what_was_taken_back_stays_in_its_envelope(talk):
    talk.say(talk.asker, f"/posts/{talk.question.pk}/withdraw/")
    talk.question.refresh_from_db()
    assert talk.question.state == State.WITHDRAWN
    for reader in talk.readers:
        assert not told(whole(client(reader).get(f"/posts/{talk.question.pk}/")), UNIT)
