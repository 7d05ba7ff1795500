"""The list, the settings, the bell."""

from datetime import timedelta

import pytest
from django.db import connection
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from lomwong.activity.actions import record
from lomwong.activity.models import Verb
from lomwong.communities.actions import ask_to_sit, sit_down
from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.notifications import actions, queries
from lomwong.notifications.forms import GROUPS, SettingsForm
from lomwong.notifications.models import Mail, Mailbox, NewsKind, Notification, Setting
from lomwong.notifications.wording import SENTENCES, who
from lomwong.people.tests.factories import make_person
from lomwong.posts.models import Flower, Kind, Post, State
from lomwong.posts.tests.factories import make_post, make_question, make_reply

pytestmark = pytest.mark.django_db
K = NewsKind
PAGE = "/news/"


@pytest.fixture
def me():
    return make_person("วรรณา แก้วมณี")


@pytest.fixture
def mine(me):
    client = Client()
    client.force_login(me)
    return client


def words(page) -> str:
    return page.content.decode()


def test_talk_in_one_thread_is_one_line_and_names_who_spoke(me, mine):
    post = make_post("งานสารบรรณ", by=me)
    for name in ("อุไร", "เดชา", "มานี", "อุไร"):
        make_reply(post, by=make_person(name))
    actions.take_in()
    page = mine.get(PAGE)
    assert "อุไร และอีก 3 คน ตอบคุณใน “งานสารบรรณ”" in words(page)
    assert len(page.context["page"].lines) == 1


def test_the_page_marks_what_it_showed_and_silences_the_bell(me, mine):
    make_reply(make_post(by=me), by=make_person())
    actions.take_in()
    assert 'class="dot"' in bell(me)
    first = mine.get(PAGE)
    assert first.context["page"].lines[0].is_new
    assert 'class="dot"' not in bell(me)
    assert not mine.get(PAGE).context["page"].lines[0].is_new


def bell(viewer) -> str:
    with translation.override("th"):
        return engines["django"].get_template("notifications/_bell.html").render({"user": viewer})


def test_the_bell_says_in_words_what_the_dot_says(me):
    assert 'aria-label="ข่าวถึงคุณ"' in bell(me)
    Mailbox.objects.create(person=me, has_new=True)
    assert 'aria-label="ข่าวถึงคุณ: มีเรื่องใหม่"' in bell(me)


def test_a_link_marks_its_thread_and_leads_to_the_first_new_word(me, mine):
    post, other = make_post(by=me), make_post(by=me)
    replies = [make_reply(post, by=make_person()) for _ in range(2)]
    make_reply(other, by=make_person())
    actions.take_in()
    [_, line] = queries.news(me).lines
    answer = mine.get(reverse("notifications:opened", args=[line.first.pk]))
    assert answer["Location"] == replies[0].get_absolute_url()
    assert [row.post.root for row in Notification.objects.filter(person=me).unread()] == [other]


def test_a_link_of_somebody_else_or_of_what_closed_leads_nowhere(me, mine):
    host, other = make_person(), make_person()
    circle = make_community(by=host, people=[me], audience=Audience.MEMBERS)
    make_post(by=host, communities=[circle])
    make_reply(make_post(by=other), by=host)
    actions.take_in()
    own, foreign = Notification.objects.get(person=me), Notification.objects.get(person=other)
    assert mine.get(f"/news/{own.pk}/").status_code == 302
    assert mine.get(f"/news/{foreign.pk}/").status_code == 404
    circle.memberships.filter(person=me).delete()
    assert mine.get(f"/news/{own.pk}/").status_code == 404


def test_all_read(me, mine):
    for _ in range(50):
        Notification.objects.create(person=me, kind=K.SEATED, key=str(_), created_at=timezone.now())
    Mailbox.objects.create(person=me, has_new=True)
    assert mine.get("/news/all-read/").status_code == 405
    mine.post("/news/all-read/")
    assert not Notification.objects.unread().exists()
    assert not queries.has_new(me)


def test_a_long_list_goes_on_by_key(me, mine):
    for number in range(90):
        Notification.objects.create(person=me, kind=K.SEATED, key=str(number), created_at=timezone.now())
    seen, after = [], ""
    while after is not None:
        page = mine.get(PAGE, {"after": after}).context["page"]
        seen += page.shown
        after = page.further
    assert seen == sorted(seen, reverse=True)
    assert len(set(seen)) == 90
    assert mine.get(PAGE, {"after": "๑๒"}).status_code == mine.get(PAGE, {"after": "9" * 40}).status_code == 200


def everything(me) -> None:
    """One piece of news of each kind that the ledger brings by itself, and some of each that groups."""
    other, third = make_person(), make_person()
    circle, closed = make_community(by=me), make_community(by=other, audience=Audience.MEMBERS)
    post = make_post(by=me, communities=[circle])
    make_reply(post, by=other)
    make_reply(make_post(by=third), by=me)
    make_reply(Post.objects.filter(author=third).first(), by=other)
    make_post(by=other, communities=[circle])
    Flower.objects.create(post=post, giver=other, word="ใช้ได้จริง", given_at=timezone.now())
    record(Verb.THANKED, actor_id=other.pk, target_id=me.pk, post_number=post.number)
    record(Verb.MODERATED, actor_id=other.pk, target_id=me.pk, post_number=post.number)
    ask_to_sit(closed, person=me)
    sit_down(closed, person=me, by=other)
    actions.take_in()


def test_the_page_costs_as_many_queries_for_30_lines_as_for_a_few(me, mine):
    counts = []
    for size in (1, 6):
        for _ in range(size):
            everything(me)
        with CaptureQueriesContext(connection) as done:
            page = mine.get(PAGE)
        assert len(page.context["page"].lines) >= 5 * size
        counts.append(len(done))
    assert counts[0] == counts[1]


def test_words_with_a_flower_are_shown(me, mine):
    everything(me)
    assert "ใช้ได้จริง" in words(mine.get(PAGE))


def test_nothing_yet(mine):
    assert "ยังไม่มีอะไรใหม่" in words(mine.get(PAGE))


def test_a_visitor_is_led_to_the_door(client):
    for page in (PAGE, "/news/settings/", "/news/1/"):
        assert client.get(page).status_code == 302


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("kind", list(NewsKind))
def test_every_kind_has_a_sentence_an_icon_an_address_and_a_place_in_the_settings(kind, language, me):
    assert kind in SENTENCES
    assert kind in queries.ICONS
    assert kind in queries.DEFAULTS
    assert sum(kind in kinds for _, kinds in GROUPS) == 1
    post = make_question(by=me)
    row = Notification(person=me, kind=kind, post=post, community=make_community())
    with translation.override(language):
        [line] = queries.lines([row], me)
        assert line.sentence
        assert "%(" not in line.sentence
    assert queries.address_of(row).startswith("/")


def test_who_in_thai_and_english():
    names = ["วรรณา", "อุไร", "เดชา"]
    with translation.override("th"):
        assert [who(names[:count]) for count in range(4)] == ["มีคน", "วรรณา", "วรรณา และ อุไร", "วรรณา และอีก 2 คน"]
    with translation.override("en"):
        assert [who(names[:count]) for count in (2, 3)] == ["วรรณา and อุไร", "วรรณา and 2 others"]


# Settings


def given(**changes: str) -> dict[str, str]:
    return {**dict.fromkeys(NewsKind.values, "here"), "language": "th", **changes}


def test_settings_begin_calm_and_are_kept(me, mine):
    form = mine.get("/news/settings/").context["form"]
    assert form.initial["reply"] == form.initial["mention"] == form.initial["moderation"] == "at_once"
    assert form.initial["circle"] == form.initial["talk"] == "daily"
    assert form.initial["flower"] == "here"
    answer = mine.post("/news/settings/", given(reply="daily", circle="not", language="en", is_mail_off="on"))
    assert answer.status_code == 302
    kept = queries.settings_of(me)
    assert kept[K.REPLY] == (True, Mail.DAILY)
    assert kept[K.CIRCLE] == (False, Mail.OFF)
    assert Mailbox.objects.get(person=me).language == "en"
    assert Mailbox.objects.get(person=me).is_mail_off
    mine.post("/news/settings/", given(reply="at_once"))
    assert queries.settings_of(me)[K.REPLY] == (True, Mail.AT_ONCE)
    assert Setting.objects.filter(person=me).count() == len(NewsKind)


def test_settings_do_not_touch_the_bell(me, mine):
    Mailbox.objects.create(person=me, has_new=True)
    mine.post("/news/settings/", given())
    assert queries.has_new(me)


@pytest.mark.parametrize("change", [{"reply": "loud"}, {"moderation": "not"}, {"language": "xx"}])
def test_what_is_no_choice_is_refused(change, mine):
    assert mine.post("/news/settings/", given(**change)).status_code == 422
    assert not Setting.objects.exists()


def test_somebody_suspended_may_still_choose(me, mine):
    type(me).objects.filter(pk=me.pk).update(suspended_until=timezone.now() + timedelta(days=1))
    assert mine.post("/news/settings/", given()).status_code == 302
    assert mine.post("/news/all-read/").status_code == 302


def test_ways_that_letters_made_are_shown_as_one_of_the_choices(me):
    """Mail without the house is what no form offers, and what an unsubscribing leaves."""
    wishes = queries.settings_of(me) | {K.REPLY: (False, Mail.DAILY), K.TALK: (True, Mail.OFF)}
    form = SettingsForm(wishes=wishes, mailbox=Mailbox(person=me))
    assert (form.initial["reply"], form.initial["talk"]) == ("daily", "here")


# Closed things on the page


def test_a_hidden_entry_leaves_the_page(me, mine):
    circle = make_community(by=me)
    post = make_post("เรื่องที่จะหายไป", by=make_person(), kind=Kind.STORY, communities=[circle])
    actions.take_in()
    assert "เรื่องที่จะหายไป" in words(mine.get(PAGE))
    Post.objects.filter(pk=post.pk).update(state=State.HIDDEN)
    assert "เรื่องที่จะหายไป" not in words(mine.get(PAGE))
