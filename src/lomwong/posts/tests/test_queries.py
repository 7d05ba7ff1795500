from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.people.models import OPERATOR
from lomwong.people.tests.factories import make_person
from lomwong.posts import actions, queries
from lomwong.posts.models import Post
from lomwong.posts.queries import Place
from lomwong.posts.tests.factories import make_answer, make_post, make_question, make_reply

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)
ANONYMOUS = AnonymousUser()


def hours(count: float) -> datetime:
    return NOON + timedelta(hours=count)


def titles(page: queries.Page) -> list[str]:
    return [post.title for post in page.posts]


# Feed


def test_a_fresh_comment_lifts_an_old_thread():
    old = make_post("เก่า", at=hours(0))
    make_post("กลาง", at=hours(1))
    make_post("ใหม่", at=hours(2))
    assert titles(queries.feed(OPERATOR)) == ["ใหม่", "กลาง", "เก่า"]
    deep = make_reply(make_reply(old, at=hours(1.5)), at=hours(3))
    assert titles(queries.feed(OPERATOR)) == ["เก่า", "ใหม่", "กลาง"]
    assert deep not in queries.feed(OPERATOR).posts  # replies are no threads


def test_feed_shows_each_reader_what_they_may_read():
    member = make_person()
    inner = make_community(by=member, audience=Audience.MEMBERS)
    make_post("ในวง", communities=[inner], at=hours(3))
    make_post("ในบ้าน", at=hours(2))
    make_post("เปิดกว้าง", audience=Audience.PUBLIC, at=hours(1))
    assert titles(queries.feed(ANONYMOUS)) == ["เปิดกว้าง"]
    assert titles(queries.feed(make_person())) == ["ในบ้าน", "เปิดกว้าง"]
    assert titles(queries.feed(member)) == ["ในวง", "ในบ้าน", "เปิดกว้าง"]


def test_a_post_in_two_circles_stands_in_the_feed_once():
    make_post("ครั้งเดียว", communities=[make_community(), make_community()])
    assert titles(queries.feed(make_person())) == ["ครั้งเดียว"]


def test_pages_hang_together_even_where_times_are_equal():
    made = [make_post(at=NOON) for _ in range(7)] + [make_post(at=hours(hour)) for hour in (-1, 1)]
    seen, before, pages = [], "", 0
    while pages == 0 or before:
        page = queries.feed(OPERATOR, before=before, limit=3)
        seen += page.posts
        before, pages = page.further, pages + 1
    assert pages == 3
    assert len(seen) == len(set(seen)) == len(made)
    assert seen == sorted(made, key=lambda post: (post.lifted_at, post.number), reverse=True)


def test_a_page_that_is_just_full_has_no_further_one():
    for _ in range(3):
        make_post()
    assert queries.feed(OPERATOR, limit=3).further == ""
    assert queries.feed(OPERATOR, limit=2).further != ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        ",",
        "2026-03-12T12:00:00+00:00",
        "2026-03-12T12:00:00,5",  # no zone
        "2026-03-12T12:00:00+00:00,x",
        "2026-03-12T12:00:00+00:00,-5",
        "2026-99-99T12:00:00+00:00,5",
        "2026-03-12T12:00:00+00:00," + "9" * 19,
        "2026-03-12T12:00:00+00:00," + "9" * 5000,
        "0001-01-01T00:00:00+14:00,5",
        "9999-12-31T23:59:59-14:00,5",
    ],
)
def test_a_strange_place_shows_the_beginning(text):
    post = make_post()
    assert Place.parse(text) is None
    assert queries.feed(OPERATOR, before=text).posts == [post]


def test_a_place_survives_the_address():
    place = Place(datetime(2026, 3, 12, 12, 0, 0, 123456, tzinfo=UTC), 42)
    assert Place.parse(str(place)) == place
    assert Place.parse(str(place).replace("+", " ")) == place  # a hand-copied address with its plus read as a blank


# Questions


def test_open_solved_and_unanswered_questions():
    asker = make_person()
    bare, asked_back, answered, solved = (make_question(title, by=asker) for title in ("ก", "ข", "ค", "ง"))
    make_reply(asked_back)
    make_answer(answered)
    actions.accept_answer(make_answer(solved), by=asker)
    make_post("ไม่ใช่คำถาม")
    assert set(queries.questions(is_open=False)) == {bare, asked_back, answered, solved}
    assert set(queries.questions(is_open=True)) == {bare, asked_back, answered}
    assert set(queries.unanswered()) == {bare, asked_back}
    cards = {post.title: post for post in queries.with_cards(Post.objects.all(), asker) if post.title}
    assert [cards[title].is_answered for title in ("ก", "ข", "ค", "ง")] == [False, False, True, True]
