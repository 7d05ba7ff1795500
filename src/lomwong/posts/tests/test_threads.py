"""How a thread is laid out: two levels, pages, what holds a place, who may read what of it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.people.models import OPERATOR
from lomwong.people.tests.factories import make_person
from lomwong.posts import actions
from lomwong.posts.models import Kind, Post
from lomwong.posts.tests.factories import make_answer, make_post, make_question, make_reply
from lomwong.posts.threads import queries
from lomwong.posts.threads.queries import Branch

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)
ANONYMOUS = AnonymousUser()


def hours(count: float) -> datetime:
    return NOON + timedelta(hours=count)


def words(said: queries.Said) -> str:
    return said.html.removeprefix("<p>").strip().removesuffix("</p>")


def shape(branches: list[Branch]) -> list:
    return [
        (words(branch.post), branch.answers_to and words(branch.answers_to), shape(branch.below)) for branch in branches
    ]


def test_two_levels_and_then_to_whom():
    root = make_post(at=NOON)
    first = make_reply(root, "1", at=hours(1))
    second = make_reply(root, "2", at=hours(2))
    inner = make_reply(first, "1.1", at=hours(3))
    deep = make_reply(inner, "1.1.1", at=hours(4))
    make_reply(deep, "1.1.1.1", at=hours(5))
    make_reply(first, "1.2", at=hours(6))
    make_reply(second, "2.1", at=hours(7))
    thread = queries.thread_of(root, make_person())
    assert shape(thread.comments) == [
        ("1", None, [("1.1", None, []), ("1.1.1", "1.1", []), ("1.1.1.1", "1.1.1", []), ("1.2", None, [])]),
        ("2", None, [("2.1", None, [])]),
    ]


def test_accepted_answer_first_and_the_others_by_time():
    asker = make_person()
    question = make_question(by=asker, at=NOON)
    answers = [make_answer(question, str(number), at=hours(number)) for number in (1, 2, 3)]
    make_reply(answers[2], "ใช้ได้", by=asker, at=hours(4))
    make_reply(question, "ถามกลับ", at=hours(5))
    actions.accept_answer(answers[2], by=asker)
    question.refresh_from_db()
    thread = queries.thread_of(question, asker)
    assert shape(thread.answers) == [("3", None, [("ใช้ได้", None, [])]), ("1", None, []), ("2", None, [])]
    assert shape(thread.comments) == [("ถามกลับ", None, [])]


def test_a_reply_older_than_its_parent_still_hangs_below_it():
    root = make_post(at=NOON)
    parent = make_reply(root, "แม่", at=hours(5))
    make_reply(parent, "ลูก", at=hours(1))  # the clock of some mail server
    assert shape(queries.thread_of(root, OPERATOR).comments) == [("แม่", None, [("ลูก", None, [])])]


def test_a_very_deep_thread_is_laid_flat_quickly(django_assert_num_queries):
    author = make_person()
    root = make_post(by=author, at=NOON)
    parent, rows = root, []
    for number in range(3000):
        fields = {"kind": Kind.COMMENT, "author": author, "root": root, "text": "x", "html": "", "excerpt": ""}
        at = hours(number)
        parent = Post(number=root.number + 1 + number, parent=parent, created_at=at, lifted_at=at, **fields)
        rows.append(parent)
    Post.objects.bulk_create(rows)
    with django_assert_num_queries(2):  # all of them lightly, then those of the page
        thread = queries.thread_of(root, author)
    assert len(thread.comments) == 1
    assert len(thread.comments[0].below) == 2999


def test_what_hangs_below_something_unreadable_stands_on_the_first_level():
    author = make_person()
    inner = make_community(by=author, audience=Audience.MEMBERS)
    root = make_post(audience=Audience.PUBLIC, at=NOON)
    hidden = make_reply(root, "ซ่อน", at=hours(1))
    make_reply(hidden, "เห็น", at=hours(2))
    Post.objects.filter(pk=hidden.pk).update(audience=None)
    hidden.communities.add(inner)
    assert shape(queries.thread_of(root, ANONYMOUS).comments) == [("เห็น", None, [])]
