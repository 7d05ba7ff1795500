"""Whom a question leads to by what they say they know, and to whom it must not."""

import pytest
from django.contrib.auth.models import AnonymousUser

from lomwong.experts.models import Expertise, ExpertiseEvidence, Origin, TopicState
from lomwong.experts.topics.queries import TopicHit, matching_topics, without_hidden
from lomwong.people.models import OPERATOR, Person
from lomwong.people.tests.factories import make_person
from lomwong.posts.models import Post
from lomwong.posts.tests.factories import make_answer, make_question
from lomwong.search.inquiry import Document
from lomwong.search.terms.actions import add_term

pytestmark = pytest.mark.django_db


def know(person: Person, label: str, state: str = TopicState.SHOWN, *evidence: Post) -> Expertise:
    topic = Expertise.objects.create(person=person, label=label, origin=Origin.DECLARED, state=state)
    ExpertiseEvidence.objects.bulk_create(ExpertiseEvidence(expertise=topic, post=post) for post in evidence)
    return topic


def labels(hits: list[TopicHit]) -> list[str]:
    return [hit.label for hit in hits]


def found(*posts: Post) -> list[Document]:
    return [Document(post.number, post.author_id, 1.0, post.created_at) for post in posts]


@pytest.mark.parametrize(
    ("label", "question"),
    [
        ("เงินยืม", "เงินยืมทดรองคืนเมื่อไร"),
        ("ทะเบียนครุภัณฑ์", "ครุภัณฑ์เก่ายังอยู่ในทะเบียนไหม"),
        ("Moodle", "ใช้ moodle สอนอย่างไร"),
        ("VPN", "vpn ต่อไม่ติด"),
        ("วีซ่าอาจารย์ต่างชาติ", "อาจารย์ต่างชาติวีซ่าหมด"),
    ],
)
def test_a_question_finds_those_who_say_they_know(label: str, question: str) -> None:
    wanna, asker = make_person(), make_person()
    know(wanna, label)
    (hit,) = matching_topics(question, viewer=asker)
    assert (hit.person_id, hit.label) == (wanna.pk, label)
    assert 0 < hit.score <= 1


@pytest.mark.parametrize("question", ["", "???", "การเงินเดือน", "ครุภัณฑ์หาย", "ทำอย่างไรดี", "x" * 9000])
def test_part_of_a_short_label_is_not_enough(question: str) -> None:
    know(make_person(), "ทะเบียนครุภัณฑ์")
    know(make_person(), "การยืมเงิน")
    assert matching_topics(question, viewer=make_person()) == []


def test_the_nearest_label_comes_first() -> None:
    for label in ("เบิกค่าเดินทางไปราชการต่างประเทศ", "เบิกค่าเดินทาง"):
        know(make_person(), label)
    hits = matching_topics("เบิกค่าเดินทางไปราชการอย่างไร", viewer=make_person())
    assert labels(hits)[0] == "เบิกค่าเดินทาง"


def test_words_of_the_house_are_met_by_their_other_ways() -> None:
    know(make_person(), "drone")
    assert matching_topics("อากาศยานไร้คนขับ", viewer=make_person()) == []
    add_term(["อากาศยานไร้คนขับ", "drone"])
    assert labels(matching_topics("ขอใช้อากาศยานไร้คนขับ", viewer=make_person())) == ["drone"]


def test_only_what_is_shown_by_people_who_may_be_found_leads_to_them() -> None:
    owner, asker = make_person(), make_person()
    topic = know(owner, "เงินยืม")
    assert len(matching_topics("เงินยืม", viewer=asker)) == 1
    for state in (TopicState.DRAFT, TopicState.HIDDEN):
        Expertise.objects.filter(pk=topic.pk).update(state=state)
        for viewer in (asker, owner, OPERATOR):
            assert matching_topics("เงินยืม", viewer=viewer) == []
    Expertise.objects.filter(pk=topic.pk).update(state=TopicState.SHOWN)
    for field in ("is_findable", "is_active"):
        Person.objects.filter(pk=owner.pk).update(is_findable=True, is_active=True)
        Person.objects.filter(pk=owner.pk).update(**{field: False})
        assert matching_topics("เงินยืม", viewer=asker) == []
        assert matching_topics("เงินยืม", viewer=OPERATOR) == []
        Person.objects.filter(pk=owner.pk).update(**{field: True})
    assert matching_topics("เงินยืม", viewer=AnonymousUser()) == []


def test_evidence_of_a_hidden_topic_never_votes_for_the_one_who_hid_it() -> None:
    knower, other = make_person(), make_person()
    question = make_question("คืนเงินทดรองช้า", by=make_person())
    mine = make_answer(question, "ต้องคืนในสามสิบวัน", by=knower)
    theirs = make_answer(question, "ถามการเงินดู", by=other)
    know(knower, "เงินยืม", TopicState.HIDDEN, mine)
    assert without_hidden("ทดรองราชการ", found(mine, theirs)) == {(knower.pk, mine.number)}


def test_a_document_about_a_hidden_topic_does_not_vote_though_it_is_no_evidence() -> None:
    knower = make_person()
    question = make_question("เงินยืมคืนช้า", by=make_person())
    answer = make_answer(question, "ต้องคืนในสามสิบวัน", by=knower)
    aside = make_answer(make_question("ไปราชการ", by=make_person()), "ทำเรื่องเงินยืมไว้ก่อนออกเดินทาง", by=knower)
    far = make_answer(make_question("จองรถตู้", by=make_person()), "โทรจองก่อนสองวัน", by=knower)
    know(knower, "เงินยืม", TopicState.HIDDEN)
    out = without_hidden("เงินยืมต้องคืนเมื่อไร", found(answer, aside, far))
    assert out == {(knower.pk, answer.number), (knower.pk, aside.number)}
    # What only mentions it still speaks about something else.
    assert without_hidden("ออกเดินทางไปราชการ", found(answer, aside, far)) == {(knower.pk, answer.number)}


def test_a_renamed_topic_is_hidden_under_its_first_name_too() -> None:
    knower = make_person()
    answer = make_answer(make_question("เงินยืมคืนช้า", by=make_person()), "สามสิบวัน", by=knower)
    topic = know(knower, "เรื่องเงินทดรอง", TopicState.HIDDEN)
    assert without_hidden("เงินยืม", found(answer)) == set()
    Expertise.objects.filter(pk=topic.pk).update(found_label="เงินยืม")
    assert without_hidden("เงินยืม", found(answer)) == {(knower.pk, answer.number)}


def test_drafts_and_shown_topics_silence_nobody() -> None:
    knower = make_person()
    answer = make_answer(make_question("เงินยืมคืนช้า", by=make_person()), "สามสิบวัน", by=knower)
    know(knower, "เงินยืม", TopicState.DRAFT, answer)
    assert without_hidden("เงินยืม", found(answer)) == set()


def test_only_those_who_hide_something_cost_anything(django_assert_num_queries: object) -> None:
    knower = make_person()
    answers = [
        make_answer(make_question(f"เงินยืม {n}", by=make_person()), "สามสิบวัน", by=make_person()) for n in range(5)
    ]
    answers.append(make_answer(make_question("เงินยืมคืนช้า", by=make_person()), "สามสิบวัน", by=knower))
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert without_hidden("เงินยืม", found(*answers)) == set()
    know(knower, "เงินยืม", TopicState.HIDDEN)
    with django_assert_num_queries(4):  # type: ignore[operator]
        assert without_hidden("เงินยืม", found(*answers)) == {(knower.pk, answers[-1].number)}


def test_it_is_a_topic_only_where_it_is_written_so() -> None:
    know(make_person(), "IT")
    found = {
        question: matching_topics(question, viewer=make_person()) for question in ("How does it work?", "ฝ่าย IT อยู่ไหน")
    }
    assert [len(hits) for hits in found.values()] == [0, 1]
