"""What nobody is to learn: to whom a question went, who passed it on or said: not now, what lies in closed circles."""

import argparse
import json

import pytest
from django.core import mail
from django.utils import timezone

from lomwong.communities.actions import sit_down
from lomwong.communities.models import Membership
from lomwong.communities.tests.factories import make_community
from lomwong.experts import cli
from lomwong.experts.carrying import actions
from lomwong.experts.carrying.choosing import Likely
from lomwong.experts.carrying.queries import asked_of, here, waiting_first
from lomwong.experts.models import Carried, CarriedState, Why
from lomwong.experts.tests.asking import TOPIC, ask, asked_people, make_knower, settle
from lomwong.notifications import actions as news
from lomwong.notifications.models import Letter, Notification
from lomwong.notifications.queries import news as news_of
from lomwong.people.tests.factories import make_person
from lomwong.posts.actions import move_thread, write_post
from lomwong.posts.models import Kind

pytestmark = pytest.mark.django_db


def run(*words: str) -> None:
    parser = argparse.ArgumentParser()
    cli.add_commands(parser.add_subparsers())  # type: ignore[arg-type]
    arguments = parser.parse_args(["experts", *words])
    arguments.run(arguments)


@pytest.fixture
def asker():
    return make_person("ผู้ถาม")


def all_that_is_shown_to(client, person, question) -> str:
    """Every page that could tell, the news, the letters."""
    news.take_in()
    Letter.objects.update(due_at=timezone.now())
    news.send_due()
    client.force_login(person)
    paths = [f"/posts/{question.number}/", f"/who-knows/invite/{question.number}/", "/news/", "/", "/?show=all"]
    paths += [
        "/who-knows/asked/",
        "/questions/",
        f"/posts/{question.number}/menu/",
        f"/people/{person.pk}/",
        "/following/",
    ]
    pages = "".join(client.get(path, follow=True).content.decode() for path in paths)
    letters = "".join(str(letter.message()) + letter.body for letter in mail.outbox if letter.to == [person.email])
    return pages + letters


def test_the_asker_never_learns_who_has_it_passed_it_on_or_said_not_now(client, asker):
    """Three who are known by nothing but that the question went to them: what is shown is no list of those who know."""
    question = ask("ปลูกกล้วยไม้หน้าตึกอย่างไรให้ออกดอก", by=asker)
    reader = make_person("ผู้อ่าน")
    names = ["คนที่รับไว้", "คนที่ส่งต่อ", "คนที่ปฏิเสธ"]
    people = [make_person(name) for name in names]
    for person in people:
        actions.invite(question, person, by=reader.pk)
    actions.pass_on(Carried.objects.get(person=people[1]), make_person("คนที่ได้ต่อ"), word="คำที่ฝาก")
    actions.decline(Carried.objects.get(person=people[2]))
    settle()
    shown = all_that_is_shown_to(client, asker, question)
    assert "กล้วยไม้" in shown
    for secret in [*names, "คนที่ได้ต่อ", "คำที่ฝาก"]:
        assert secret not in shown


def test_whoever_invited_does_not_learn_what_became_of_it(client, asker):
    question = ask("ปลูกกล้วยไม้หน้าตึกอย่างไรให้ออกดอก", by=asker)
    shown = {}
    for name in ("คนหนึ่ง", "คนสอง"):
        actions.invite(question, make_person(name), by=asker.pk)
    before = all_that_is_shown_to(client, asker, question)
    assert "คนหนึ่ง" in before
    for state in (CarriedState.DECLINED, CarriedState.PASSED, CarriedState.WAITING):
        Carried.objects.filter(person__name="คนหนึ่ง").update(state=state)
        part = client.get(f"/who-knows/invite/{question.number}/").content.decode()
        shown[state] = part[part.index("<main") : part.index("</main")].split("csrfmiddlewaretoken")[0]
    assert len(set(shown.values())) == 1


def test_other_readers_see_neither_that_nor_how_it_went(client, asker):
    knower = make_knower("วรรณา")
    question = ask(by=asker)
    actions.pass_on(Carried.objects.get(person=knower), make_person("เพื่อนของวรรณา"))
    shown = all_that_is_shown_to(client, make_person(), question)
    assert "เพื่อนของวรรณา" not in shown


def test_the_question_that_was_passed_on_does_not_tell_its_readers_so(client, asker):
    """Passing on speaks for somebody, elsewhere; below the question itself it would tell to whom it went."""
    knower, friend = make_knower("วรรณา"), make_person("เพื่อนของวรรณา")
    question = ask(by=asker)
    actions.pass_on(Carried.objects.get(person=knower), friend)
    settle()
    client.force_login(asker)
    assert friend.name not in client.get(f"/who-knows/invite/{question.number}/").content.decode()


def test_a_closed_circles_question_is_carried_to_nobody_outside(asker):
    knowers = [make_knower(f"นอกวง {n}") for n in range(4)]
    circle = make_community(by=asker, audience="members")
    question = ask(by=asker, communities=[circle])
    assert asked_people(question) == []
    assert len(knowers) == 4


def test_when_the_circle_closes_or_one_gets_up_it_is_gone_from_everywhere(client, asker):
    knower = make_knower("วรรณา")
    question = ask(by=asker)
    news.take_in()
    row = Carried.objects.get()
    assert waiting_first(knower)
    assert here(question.pk, knower).waiting
    circle = make_community(by=asker, audience="members")
    move_thread(question, communities=[circle], audience="members")
    assert waiting_first(knower) is None
    assert asked_of(knower).lines == []
    assert here(question.pk, knower).waiting is None
    assert news_of(knower).lines == []
    Letter.objects.update(due_at=timezone.now())
    news.send_due()
    assert mail.outbox == []
    client.force_login(knower)
    for path in (f"/who-knows/asked/{question.pk}/pass-on/", f"/who-knows/invite/{question.pk}/"):
        assert client.get(path).status_code == 404
    assert client.post(f"/who-knows/asked/{question.pk}/not-now/").status_code == 404
    row.refresh_from_db()
    assert row.state == CarriedState.WAITING
    sit_down(circle, person=knower)
    assert waiting_first(knower)
    Membership.objects.filter(person=knower).delete()
    assert waiting_first(knower) is None


def test_what_speaks_for_one_is_shown_to_them_as_far_as_they_may_still_read_it(asker):
    circle = make_community(by=asker, audience="organisation")
    knower = make_knower("วรรณา", communities=[circle])
    question = ask(by=asker)
    assert here(question.pk, knower).waiting.because
    row = Carried.objects.get()
    row.because.__class__.objects.filter(pk=row.because_id).update(state="withdrawn")
    assert here(question.pk, knower).waiting.because is None


def test_whoever_does_not_want_to_be_found_is_asked_by_nobody_in_no_way(asker):
    hidden = make_knower("ซ่อนอยู่")
    hidden.is_findable = False
    hidden.save()
    question = ask(by=asker)
    actions.carry(question.pk, [Likely(hidden.pk, None)], why=Why.KNOWS)
    with pytest.raises(actions.Refused):
        actions.invite(question, hidden, by=asker.pk)
    assert not Carried.objects.exists()
    assert not Notification.objects.filter(person=hidden, kind__in=["carried", "passed"]).exists()


def test_the_unnamed_asker_is_named_to_nobody_it_is_carried_to(client):
    asker = make_person("ผู้ถามที่ไม่บอกชื่อ", email="secret-asker@u.example")
    knower, friend = make_knower("วรรณา"), make_person("เพื่อน")
    question = write_post(kind=Kind.QUESTION, by=asker, title=TOPIC, text="", is_unnamed=True)
    settle()
    actions.invite(question, friend, by=None)
    for person in (knower, friend):
        shown = all_that_is_shown_to(client, person, question)
        assert TOPIC in shown
        assert asker.name not in shown
        assert "secret-asker" not in shown
        assert f"/people/{asker.pk}/" not in shown


def test_the_unnamed_asker_sees_that_it_was_carried_and_nobody_else_does(client):
    asker = make_person()
    make_knower("วรรณา")
    question = write_post(kind=Kind.QUESTION, by=asker, title=TOPIC, text="", is_unnamed=True)
    settle()
    assert here(question.pk, asker).is_carried
    assert not here(question.pk, make_person()).is_carried


def test_nothing_of_it_is_in_what_the_command_line_prints(capsys, asker):
    make_knower("วรรณา")
    ask(by=asker)
    Carried.objects.update(state=CarriedState.DECLINED, word="คำที่ฝาก")
    run(TOPIC, "--json")
    printed = json.loads(capsys.readouterr().out)
    assert printed["people"]
    assert "declined" not in json.dumps(printed)
    assert "คำที่ฝาก" not in json.dumps(printed, ensure_ascii=False)
