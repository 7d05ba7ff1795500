"""A writer, somebody who answers, and a way to make letters due."""

import pytest
from django.core import mail
from django.utils import timezone

from lomwong.activity.actions import record
from lomwong.activity.models import Verb
from lomwong.communities.tests.factories import make_community
from lomwong.notifications import actions
from lomwong.notifications.models import Letter, LetterState
from lomwong.people.tests.factories import make_person
from lomwong.posts.models import Flower
from lomwong.posts.tests.factories import make_post


@pytest.fixture
def author():
    return make_person("วรรณา แก้วมณี", email="wanna@u.example")


@pytest.fixture
def talker():
    return make_person("อุไร ศรีสุวรรณ")


@pytest.fixture
def due():
    """Make what waits due now, and send it."""

    def send() -> list:
        Letter.objects.filter(state=LetterState.WAITING).update(due_at=timezone.now())
        before = len(mail.outbox)
        actions.send_due()
        return mail.outbox[before:]

    return send


@pytest.fixture
def news_of_three(author, talker):
    """Two of them in the daily letter."""
    circle = make_community("วงพัสดุ", by=author)
    for title in ("เรื่องที่หนึ่ง", "เรื่องที่สอง"):
        make_post(title, by=talker, communities=[circle])
    post = make_post(by=author)
    Flower.objects.create(post=post, giver=talker, given_at=timezone.now())
    record(Verb.THANKED, actor_id=talker.pk, target_id=author.pk, post_number=post.number)
    actions.take_in()
