"""Give a flower, take it back."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from lomwong.activity.actions import record
from lomwong.activity.models import Event, Verb
from lomwong.people.models import Person
from lomwong.posts.actions import touch_thread
from lomwong.posts.models import Flower, Post


@transaction.atomic
def give_flower(post: Post, *, by: Person, word: str = "") -> None:
    """Once; giving it again only changes the word. Its author hears of it once, however often it is taken back."""
    flower, is_new = Flower.objects.get_or_create(
        post=post, giver=by, defaults={"word": word, "given_at": timezone.now()}
    )
    if not is_new:
        if word and word != flower.word:
            Flower.objects.filter(pk=flower.pk).update(word=word)
        return
    touch_thread(post.root_id or post.number)  # first: who takes a comment back holds its thread, then the comment
    Post.objects.filter(pk=post.number).update(flower_count=F("flower_count") + 1)
    was_told = Event.objects.filter(verb=Verb.THANKED, actor_id=by.pk, post_number=post.number).exists()
    if (post.author_id or post.is_unnamed) and not was_told:
        record(Verb.THANKED, actor_id=by.pk, target_id=post.author_id, post_number=post.number)


@transaction.atomic
def take_back_flower(post: Post, *, by: Person) -> None:
    gone, _rows = Flower.objects.filter(post=post, giver=by).delete()
    if gone:
        Post.objects.filter(pk=post.number, flower_count__gt=0).update(flower_count=F("flower_count") - 1)
        touch_thread(post.root_id or post.number)
