"""Ask for a parcel, pack it, tell its owner, throw it away after a week."""

import logging
import os
import secrets
import time
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from lomwong.kit.mail import send_letter
from lomwong.people.models import Person
from lomwong.takeaway.contents import members_of, packed
from lomwong.takeaway.models import KEPT, Parcel, folder

log = logging.getLogger(__name__)

GIVEN_UP = timedelta(hours=6)  # the queue tries for less than one; after that one may ask anew
HALF_WRITTEN = 24 * 3600.0  # seconds: nobody writes that long


@transaction.atomic
def ask_for_parcel(person: Person, *, language: str) -> Parcel:
    """One at a time: while one is being packed, that is the one. A packed one makes way for what is newer."""
    from lomwong.takeaway.tasks import pack_parcel  # tasks stand above actions

    Person.objects.select_for_update().get(pk=person.pk)
    parcel = Parcel.objects.filter(person=person).first()
    if parcel and parcel.ready_at is None:
        return parcel
    if parcel:
        throw_away(parcel)
    parcel = Parcel.objects.create(person=person, language=language, asked_at=timezone.now())
    pack_parcel.enqueue(person.pk, parcel.asked_at.isoformat())
    return parcel


def pack(person_pk: int, asked_at: datetime) -> None:
    """May be run again at any point: a parcel that is packed is not packed twice, and told of once."""
    parcel = Parcel.objects.select_related("person").filter(person=person_pk, asked_at=asked_at).first()
    if parcel is None or not parcel.person.is_active:
        return
    with translation.override(parcel.language):
        if parcel.ready_at is None:
            _write(parcel)
        _tell(parcel)


def _write(parcel: Parcel) -> None:
    """Under another name until it is whole; of two that write at once the first counts."""
    parcel.file_name = f"{secrets.token_hex(16)}.zip"
    half = parcel.path.with_suffix(".part")
    try:
        private = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(private, "wb") as written:
            for piece in packed(members_of(parcel.person)):
                written.write(piece)
            written.flush()
            os.fsync(written.fileno())
        half.replace(parcel.path)
    finally:
        half.unlink(missing_ok=True)
    parcel.size, parcel.ready_at = parcel.path.stat().st_size, timezone.now()
    waiting = Parcel.objects.filter(pk=parcel.pk, asked_at=parcel.asked_at, ready_at=None)
    if not waiting.update(file_name=parcel.file_name, size=parcel.size, ready_at=parcel.ready_at):
        parcel.path.unlink(missing_ok=True)


def _tell(parcel: Parcel) -> None:
    """Noted before it goes: after a killed worker there is at worst no letter, and the page says it anyway."""
    untold = Parcel.objects.filter(pk=parcel.pk, asked_at=parcel.asked_at, ready_at__isnull=False, told_at=None)
    if not parcel.person.email or not untold.update(told_at=timezone.now()):
        return
    address = settings.PUBLIC_URL + reverse("takeaway:takeaway")
    try:
        send_letter(
            parcel.person.email,
            _("What you wrote is packed"),
            template="takeaway/mail/ready",
            context={"person": parcel.person, "address": address, "until": parcel.until},
            key=f"takeaway:{parcel.pk}:{parcel.asked_at.isoformat()}",
        )
    except OSError:
        Parcel.objects.filter(pk=parcel.pk, asked_at=parcel.asked_at).update(told_at=None)
        raise


@transaction.atomic
def throw_away(parcel: Parcel) -> None:
    path = parcel.path if parcel.file_name else None
    parcel.delete()
    if path:
        transaction.on_commit(lambda: path.unlink(missing_ok=True))


def sweep() -> int:
    """What is a week old, what was given up, and what no row knows of. Returns how many files went."""
    now = timezone.now()
    for parcel in Parcel.objects.filter(ready_at__lt=now - KEPT):
        throw_away(parcel)
    Parcel.objects.filter(ready_at=None, asked_at__lt=now - GIVEN_UP).delete()
    known = set(Parcel.objects.values_list("file_name", flat=True))
    left = [path for path in folder().iterdir() if path.name not in known and _is_old(path.stat().st_mtime)]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def _is_old(written_at: float) -> bool:
    return time.time() - written_at > HALF_WRITTEN
