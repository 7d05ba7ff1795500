"""What speaks for whom: pointing to a colleague, declared topics, the thread; filters; what is quoted; at what cost."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lomwong.communities.actions import start_community
from lomwong.communities.models import Audience
from lomwong.experts.finding.narrowing import Narrow
from lomwong.experts.finding.queries import Knower, who_knows
from lomwong.experts.finding.ranking import weighed
from lomwong.experts.finding.reasons import Reason, by_thread
from lomwong.experts.models import AskingChoice, Carried, CarriedState, Expertise, Origin, TopicState, Why
from lomwong.experts.rank import OF_FUNCTION_WORDS
from lomwong.people.models import OPERATOR, JobFunction, Person, Unit
from lomwong.people.tests.factories import make_person
from lomwong.posts.actions import reply, write_post
from lomwong.posts.models import Kind, Post
from lomwong.search.index import catch_up
from lomwong.search.inquiry import inquire

pytestmark = pytest.mark.django_db
QUESTION = "สอบเทียบเครื่องชั่ง"


def answered(by: Person, text: str = "สอบเทียบเครื่องชั่งปีละครั้ง", **where: Any) -> Post:
    question = write_post(kind=Kind.QUESTION, by=make_person(), title=QUESTION, text="ช่วยบอกหน่อย", **where)
    return reply(question, kind=Kind.ANSWER, by=by, text=text)


def people(found: list[Knower]) -> list[Person]:
    return [knower.person for knower in found]


def asked(**narrow: Any) -> set[str]:
    return {one.person.name for one in who_knows(QUESTION, viewer=OPERATOR, narrow=Narrow(**narrow))}


# Pointing to a colleague


@pytest.fixture
def pointed() -> tuple[Person, Person, Post]:
    """Who asked, who was pointed to for it, the question."""
    asker, friend = make_person("ผู้ถาม"), make_person("เพื่อน")
    question = write_post(kind=Kind.QUESTION, by=asker, title=QUESTION, text="ช่วยบอกหน่อย")
    point(question, friend)
    catch_up()
    return asker, friend, question


def point(question: Post, friend: Person, **fields: Any) -> None:
    given = {"why": Why.PASSED_ON, "passed_by": make_person(), "carried_at": timezone.now(), **fields}
    Carried.objects.create(question=question, person=friend, **given)


def test_to_whom_a_colleague_pointed_is_named_with_the_question_as_reason(pointed: tuple[Person, Person, Post]) -> None:
    _, friend, question = pointed
    (knower,) = who_knows(QUESTION, viewer=make_person())
    assert knower.person == friend
    assert [(reason.post, reason.how) for reason in knower.reasons] == [(question, "pointed to")]


def test_who_asked_does_not_learn_to_whom_it_went(pointed: tuple[Person, Person, Post]) -> None:
    asker, _, _ = pointed
    assert who_knows(QUESTION, viewer=asker) == []


def test_who_asked_without_a_name_does_not_either() -> None:
    asker, friend = make_person(), make_person("เพื่อน")
    question = write_post(kind=Kind.QUESTION, by=asker, title=QUESTION, text="ช่วยบอกหน่อย", is_unnamed=True)
    point(question, friend)
    catch_up()
    assert people(who_knows(QUESTION, viewer=make_person())) == [friend]
    assert who_knows(QUESTION, viewer=asker) == []


def test_who_was_only_carried_to_or_passed_it_on_in_turn_is_not_named(pointed: tuple[Person, Person, Post]) -> None:
    _, friend, question = pointed
    point(question, make_person("คนที่ถามมาถึง"), why=Why.KNOWS, passed_by=None)
    point(question, make_person("คนที่ส่งต่อ"), state=CarriedState.PASSED)
    assert people(who_knows(QUESTION, viewer=OPERATOR)) == [friend]


def test_a_question_of_a_closed_circle_points_to_nobody_outside() -> None:
    insider, friend = make_person(), make_person("เพื่อน")
    circle = start_community(name="วงปิด", by=insider, audience=Audience.MEMBERS)
    question = write_post(kind=Kind.QUESTION, by=insider, title=QUESTION, text="…", communities=[circle])
    point(question, friend)
    for is_indexed in (False, True):
        if is_indexed:
            catch_up()
        assert people(who_knows(QUESTION, viewer=OPERATOR)) == [friend]
        assert who_knows(QUESTION, viewer=make_person()) == []


# Threads, topics, words


def test_a_thread_speaks_for_who_helped_in_it_only_to_those_who_read_it() -> None:
    insider, helper = make_person(), make_person("คนช่วย")
    circle = start_community(name="วงปิด", by=insider, audience=Audience.MEMBERS)
    question = write_post(kind=Kind.QUESTION, by=insider, title=QUESTION, text=QUESTION, communities=[circle])
    reply(question, kind=Kind.ANSWER, by=helper, text="ดูคู่มือเครื่องชั่งก่อน")
    catch_up()
    assert people(who_knows(QUESTION, viewer=insider)) == [helper]
    assert who_knows(QUESTION, viewer=make_person()) == []


def test_what_somebody_says_they_know_names_them_without_a_post() -> None:
    me = make_person("วรรณา")
    Expertise.objects.create(person=me, label=QUESTION, origin=Origin.DECLARED, state=TopicState.SHOWN)
    (knower,) = who_knows(f"{QUESTION}ที่ไหนดี", viewer=make_person())
    assert (knower.person, knower.topics, knower.evidence) == (me, (QUESTION,), ())
    assert who_knows(QUESTION, viewer=make_person(), before=timezone.now() - timedelta(days=1)) == []


def test_words_that_hold_a_question_together_count_little() -> None:
    answered(make_person())
    catch_up()
    asked_for = weighed("เครื่องชั่งจะต้องสอบเทียบ", inquire(OPERATOR))["body"]
    assert asked_for["เครื่องชั่ง"] == 1.0
    assert asked_for["ต้อง"] == OF_FUNCTION_WORDS
    assert set(weighed("จะต้อง", inquire(OPERATOR))["body"].values()) == {1.0}


# Filters on people


def test_filters_on_people_come_before_the_limit() -> None:
    campus = Unit.objects.create(name="วิทยาเขต", is_campus=True)
    faculty = Unit.objects.create(name="คณะ", parent=campus)
    office = Unit.objects.create(name="สำนักงานคณบดี", parent=faculty)
    job = JobFunction.objects.create(slug="lab", name="ห้องปฏิบัติการ")
    for name, unit in (("ในคณะ", office), ("วิทยาเขตเดียวกัน", campus), ("ไม่รู้หน่วย", None)):
        answered(make_person(name, unit=unit))
    Person.objects.get(name="ไม่รู้หน่วย").job_functions.add(job)
    catch_up()
    assert asked() == {"ในคณะ", "วิทยาเขตเดียวกัน", "ไม่รู้หน่วย"}
    assert asked(unit=faculty.pk) == {"ในคณะ"}
    assert asked(campus=campus.pk) == {"ในคณะ", "วิทยาเขตเดียวกัน"}
    assert asked(not_unit=faculty.pk) == {"วิทยาเขตเดียวกัน", "ไม่รู้หน่วย"}
    assert asked(job="lab") == {"ไม่รู้หน่วย"}
    (last,) = who_knows(QUESTION, viewer=OPERATOR, limit=1, narrow=Narrow(job="lab"))
    assert [one.slug for one in last.person.job_functions.all()] == ["lab"]


def test_available_is_who_takes_questions_and_has_room_this_week() -> None:
    makers = {name: make_person(name) for name in ("ว่าง", "ไม่รับ", "พัก", "กลับมาวันนี้", "เต็ม", "พักการเขียน")}
    for person in makers.values():
        answered(person)
    today = timezone.localdate()
    AskingChoice.objects.create(person=makers["ไม่รับ"], per_week=0)
    AskingChoice.objects.create(person=makers["พัก"], resting_until=today + timedelta(days=1))
    AskingChoice.objects.create(person=makers["กลับมาวันนี้"], resting_until=today)
    AskingChoice.objects.create(person=makers["เต็ม"], per_week=1)
    Person.objects.filter(name="พักการเขียน").update(suspended_until=timezone.now() + timedelta(days=1))
    other = write_post(kind=Kind.QUESTION, by=make_person(), title="เรื่องอื่น", text="…")
    now = timezone.now()
    Carried.objects.create(question=other, person=makers["เต็ม"], carried_at=now)
    Carried.objects.create(question=other, person=makers["ว่าง"], carried_at=now)
    catch_up()
    assert asked(available=True) == {"ว่าง", "กลับมาวันนี้"}
    Carried.objects.update(carried_at=now - timedelta(days=8))
    assert asked(available=True) == {"ว่าง", "กลับมาวันนี้", "เต็ม"}


# What is quoted, and at what cost


def test_a_whole_sentence_is_quoted_where_there_is_a_good_one() -> None:
    long = "เมื่อวานไปประชุมมาทั้งวันเลยค่ะ " * 8
    answered(make_person(), f"{long}ส่วนเครื่องชั่งต้องสอบเทียบทุกสิบสองเดือนนะคะ เจอกันพรุ่งนี้ที่เดิมค่ะ")
    catch_up()
    ((reason,),) = [knower.reasons for knower in who_knows(QUESTION, viewer=OPERATOR)]
    assert "".join(piece for piece, _ in reason.words) == "ส่วนเครื่องชั่งต้องสอบเทียบทุกสิบสองเดือนนะคะ"
    assert [piece for piece, is_hit in reason.words if is_hit]


def test_what_somebody_said_twice_in_one_thread_stands_together() -> None:
    one, other = Post(pk=7, kind=Kind.ANSWER, root_id=1), Post(pk=8, kind=Kind.COMMENT, root_id=2)
    again, root = Post(pk=9, kind=Kind.COMMENT, root_id=1), Post(pk=2, kind=Kind.STORY)
    found = by_thread(Reason(post, [], "said") for post in (one, other, again, root))
    assert [reason.post for reason in found] == [one, again, other, root]
    assert [reason.is_same_thread for reason in found] == [False, True, False, True]


def test_thirty_people_take_as_many_queries_as_one() -> None:
    counts = []
    viewer = make_person()
    for many in (1, 29):
        for _ in range(many):
            answered(make_person())
        catch_up()
        who_knows(QUESTION, viewer=viewer, limit=30)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found = who_knows(QUESTION, viewer=viewer, limit=30)
            [(one.person.unit, list(one.person.job_functions.all())) for one in found]
        counts.append(len(queries))
    assert len(found) == 30
    assert counts[0] == counts[1]
