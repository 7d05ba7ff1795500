"""Two who write at the same moment. SQLite lets only one write, so this is asked of PostgreSQL."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.people.tests.factories import make_person
from lomwong.posts import actions
from lomwong.posts.bulk import next_numbers
from lomwong.posts.drafts.actions import post_once
from lomwong.posts.drafts.typed import new_key
from lomwong.posts.models import Draft, Post, Series
from lomwong.posts.tests.factories import make_post
from lomwong.posts.unnamed.sealing import UnnamedRefused

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


def elsewhere(deed):
    """Do it on a connection of its own; the result is awaited by calling what is returned."""

    def run():
        try:
            with transaction.atomic():
                return deed()
        finally:
            connection.close()

    pool = ThreadPoolExecutor(1)
    result = pool.submit(run)
    pool.shutdown(wait=False)
    return lambda: result.result(timeout=20)


def test_two_imports_never_get_the_same_number():
    with transaction.atomic():
        mine = next_numbers(50)
        theirs = elsewhere(lambda: next_numbers(50))()
    assert len({*mine, *theirs}) == 100
    assert make_post().number not in {*mine, *theirs}


def test_a_reply_written_while_its_thread_moves_moves_along():
    author, colleague = make_person(), make_person()
    inner = make_community(by=author, audience=Audience.MEMBERS)
    post = make_post(by=author, audience=Audience.PUBLIC)
    with transaction.atomic():
        actions.move_thread(post, communities=[inner], audience=Audience.ORGANISATION)
        answer = elsewhere(lambda: actions.reply(Post.objects.get(pk=post.pk), kind="comment", by=colleague, text="x"))
        time.sleep(0.3)  # it waits for us
    reply = answer()
    assert list(reply.communities.all()) == [inner]
    assert reply not in Post.objects.visible_to(make_person())


def test_two_replies_at_once_are_counted_as_two():
    post, colleague = make_post(), make_person()
    with transaction.atomic():
        actions.reply(post, kind="comment", by=colleague, text="1")
        other = elsewhere(lambda: actions.reply(Post.objects.get(pk=post.pk), kind="comment", by=colleague, text="2"))
        time.sleep(0.3)
    other()
    post.refresh_from_db()
    assert post.reply_count == 2


def test_two_parts_written_at_once_get_two_numbers():
    me = make_person()
    series = actions.begin_series("ใบยืม", by=me)

    def part(title):
        return actions.write_post(kind="story", by=me, title=title, text="x", series=Series.objects.get(pk=series.pk))

    with transaction.atomic():
        first = part("หนึ่ง")
        second = elsewhere(lambda: part("สอง"))
        time.sleep(0.3)
    assert {first.part, second().part} == {1, 2}


def test_two_parts_changed_at_once_do_not_wait_for_each_other_for_ever():
    me = make_person()
    parts = [actions.write_post(kind="story", by=me, title=title, text="x", series="ใบยืม") for title in ("1", "2")]

    def change(post):
        return actions.edit_post(Post.objects.get(pk=post.pk), by=me, title="ใหม่", text="y")

    with transaction.atomic():
        change(parts[0])
        other = elsewhere(lambda: change(parts[1]))
        time.sleep(0.3)
        change(parts[0])
    other()
    assert list(Post.objects.order_by("number").values_list("title", flat=True)) == ["ใหม่", "ใหม่"]


def test_a_fourth_question_without_a_name_is_refused_also_when_two_are_sent_at_once():
    asker = make_person()

    def ask():
        return actions.write_post(kind="question", by=asker, title="x", text="", is_unnamed=True)

    for _ in range(2):
        ask()
    with transaction.atomic():
        ask()
        other = elsewhere(ask)
        time.sleep(0.3)  # it waits for us
    with pytest.raises(UnnamedRefused):
        other()
    assert Post.objects.filter(is_unnamed=True).count() == 3


def test_a_question_without_a_name_sent_twice_at_once_stands_once():
    asker, key = make_person(), new_key()

    def ask(draft):
        return actions.write_post(kind="question", by=asker, title="x", text="y", is_unnamed=True, draft=draft)

    def send():
        return post_once(key, ask, by=asker, kind="question", text="y")

    with transaction.atomic():
        first = send()
        other = elsewhere(send)
        time.sleep(0.3)
    assert other() == first
    assert Post.objects.count() == 1
    assert not Draft.objects.exists()
