"""Servers that do not take a letter, and what becomes of it."""

from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from lomwong.notifications import actions
from lomwong.notifications.actions import letters
from lomwong.notifications.models import Letter, LetterState, NewsKind, Notification
from lomwong.notifications.tests.factories import reply_to, state_of_the_letter
from lomwong.people.tests.factories import make_person
from lomwong.posts.tests.factories import make_reply

pytestmark = pytest.mark.django_db
K = NewsKind


class Refusing(EmailBackend):
    """Fails as told."""

    fault: Exception | None = None
    is_closed_house = False

    def open(self) -> None:
        if Refusing.is_closed_house:
            raise ConnectionRefusedError("nobody there")

    def send_messages(self, messages) -> int:
        if Refusing.fault:
            raise Refusing.fault
        return super().send_messages(messages)


@pytest.fixture
def server(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    monkeypatch.setattr(Refusing, "fault", None)
    monkeypatch.setattr(Refusing, "is_closed_house", False)
    return Refusing


def test_a_letter_that_fails_waits_longer_each_time_and_is_given_up(author, talker, due, server, caplog):
    reply_to(author, talker)
    server.fault = SMTPServerDisconnected("gone")
    for attempt, wait in enumerate(letters.BACKOFF, start=1):
        assert due() == []
        letter = Letter.objects.get()
        assert (letter.state, letter.tries) == (LetterState.WAITING, attempt)
        assert wait - timedelta(minutes=1) < letter.due_at - timezone.now() <= wait
    assert not caplog.records
    assert due() == []
    assert state_of_the_letter() == LetterState.GIVEN_UP
    assert "given up" in caplog.text
    server.fault = None
    assert due() == []


def test_a_letter_that_got_through_later_went_out_once(author, talker, due, server):
    reply_to(author, talker)
    server.fault = TimeoutError()
    assert due() == []
    server.fault = None
    assert len(due()) == 1
    assert due() == []


@pytest.mark.parametrize(
    "fault", [SMTPRecipientsRefused({"wanna@u.example": (550, b"unknown")}), SMTPDataError(554, b"no"), ValueError("?")]
)
def test_what_a_server_will_never_take_is_given_up_at_once(fault, author, talker, due, server, caplog):
    reply_to(author, talker)
    server.fault = fault
    assert due() == []
    assert state_of_the_letter() == LetterState.GIVEN_UP
    assert "given up" in caplog.text


def test_a_letter_that_we_cannot_write_waits_and_holds_up_no_other(author, talker, due, monkeypatch, caplog):
    reply = reply_to(author, talker)
    make_reply(reply.root, by=make_person())
    actions.take_in()
    broken = Letter.objects.filter(person=author).earliest("pk").pk
    ours = letters.compose
    monkeypatch.setattr(letters, "compose", lambda letter: 1 / 0 if letter.pk == broken else ours(letter))
    assert len(due()) == 1
    assert Letter.objects.get(pk=broken).state == LetterState.WAITING
    assert "cannot be written" in caplog.text
    monkeypatch.setattr(letters, "compose", ours)
    assert len(due()) == 1


def test_without_a_server_no_letter_loses_a_try(author, talker, due, server):
    reply_to(author, talker)
    server.is_closed_house = True
    with pytest.raises(letters.NoServer):
        due()
    letter = Letter.objects.get()
    assert (letter.state, letter.tries) == (LetterState.WAITING, 0)
    server.is_closed_house = False
    assert len(due()) == 1


def test_a_letter_whose_worker_vanished_is_noted_and_not_sent(author, talker, due, caplog):
    reply_to(author, talker)
    Letter.objects.update(due_at=timezone.now())
    assert letters.claim() is not None
    assert letters.claim() is None
    assert due() == []
    assert state_of_the_letter() == LetterState.CLAIMED
    Letter.objects.update(claimed_at=timezone.now() - timedelta(hours=1))
    assert due() == []
    assert state_of_the_letter() == LetterState.LOST
    assert "not sent again" in caplog.text


def test_old_letters_and_news_are_forgotten(author, talker, due):
    reply_to(author, talker)
    due()
    Letter.objects.update(made_at=timezone.now() - timedelta(days=61))
    actions.forget_old()
    assert not Letter.objects.exists()
    assert Notification.objects.get().letter is None
    Notification.objects.update(created_at=timezone.now() - timedelta(days=366))
    actions.forget_old()
    assert not Notification.objects.exists()
