"""Who is behind what stands there without a name: for what the house does for its author, never for a page."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from lomwong.people.models import Person, Viewer
from lomwong.posts.models import Draft, Envelope, Post, PostQuerySet

MOST_A_DAY = 3  # questions of one person
DAY = timedelta(days=1)
WAS_ASKED = Q(parent__isnull=True) | ~Q(title="")  # laid into another thread it is a comment there, and keeps its title


def author_behind(post: Post) -> int | None:
    """Whom to carry news to. What comes of it may be shown to nobody else."""
    if not post.is_unnamed:
        return post.author_id
    return Envelope.objects.filter(post=post.pk).values_list("author_id", flat=True).first()


def authors_behind(numbers: Collection[int]) -> dict[int, int]:
    """The authors of these posts, named or not; those of unknown authors are missing. Two queries."""
    named = Post.objects.filter(pk__in=numbers, author__isnull=False).values_list("pk", "author_id")
    sealed = Envelope.objects.filter(post__in=numbers, author__isnull=False).values_list("post_id", "author_id")
    return {number: author for number, author in [*named, *sealed] if author is not None}


def sealed_by(viewer: Viewer, posts: Iterable[Post]) -> set[int]:
    """The numbers of the unnamed ones among these that the viewer wrote. No query where none is unnamed, and the same
    one for whoever asks."""
    numbers = [post.pk for post in posts if post.is_unnamed]
    if not numbers or viewer.pk is None:
        return set()
    return set(Envelope.objects.filter(post__in=numbers, author=viewer.pk).values_list("post_id", flat=True))


def sealed_in(root: Post, viewer: Viewer) -> list[int]:
    """What the viewer wrote in this thread without their name."""
    if viewer.pk is None:
        return []
    here = Envelope.objects.filter(Q(post=root.pk) | Q(post__root=root.pk), author=viewer.pk)
    return list(here.order_by("post_id").values_list("post_id", flat=True))


def holds_unnamed(root: Post) -> bool:
    """Whether anything in this thread stands without a name, whosever it is."""
    return Post.objects.filter(Q(pk=root.pk) | Q(root=root.pk), is_unnamed=True).exists()


def writer_of(post: Post) -> Person | None:
    """Whose rights and colleagues count when its words are read again: the author, named or not."""
    if not post.is_unnamed:
        return post.author
    found: Person | None = Person.objects.filter(pk=author_behind(post)).first()
    return found


def posted_under(key: str, by: Viewer) -> Post | None:
    """What became of the draft of this key, where it left no other trace."""
    if not key or by.pk is None:
        return None
    return Post.objects.filter(envelope__key=key, envelope__author=by.pk).first()


def asked_lately(by: Person) -> int:
    """Questions without a name within a day, those taken back too."""
    since = timezone.now() - DAY
    lately = Post.objects.filter(envelope__author=by.pk, created_at__gt=since)
    return lately.filter(WAS_ASKED).count()


def own(viewer: Viewer) -> PostQuerySet:
    """What the viewer asked without their name, the newest first; also where they cannot read it any more."""
    if viewer.pk is None:
        return Post.objects.none()
    return Post.objects.filter(WAS_ASKED, envelope__author=viewer.pk).order_by("-number")


@dataclass(frozen=True, slots=True)
class Own:
    """One line of the list that only its author sees."""

    post: Post
    is_readable: bool


def own_list(viewer: Person, *, limit: int = 100) -> list[Own]:
    """In two queries."""
    posts = list(own(viewer).select_related("envelope").defer("text", "html", "extra")[:limit])
    readable = Post.objects.visible_to(viewer).filter(pk__in=[post.pk for post in posts])
    numbers = set(readable.values_list("pk", flat=True))
    return [Own(post, post.pk in numbers) for post in posts]


def with_name(drafts: QuerySet[Draft]) -> QuerySet[Draft]:
    """Without those that are to go out without a name, change what did, or answer below it: they tell whose it is."""
    sealed = Envelope.objects.filter(author=OuterRef("owner"))
    below = sealed.filter(Q(post=OuterRef("parent")) | Q(post__root=OuterRef("parent")))
    beside = sealed.filter(Q(post=OuterRef("parent__root")) | Q(post__root=OuterRef("parent__root")))
    others = drafts.exclude(fields__has_key="is_unnamed").exclude(post__is_unnamed=True)
    return others.filter(~Exists(below), ~Exists(beside))
