"""Two who decide about one envelope at the same moment. SQLite lets only one write, so this is asked of PostgreSQL."""

import time

import pytest
from django.db import connection, transaction

from lomwong.moderation.actions.envelopes import CannotOpen, agree_to_open, ask_to_open, decline_to_open
from lomwong.moderation.models import Deed, EnvelopeOpening
from lomwong.moderation.tests.factories import make_operator
from lomwong.people.tests.factories import make_person
from lomwong.posts.actions import write_post
from lomwong.posts.models import Post
from lomwong.posts.tests.test_at_once import elsewhere

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


def make_sealed() -> Post:
    return write_post(kind="question", by=make_person(), title="x", text="", is_unnamed=True)


def test_one_decides_and_the_other_is_told_so():
    opening = ask_to_open(make_sealed(), by=make_operator(), reason="x")
    two, three = make_operator(), make_operator()
    with transaction.atomic():
        decline_to_open(opening, by=two)
        other = elsewhere(lambda: agree_to_open(opening, by=three))
        time.sleep(0.3)  # it waits for us
    with pytest.raises(CannotOpen):
        other()
    assert Deed.objects.get().kind == Deed.Kind.NO_UNSEAL


def test_two_who_ask_at_once_meet_at_one_request():
    post, one, two = make_sealed(), make_operator(), make_operator()
    with transaction.atomic():
        mine = ask_to_open(post, by=one, reason="x")
        other = elsewhere(lambda: ask_to_open(post, by=two, reason="y"))
        time.sleep(0.3)
    assert other() == mine
    assert EnvelopeOpening.objects.count() == 1
