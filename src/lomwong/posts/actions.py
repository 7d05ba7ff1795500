"""Write, edit, reply, accept. Each verb is one transaction, keeps the thread's counters, writes in the ledger."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Max, ProtectedError, Q
from django.utils import timezone

from lomwong.activity.actions import record, record_many
from lomwong.activity.models import Event, Verb
from lomwong.communities.models import Audience, Community
from lomwong.people.models import Person
from lomwong.posts.files.actions import attach
from lomwong.posts.files.shelf import Kept
from lomwong.posts.models import File, Kind, Markup, Placement, Post, PostQuerySet, Tag
from lomwong.posts.rendering import render_post
from lomwong.text.normalise import normalise

MOST_TAGS = 10
LONGEST_TAG = 60
# How much a deed counts as help when circles are looked for: an answer 1, a comment half, an accepted answer 2.
HELP_WEIGHT = {Kind.ANSWER: 1.0, Kind.COMMENT: 0.5}
ACCEPTED_WEIGHT = 2.0


@transaction.atomic
def write_post(
    *,
    kind: str,
    by: Person,
    text: str,
    title: str = "",
    communities: Sequence[Community] = (),
    audience: str = Audience.ORGANISATION,
    tags: Collection[str] = (),
    files: Sequence[Kept] = (),
    at: datetime | None = None,
) -> Post:
    """Begin a thread. In communities, they decide who reads; outside, `audience` (public or organisation) does."""
    now = at or timezone.now()
    rendered = render_post(text, Markup.MARKDOWN)
    post = Post.objects.create(
        kind=kind,
        author=by,
        title=title.strip(),
        text=text,
        html=rendered.html,
        excerpt=rendered.excerpt,
        audience=None if communities else audience,
        created_at=now,
        lifted_at=now,
    )
    Placement.objects.bulk_create(Placement(post=post, community=community) for community in communities)
    post.tags.set(tags_named(tags))
    attach(post, files, at=now)
    note_talk(communities, now)
    record(Verb.POSTED, actor_id=by.pk, post_number=post.number, at=now)
    return post


@transaction.atomic
def reply(
    parent: Post, *, kind: str, by: Person, text: str, files: Sequence[Kept] = (), at: datetime | None = None
) -> Post:
    """Answer a question, or comment on anything. The thread rises in the feed; its first post decides who reads."""
    now = at or timezone.now()
    root = held(parent.root_id or parent.number)
    rendered = render_post(text, Markup.MARKDOWN)
    post = Post.objects.create(
        kind=kind,
        author=by,
        parent=parent,
        root=root,
        text=text,
        html=rendered.html,
        excerpt=rendered.excerpt,
        audience=root.audience,
        created_at=now,
        lifted_at=now,
    )
    communities = list(root.communities.all())
    Placement.objects.bulk_create(Placement(post=post, community=community) for community in communities)
    attach(post, files, at=now)
    root.reply_count += 1
    root.lifted_at = max(root.lifted_at, now)
    root.save(update_fields=["reply_count", "lifted_at"])
    note_talk(communities, now)
    record(
        Verb.REPLIED,
        actor_id=by.pk,
        target_id=parent.author_id,
        post_number=post.number,
        weight=HELP_WEIGHT[Kind(kind)],
        at=now,
    )
    return post


def held(number: int) -> Post:
    """The first post of a thread, locked: a reply that comes while the thread is moved must not stay behind."""
    return Post.objects.select_for_update().get(pk=number)


@transaction.atomic
def edit_post(
    post: Post,
    *,
    by: Person,
    text: str,
    title: str = "",
    communities: Sequence[Community] | None = None,
    audience: str | None = None,
    tags: Collection[str] | None = None,
    files: Sequence[Kept] = (),
    take_away: Collection[File] = (),
) -> Post:
    """Change one's words; `None` leaves communities, audience or tags as they are. The number and the thread stay."""
    rendered = render_post(text, post.markup)
    post.text, post.title, post.html, post.excerpt = text, title.strip(), rendered.html, rendered.excerpt
    post.edited_at = timezone.now()
    post.save(update_fields=["text", "title", "html", "excerpt", "edited_at"])
    if tags is not None:
        post.tags.set(tags_named(tags))
    post.files.filter(pk__in=[file.pk for file in take_away]).delete()
    attach(post, files)
    if post.is_thread and communities is not None:
        move_thread(post, communities=communities, audience=audience or post.audience or Audience.ORGANISATION)
    record(Verb.EDITED, actor_id=by.pk, post_number=post.number)
    return post


def move_thread(root: Post, *, communities: Sequence[Community], audience: str) -> None:
    """Lay a whole thread into other communities. Replies go with it, and so does who may read them."""
    held(root.number)
    numbers = [root.number, *root.thread.values_list("number", flat=True)]
    Placement.objects.filter(post__in=numbers).exclude(community__in=communities).delete()
    Placement.objects.bulk_create(
        (Placement(post_id=number, community=community) for number in numbers for community in communities),
        ignore_conflicts=True,
    )
    root.audience = None if communities else audience
    Post.objects.filter(number__in=numbers).update(audience=root.audience)
    note_talk(communities, root.lifted_at)


@transaction.atomic
def accept_answer(answer: Post, *, by: Person) -> None:
    """The asker says: this one worked. It takes the place of one accepted before; saying it twice changes nothing."""
    assert answer.root_id is not None, "an answer hangs below its question"
    question = held(answer.root_id)
    if question.accepted_answer_id == answer.number:
        return
    question.accepted_answer = answer
    question.save(update_fields=["accepted_answer"])
    record(
        Verb.ACCEPTED,
        actor_id=by.pk,
        target_id=answer.author_id,
        post_number=answer.number,
        weight=ACCEPTED_WEIGHT,
    )


@transaction.atomic
def take_back_accepted(answer: Post, *, by: Person) -> None:
    """The asker says: it did not work after all. Readers of the ledger learn it from the question's being edited."""
    assert answer.root_id is not None, "an answer hangs below its question"
    if Post.objects.filter(pk=answer.root_id, accepted_answer=answer).update(accepted_answer=None):
        record(Verb.EDITED, actor_id=by.pk, post_number=answer.root_id)


@transaction.atomic
def delete_posts(posts: Iterable[Post], *, by: Person) -> None:
    """Take them out for good. ProtectedError when something that others wrote would hang below nothing.

    A whole branch goes at once, given together.
    """
    numbers = {post.number for post in posts}
    given = Post.objects.filter(number__in=numbers)
    roots = numbers | {root for root in given.values_list("root_id", flat=True) if root}
    threads = list(Post.objects.select_for_update().filter(number__in=roots).order_by("number"))  # no reply comes now
    left_behind = hanging_below(numbers)
    if left_behind:
        raise ProtectedError("Something hangs below them.", set(left_behind))
    given.update(parent=None, root=None)
    given.delete()
    now = timezone.now()
    record_many(Event(verb=Verb.DELETED, actor_id=by.pk, post_number=number, at=now) for number in sorted(numbers))
    for thread in threads:
        if thread.number not in numbers:
            recount(thread)
            record(Verb.EDITED, actor_id=by.pk, post_number=thread.number)  # it may be unanswered again


def hanging_below(numbers: Collection[int]) -> PostQuerySet:
    """What would be left without its parent or its thread."""
    below = Post.objects.filter(Q(parent__in=numbers) | Q(root__in=numbers))
    return below.exclude(number__in=numbers)


def recount(root: Post) -> None:
    """Bring the counters of a thread into step with its replies."""
    replies = root.thread.aggregate(count=Count("number"), last=Max("created_at"))
    Post.objects.filter(pk=root.pk).update(
        reply_count=replies["count"], lifted_at=max(root.created_at, replies["last"] or root.created_at)
    )


def shown_tag(name: str) -> str:
    return " ".join(name.replace("\x00", "").strip().lstrip("#").split())[:LONGEST_TAG]


def tag_key(name: str) -> str:
    """Two spellings of one word are one tag. Empty for a name without letters and digits."""
    key = normalise(shown_tag(name))[:LONGEST_TAG].strip()
    return key if any(character.isalnum() for character in key) else ""


def tags_by_key(names: Iterable[str]) -> dict[str, Tag]:
    """The tags of these names by their keys, made where missing; the first spelling stays."""
    wanted: dict[str, str] = {}
    for name in names:
        wanted.setdefault(tag_key(name), shown_tag(name))
    wanted.pop("", None)
    Tag.objects.bulk_create((Tag(key=key, name=name) for key, name in wanted.items()), ignore_conflicts=True)
    return {tag.key: tag for tag in Tag.objects.filter(key__in=wanted)}


def tags_named(names: Collection[str]) -> list[Tag]:
    """At most ten, in the order given."""
    keys = list(dict.fromkeys(tag_key(name) for name in names))
    found = tags_by_key(names)
    return [found[key] for key in keys if key in found][:MOST_TAGS]


def note_talk(communities: Sequence[Community], at: datetime) -> None:
    """Remember when a community last talked."""
    Community.objects.filter(pk__in=[community.pk for community in communities]).exclude(talked_at__gt=at).update(
        talked_at=at
    )


def reply_kind(parent: Post, *, is_answer: bool) -> str:
    """An answer hangs directly below a question; everything else is a comment."""
    return Kind.ANSWER if is_answer and parent.kind == Kind.QUESTION else Kind.COMMENT
