"""Page-ready reads. The number of database queries does not depend on how many posts a page shows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Self

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.dateparse import parse_datetime

from lomwong.communities.models import Community
from lomwong.people.models import Viewer
from lomwong.posts import rules
from lomwong.posts.models import File, Kind, Placement, Post, PostQuerySet, Tag

PAGE = 20
FILES = Prefetch("files", File.objects.defer("words_text"))
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
    answers = Post.objects.filter(root=OuterRef("pk"), kind=Kind.ANSWER)
    return (
        posts.select_related("author__unit")
        .prefetch_related(Prefetch("communities", visible))
        .annotate(is_answered=Exists(answers))
        .defer("text", "html", "extra")
    )


def feed(viewer: Viewer, threads: PostQuerySet | None = None, *, before: str = "", limit: int = PAGE) -> Page:
    """Threads that the viewer may read, the last touched first."""
    posts = (Post.objects.all() if threads is None else threads).visible_to(viewer).threads()
    place = Place.parse(before)
    if place:
        posts = posts.filter(Q(lifted_at__lt=place.lifted_at) | Q(lifted_at=place.lifted_at, number__lt=place.number))
    found = list(with_cards(posts, viewer).order_by("-lifted_at", "-number")[: limit + 1])
    shown = found[:limit]
    further = ""
    if len(found) > limit:
        further = str(Place(shown[-1].lifted_at, shown[-1].number))
    return Page(shown, further)


def questions(*, is_open: bool) -> PostQuerySet:
    """All of them, or those without an accepted answer."""
    asked = Post.objects.filter(kind=Kind.QUESTION)
    return asked.filter(accepted_answer__isnull=True) if is_open else asked


def unanswered() -> PostQuerySet:
    """Questions to which nobody has given an answer yet, whatever else was said below them."""
    return questions(is_open=True).exclude(Exists(Post.objects.filter(root=OuterRef("pk"), kind=Kind.ANSWER)))


# Both ask of each post, in the order of the feed, whether it belongs there. A join would gather all that belong, and
# sort them, for every page.


def tagged(tag: Tag) -> PostQuerySet:
    return Post.objects.filter(Exists(Post.tags.through.objects.filter(post=OuterRef("pk"), tag=tag)))


def said_in(community: Community | OuterRef) -> PostQuerySet:
    """What lies in the community; inside a subquery, the community of the row outside."""
    return Post.objects.filter(Exists(Placement.objects.filter(post=OuterRef("pk"), community=community)))


@dataclass(slots=True)
class Branch:
    """A reply with what hangs below it. Deeper levels are laid flat, each saying whom it answers."""

    post: Post
    can_edit: bool
    answers_to: Post | None = None  # only below the second level, where the place no longer shows it
    below: list["Branch"] = field(default_factory=list)


@dataclass(slots=True)
class Thread:
    root: Post
    answers: list[Branch]
    comments: list[Branch]


def thread_of(root: Post, viewer: Viewer) -> Thread:
    """The whole conversation in one query, oldest first; the accepted answer before the others."""
    replies = list(
        Post.objects.visible_to(viewer)
        .filter(root=root)
        .select_related("author__unit")
        .prefetch_related(FILES)
        .defer("text", "extra")
        .order_by("created_at", "number")
    )
    answers: list[Branch] = []
    comments: list[Branch] = []
    for branch in branches_of(replies, viewer):
        is_accepted = branch.post.number == root.accepted_answer_id  # an import may have called it a comment
        (answers if is_accepted or branch.post.kind == Kind.ANSWER else comments).append(branch)
    answers.sort(key=lambda branch: branch.post.number != root.accepted_answer_id)
    return Thread(root, answers, comments)


def branches_of(replies: Sequence[Post], viewer: Viewer) -> list[Branch]:
    """Two levels. A reply whose parent the viewer may not read stands on the first."""
    by_number = {reply.number: reply for reply in replies}
    branches = {reply.number: Branch(reply, rules.can_edit_post(viewer, reply)) for reply in replies}
    tops: dict[int, int] = {}
    for reply in replies:
        top = top_of(reply, by_number, tops)
        if top == reply.number:
            continue
        if reply.parent_id != top:
            branches[reply.number].answers_to = by_number[reply.parent_id or 0]
        branches[top].below.append(branches[reply.number])
    return [branches[reply.number] for reply in replies if tops[reply.number] == reply.number]


def top_of(reply: Post, by_number: dict[int, Post], tops: dict[int, int]) -> int:
    """The number of the first-level reply this one hangs below; remembered in `tops` for all on the way."""
    way = []
    while reply.number not in tops and reply.parent_id in by_number:
        way.append(reply.number)
        reply = by_number[reply.parent_id]
    top = tops.setdefault(reply.number, reply.number)
    tops.update(dict.fromkeys(way, top))
    return top
