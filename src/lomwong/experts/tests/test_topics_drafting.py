"""What one may know, drafted from what one wrote, was thanked for and was passed on to."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from lomwong.activity.models import Cursor, Event
from lomwong.experts.models import Carried, CarriedState, Expertise, Origin, TopicState, Why
from lomwong.experts.tests.knowing import answered, draft, drafts, thank
from lomwong.experts.topics import actions, tasks
from lomwong.kit.jobs.worker import work_one
from lomwong.people.models import Person
from lomwong.people.tests.factories import make_person
from lomwong.posts.actions import accept_answer
from lomwong.posts.models import Envelope, Kind, Post, State
from lomwong.posts.stories.actions import withdraw_post
from lomwong.posts.tests.factories import make_answer, make_post, make_question, make_reply
from lomwong.search.index import catch_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def me() -> Person:
    return make_person("วรรณา แก้วมณี")


def work_off() -> None:
    while work_one("worker"):
        pass


def test_two_answers_below_the_same_tag_make_a_draft_with_both_as_evidence(me: Person) -> None:
    posts = [answered(me, title, tags=("เงินยืม",)) for title in ("คืนช้าทำไง", "ยืมไปสัมมนา")]
    answered(me, "จองรถตู้", tags=("ยานพาหนะ",))
    actions.draft_topics(me)
    (topic,) = Expertise.objects.filter(person=me)
    assert (topic.label, topic.state, topic.origin) == ("เงินยืม", TopicState.DRAFT, Origin.FOUND)
    assert {post.number for post in topic.evidence.all()} == {post.number for post in posts}


def test_one_answer_is_enough_once_it_is_thanked_for_or_worked(me: Person) -> None:
    thanked, worked = answered(me, "คืนช้า", tags=("เงินยืม",)), answered(me, "ต่อไม่ติด", tags=("VPN",))
    assert actions.draft_topics(me) == 0
    thank(thanked)
    accept_answer(worked, by=worked.root.author)
    actions.draft_topics(me)
    assert drafts(me) == {"เงินยืม", "VPN"}


def test_a_phrase_of_titles_is_found_without_tags(me: Person) -> None:
    for title in ("ย้ายเล่มทะเบียนครุภัณฑ์เก่า", "ทะเบียนครุภัณฑ์หายตอนย้ายตึก", "ขอบคุณทุกคนที่ช่วยกัน"):
        answered(me, title, "ส่งเอกสารมาให้ดูก่อนนะ")
    actions.draft_topics(me)
    assert drafts(me) == {"ทะเบียนครุภัณฑ์"}


def test_chatter_names_and_common_words_make_no_draft(me: Person) -> None:
    for n in range(3):
        make_post(kind=Kind.STORY, by=me, title="ขอบคุณพี่วรรณาครับ", text="ส่งงานให้พี่วรรณาแล้ว ดีใจมาก วันนี้เหนื่อย")
        answered(me, f"ทำอย่างไรดี {n}", "ลองถามพี่วรรณาดู")
    assert actions.draft_topics(me) == 0


def test_one_thing_in_two_words_of_the_house_is_one_draft(me: Person) -> None:
    answered(me, "จัดซื้อจัดจ้างของแล็บ", tags=("procurement",))
    answered(me, "เอกสารจัดซื้อจัดจ้าง")
    actions.draft_topics(me)
    assert len(drafts(me)) == 1


def test_what_one_says_below_ones_own_question_and_unthanked_comments_tell_nothing(me: Person) -> None:
    for n in range(3):
        own = make_question(f"เงินยืม {n}", by=me, tags=("เงินยืม",))
        make_answer(own, "ได้คำตอบแล้ว เงินยืมต้องคืนในสามสิบวัน", by=me)
        make_reply(make_question(f"วีซ่า {n}", by=make_person(), tags=("วีซ่า",)), text="วีซ่าเหมือนกัน", by=me)
    assert actions.draft_topics(me) == 0


def test_a_question_passed_on_to_somebody_speaks_for_them(me: Person) -> None:
    for title in ("คืนช้า", "ยืมไปสัมมนา"):
        question = make_question(title, by=make_person(), tags=("เงินยืม",))
        Carried.objects.create(
            question=question, person=me, why=Why.PASSED_ON, passed_by=make_person(), carried_at=timezone.now()
        )
    invited = make_person()
    Carried.objects.create(question=question, person=invited, why=Why.INVITED, carried_at=timezone.now())
    actions.draft_topics(me)
    actions.draft_topics(invited)
    assert drafts(me) == {"เงินยืม"}
    assert drafts(invited) == set()


def test_what_one_passed_on_in_turn_or_asked_oneself_without_a_name_speaks_for_nobody(me: Person) -> None:
    for title in ("คืนช้า", "ยืมไปสัมมนา"):
        passed, own = (make_question(title, by=make_person(), tags=(tag,)) for tag in ("เงินยืม", "ครุภัณฑ์"))
        Post.objects.filter(pk=own.pk).update(author=None, is_unnamed=True)
        Envelope.objects.create(post=own, author=me)
        for question, state in ((passed, CarriedState.PASSED), (own, CarriedState.WAITING)):
            Carried.objects.create(
                question=question,
                person=me,
                why=Why.PASSED_ON,
                passed_by=make_person(),
                state=state,
                carried_at=timezone.now(),
            )
    actions.draft_topics(me)
    assert drafts(me) == set()


def test_what_is_hidden_while_drafts_are_looked_at_anew_stays_hidden(me: Person) -> None:
    old = draft(me, "เรื่องเก่า")

    def hides_meanwhile(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "posts_post" in sql:
            Expertise.objects.filter(pk=old.pk, state=TopicState.DRAFT).update(
                state=TopicState.HIDDEN, decided_at=timezone.now()
            )
        return execute(sql, params, many, context)

    with connection.execute_wrapper(hides_meanwhile):
        actions.draft_topics(me)
    assert Expertise.objects.filter(pk=old.pk, state=TopicState.HIDDEN).exists()


@pytest.mark.parametrize("state", [State.HELD, State.HIDDEN, State.WITHDRAWN])
def test_what_is_not_shown_is_evidence_of_nothing(me: Person, state: str) -> None:
    for title in ("คืนช้า", "ยืมไปสัมมนา"):
        post = answered(me, title, tags=("เงินยืม",))
    Post.objects.filter(pk=post.pk).update(state=state)
    assert actions.draft_topics(me) == 0


def test_looking_again_changes_nothing_and_at_most_eight_wait(me: Person) -> None:
    names = [f"เรื่องที่{n} ระบบ X{n}Y" for n in range(12)]
    for name in names:
        for _ in range(2):
            answered(me, "ถามหน่อย", tags=(name,))
    actions.draft_topics(me)
    before = list(Expertise.objects.order_by("pk").values_list("pk", "label"))
    assert len(before) == 8
    assert actions.draft_topics(me) == 0
    assert list(Expertise.objects.order_by("pk").values_list("pk", "label")) == before


@pytest.mark.parametrize("decision", ["hide", "rename", "accept"])
def test_what_was_decided_is_never_drafted_again(me: Person, decision: str) -> None:
    for title in ("คืนช้า", "ยืมไปสัมมนา"):
        answered(me, title, tags=("เงินยืม",))
    actions.draft_topics(me)
    (topic,) = Expertise.objects.filter(person=me)
    if decision == "hide":
        actions.hide_topic(topic)
    elif decision == "accept":
        actions.accept_topic(topic)
    else:
        actions.rename_topic(topic, "ค่าใช้จ่ายล่วงหน้า")
    newer = answered(me, "เรื่องเงินยืมทดรอง", tags=("เงินยืม", "เงินยืมทดรอง"))
    thank(newer)
    assert actions.draft_topics(me) == 0
    (topic,) = Expertise.objects.filter(person=me)
    assert topic.state == (TopicState.HIDDEN if decision == "hide" else TopicState.SHOWN)
    assert (newer in topic.evidence.all()) == (decision != "hide")


def test_a_draft_that_rests_on_nothing_any_more_goes_and_a_shown_one_is_a_draft_again(me: Person) -> None:
    posts = [answered(me, title, tags=("เงินยืม",)) for title in ("คืนช้า", "ยืมไปสัมมนา")]
    actions.draft_topics(me)
    withdraw_post(posts[0], by=me)
    tasks.take_in()
    actions.draft_topics(me)
    assert drafts(me) == set()
    shown = draft(me, "วีซ่า", answered(me, "วีซ่าหมด"))
    declared = actions.declare_topic(me, "ดำน้ำ")
    actions.accept_topic(shown)
    assert actions.take_back_unfounded() == 0
    withdraw_post(shown.evidence.get(), by=me)
    tasks.take_in()
    shown.refresh_from_db()
    declared.refresh_from_db()
    assert (shown.state, declared.state) == (TopicState.DRAFT, TopicState.SHOWN)
    actions.draft_topics(me)
    assert "วีซ่า" in drafts(me), "its owner is asked, it does not vanish"
    actions.accept_topic(shown)
    assert shown.origin == Origin.DECLARED
    assert actions.take_back_unfounded() == 0


def test_soon_after_thanks_there_is_a_draft(me: Person) -> None:
    post = answered(me, "คืนช้า", tags=("เงินยืม",))
    tasks.take_in()
    assert drafts(me) == set()
    thank(post)
    tasks.take_in()
    assert drafts(me) == {"เงินยืม"}
    Expertise.objects.all().delete()
    tasks.take_in()
    assert drafts(me) == set(), "what was taken in is not taken in again"


def test_what_was_imported_waits_for_the_weekly_look(me: Person) -> None:
    thank(answered(me, "คืนช้า", tags=("เงินยืม",)))
    Event.objects.update(at=timezone.now() - timedelta(days=400))
    tasks.take_in()
    assert drafts(me) == set()
    tasks.draft_topics.call()
    assert drafts(me) == {"เงินยืม"}


def test_the_weekly_look_comes_to_everybody_in_parts_once_a_week(me: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "AT_ONCE", 2)
    people = [me, make_person(), make_person()]
    for person in people:
        thank(answered(person, "คืนช้า", tags=("เงินยืม",)))
    tasks.draft_topics_if_due()
    tasks.draft_topics_if_due()
    work_off()
    assert set(Expertise.objects.values_list("person", flat=True)) == {person.pk for person in people}
    Expertise.objects.all().delete()
    tasks.draft_topics_if_due()
    work_off()
    assert not Expertise.objects.exists(), "not yet"
    Cursor.objects.filter(reader=tasks.WEEKLY).update(moved_at=timezone.now() - timedelta(days=8))
    tasks.draft_topics_if_due()
    work_off()
    assert not Expertise.objects.exists(), "nothing has happened since"
    thank(answered(me, "ยืมไปสัมมนา", tags=("เงินยืม",)))
    tasks.draft_topics_if_due()
    work_off()
    assert Expertise.objects.count() == len(people)


def test_the_index_weighs_words(me: Person) -> None:
    """What all write about tells less of one: with two places left the rarer ones are taken."""
    for n in range(6):
        answered(make_person(), f"แบบฟอร์ม {n}", "แบบฟอร์มอยู่ในเว็บ")
    catch_up()
    for title in ("แบบฟอร์มวีซ่า", "แบบฟอร์มวีซ่าครอบครัว"):
        answered(me, title)
    actions.draft_topics(me)
    assert any("วีซ่า" in label for label in drafts(me))
