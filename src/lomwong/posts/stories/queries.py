"""Page-ready reads of blogs, series and versions. The number of database queries does not depend on how many."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from lomwong.people.models import Person, Viewer
from lomwong.posts.cards import CardPage
from lomwong.posts.models import Authorship, Blog, Post, PostQuerySet, Revision, Series
from lomwong.posts.queries import PAGE, Place
from lomwong.posts.stories.diff import Paragraph, changes

MOST_PARTS = 200  # of a series, on its page
MOST_LISTED = 100  # blogs or series of a person
MOST_FOUND = 12


def entries(blog: Blog, viewer: Viewer, *, before: str = "", limit: int = PAGE) -> CardPage:
    """What the viewer may read of a blog, the last written first."""
    posts = Post.objects.visible_to(viewer).filter(blog=blog)
    place = Place.parse(before)
    if place:
        at, number = place.lifted_at, place.number
        posts = posts.filter(Q(created_at__lte=at), Q(created_at__lt=at) | Q(number__lt=number))
    wanted = posts.order_by("-created_at", "-number").values_list("number", "version", "lifted_at", "created_at")
    found = list(wanted[: limit + 1])
    shown = found[:limit]
    further = str(Place(shown[-1][3], shown[-1][0])) if len(found) > limit else ""
    return CardPage(shown, viewer, further)


def blogs_of(person: Person, viewer: Viewer) -> list[Blog]:
    return list(Blog.objects.visible_to(viewer).filter(owner=person)[:MOST_LISTED])


def series_of(person: Person, viewer: Viewer) -> list[Series]:
    return list(Series.objects.visible_to(viewer).filter(owner=person)[:MOST_LISTED])


def parts_of(series: Series, viewer: Viewer) -> PostQuerySet:
    """Those that the viewer may read, in order. Numbers keep their gaps; of the others not even a title is told."""
    return Post.objects.visible_to(viewer).filter(series=series).order_by("part", "number")


@dataclass(frozen=True, slots=True)
class SeriesNav:
    """Where in its series a part stands, for one viewer."""

    series: Series
    post: Post
    earlier: Post | None
    later: Post | None
    coming: int | None  # the number of the part that is still to be written


def series_nav(post: Post, viewer: Viewer) -> SeriesNav | None:
    """One query for an entry in a series, none for any other. `post` comes with its series."""
    series = post.series
    if series is None or post.part is None:
        return None
    others = parts_of(series, viewer).exclude(pk=post.pk).only("number", "title", "excerpt", "part", "series", "root")
    here = Q(part__lt=post.part) | Q(part=post.part, number__lt=post.number)
    earlier = others.filter(here).order_by("-part", "-number")[:1]
    later = others.exclude(here).order_by("part", "number")[:1]
    before, behind = next(iter(earlier), None), next(iter(later), None)
    is_coming = behind is None and post.is_continued and not series.is_finished
    return SeriesNav(series, post, before, behind, post.part + 1 if is_coming else None)


def authors_of(post: Post) -> list[Authorship]:
    """Who was asked to write along, with their answers."""
    return list(Authorship.objects.filter(post=post).select_related("person__unit"))


def colleagues_named(words: str, viewer: Viewer, post: Post) -> list[Person]:
    """Whom one may ask to write along, by the alphabet: every word stands in their name."""
    parts = words.split()
    if not parts:
        return []
    there = Authorship.objects.filter(post=post, person=OuterRef("pk"))
    people = Person.objects.visible_to(viewer).exclude(pk=post.author_id).exclude(Exists(there))
    for part in parts[:5]:
        people = people.filter(name__icontains=part)
    return list(people.select_related("unit")[:MOST_FOUND])


@dataclass(frozen=True, slots=True)
class Version:
    """Words that stood, or stand, in a post."""

    title: str
    text: str
    at: datetime
    by: Person | None
    revision: Revision | None  # None: those that stand there now
    is_shown: bool = False


@dataclass(frozen=True, slots=True)
class History:
    versions: list[Version]  # the newest first
    shown: Version
    before: Version | None  # with which it is compared
    title: list[Paragraph]
    text: list[Paragraph]


def history_of(post: Post, shown: str = "") -> History:
    """Every version, and what changed in one of them: `shown` is the number of a revision, else the newest."""
    revisions = list(Revision.objects.filter(post=post).select_related("by").order_by("pk"))
    writers = [post.author, *(revision.by for revision in revisions)]
    stood = [(revision.title, revision.text, revision.written_at, revision) for revision in revisions]
    now = (post.title, post.text, revisions[-1].replaced_at if revisions else post.created_at, None)
    place = next((at for at, each in enumerate(revisions) if str(each.pk) == shown), len(revisions))
    versions = [
        Version(title, text, at, by, revision, is_shown=number == place)
        for number, ((title, text, at, revision), by) in enumerate(zip([*stood, now], writers, strict=True))
    ]
    chosen, before = versions[place], versions[place - 1] if place else None
    return History(
        versions=versions[::-1],
        shown=chosen,
        before=before,
        title=changes(before.title, chosen.title) if before and before.title != chosen.title else [],
        text=changes(before.text if before else chosen.text, chosen.text),
    )
