"""Ask without a name: what its author may still do, and what everybody else sees in its place."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lomwong.activity.models import Event, Verb
from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.people.models import Person
from lomwong.people.tests.factories import make_person, make_unit
from lomwong.posts import actions, rules
from lomwong.posts.following.near import Nearness, could_help
from lomwong.posts.models import Envelope, Habit, Licence, Post, Revision, State
from lomwong.posts.tests.factories import make_answer, make_question, make_reply
from lomwong.posts.unnamed.actions import show_name
from lomwong.posts.unnamed.queries import author_behind, authors_behind
from lomwong.posts.unnamed.rules import is_mine
from lomwong.posts.unnamed.sealing import UnnamedRefused
from lomwong.posts.warmth.rules import can_give_flower

pytestmark = pytest.mark.django_db

COLLEAGUE, ASKER = "เพื่อนร่วมงานคนหนึ่ง", "ผู้ถาม"


@pytest.fixture
def asker() -> Person:
    return make_person("ปริศนา ซ่อนนาม", unit=make_unit("หน่วยซ่อนเร้นเฉพาะกิจ"))


def ask(by: Person, title: str = "เซ็นไปแล้วของไม่ครบ ทำอย่างไร", **fields: object) -> Post:
    given = {"kind": "question", "text": "", **fields}
    return actions.write_post(by=by, title=title, is_unnamed=True, **given)  # type: ignore[arg-type]


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page_of(post: Post, viewer: Person) -> str:
    return signed_in(viewer).get(reverse("posts:post", args=[post.root_id or post.number])).content.decode()


def test_it_has_no_author_and_its_envelope_has_one(asker):
    question = ask(asker)
    assert (question.author_id, question.is_unnamed) == (None, True)
    assert author_behind(question) == asker.pk
    named = make_question()
    assert authors_behind([question.pk, named.pk]) == {question.pk: asker.pk, named.pk: named.author_id}
    assert is_mine(asker, question)
    assert not is_mine(make_person(), question)


def test_only_questions_are_asked_without_a_name(asker):
    with pytest.raises(AssertionError):
        ask(asker, kind="story")


def test_readers_see_a_colleague(asker):
    question = ask(asker)
    reader, visitor = make_person(), Client()
    for page in (page_of(question, reader), signed_in(reader).get(reverse("posts:questions")).content.decode()):
        assert COLLEAGUE in page
        assert asker.name not in page
    assert visitor.get(question.get_absolute_url()).status_code == 404


def test_the_asker_keeps_their_rights_and_nobody_else_gets_them(asker):
    question = ask(asker)
    answer = make_answer(question)
    other = make_person(is_staff=True)
    for person, may in ((asker, True), (other, False)):
        fresh = Post.objects.get(pk=question.pk)
        assert rules.can_edit_post(person, fresh) is may
        assert rules.can_withdraw_post(person, fresh) is may
        assert rules.can_accept_answer(person, Post.objects.get(pk=answer.pk)) is may
    assert not rules.can_place_post(asker, question), "blog and series carry the name of their owner"


def test_the_askers_page_has_what_only_they_may_do(asker):
    question = ask(asker)
    make_answer(question)
    edit = reverse("posts:post_edit", args=[question.pk])
    mine, others = page_of(question, asker), page_of(question, make_person())
    for mark in (edit, "บอกชื่อฉัน", "อันนี้ใช้ได้"):
        assert mark in mine
        assert mark not in others


def test_every_reader_asks_the_same_of_the_database(asker):
    """How long a page takes, and what it asks for, does not tell who asked."""
    question = ask(asker)
    make_answer(question)
    counts = []
    for person in (make_person(), make_person(unit=asker.unit), asker):
        page_of(question, person)
        client = signed_in(person)
        with CaptureQueriesContext(connection) as asked:
            response = client.get(question.get_absolute_url())
        counts.append(len(asked))
        assert response["Cache-Control"] == "private"
    assert counts[0] == counts[1] == counts[2]


def test_the_ledger_names_nobody(asker):
    question = ask(asker)
    answer = make_answer(question)
    said = actions.reply(question, kind="comment", by=asker, text="ขอบคุณ", is_unnamed=True)
    actions.edit_post(question, by=asker, title="แก้แล้ว", text="x")
    actions.accept_answer(Post.objects.get(pk=answer.pk), by=asker)
    actions.take_back_accepted(Post.objects.get(pk=answer.pk), by=asker)
    events = Event.objects.filter(post_number__in=[question.pk, answer.pk, said.pk])
    assert {event.verb for event in events} >= {Verb.POSTED, Verb.REPLIED, Verb.EDITED, Verb.ACCEPTED}
    assert not events.filter(actor_id=asker.pk).exists()
    assert not events.filter(target_id=asker.pk).exists()
    assert Revision.objects.get(post=question).by is None


def test_an_operator_who_changes_it_is_named(asker):
    question, operator = ask(asker), make_person(is_staff=True)
    actions.edit_post(question, by=operator, title="แก้แล้ว", text="x")
    assert Revision.objects.get(post=question).by == operator
    assert Event.objects.get(verb=Verb.EDITED).actor_id == operator.pk


def test_what_a_deleted_account_said_below_is_not_opened_to_more(asker):
    circle = make_community(people=[asker], audience=Audience.MEMBERS)
    question, gone = ask(asker, communities=[circle]), make_person()
    actions.reply(question, kind="comment", by=asker, text="ของฉันเอง", is_unnamed=True)
    assert rules.can_move_thread(question, communities=[], audience=Audience.PUBLIC)
    make_reply(question, by=gone)
    gone.delete()
    assert not rules.can_move_thread(question, communities=[], audience=Audience.PUBLIC)


def test_a_habit_does_not_tell_on_them(asker, settings):
    Habit.objects.create(person=asker, licence=Licence.CC_BY_NC_ND)
    assert ask(asker).licence == settings.LICENCE


def test_the_asker_talks_on_without_a_name_and_nobody_else_does(asker):
    question = ask(asker)
    said = actions.reply(question, kind="comment", by=asker, text="ขอบคุณมาก", is_unnamed=True)
    assert said.author_id is None
    assert ASKER in page_of(question, make_person())
    with pytest.raises(PermissionDenied):
        actions.reply(question, kind="comment", by=make_person(), text="ฉันเอง", is_unnamed=True)
    with pytest.raises(PermissionDenied):
        actions.reply(make_question(by=asker), kind="comment", by=asker, text="x", is_unnamed=True)


def test_the_box_below_speaks_without_a_name_unless_told_otherwise(asker):
    question = ask(asker)
    client = signed_in(asker)
    address = reverse("posts:reply_new", args=[question.pk])
    client.post(address, {"text": "เงียบ ๆ"})
    client.post(address, {"text": "บอกชื่อก็ได้", "with_name": "on"})
    authors = dict(question.thread.values_list("text", "author_id"))
    assert authors == {"เงียบ ๆ": None, "บอกชื่อก็ได้": asker.pk}
    for fragment in (address, address + "?quote=1"):
        assert "with_name" in client.get(fragment).content.decode()
        assert "with_name" not in signed_in(make_person()).get(fragment).content.decode()


def test_nobody_is_asked_to_help_with_their_own_question(asker):
    question = ask(asker)
    assert [one.post for one in could_help(Nearness(make_person()))] == [question]
    assert could_help(Nearness(asker)) == []


def test_a_flower_would_carry_their_name(asker):
    question = ask(asker)
    answer, other = make_answer(question), make_person()
    assert can_give_flower(other, question)
    for post in (question, answer):
        assert not can_give_flower(asker, Post.objects.select_related("root").get(pk=post.pk))
    give = reverse("posts:flower_give", args=[answer.pk])
    assert signed_in(asker).post(give).status_code == 403
    assert f"/posts/{answer.pk}/flower/" not in page_of(question, asker)


def test_three_a_day(asker):
    for _ in range(3):
        ask(asker)
    with pytest.raises(UnnamedRefused):
        ask(asker)
    ask(make_person())
    actions.write_post(kind="question", by=asker, title="บอกชื่อ", text="")
    Post.objects.filter(is_unnamed=True).update(created_at=timezone.now() - timedelta(days=1, minutes=1))
    ask(asker)


def test_what_was_taken_back_counts_too(asker):
    for _ in range(3):
        client = signed_in(asker)
        client.post(reverse("posts:withdraw", args=[ask(asker).pk]))
    assert Post.objects.filter(state=State.WITHDRAWN, is_unnamed=True).count() == 3
    with pytest.raises(UnnamedRefused):
        ask(asker)


def test_taking_back_is_the_askers_alone(asker):
    question = ask(asker)
    address = reverse("posts:withdraw", args=[question.pk])
    assert signed_in(make_person()).post(address).status_code == 404
    assert signed_in(asker).post(address).status_code == 302
    question.refresh_from_db()
    assert (question.state, question.author_id) == (State.WITHDRAWN, None)
    assert not Event.objects.filter(actor_id=asker.pk).exists()


def test_hidden_words_lead_their_asker_to_the_reasons(asker):
    question = ask(asker)
    Post.objects.filter(pk=question.pk).update(state=State.HIDDEN)
    assert signed_in(asker).get(question.get_absolute_url()).status_code == 302
    assert signed_in(make_person()).get(question.get_absolute_url()).status_code == 404


def test_their_own_list_is_theirs_alone(asker):
    question = ask(asker)
    address = reverse("posts:unnamed")
    assert question.title in signed_in(asker).get(address).content.decode()
    for other in (make_person(), make_person(is_staff=True, is_superuser=True)):
        assert question.title not in signed_in(other).get(address).content.decode()
    assert "no-store" in signed_in(asker).get(address)["Cache-Control"]
    assert Client().get(address).status_code == 302


def test_the_list_asks_the_same_for_one_and_for_three(asker):
    counts = []
    client = signed_in(asker)
    for _ in range(3):
        ask(asker)
        client.get(reverse("posts:unnamed"))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("posts:unnamed"))
        counts.append(len(asked))
    assert counts[0] == counts[2]


def test_whoever_left_the_circle_may_still_take_it_back(asker):
    circle = make_community(people=[asker], audience=Audience.MEMBERS)
    question = ask(asker, communities=[circle])
    circle.memberships.filter(person=asker).delete()
    client = signed_in(asker)
    assert client.get(question.get_absolute_url()).status_code == 404
    assert question.title in client.get(reverse("posts:unnamed")).content.decode()
    assert client.post(reverse("posts:withdraw", args=[question.pk])).status_code == 302


def test_showing_ones_name_takes_all_of_it_out_of_the_envelope(asker):
    question = ask(asker)
    said = actions.reply(question, kind="comment", by=asker, text="ขอบคุณ", is_unnamed=True)
    reader = make_person()
    assert asker.name not in page_of(question, reader)
    address = reverse("posts:unnamed_show", args=[question.pk])
    assert signed_in(reader).post(address).status_code == 404
    assert signed_in(make_person(is_staff=True)).post(address).status_code == 404
    signed_in(asker).get(address)
    assert Envelope.objects.count() == 2, "it asks first"
    assert signed_in(asker).post(address).status_code == 302
    assert not Envelope.objects.exists()
    assert set(Post.objects.filter(pk__in=[question.pk, said.pk]).values_list("author", "is_unnamed")) == {
        (asker.pk, False)
    }
    page = page_of(question, reader)
    assert asker.name in page
    assert COLLEAGUE not in page


def test_while_suspended_no_way_leads_to_what_is_closed(asker):
    question = ask(asker)
    show = reverse("posts:unnamed_show", args=[question.pk])
    lists = (question.get_absolute_url(), reverse("posts:unnamed"))
    assert all(show in signed_in(asker).get(address).content.decode() for address in lists)
    Person.objects.filter(pk=asker.pk).update(suspended_until=timezone.now() + timedelta(days=3))
    for address in lists:
        page = signed_in(asker).get(address).content.decode()
        assert question.title in page
        assert show not in page
    assert reverse("posts:withdraw", args=[question.pk]) in page
    assert signed_in(asker).post(show).status_code == 403


def test_nobody_shows_somebody_elses_name(asker):
    with pytest.raises(PermissionDenied):
        show_name(ask(asker), by=make_person(is_staff=True))


def test_the_envelope_outlives_a_person_as_a_post_does(asker):
    question = ask(asker)
    make_reply(question)
    asker.delete()
    question.refresh_from_db()
    assert (question.is_unnamed, author_behind(question)) == (True, None)
