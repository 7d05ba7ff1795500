"""Inviting by name, passing on, asking all who do a job: what people do, and what they are told when it cannot be."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lomwong.activity.models import Event, Verb
from lomwong.communities.tests.factories import make_community
from lomwong.experts.carrying import actions
from lomwong.experts.carrying.actions import Refused
from lomwong.experts.finding.queries import who_knows
from lomwong.experts.models import AskingChoice, Carried, CarriedState, Why
from lomwong.experts.tests.asking import TOPIC, ask, asked_people, grow_old, make_knower, settle
from lomwong.people.models import OPERATOR
from lomwong.people.tests.factories import job_function, make_imported, make_person
from lomwong.posts.actions import accept_answer, write_post
from lomwong.posts.drafts.tasks import publish_due
from lomwong.posts.models import Draft, Kind
from lomwong.posts.tests.factories import make_answer, make_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def asker():
    return make_person("ผู้ถาม")


@pytest.fixture
def question(asker):
    return ask("ปลูกกล้วยไม้หน้าตึกอย่างไรให้ออกดอก", by=asker)


def carried_to(question, person):
    actions.invite(question, person, by=question.author_id)
    return Carried.objects.get(question=question, person=person)


def refusal(act) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return str(refused.value)


TOLD = (Verb.CARRIED, Verb.ASKED_ALONG)

# By name


def test_somebody_is_invited_by_name(question, asker):
    friend = make_person()
    actions.invite(question, friend, by=asker.pk)
    row = Carried.objects.get()
    assert (row.person, row.why, row.invited_by) == (friend, Why.INVITED, asker)
    event = Event.objects.get(verb=Verb.ASKED_ALONG)
    assert (event.actor_id, event.target_id) == (asker.pk, friend.pk)


def test_three_are_invited_at_most_whoever_invites(question, asker):
    for by in (asker, make_person(), make_person()):
        actions.invite(question, make_person(), by=by.pk)
    assert refusal(lambda: actions.invite(question, make_person(), by=make_person().pk)) == str(actions.ENOUGH)
    assert len(asked_people(question)) == 3


def test_invited_ones_are_counted_apart_from_those_the_house_chose():
    for n in range(3):
        make_knower(f"คนรู้ {n}")
    question = ask()
    for _ in range(3):
        actions.invite(question, make_person(), by=question.author_id)
    assert len(asked_people(question)) == 6


def test_who_has_it_already_is_invited_like_anybody_and_told_once(asker):
    """Also who has said: not now. Whoever invites learns nothing of it."""
    waiting, declined = make_knower("ก"), make_knower("ข")
    question = ask(by=asker)
    actions.decline(Carried.objects.get(person=declined))
    told = Event.objects.filter(verb__in=TOLD).count()
    for person in (waiting, declined):
        actions.invite(question, person, by=asker.pk)
    assert list(Carried.objects.order_by("person__name").values_list("state", "is_invited")) == [
        (CarriedState.WAITING, True),
        (CarriedState.DECLINED, True),
    ]
    assert Event.objects.filter(verb__in=TOLD).count() == told
    actions.invite(question, make_person(), by=asker.pk)
    assert refusal(lambda: actions.invite(question, make_person(), by=asker.pk)) == str(actions.ENOUGH)


def test_who_takes_no_question_is_refused_in_the_same_words_for_whatever_reason(question, asker):
    hidden, none, full = make_person("ก", is_findable=False), make_person("ก"), make_person("ก")
    imported = make_imported("ก")
    AskingChoice.objects.create(person=none, per_week=0)
    AskingChoice.objects.create(person=full, per_week=1)
    carried_to(ask("โปรเจกเตอร์ภาพสั่น"), full)
    words = {refusal(lambda p=p: actions.invite(question, p, by=asker.pk)) for p in (hidden, none, full, imported)}
    assert len(words) == 1
    assert "ก" in words.pop()
    assert asked_people(question) == []


def test_who_cannot_read_it_is_refused_and_the_way_out_is_said(asker):
    circle = make_community(by=asker, audience="members")
    question = ask("เงินยืมคืนช้า", by=asker, communities=[circle])
    words = refusal(lambda: actions.invite(question, make_person("สมชาย"), by=asker.pk))
    assert "สมชาย" in words
    assert asked_people(question) == []


def test_the_asker_is_not_invited_to_their_own_question_unless_that_would_name_them(asker):
    reader = make_person()
    named = ask("เงินยืมคืนช้า", by=asker)
    assert refusal(lambda: actions.invite(named, asker, by=reader.pk)) == str(actions.OWN)
    unnamed = write_post(kind=Kind.QUESTION, by=asker, title="เงินยืมคืนช้า", text="", is_unnamed=True)
    actions.invite(unnamed, asker, by=reader.pk)  # as anybody else, or the refusal would tell who asked
    assert asked_people(unnamed) == [asker.name]


def test_who_asked_without_a_name_invites_without_it(asker):
    unnamed = write_post(kind=Kind.QUESTION, by=asker, title="เงินยืมคืนช้า", text="", is_unnamed=True)
    actions.invite(unnamed, make_person(), by=None)
    assert Carried.objects.get().invited_by is None
    assert not Event.objects.filter(post_number=unnamed.pk, actor_id=asker.pk).exists()


def test_a_solved_question_needs_nobody_more(question, asker):
    accept_answer(make_answer(question), by=asker)
    assert refusal(lambda: actions.invite(question, make_person(), by=asker.pk)) == str(actions.NOT_OPEN)


# Passing on


def test_passing_on_hands_it_over_and_is_evidence():
    first, friend = make_knower("ก"), make_person("ข")
    question = ask()
    actions.pass_on(Carried.objects.get(person=first), friend, word="ถามเขาดู")
    mine, theirs = Carried.objects.order_by("person__name")
    assert (mine.state, theirs.state) == (CarriedState.PASSED, CarriedState.WAITING)
    assert (theirs.why, theirs.passed_by, theirs.word) == (Why.PASSED_ON, first, "ถามเขาดู")
    event = Event.objects.filter(verb=Verb.CARRIED).last()
    assert (event.actor_id, event.target_id) == (first.pk, friend.pk)
    settle()
    assert friend in [knower.person for knower in who_knows(question.title, viewer=OPERATOR)]


def test_it_goes_through_three_hands_at_most_and_never_straight_back(question):
    row = carried_to(question, make_person("0"))
    for n in range(1, 4):
        giver, friend = row.person, make_person(str(n))
        actions.pass_on(row, friend)
        row = Carried.objects.get(person=friend)
        assert giver.name in refusal(lambda r=row, p=giver: actions.pass_on(r, p))
    assert row.step == 3
    assert refusal(lambda: actions.pass_on(row, make_person())) == str(actions.FAR_ENOUGH)


def test_who_had_it_before_does_not_get_it_again_and_the_giver_learns_nothing(question):
    first, second = make_person("ก"), make_person("ข")
    declined = carried_to(question, second)
    actions.decline(declined)
    row = carried_to(question, first)
    told = Event.objects.count()
    actions.pass_on(row, second)
    assert Carried.objects.get(person=second).state == CarriedState.DECLINED
    assert Carried.objects.get(person=first).state == CarriedState.PASSED
    assert Event.objects.count() == told


def test_it_is_not_passed_to_who_cannot_read_it_or_takes_no_question(asker):
    friend = make_person("เพื่อน")
    circle = make_community(by=asker, audience="members", people=[friend])
    row = carried_to(ask("เงินยืมคืนช้า", by=asker, communities=[circle]), friend)
    outsider, inside_but_hidden = make_person("สมชาย"), make_person("สมหญิง", is_findable=False)
    make_community(by=asker, audience="members", people=[inside_but_hidden])
    assert "สมชาย" in refusal(lambda: actions.pass_on(row, outsider))
    row.refresh_from_db()
    assert row.state == CarriedState.WAITING
    assert Carried.objects.count() == 1


def test_only_what_still_waits_is_passed_on(question):
    row = carried_to(question, make_person())
    actions.decline(row)
    assert refusal(lambda: actions.pass_on(row, make_person())) == str(actions.NOT_OPEN)


def test_not_now_is_said_once(question):
    row = carried_to(question, make_person())
    assert actions.decline(row) is False  # invited by name: nobody takes their place
    row.refresh_from_db()
    assert row.state == CarriedState.DECLINED


# All who do a job


def make_colleagues(count, job="it"):
    people = [make_person(f"เพื่อน {n:02}") for n in range(count)]
    for person in people:
        person.job_functions.add(job_function(job))
    return people


def test_all_who_do_a_job_are_asked_once_thirty_at_most(question):
    make_colleagues(33)
    make_colleagues(1, "teaching")
    actions.ask_job(question, job_function("it"))
    assert len(asked_people(question, why=Why.SAME_JOB)) == 30
    assert refusal(lambda: actions.ask_job(question, job_function("teaching"))) == str(actions.ASKED_JOB)


def test_a_job_is_asked_within_what_each_said_and_those_first_who_were_left_in_peace(question, asker):
    asker.job_functions.add(job_function("it"))
    people = make_colleagues(31)
    hidden, none, busy = people[:3]
    hidden.is_findable = False
    hidden.save()
    AskingChoice.objects.create(person=none, per_week=0)
    other = ask("โปรเจกเตอร์ภาพสั่น")
    carried_to(other, busy)
    grow_old(other, 10)
    for person in make_colleagues(3):
        carried_to(ask("เงินยืมคืนช้า"), person)
    actions.ask_job(question, job_function("it"))
    names = asked_people(question)
    assert len(names) == 30
    assert not {hidden.name, none.name, asker.name} & set(names) - {people[0].name, people[1].name}
    rows = Carried.objects.filter(question=question)
    assert not rows.filter(person__in=[hidden, none, asker]).exists()
    fresh = list(people[3:])
    assert rows.filter(person__in=fresh).count() == len(fresh)


def test_of_a_closed_circle_only_its_people_are_asked(asker):
    inside, outside = make_colleagues(2)
    circle = make_community(by=asker, audience="members", people=[inside])
    question = ask("เงินยืมคืนช้า", by=asker, communities=[circle])
    actions.ask_job(question, job_function("it"))
    assert asked_people(question) == [inside.name]
    assert outside.name not in asked_people(question)


def test_the_question_page_may_call_people_and_a_job_as_it_is_asked(client, asker):
    friend, colleague = make_person("ก"), make_colleagues(1)[0]
    client.force_login(asker)
    sent = {"title": TOPIC, "draft": "k" * 22, "invite": [friend.pk], "job": "it"}
    assert client.post("/questions/new/", sent).status_code == 302
    settle()
    assert list(Carried.objects.order_by("person__name").values_list("person", "why")) == [
        (friend.pk, Why.INVITED),
        (colleague.pk, Why.SAME_JOB),
    ]


def test_four_are_too_many_and_nothing_is_lost(client, asker):
    client.force_login(asker)
    people = [make_person(f"คน {n}") for n in range(4)]
    page = client.post("/questions/new/", {"title": TOPIC, "draft": "k" * 22, "invite": [one.pk for one in people]})
    assert page.status_code == 422
    assert all(one.name in page.content.decode() for one in people)


def test_a_colleague_who_could_not_read_it_is_not_called(client, asker):
    circle = make_community(by=asker, audience="members")
    stranger = make_person("สมชาย")
    client.force_login(asker)
    sent = {"title": TOPIC, "draft": "k" * 22, "communities": [circle.pk], "invite": [stranger.pk]}
    page = client.post("/questions/new/", sent)
    assert page.status_code == 422
    assert "สมชาย" in page.content.decode()


def test_a_question_that_waits_for_its_hour_still_calls_whom_it_was_to_call(client, asker):
    friend = make_person("ก")
    client.force_login(asker)
    day = timezone.localdate() + timedelta(days=2)
    sent = {"title": TOPIC, "draft": "k" * 22, "invite": [friend.pk], "later_on": day.isoformat(), "later_at": "08:00"}
    assert client.post("/questions/new/", sent).status_code == 302
    Draft.objects.update(publish_at=timezone.now())
    publish_due()
    settle()
    assert list(Carried.objects.values_list("person", "why")) == [(friend.pk, Why.INVITED)]


def test_an_unnamed_question_calls_without_a_name(client, asker):
    friend = make_person("ก")
    client.force_login(asker)
    client.post("/questions/new/", {"title": TOPIC, "draft": "k" * 22, "invite": [friend.pk], "is_unnamed": "on"})
    settle()
    row = Carried.objects.get()
    assert (row.person, row.is_invited, row.invited_by) == (friend, True, None)
    assert not Event.objects.filter(actor_id=asker.pk, post_number=row.question_id).exists()
    assert make_question().pk  # the ledger goes on
