"""The first post of a thread with everything that its page shows of it: four statements, each made once."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet

from lomwong.communities.models import Community
from lomwong.kit.prepared import STAND_INS, Prepared, loaded
from lomwong.people.models import Person, Unit, Viewer
from lomwong.people.prepared import ForEach
from lomwong.posts.models import Authorship, Blog, Post, Series, Tag

NUMBER = STAND_INS[1]
LEFT_OUT = ("text", "extra")
OWN = [field.attname for field in Post._meta.concrete_fields if field.attname not in LEFT_OUT]
PERSON = ("id", "name", "is_active", "unit_id")
UNIT, BLOG, SERIES = ("id", "name", "name_en"), ("id", "name", "slug"), ("id", "name")
CIRCLE, TAG = ("id", "name", "slug", "audience", "lets_visitors_comment"), ("id", "name", "key")
AROUND = {"author": PERSON, "author__unit": UNIT, "blog": BLOG, "series": SERIES}
COLUMNS = [*OWN, *(f"{what}__{name}" for what, names in AROUND.items() for name in names)]


def circles(viewer: Viewer) -> QuerySet[Community, Any]:
    return Community.objects.visible_to(viewer).filter(placements__post=NUMBER).values_list(*CIRCLE)


ROOT = Prepared(lambda: Post.objects.filter(pk=NUMBER).order_by().values_list(*COLUMNS))
CIRCLES = ForEach(circles)
TAGS = Prepared(lambda: Tag.objects.filter(posts=NUMBER).values_list(*TAG))
ALONG = Prepared(
    lambda: Authorship.objects.filter(post=NUMBER).values_list(
        "id", "accepted_at", *(f"person__{name}" for name in PERSON)
    )
)


def whole(number: int, viewer: Viewer) -> Post:
    """With the circles that the viewer may know of."""
    at = {NUMBER: number}
    row = dict(zip(COLUMNS, ROOT.rows(at)[0], strict=True))
    post = loaded(Post, **{name: row[name] for name in OWN})
    post.author = part(Person, "author", row)
    if post.author:
        post.author.unit = part(Unit, "author__unit", row)
    post.blog, post.series = part(Blog, "blog", row), part(Series, "series", row)
    have(post, "communities", Community, [of(Community, CIRCLE, each) for each in CIRCLES.rows(viewer, at)])
    have(post, "tags", Tag, [of(Tag, TAG, each) for each in TAGS.rows(at)])
    have(post, "authorships", Authorship, [along(post, *each) for each in ALONG.rows(at)])
    return post


def part(model: type[Model], what: str, row: dict[str, Any]) -> Any:
    names = AROUND[what]
    return of(model, names, [row[f"{what}__{name}"] for name in names]) if row[f"{what}__id"] else None


def of(model: type[Model], names: tuple[str, ...], row: Any) -> Any:
    return loaded(model, **dict(zip(names, row, strict=True)))


def along(post: Post, pk: int, accepted_at: Any, *person: Any) -> Authorship:
    row = loaded(Authorship, id=pk, accepted_at=accepted_at, post_id=post.number, person_id=person[0])
    row.person = of(Person, PERSON, person)
    return row


def have(post: Post, name: str, model: type[Model], things: list[Any]) -> None:
    """As if it had been prefetched."""
    found = model._default_manager.all()
    found._result_cache = things
    vars(post).setdefault("_prefetched_objects_cache", {})[name] = found
