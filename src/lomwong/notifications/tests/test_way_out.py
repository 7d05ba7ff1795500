"""How letters stop."""

import pytest
from django.urls import reverse

from lomwong.notifications import actions
from lomwong.notifications.models import Letter, Mail, Mailbox, NewsKind, Notification, Setting
from lomwong.notifications.tests.factories import reply_to, tomorrow
from lomwong.notifications.writing import token_for
from lomwong.posts.tests.factories import make_reply

pytestmark = pytest.mark.django_db
K = NewsKind


def way_out(letter) -> str:
    return letter.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1:8000")


def test_a_mail_program_stops_letters_of_a_kind_by_one_post(author, talker, due, client):
    reply = reply_to(author, talker)
    [letter] = due()
    client.handler.enforce_csrf_checks = True
    answer = client.post(way_out(letter), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not answer.cookies
    make_reply(reply.root, by=talker)
    actions.take_in()
    assert due() == []
    assert Setting.objects.get(person=author).mail == Mail.OFF
    assert Notification.objects.filter(person=author, is_listed=True).count() == 2


def test_looking_at_the_way_out_changes_nothing(author, talker, due, client):
    reply_to(author, talker)
    [letter] = due()
    page = client.get(way_out(letter))
    assert page.status_code == 200
    assert not page.cookies
    assert b"csrf" not in page.content
    assert not Setting.objects.exists()
    assert not Mailbox.objects.filter(is_mail_off=True).exists()


def test_the_button_for_all_stops_all(author, talker, due, client):
    reply = reply_to(author, talker)
    [letter] = due()
    client.post(way_out(letter), {"all": "1"})
    make_reply(reply.root, by=talker)
    actions.take_in()
    assert Letter.objects.count() == 1


def test_the_daily_letter_stops_what_comes_daily(author, news_of_three, due, client):
    Setting.objects.create(person=author, kind=K.TALK, mail=Mail.AT_ONCE)
    actions.gather_daily(tomorrow())
    [letter] = due()
    client.post(way_out(letter))
    chosen = dict(Setting.objects.filter(person=author).values_list("kind", "mail"))
    assert chosen[K.CIRCLE] == chosen[K.FOLLOWED] == Mail.OFF
    assert chosen[K.TALK] == Mail.AT_ONCE
    assert K.REPLY not in chosen


@pytest.mark.parametrize("kind", ["reply", "daily"])
def test_a_token_that_was_touched_opens_nothing(kind, author, client):
    token = token_for(author, kind)
    for bad in (token[:-1] + ("a" if token[-1] != "a" else "b"), token.split(":")[0], "x", "x:y:z"):
        assert client.post(reverse("notifications:unsubscribe", args=[bad])).status_code == 404
    assert not Setting.objects.exists()
