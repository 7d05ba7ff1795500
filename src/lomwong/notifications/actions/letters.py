"""The outbox. A letter is claimed in a committed transaction before it is sent: a worker that is killed in the act
leaves it claimed, and nobody sends it a second time. What it says is read at that moment, as far as the reader may.
"""

import logging
import time
from contextlib import closing
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone, translation

from lomwong.kit.mail import make_letter
from lomwong.notifications.models import Letter, LetterState, Notification
from lomwong.notifications.queries import mailbox_of
from lomwong.notifications.writing import compose

log = logging.getLogger(__name__)

PATIENCE = 2.0  # seconds of sending in one go: the worker has other things to do
LOST_AFTER = timedelta(minutes=15)
BACKOFF = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440)]
TOO_OLD = timedelta(days=3)  # no news any more
FORGET_LETTERS, FORGET_NEWS = timedelta(days=60), timedelta(days=365)
REFUSED = 500  # from here on the server means it


class NoServer(OSError):
    """Nothing goes out at the moment; the letters wait."""


def gather_daily(now: datetime | None = None) -> int:
    """From LOMWONG_DIGEST_HOUR on: a daily letter for everyone of whose news some came before that hour and waits."""
    now = now or timezone.now()
    hour = timezone.localtime(now).replace(hour=settings.DIGEST_HOUR, minute=0, second=0, microsecond=0)
    if now < hour:
        return 0
    waiting = Notification.objects.waiting_for_daily().filter(created_at__lt=hour)
    people = list(waiting.order_by().values_list("person_id", flat=True).distinct())
    for person in people:
        put_together(person, key=f"daily:{hour:%Y-%m-%d}", hour=hour, now=now)
    return len(people)


@transaction.atomic
def put_together(person: int, *, key: str, hour: datetime, now: datetime) -> None:
    """What waits for one person into one letter; a second worker finds nothing left."""
    given = {"is_daily": True, "made_at": now, "due_at": now}
    letter, is_new = Letter.objects.select_for_update().get_or_create(person_id=person, key=key, defaults=given)
    if is_new:
        waiting = Notification.objects.waiting_for_daily().filter(person=person, created_at__lt=hour)
        waiting.update(letter=letter)


def send_due() -> int:
    """Send what is due, for a little while; returns how many went out. NoServer when none can be reached."""
    note_lost()
    sent = 0
    ends_at = time.monotonic() + PATIENCE
    with closing(get_connection()) as connection:
        while time.monotonic() < ends_at and (letter := claim()):
            with translation.override(mailbox_of(letter.person).language):
                sent += send(letter, connection)
    return sent


def claim() -> Letter | None:
    """The letter that has waited longest, from now on ours alone, whatever becomes of us."""
    now = timezone.now()
    with transaction.atomic(durable=True):
        pk = Letter.objects.due(now).order_by("due_at", "pk").values_list("pk", flat=True).first()
        if pk is None:
            return None
        mine = Letter.objects.filter(pk=pk, state=LetterState.WAITING)
        is_ours = mine.update(state=LetterState.CLAIMED, claimed_at=now)
    return Letter.objects.select_related("person__mailbox").get(pk=pk) if is_ours else None


def send(letter: Letter, connection: BaseEmailBackend) -> bool:
    try:
        written = write(letter)
    except Exception as error:  # a fault of ours: nothing has gone out yet
        log.exception("letter %s cannot be written", letter.pk)
        put_back(letter, error)
        return False
    if written is None:
        settle(letter, LetterState.EMPTY)
        return False
    try:
        connection.open()
    except OSError as error:
        settle(letter, LetterState.WAITING, fault=str(error))  # untouched: no try of this letter's
        raise NoServer(str(error)) from error
    written.connection = connection
    try:
        written.send()
    except (OSError, ValueError) as error:  # ValueError: an address that is none
        connection.close()
        put_back(letter, error)
        return False
    settle(letter, LetterState.SENT, sent_at=timezone.now())
    return True


def write(letter: Letter) -> EmailMessage | None:
    parts = compose(letter) if letter.made_at > timezone.now() - TOO_OLD else None
    return make_letter(**parts) if parts else None


def put_back(letter: Letter, error: Exception) -> None:
    """Try again later, unless the server will never take it or has refused it long enough."""
    tries = letter.tries + 1
    if is_final(error) or tries > len(BACKOFF):
        log.warning("letter %s to person %s is given up after %s tries: %s", letter.pk, letter.person_id, tries, error)
        settle(letter, LetterState.GIVEN_UP, tries=tries, fault=str(error))
    else:
        later = timezone.now() + BACKOFF[tries - 1]
        settle(letter, LetterState.WAITING, tries=tries, due_at=later, fault=str(error))


def is_final(error: Exception) -> bool:
    if isinstance(error, ValueError):
        return True
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= REFUSED for code, _ in error.recipients.values())
    return isinstance(error, SMTPResponseException) and error.smtp_code >= REFUSED


def settle(letter: Letter, state: LetterState, *, fault: str = "", **fields: object) -> None:
    """Only while it is still ours."""
    held = Letter.objects.filter(pk=letter.pk, state=LetterState.CLAIMED)
    held.update(state=state, fault=fault[:300], **fields)


def note_lost() -> int:
    """Letters whose worker vanished in the act. They may have gone out: better none than two."""
    lost = Letter.objects.filter(state=LetterState.CLAIMED, claimed_at__lt=timezone.now() - LOST_AFTER)
    count = lost.update(state=LetterState.LOST)
    if count:
        log.warning("%s letters were being sent when their worker stopped; they are not sent again", count)
    return count


def forget_old() -> None:
    """Letters after two months, news after a year."""
    now = timezone.now()
    waiting = (LetterState.WAITING, LetterState.CLAIMED)
    Letter.objects.filter(made_at__lt=now - FORGET_LETTERS).exclude(state__in=waiting).delete()
    Notification.objects.filter(created_at__lt=now - FORGET_NEWS).delete()
