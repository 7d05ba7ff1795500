"""Words of people without an account: they wait, and somebody of the circle lets them in or does not."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from lomwong.activity.actions import record
from lomwong.activity.models import Verb
from lomwong.moderation import spam
from lomwong.moderation.models import Deed
from lomwong.moderation.trail import note_deed
from lomwong.people.models import Person
from lomwong.posts.actions import held, recount, thread_held
from lomwong.posts.models import Kind, Markup, Placement, Post, State
from lomwong.posts.rendering import render_post

LATELY = timedelta(days=30)
COMPARED = 200


@transaction.atomic
def visitor_says(root: Post, *, name: str, words: str, suspicions: Iterable[str] = ()) -> Post:
    """It waits: no reader sees it, no counter counts it. Links only, no pictures, no mentions."""
    parent, root = root, thread_held(root)
    now = timezone.now()
    rendered = render_post(words, Markup.PLAIN)
    post = Post.objects.create(
        kind=Kind.COMMENT,
        author=None,
        visitor_name=name,
        parent=parent,
        root=root,
        text=words,
        markup=Markup.PLAIN,
        html=rendered.html,
        excerpt=rendered.excerpt,
        audience=root.audience,
        state=State.HELD,
        created_at=now,
        lifted_at=now,
        extra={"suspicions": [*suspicions, *spam.suspicions(words, name, said_lately())]},
    )
    places = list(root.communities.all())
    Placement.objects.bulk_create(Placement(post=post, community=place) for place in places)
    for place in places:
        record(Verb.HELD, actor_id=None, post_number=post.number, community_id=place.pk, at=now)
    return post


def said_lately() -> list[str]:
    """What visitors wrote in these weeks, let in or not."""
    visitors = Post.objects.exclude(visitor_name="").filter(author=None, created_at__gt=timezone.now() - LATELY)
    return list(visitors.order_by("-number").values_list("text", flat=True)[:COMPARED])


@transaction.atomic
def let_in(post: Post, *, by: Person) -> Deed | None:
    """From now on it is a comment like any other. None when somebody was faster, or its thread is not shown."""
    assert post.root_id is not None, "a visitor's words hang below something"
    root = held(post.root_id)
    was = Post.objects.values_list("state", flat=True).get(pk=post.pk)
    if root.state != State.SHOWN or was not in (State.HELD, State.HIDDEN):
        return None
    Post.objects.filter(pk=post.pk).update(state=State.SHOWN)
    recount(root)
    record(Verb.REPLIED, actor_id=None, target_id=root.author_id, post_number=post.number, weight=0.0)
    return note_deed(Deed.Kind.LET_IN, by=by, post=post, data={"let_in": post.number, "was": was}, is_told=False)


def take_back_let_in(deed: Deed) -> None:
    """It waits again, or is hidden as before; what was withdrawn meanwhile stays so."""
    assert deed.post is not None, "asked by why_not"
    assert deed.post.root_id is not None, "a visitor's words hang below something"
    root = held(deed.post.root_id)
    Post.objects.filter(pk=deed.post.pk, state=State.SHOWN).update(state=deed.data["was"])
    recount(root)


@transaction.atomic
def turn_away(post: Post, *, by: Person) -> Deed | None:
    """It stays hidden; nothing is thrown away. None when somebody was faster."""
    if not Post.objects.filter(pk=post.pk, state=State.HELD).update(state=State.HIDDEN):
        return None
    data = {"hidden": [post.number], "was": State.HELD}
    return note_deed(Deed.Kind.TURN_AWAY, by=by, post=post, data=data, is_told=False)
