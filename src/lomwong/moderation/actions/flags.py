"""Point something out; look at it and leave it."""

from django.db import transaction
from django.utils import timezone

from lomwong.moderation.models import Deed, Flag
from lomwong.moderation.trail import note_deed
from lomwong.people.models import Person
from lomwong.posts.models import Post


@transaction.atomic
def flag_post(post: Post, *, by: Person, kind: str, words: str = "") -> Flag:
    """Doing it twice changes nothing."""
    given = {"kind": kind, "words": words, "at": timezone.now()}
    return Flag.objects.get_or_create(post=post, by=by, defaults=given)[0]


@transaction.atomic
def keep_post(post: Post, *, by: Person, reason: str, note: str = "") -> Deed:
    """Somebody has looked: it stays as it is. The author hears of it only where there is a note."""
    deed = note_deed(Deed.Kind.KEEP, by=by, post=post, reason=reason, note=note, is_told=bool(note))
    answer_flags([post.number], deed)
    return deed


def answer_flags(numbers: list[int], deed: Deed) -> None:
    """What was pointed out about these posts is looked after now. The trail remembers which, to open them again."""
    Flag.objects.filter(post__in=numbers, answered_by=None).update(answered_by=deed)
