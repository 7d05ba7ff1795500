"""What somebody has seen, and how they want to hear of things."""

from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from lomwong.notifications.models import Mail, Mailbox, NewsKind, Notification, Setting
from lomwong.notifications.queries import BY_THREAD, settings_of
from lomwong.people.models import Person


@transaction.atomic
def note_shown(person: Person, numbers: Collection[int]) -> None:
    """The page has shown these; the bell falls silent. Nothing is written when nothing was new."""
    Notification.objects.filter(person=person, pk__in=numbers).unread().update(read_at=timezone.now())
    silence(person)


def mark_read(notification: Notification) -> None:
    """Somebody follows its link: what is alike in the same thread is seen with it."""
    alike = Q(pk=notification.pk)
    if notification.post and notification.kind in BY_THREAD:
        root = notification.post.root_id or notification.post_id
        alike |= Q(kind=notification.kind) & (Q(post=root) | Q(post__root=root))
    mine = Notification.objects.filter(person=notification.person_id).unread()
    mine.filter(alike).update(read_at=timezone.now())


@transaction.atomic
def mark_all_read(person: Person) -> None:
    Notification.objects.filter(person=person).unread().update(read_at=timezone.now())
    silence(person)


def silence(person: Person) -> None:
    Mailbox.objects.filter(person=person, has_new=True).update(has_new=False)


@transaction.atomic
def choose(person: Person, *, wishes: Mapping[NewsKind, tuple[bool, Mail]], language: str, is_mail_off: bool) -> None:
    """Settle how the person hears of things from now on. `wishes`: (in the house, by mail) for each kind."""
    keep(person, wishes)
    given = {"language": language, "is_mail_off": is_mail_off}
    Mailbox.objects.update_or_create(person=person, defaults=given)


@transaction.atomic
def hush(person: Person, *, kind: str) -> None:
    """No more letters of this kind; of a Mail.DAILY none of those that come in the daily letter; of "" none at all."""
    if not kind:
        Mailbox.objects.update_or_create(person=person, defaults={"is_mail_off": True})
        return
    now = settings_of(person)
    meant = [one for one, (_, mail) in now.items() if kind in {one, mail}]
    keep(person, {one: (now[one][0], Mail.OFF) for one in meant})


def keep(person: Person, wishes: Mapping[NewsKind, tuple[bool, Mail]]) -> None:
    Setting.objects.bulk_create(
        [Setting(person=person, kind=kind, in_app=in_app, mail=mail) for kind, (in_app, mail) in wishes.items()],
        update_conflicts=True,
        unique_fields=["person", "kind"],
        update_fields=["in_app", "mail"],
    )
