"""What has changed between the look at a page and the deed, and in which order what two deeds need is locked."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lomwong.people.tests.factories import make_person
from lomwong.posts import actions
from lomwong.posts.models import Post, Series
from lomwong.posts.stories.actions import withdraw_post
from lomwong.posts.tests.factories import make_answer, make_post, make_question
from lomwong.posts.warmth.actions import give_flower

pytestmark = pytest.mark.django_db


def statements(deed) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        deed()
    return [query["sql"] for query in asked]


def first(found: list[str], *words: str) -> int:
    return next(place for place, sql in enumerate(found) if all(word in sql for word in words))


def last(found: list[str], *words: str) -> int:
    return max(place for place, sql in enumerate(found) if all(word in sql for word in words))


def test_an_answer_taken_back_meanwhile_is_not_accepted():
    answer = make_answer(make_question())
    before = Post.objects.select_related("root").get(pk=answer.pk)
    withdraw_post(answer, by=answer.author)
    with pytest.raises(PermissionDenied):
        actions.accept_answer(before, by=before.root.author)
    assert Post.objects.get(pk=answer.root_id).accepted_answer is None


@pytest.fixture
def parts():
    author = make_person()
    series = actions.begin_series("เรื่องยาว", by=author)
    posts = [make_post(by=author) for _ in range(2)]
    return [actions.change_belonging(post, by=author, series=series) for post in posts]


def test_whoever_takes_a_part_back_holds_the_ledger_last(parts):
    """Else: they hold the ledger and wait for the other part, on which somebody comments who waits for the ledger."""
    found = statements(lambda: withdraw_post(parts[0], by=parts[0].author))
    assert last(found, 'UPDATE "posts_post"') < first(found, "activity_event")


def test_a_series_is_held_before_its_parts(parts):
    """Two who each hold one part, and wait for the other's, would wait for ever."""
    given = {"title": "ตอนใหม่", "text": "เนื้อ", "series": Series.objects.get(), "part": 7}
    found = statements(lambda: actions.write_post(kind="story", by=parts[0].author, **given))
    assert first(found, 'FROM "posts_series"') < first(found, "posts_post")


def test_a_flower_holds_the_thread_before_the_comment():
    """As whoever takes the comment back does."""
    answer = make_answer(make_question())
    found = [sql for sql in statements(lambda: give_flower(answer, by=make_person())) if "UPDATE" in sql]
    assert "version" in found[0]
