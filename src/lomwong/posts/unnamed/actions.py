"""Take one's own name out of the envelope."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from lomwong.activity.actions import record_many
from lomwong.activity.models import Event, Verb
from lomwong.people.models import Person
from lomwong.posts.actions import held_above, touch_thread
from lomwong.posts.models import Envelope, Post
from lomwong.posts.unnamed.queries import sealed_in


@transaction.atomic
def show_name(post: Post, *, by: Person) -> None:
    """The question and all that its asker said below it without a name stand there with it from now on."""
    root = held_above(post)
    numbers = sealed_in(root, by)
    if post.pk not in numbers:
        raise PermissionDenied
    Post.objects.filter(pk__in=numbers).update(author=by, is_unnamed=False)
    Envelope.objects.filter(post__in=numbers).delete()
    touch_thread(root.number)
    now = timezone.now()
    record_many(Event(verb=Verb.EDITED, actor_id=by.pk, post_number=number, at=now) for number in numbers)
