"""Follow, and stop. No line in the ledger: whom somebody follows is nobody else's business."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from lomwong.people.models import Person
from lomwong.posts.following.targets import Target, kind_of
from lomwong.posts.models import Follow


def follow(target: Target, *, by: Person) -> None:
    """Twice changes nothing."""
    chosen = {kind_of(target): target}
    try:
        with transaction.atomic():
            Follow.objects.get_or_create(follower=by, **chosen, defaults={"followed_at": timezone.now()})
    except IntegrityError:
        pass  # a double click: the other one was sooner


def unfollow(target: Target, *, by: Person) -> None:
    Follow.objects.filter(follower=by, **{kind_of(target): target}).delete()
