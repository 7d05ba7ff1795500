"""Make and revoke private addresses, note that one was used."""

from django.db import transaction
from django.utils import timezone

from lomwong.feeds.models import HALF, FeedKey
from lomwong.people.models import Person
from lomwong.people.rules import can_write

MOST_KEYS = 5


@transaction.atomic
def make_feed_key(person: Person, *, label: str = "") -> FeedKey | None:
    """None when they have enough of them."""
    Person.objects.select_for_update().get(pk=person.pk)
    if FeedKey.objects.filter(person=person).count() >= MOST_KEYS:
        return None
    return FeedKey.objects.create(person=person, label=" ".join(label.split())[:60], created_at=timezone.now())


@transaction.atomic
def revoke_feed_key(feed_key: FeedKey) -> None:
    feed_key.delete()


def open_feed_key(key: str) -> FeedKey | None:
    """The row that this key opens, unless its owner has left or is suspended. The day of use is noted, not more."""
    found = FeedKey.objects.select_related("person").filter(name=key[:HALF]).first()
    if found is None or not found.is_opened_by(key) or not can_write(found.person):
        return None
    today = timezone.localdate()
    if found.last_used_date != today:
        FeedKey.objects.filter(pk=found.pk).update(last_used_date=today)
    return found
