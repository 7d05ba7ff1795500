"""What stands in a letter, as its reader may know it at this moment."""

from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lomwong.kit import dates
from lomwong.kit.html import shortened
from lomwong.kit.mail import message_id, one_line
from lomwong.notifications.models import Letter, Mail, NewsKind, Notification
from lomwong.notifications.queries import Line, kind_label, lines, mailbox_of, with_all
from lomwong.people.models import Person

SALT = "lomwong.notifications.letters"
MOST_LINES = 30  # in a daily letter; the rest is in the house
LONGEST_SUBJECT = 150


def may_get_letters(person: Person) -> bool:
    """An address that is theirs, where that must be proved; and a wish for letters."""
    if not person.is_active or not person.email or mailbox_of(person).is_mail_off:
        return False
    if settings.ACCOUNT_EMAIL_VERIFICATION != "mandatory":
        return True
    return bool(EmailAddress.objects.filter(user=person, email__iexact=person.email, verified=True).exists())


def compose(letter: Letter) -> dict[str, Any] | None:
    """The arguments of `make_letter`, in the language of the moment. What was read meanwhile, or closed, is left out.

    None when there is nothing left to say, or nobody to say it to.
    """
    person = letter.person
    if not may_get_letters(person):
        return None
    about = Notification.objects.visible_to(person).unread().filter(letter=letter).order_by("-pk")
    if person.is_suspended:
        about = about.filter(kind=NewsKind.MODERATION)
    found = lines(list(with_all(about)), person)
    if not found:
        return None
    return daily(letter, found) if letter.is_daily else at_once(letter, found[0])


def at_once(letter: Letter, line: Line) -> dict[str, Any]:
    kind = line.latest.kind
    parts = around(letter, kind) | {"subject": shortened(one_line(line.sentence), LONGEST_SUBJECT)}
    parts["template"] = "notifications/mail/at_once"
    parts["context"] |= {"line": line}
    if line.latest.post:
        talk = message_id(f"thread:{line.latest.post.root_id or line.latest.post_id}")
        parts["headers"] = {"References": talk, "In-Reply-To": talk}  # mail programs lay one talk together
    return parts


def daily(letter: Letter, found: list[Line]) -> dict[str, Any]:
    """Oldest first, as it happened."""
    parts = around(letter, Mail.DAILY)
    parts["subject"] = _("What is new round you, %(day)s") % {"day": dates.day(timezone.localtime(letter.made_at))}
    parts["template"] = "notifications/mail/daily"
    parts["context"] |= {"lines": found[:MOST_LINES][::-1], "left_out": max(len(found) - MOST_LINES, 0)}
    return parts


def around(letter: Letter, kind: str) -> dict[str, Any]:
    stop = settings.PUBLIC_URL + reverse("notifications:unsubscribe", args=[token_for(letter.person, kind)])
    context = {
        "kind_label": kind_label(kind),
        "stop_url": stop,
        "settings_url": settings.PUBLIC_URL + reverse("notifications:settings"),
        "news_url": settings.PUBLIC_URL + reverse("notifications:notifications"),
    }
    key = f"letter:{letter.person_id}:{letter.key}"
    return {"to": letter.person.email, "key": key, "list_name": "news", "unsubscribe": stop, "context": context}


def token_for(person: Person, kind: str) -> str:
    """Lets whoever holds the letter stop letters of its kind, and nothing else."""
    return signing.dumps([person.pk, kind], salt=SALT)


def read_token(token: str) -> tuple[int, str] | None:
    try:
        person, kind = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    return person, kind
