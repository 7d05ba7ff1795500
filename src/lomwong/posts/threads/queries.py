"""A thread as its page lays it out: who may see it, its replies in two levels, in pages of some two hundred."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet, Value

from lomwong.communities.models import Community
from lomwong.kit.prepared import STAND_INS, Prepared
from lomwong.people.models import Operator, Person, Viewer
from lomwong.posts.models import Authorship, Envelope, File, Flower, Follow, Kind, Placement, Post, PostQuerySet, State

PAGE = 200  # replies
LARGEST_NUMBER = 2**63 - 1
STANDING = (State.SHOWN, State.WITHDRAWN)  # what has a place in a thread; of the withdrawn only the place


VIEWER, NUMBER, AUTHOR = STAND_INS[:3]


class Head(NamedTuple):
    """As much of a post as it takes to find what is kept of its thread."""

    number: int
    root_id: int | None
    kind: str
    state: str
    version: int
    author_id: int | None
    audience: str | None
    source: str
    reader_count: int
    reply_count: int
    series_id: int | None


def heads(viewer: Viewer) -> PostQuerySet:
    """What the viewer may read or could, had it not been taken back. Depends on nothing of theirs but their number."""
    return Post.objects.where_reads(viewer).filter(pk=NUMBER, state__in=STANDING).order_by()


HEAD_FOR_VISITOR = Prepared(lambda: heads(AnonymousUser()).values_list(*Head._fields))
HEAD_FOR_MEMBER = Prepared(lambda: heads(Person(pk=VIEWER)).values_list(*Head._fields))


def head_of(number: int, viewer: Viewer) -> Head | None:
    """None for what does not exist and for what this viewer may not read. One query, never kept."""
    if number > LARGEST_NUMBER:
        return None
    query = HEAD_FOR_MEMBER if viewer.is_authenticated else HEAD_FOR_VISITOR
    rows = query.rows({NUMBER: number, VIEWER: viewer.pk})
    return Head(*rows[0]) if rows else None


def reads_by_place(viewer: Viewer, head: Head, *, writes_along: bool = False) -> bool:
    """Whether the viewer reads the thread because of where it lies. Its author may have left the circle, and whoever
    writes along may never have sat there: they still read their own words, but not what others say below them.
    """
    is_own = writes_along or (head.author_id is not None and head.author_id == viewer.pk)
    if not is_own or head.audience is not None:
        return True
    readable = Community.objects.readable_by(viewer).order_by()
    return Placement.objects.filter(post=head.number, community__in=readable).exists()


class Leaf(NamedTuple):
    """As much of a reply as laying it out takes."""

    number: int
    parent_id: int | None
    kind: str
    state: str
    audience: str | None


class Said(NamedTuple):
    """A reply with its author, as much of both as the page shows. Begins like a Leaf."""

    number: int
    parent_id: int | None
    kind: str
    state: str
    audience: str | None
    html: str
    created_at: datetime
    edited_at: datetime | None
    flower_count: int
    visitor_name: str
    is_unnamed: bool
    author_id: int | None
    author__name: str | None
    author__is_active: bool | None
    author__unit_id: int | None
    author__unit__name: str | None
    author__unit__name_en: str | None


@dataclass(slots=True)
class Branch:
    """A reply with what hangs below it. Deeper levels are laid flat, each saying whom it answers."""

    post: Said
    answers_to: Said | None = None  # only below the second level, where the place no longer shows it
    below: list[Branch] = field(default_factory=list)


@dataclass(slots=True)
class Thread:
    answers: list[Branch]
    comments: list[Branch]
    answer_count: int = 0  # of the whole thread
    before: int = 0  # the first reply of the page before this one; 0 on the first page
    further: int = 0  # the first reply of the next page; 0 on the last


def replies_below(root: Post) -> PostQuerySet:
    return Post.objects.filter(root=root, state__in=STANDING)


def replies_for(root: Post, viewer: Viewer) -> PostQuerySet:
    replies = replies_below(root)
    return replies if isinstance(viewer, Operator) else replies.where_reads(viewer)


def thread_of(root: Post, viewer: Viewer, *, start: int = 0) -> Thread:
    """What this viewer may read of the conversation, oldest first; the accepted answer before the others."""
    return lay_out(root, leaves_of(replies_for(root, viewer)), start=start)


def leaves_of(replies: PostQuerySet) -> list[Leaf]:
    """All of them, by time."""
    return [Leaf(*row) for row in replies.order_by("created_at", "number").values_list(*Leaf._fields)]


ALL_SAID = Prepared(
    lambda: replies_below(Post(number=NUMBER)).order_by("created_at", "number").values_list(*Said._fields)
)
# A join with the posts would go through all there are, where one has many rows.
WHOLE = Q(pk=NUMBER) | Q(root=NUMBER, state__in=STANDING)
PLACED = Prepared(
    lambda: (
        Placement.objects.filter(post__in=Post.objects.filter(WHOLE).order_by())
        .order_by()
        .values_list("community")
        .annotate(Count("pk"))
    )
)
FILED = Prepared(
    lambda: (
        File.objects.filter(post__in=Post.objects.filter(WHOLE).order_by()).order_by().values_list("post_id").distinct()
    )
)


def all_said(root: Post) -> Sequence[Leaf | Said]:
    """Every reply of the thread; of a long one only as much as laying it out takes."""
    if root.reply_count > PAGE:
        return leaves_of(replies_below(root))
    return [Said(*row) for row in ALL_SAID.rows({NUMBER: root.number})]


def lies_evenly(root: Post, leaves: Sequence[Leaf | Said]) -> bool:
    """Whether all replies lie where the thread lies, so that who may read the first post may read all of them."""
    if any(leaf.audience != root.audience for leaf in leaves):
        return False
    return all(count == len(leaves) + 1 for _pk, count in PLACED.rows({NUMBER: root.number}))


def with_files(root: Post) -> set[int]:
    """The posts of the thread on which files hang."""
    return {number for (number,) in FILED.rows({NUMBER: root.number})}


def lay_out(root: Post, leaves: Sequence[Leaf | Said], *, start: int = 0) -> Thread:
    """The page on which the reply `start` stands; without one, the first page."""
    numbers = {leaf.number: leaf for leaf in standing(leaves)}
    tops = branches(numbers.values())
    answers = [top for top in tops if is_answer(numbers[top], root)]
    answers.sort(key=lambda number: number != root.accepted_answer_id)
    order = [*answers, *(top for top in tops if not is_answer(numbers[top], root))]
    pages = list(in_pages(order, tops))
    here = next((at for at, page in enumerate(pages) if any(start in (top, *tops[top]) for top in page)), 0)
    shown = pages[here] if pages else []
    said = said_among(leaves, [number for top in shown for number in (top, *tops[top])])
    drawn = [draw(top, tops[top], numbers, said) for top in shown if top in said]
    return Thread(
        answers=[branch for branch in drawn if is_answer(numbers[branch.post.number], root)],
        comments=[branch for branch in drawn if not is_answer(numbers[branch.post.number], root)],
        answer_count=sum(numbers[top].state == State.SHOWN for top in answers),
        before=pages[here - 1][0] if here else 0,
        further=pages[here + 1][0] if here + 1 < len(pages) else 0,
    )


def standing(leaves: Sequence[Leaf | Said]) -> Sequence[Leaf | Said]:
    """Without what was taken back and has nothing below it."""
    if all(leaf.state == State.SHOWN for leaf in leaves):
        return leaves
    parents = {leaf.number: leaf.parent_id for leaf in leaves}
    held_up: set[int] = set()
    for leaf in leaves:
        at: int | None = leaf.number if leaf.state == State.SHOWN else None
        while at in parents and at not in held_up:
            held_up.add(at)
            at = parents[at]
    return [leaf for leaf in leaves if leaf.number in held_up]


def is_answer(leaf: Leaf | Said, root: Post) -> bool:
    """An import may have called the accepted one a comment."""
    return leaf.kind == Kind.ANSWER or leaf.number == root.accepted_answer_id


def branches(leaves: Iterable[Leaf | Said]) -> dict[int, list[int]]:
    """{first-level reply: all below it, by time}. One whose parent is not there stands on the first level."""
    parents = {leaf.number: leaf.parent_id for leaf in leaves}
    tops: dict[int, int] = {}
    below: dict[int, list[int]] = {}
    for number in parents:
        hanging = below.setdefault(top_of(number, parents, tops), [])
        if tops[number] != number:
            hanging.append(number)
    return {number: below[number] for number in parents if number in below}


def top_of(number: int, parents: Mapping[int, int | None], tops: dict[int, int]) -> int:
    """The first-level reply this one hangs below; remembered in `tops` for all on the way."""
    way = []
    while number not in tops and (parent := parents[number]) in parents:
        way.append(number)
        assert parent is not None
        number = parent
    top = tops.setdefault(number, number)
    tops.update(dict.fromkeys(way, top))
    return top


def in_pages(order: Iterable[int], below: Mapping[int, list[int]]) -> Iterable[list[int]]:
    """A branch is never torn apart; so a page may be longer than PAGE, and a comment later on moves none before it."""
    page: list[int] = []
    length = 0
    for top in order:
        if page and length >= PAGE:
            yield page
            page, length = [], 0
        page.append(top)
        length += 1 + len(below[top])
    if page:
        yield page


def said_among(leaves: Sequence[Leaf | Said], numbers: list[int]) -> Mapping[int, Said]:
    whole = {leaf.number: leaf for leaf in leaves if isinstance(leaf, Said)}
    return whole if whole else said_by_number(numbers)


def said_by_number(numbers: list[int]) -> dict[int, Said]:
    rows = Post.objects.filter(number__in=numbers).order_by().values_list(*Said._fields)
    return {row[0]: Said(*row) for row in rows}


def draw(top: int, below: Iterable[int], leaves: Mapping[int, Leaf | Said], said: Mapping[int, Said]) -> Branch:
    drawn = Branch(said[top])
    for number in below:
        parent = leaves[number].parent_id
        if number in said:
            drawn.below.append(Branch(said[number], said.get(parent or 0) if parent != top else None))
    return drawn


@dataclass(frozen=True, slots=True)
class Overlay:
    """What one viewer has to do with a thread: the only part of its page that is asked for anew each time."""

    flowers: frozenset[int] = frozenset()  # numbers of posts to which they gave one
    sealed: frozenset[int] = frozenset()  # numbers of posts that they wrote without their name
    writes_along: bool = False
    follows_author: bool = False


def ties() -> QuerySet[Any, Any]:
    here = Post.objects.filter(Q(pk=NUMBER) | Q(root=NUMBER)).order_by()
    given = Flower.objects.filter(giver=VIEWER, post__in=here).order_by()
    along = Authorship.objects.filter(person=VIEWER, post=NUMBER, accepted_at__isnull=False).order_by()
    follows = Follow.objects.filter(follower=VIEWER, person=AUTHOR).order_by()
    sealed = Envelope.objects.filter(author=VIEWER, post__in=here).order_by()
    return given.values_list(Value("flower"), "post_id").union(
        along.values_list(Value("along"), "post_id"),
        follows.values_list(Value("follow"), "pk"),
        sealed.values_list(Value("sealed"), "post_id"),
        all=True,
    )


TIES = Prepared(ties)


def overlay_of(head: Head, viewer: Person) -> Overlay:
    rows = TIES.rows({NUMBER: head.number, VIEWER: viewer.pk, AUTHOR: head.author_id or 0})
    return Overlay(
        flowers=frozenset(number for what, number in rows if what == "flower"),
        sealed=frozenset(number for what, number in rows if what == "sealed"),
        writes_along=any(what == "along" for what, _ in rows),
        follows_author=any(what == "follow" for what, _ in rows),
    )
