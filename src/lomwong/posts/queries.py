"""Page-ready reads. The number of database queries does not depend on how many posts a page shows."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.dateparse import parse_datetime

from lomwong.communities.models import Community
from lomwong.people.models import Viewer
from lomwong.posts.models import File, Kind, Placement, Post, PostQuerySet, Tag

PAGE = 20
FILES = Prefetch("files", File.objects.defer("words_text"))
# The parent of every thread is null. It stands there for PostgreSQL, which walks down an index only when the order
# names all its columns.
LAST_TOUCHED_FIRST = ("parent_id", "-lifted_at", "-number")
LONGEST_NUMBER = 18  # digits that any database takes


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the feed ended: `lifted_at` and number of its last post."""

    lifted_at: datetime
    number: int

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """From the address; None for nothing or nonsense, which shows the beginning."""
        at, _, number = text.replace(" ", "+").rpartition(",")
        if not number.isdecimal() or len(number) > LONGEST_NUMBER:
            return None
        try:
            when = parse_datetime(at)
            return cls(when.astimezone(UTC), int(number)) if when and when.tzinfo else None
        except (ValueError, OverflowError):
            return None

    def __str__(self) -> str:
        return f"{self.lifted_at.isoformat()},{self.number}"


@dataclass(frozen=True, slots=True)
class Page:
    posts: list[Post]
    further: str  # where the next page begins, for `?before=`; empty at the end


def with_cards(posts: PostQuerySet, viewer: Viewer) -> PostQuerySet:
    """Everything a card shows, in two queries; `is_answered` says whether a question has an answer."""
    visible = Community.objects.visible_to(viewer)
    answers = Post.objects.shown().filter(root=OuterRef("pk"), kind=Kind.ANSWER)
    return (
        posts.select_related("author__unit")
        .prefetch_related(Prefetch("communities", visible))
        .annotate(is_answered=Exists(answers))
        .defer("text", "html", "extra")
    )


def feed(viewer: Viewer, threads: PostQuerySet | None = None, *, before: str = "", limit: int = PAGE) -> Page:
    """Threads that the viewer may read, the last touched first. Pages of HTML are quicker with `cards.page_of`."""
    posts = (Post.objects.all() if threads is None else threads).visible_to(viewer).threads()
    posts = behind(posts, Place.parse(before))
    found = list(with_cards(posts, viewer).order_by(*LAST_TOUCHED_FIRST)[: limit + 1])
    shown = found[:limit]
    further = ""
    if len(found) > limit:
        further = str(Place(shown[-1].lifted_at, shown[-1].number))
    return Page(shown, further)


def behind(posts: PostQuerySet, place: Place | None) -> PostQuerySet:
    """What comes after the end of the page before, in the order of the feed."""
    if place is None:
        return posts
    return posts.filter(
        # The first condition is the one an index can begin at.
        Q(lifted_at__lte=place.lifted_at),
        Q(lifted_at__lt=place.lifted_at) | Q(number__lt=place.number),
    )


def questions(*, is_open: bool) -> PostQuerySet:
    """All of them, or those without an accepted answer."""
    asked = Post.objects.filter(kind=Kind.QUESTION)
    return asked.filter(accepted_answer__isnull=True) if is_open else asked


def unanswered() -> PostQuerySet:
    """Questions to which nobody has given an answer yet, whatever else was said below them."""
    return questions(is_open=True).exclude(Exists(Post.objects.shown().filter(root=OuterRef("pk"), kind=Kind.ANSWER)))


# Both ask of each post, in the order of the feed, whether it belongs there. A join would gather all that belong, and
# sort them, for every page.


def tagged(tag: Tag) -> PostQuerySet:
    return Post.objects.filter(Exists(Post.tags.through.objects.filter(post=OuterRef("pk"), tag=tag)))


def said_in(community: Community | OuterRef) -> PostQuerySet:
    """What lies in the community; inside a subquery, the community of the row outside."""
    return Post.objects.filter(Exists(Placement.objects.filter(post=OuterRef("pk"), community=community)))
