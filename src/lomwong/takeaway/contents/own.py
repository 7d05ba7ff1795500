"""What is one's own: entries, replies, and what hangs on them; a few at a time, so memory does not grow with them."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from lomwong.communities.models import Community
from lomwong.people.models import Person
from lomwong.posts.models import Authorship, Draft, File, Post, PostQuerySet, State
from lomwong.posts.unnamed.queries import with_name

AT_ONCE = 100


def own_entries(person: Person) -> PostQuerySet:
    """Also hidden ones: they are one's own words. And what one writes along in, while it is shown."""
    along = Exists(Authorship.objects.filter(post=OuterRef("pk"), person=person, accepted_at__isnull=False))
    own = Q(author=person) | (Q(state=State.SHOWN) & along)
    return Post.objects.where_reads(person).threads().filter(own).exclude(state=State.WITHDRAWN)


def own_replies(person: Person) -> PostQuerySet:
    return Post.objects.where_reads(person).replies().filter(author=person).exclude(state=State.WITHDRAWN)


def own_posts(person: Person) -> PostQuerySet:
    return own_entries(person) | own_replies(person)


def own_drafts(person: Person) -> QuerySet[Draft]:
    """Not those that are to stand without a name: a parcel is passed on sometimes."""
    return with_name(Draft.objects.visible_to(person))


def own_files(person: Person) -> "QuerySet[File]":
    drafts = own_drafts(person).order_by().values("pk")
    return File.objects.filter(Q(post__in=own_posts(person).order_by().values("pk")) | Q(draft__in=drafts))


def walk(posts: PostQuerySet, person: Person) -> Iterator[Post]:
    """By number, with all that is written down of them; a constant number of queries for each hundred."""
    last = 0
    loaded = (
        posts.select_related("author", "blog", "series", "root")
        .prefetch_related(
            "tags",
            Prefetch("communities", Community.objects.visible_to(person)),
            Prefetch("files", File.objects.defer("words_text")),
            Prefetch(
                "authorships",
                Authorship.objects.filter(accepted_at__isnull=False).select_related("person"),
                "coauthorships",
            ),
        )
        .order_by("number")
    )
    while found := list(loaded.filter(number__gt=last)[:AT_ONCE]):
        _add_answered(found, person)
        yield from found
        last = found[-1].number


def _add_answered(posts: list[Post], person: Person) -> None:
    """`answered`: the post that a reply answers, as far as this person may read it now; else None."""
    wanted = {post.parent_id for post in posts if post.parent_id}
    readable = Post.objects.visible_to(person).filter(pk__in=wanted).select_related("author")
    found = readable.only("number", "title", "excerpt", "root_id", "visitor_name", "author__name").in_bulk()
    for post in posts:
        post.answered = found.get(post.parent_id)  # type: ignore[attr-defined]
