"""What an entry belongs to: a blog, a series with a part in it, a licence, those who write along."""

from collections.abc import Collection, Iterable
from typing import TypedDict

from django.conf import settings
from django.db.models import F, Max
from django.utils import timezone

from lomwong.activity.actions import record
from lomwong.activity.models import Verb
from lomwong.communities.actions import free_slug
from lomwong.people.models import Person
from lomwong.posts.models import Authorship, Blog, Habit, Post, Series

MOST_AUTHORS = 10
OWN_BLOG_ADDRESSES = {"new"}


class Belonging(TypedDict, total=False):
    """What is missing or None stays as it is. A text is the name of a new blog or series, an empty one takes out."""

    blog: Blog | str | None
    series: Series | str | None
    part: int | None  # the next free one when it comes into a series without
    is_continued: bool | None
    licence: str | None  # of a new post the one that `default_licence` gives
    co_authors: Collection[Person]  # to be invited


def belong(post: Post, given: Belonging, *, by: Person) -> list[str]:
    """Set it on the post, which the caller saves; returns the names of the fields. Invites nobody yet."""
    if (blog := given.get("blog")) is not None:
        post.blog = blog if isinstance(blog, Blog) else open_blog(blog, by=by) if blog else None
    if (series := given.get("series")) is not None:
        chosen = series if isinstance(series, Series) else begin_series(series, by=by) if series else None
        if (chosen and chosen.pk) != post.series_id:
            post.series, post.part = chosen, None
    if post.series:
        if post.pk is None:  # of one that is there already, `hold` did it
            hold_series([post.series.pk])
        post.part = given.get("part") or post.part or next_part(post.series)
    if (is_continued := given.get("is_continued")) is not None:
        post.is_continued = is_continued
    licence = given.get("licence")
    if licence and licence != default_licence(by, post.blog):
        Habit.objects.update_or_create(person=by, defaults={"licence": licence})
    if post.pk is None or licence is not None:
        post.licence = default_licence(by, post.blog) if licence is None else licence
    return ["blog", "series", "part", "is_continued", "licence"]


def default_licence(person: Person, blog: Blog | None = None) -> str:
    """What they chose last, else what their blog says, else the house."""
    habit = Habit.objects.filter(person=person).first()
    return (habit and habit.licence) or (blog and blog.licence) or settings.LICENCE


def open_blog(name: str, *, by: Person, about: str = "", licence: str = "") -> Blog:
    """The one of this name, if they have it already: a form sent twice opens one blog."""
    known = Blog.objects.filter(owner=by, name=name).first()
    return known or Blog.objects.create(
        owner=by,
        name=name,
        slug=free_slug(name, among=Blog.objects.all(), taken=OWN_BLOG_ADDRESSES),
        about=about,
        licence=licence,
        created_at=timezone.now(),
    )


def begin_series(name: str, *, by: Person) -> Series:
    """The one of this name, if they have it already."""
    known = Series.objects.filter(owner=by, name=name).first()
    return known or Series.objects.create(owner=by, name=name, created_at=timezone.now())


def next_part(series: Series) -> int:
    """Behind the last one, also when that was withdrawn: numbers do not return. A part more opens the series again."""
    hold_series([series.pk])
    if series.is_finished:
        series.is_finished = False
        series.save(update_fields=["is_finished"])
    last = Post.objects.filter(series=series).aggregate(last=Max("part"))["last"]
    return (last or 0) + 1


def hold_series(pks: Iterable[int | None]) -> None:
    """Before any of their parts is locked: whoever changes one touches all of them."""
    list(Series.objects.select_for_update().filter(pk__in={pk for pk in pks if pk}).order_by("pk"))


def touch_series(*pks: int | None) -> None:
    """Each part shows the way to its neighbours: what was kept of their pages is stale."""
    if any(pks):
        Post.objects.filter(series__in={pk for pk in pks if pk}).update(version=F("version") + 1)


def invite_authors(post: Post, people: Iterable[Person], *, by: Person) -> None:
    """Ask them to write along. Who was asked already, or wrote it, is not asked again."""
    there = {post.author_id, *post.authorships.values_list("person_id", flat=True)}
    room = MOST_AUTHORS - len(there) + 1
    for person in [person for person in people if person.pk not in there][: max(room, 0)]:
        Authorship.objects.create(post=post, person=person, invited_at=timezone.now())
        record(Verb.INVITED, actor_id=by.pk, target_id=person.pk, post_number=post.number)
