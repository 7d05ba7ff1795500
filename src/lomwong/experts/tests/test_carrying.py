"""To whom the house carries a question: the likely ones, within what they said, never too many, never twice."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lomwong.activity.actions import advance
from lomwong.activity.models import Event, Verb
from lomwong.activity.queries import last_position, position_of
from lomwong.communities.actions import sit_down
from lomwong.communities.tests.factories import make_community
from lomwong.experts.carrying import actions, taking_in
from lomwong.experts.carrying.choosing import LOOKED_AT, likely
from lomwong.experts.models import AskingChoice, Carried, CarriedState, Carrying, Why
from lomwong.experts.tests.asking import TOPIC, ask, asked_people, grow_old, make_knower, settle
from lomwong.people.tests.factories import make_imported, make_person
from lomwong.posts.actions import accept_answer, edit_post, take_back_accepted, write_post
from lomwong.posts.models import Kind, Post, State
from lomwong.posts.tests.factories import make_answer, make_post, make_question

pytestmark = pytest.mark.django_db


def test_a_new_question_goes_to_the_first_three_who_may_know():
    knowers = [make_knower(f"คนรู้ {n}") for n in range(4)]
    other = make_knower("คนรู้เรื่องอื่น", title="วีซ่าอาจารย์ชาวต่างชาติหมดอายุ")
    question = ask()
    assert len(asked_people(question, why=Why.KNOWS)) == 3
    assert set(asked_people(question)) <= {knower.name for knower in knowers}
    assert other.name not in asked_people(question)
    assert Event.objects.filter(verb=Verb.CARRIED, post_number=question.pk, actor_id=None).count() == 3


def test_each_knows_what_speaks_for_them():
    knower = make_knower()
    ask()
    row = Carried.objects.get(person=knower)
    assert row.because.author == knower


def test_the_asker_is_not_asked_nor_who_talks_there_already():
    asker, talker = make_knower("ผู้ถาม"), make_knower("ตอบแล้ว")
    question = make_question(TOPIC, by=asker)
    make_answer(question, by=talker)
    settle()
    assert asked_people(question) == []


def test_stories_and_what_was_brought_along_go_nowhere():
    make_knower()
    make_post(TOPIC)
    brought = make_question(TOPIC)
    Post.objects.filter(pk=brought.pk).update(source="mail")
    settle()
    assert not Carried.objects.exists()


@pytest.mark.parametrize("change", [{"state": State.HIDDEN}, {"state": State.WITHDRAWN}, {"is_locked": True}])
def test_what_is_not_open_goes_nowhere(change):
    make_knower()
    question = make_question(TOPIC)
    Post.objects.filter(pk=question.pk).update(**change)
    settle()
    assert not Carried.objects.exists()


def test_who_cannot_or_would_rather_not_is_left_in_peace():
    """One for each reason, all of whom know it."""
    hidden, gone, none, resting, suspended = (make_knower(name) for name in "กขคงจ")
    hidden.is_findable = False
    hidden.save()
    gone.is_active = False
    gone.save()
    AskingChoice.objects.create(person=none, per_week=0)
    AskingChoice.objects.create(person=resting, resting_until=timezone.localdate() + timedelta(days=9))
    suspended.suspended_until = timezone.now() + timedelta(days=1)
    suspended.save()
    imported = make_imported("ฉ")
    make_answer(make_question(TOPIC), f"{TOPIC}: เปิดสัญญาดูว่าแบ่งงวดไหม", by=imported)
    assert asked_people(ask()) == []
    AskingChoice.objects.filter(person=resting).update(resting_until=timezone.localdate())
    assert asked_people(ask()) == [resting.name]


def test_nobody_is_asked_more_often_in_a_week_than_they_said():
    knower = make_knower(per_week=2)
    questions = [ask() for _ in range(4)]
    assert [len(asked_people(question)) for question in questions] == [1, 1, 0, 0]
    grow_old(questions[0], 8)
    assert asked_people(ask()) == [knower.name]


def test_a_question_about_which_nobody_has_said_anything_goes_to_nobody():
    for n in range(3):
        make_knower(title=f"วีซ่าอาจารย์ชาวต่างชาติหมดอายุ {n}")
    question = ask("ปลูกกล้วยไม้หน้าตึกอย่างไรให้ออกดอก")
    assert asked_people(question) == []
    assert Carrying.objects.filter(pk=question.pk).exists()  # it was looked for, and can honestly be said


def test_one_word_of_a_question_alone_brings_it_to_nobody():
    for n in range(3):
        make_knower(title=f"ปลูกผักสวนครัวหลังตึก {n}")
    assert asked_people(ask("ปลูกกล้วยไม้")) == []
    knower = make_knower(title="กล้วยไม้ไม่ออกดอก")
    assert asked_people(ask("ปลูกกล้วยไม้")) == [knower.name]


def test_reading_the_ledger_again_asks_nobody_twice():
    make_knower(), make_knower()
    question = ask()
    before = Event.objects.count()
    advance(taking_in.READER, 0)
    taking_in.take_in()
    assert len(asked_people(question)) == 2
    assert Event.objects.count() == before
    assert position_of(taking_in.READER) == last_position()
    assert taking_in.take_in() == 0


def test_what_was_asked_long_ago_is_left_in_peace():
    make_knower()
    question = make_question(TOPIC, at=timezone.now() - timedelta(days=8))
    settle()
    assert asked_people(question) == []


def test_who_says_not_now_is_followed_by_the_next_never_by_more_than_five():
    for n in range(8):
        make_knower(f"คนรู้ {n}")
    question = ask()
    for _ in range(8):
        row = Carried.objects.filter(question=question, state=CarriedState.WAITING).first()
        if row and actions.decline(row):
            taking_in.carry_further(question.pk)
    assert len(asked_people(question)) == 5
    assert Carried.objects.filter(state=CarriedState.DECLINED).count() == 5


def test_three_days_of_silence_carry_it_further_once():
    for n in range(8):
        make_knower(f"คนรู้ {n}")
    question = ask()
    taking_in.widen_due()
    assert len(asked_people(question)) == 3
    grow_old(question, 3.1)
    taking_in.widen_due()
    assert len(asked_people(question, why=Why.WIDENED)) == 2
    for knower in Carried.objects.filter(question=question):
        knower.delete()
    taking_in.widen_due()
    assert asked_people(question) == []


def test_widening_is_done_by_one_of_two_workers():
    for n in range(8):
        make_knower(f"คนรู้ {n}")
    question = ask()
    grow_old(question, 4)
    found = likely(question)
    assert len(actions.widen(question.pk, found)) == 2
    assert actions.widen(question.pk, found) == []


@pytest.mark.parametrize("end", ["answered", "solved", "hidden", "locked"])
def test_what_is_over_is_not_carried_further(end):
    for n in range(5):
        make_knower(f"คนรู้ {n}")
    question = ask()
    grow_old(question, 4)
    if end in ("answered", "solved"):
        answer = make_answer(question)
        if end == "solved":
            accept_answer(answer, by=question.author)
    else:
        change = {"state": State.HIDDEN} if end == "hidden" else {"is_locked": True}
        Post.objects.filter(pk=question.pk).update(**change)
    taking_in.widen_due()
    assert len(asked_people(question)) == 3


def test_an_answer_ends_the_waiting_whoever_gave_it_to_them():
    knower = make_knower()
    question = ask()
    make_answer(question, by=knower)
    make_answer(question, by=make_person())
    settle()
    assert Carried.objects.get().state == CarriedState.ANSWERED


def test_an_answer_after_not_now_counts():
    knower = make_knower()
    question = ask()
    actions.decline(Carried.objects.get())
    make_answer(question, by=knower)
    settle()
    assert Carried.objects.get().state == CarriedState.ANSWERED


def test_it_did_not_work_after_all_carries_it_to_the_rest():
    for n in range(8):
        make_knower(f"คนรู้ {n}")
    question = ask()
    answer = make_answer(question)
    accept_answer(answer, by=question.author)
    settle()
    assert len(asked_people(question)) == 3
    take_back_accepted(answer, by=question.author)
    settle()
    assert len(asked_people(question)) == 5


def test_a_mere_edit_carries_it_nowhere():
    for n in range(8):
        make_knower(f"คนรู้ {n}")
    question = ask()
    make_answer(question)
    edit_post(question, by=question.author, title=TOPIC, text="แก้คำ")
    settle()
    assert len(asked_people(question)) == 3


def test_in_a_closed_circle_it_goes_to_those_who_sit_there():
    outside = [make_knower(f"นอกวง {n}") for n in range(30)]
    insider = make_knower("ในวง")
    circle = make_community(by=make_person(), audience="members", people=[insider])
    asker = make_person()
    sit_down(circle, person=asker)
    question = ask(by=asker, communities=[circle])
    assert asked_people(question) == [insider.name]
    assert len(outside) == 30


def test_what_only_the_knowers_circle_may_read_names_them_to_nobody():
    """The asker may not read it, so it does not speak: else being asked would tell what lies in the circle."""
    host = make_person()
    circle = make_community(by=host, audience="members")
    insider = make_person("ในวง")
    sit_down(circle, person=insider)
    inside = make_question(TOPIC, by=host, communities=[circle])
    make_answer(inside, f"{TOPIC}: เปิดสัญญาดู", by=insider)
    settle()
    Carried.objects.all().delete()
    assert asked_people(ask(by=make_person())) == []
    colleague = make_person()
    sit_down(circle, person=colleague)
    assert asked_people(ask(by=colleague)) == [insider.name]


def test_a_question_without_a_name_is_carried_as_its_asker_may_read():
    asker = make_knower("ผู้ถามไม่บอกชื่อ")
    knower = make_knower("คนรู้")
    question = write_post(kind=Kind.QUESTION, by=asker, title=TOPIC, text="", is_unnamed=True)
    settle()
    assert asked_people(question) == [knower.name]
    assert not Event.objects.filter(post_number=question.pk, actor_id=asker.pk).exists()


def test_many_who_were_only_brought_along_do_not_hide_those_who_come_here():
    old = make_question(TOPIC, at=timezone.now() - timedelta(days=60))
    for n in range(LOOKED_AT):
        make_answer(old, f"{TOPIC} {TOPIC} เปิดสัญญาดูว่าแบ่งงวดไหม", by=make_imported(f"ลิสต์เก่า {n}"))
    knower = make_knower("คนที่มาจริง")
    assert asked_people(ask()) == [knower.name]
