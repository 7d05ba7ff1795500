"""A page of cards: threads in a list, each drawn once for all who read the same language and know the same circles.

Which threads, and in what order, is asked of the database for every reader anew; only what a card looks like is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from lomwong.communities.models import Community
from lomwong.kit.dates import ago
from lomwong.kit.fragments import FRAGMENTS
from lomwong.kit.prepared import STAND_INS
from lomwong.people.models import Viewer
from lomwong.people.prepared import ForEach
from lomwong.posts.listing import ALL, Listing, Row, rows_of
from lomwong.posts.models import Post, PostQuerySet
from lomwong.posts.queries import PAGE, Place, with_cards

Circles = dict[int, tuple[tuple[int, str], ...]]  # of each thread, as far as the reader may know of them


@dataclass
class CardPage:
    """`further`: where the next page begins, for `?before=`; empty at the end."""

    rows: list[Row]
    viewer: Viewer
    further: str
    has_where: bool = True
    seen_at: datetime | None = None  # when the reader was last here

    def without(self, number: int) -> CardPage:
        """The same page without a thread that stands elsewhere on it."""
        return replace(self, rows=[row for row in self.rows if row[0] != number])

    @property
    def numbers(self) -> list[int]:
        return [row[0] for row in self.rows]

    def __bool__(self) -> bool:
        return bool(self.rows)

    @cached_property
    def posts(self) -> list[Post]:
        """All of them with what a card shows; asked for only when a card has to be drawn."""
        found = {post.number: post for post in with_cards(Post.objects.filter(pk__in=self.numbers), self.viewer)}
        return [found[number] for number in self.numbers if number in found]

    @cached_property
    def cards(self) -> list[SafeString]:
        circles = circles_of(self.numbers, self.viewer) if self.has_where else {}
        return [mark_safe(FRAGMENTS.get(self._key(row, circles), partial(self._drawn, row))) for row in self.rows]

    def _key(self, row: Row, circles: Circles) -> tuple[object, ...]:
        number, version, _, created_at = row
        where = circles.get(number, ()) if self.has_where else None
        return ("card", number, version, get_language(), ago(created_at), where)

    def _drawn(self, row: Row) -> str:
        post = next((post for post in self.posts if post.number == row[0]), None)
        return render_to_string("posts/_card.html", {"post": post, "community": not self.has_where}) if post else ""

    @cached_property
    def new_cards(self) -> SafeString:
        """Those touched since the reader was last here."""
        return mark_safe("".join(self.cards[: self._new_count]))

    @cached_property
    def read_cards(self) -> SafeString:
        return mark_safe("".join(self.cards[self._new_count :]))

    @cached_property
    def _new_count(self) -> int:
        if self.seen_at is None:
            return 0
        return sum(1 for row in self.rows if row[2] > self.seen_at)


def page_of(
    request: HttpRequest,
    threads: Listing | PostQuerySet = ALL,
    *,
    has_where: bool = True,
    seen_at: datetime | None = None,
) -> CardPage:
    """The threads of these that the reader may read, the last touched first; goes on behind `?before=`."""
    viewer, place = request.user, Place.parse(request.GET.get("before", ""))
    if isinstance(threads, Listing):
        found: list[Row] = threads.rows(viewer, place)
    else:
        found = list(rows_of(threads, viewer, place))
    shown = found[:PAGE]
    further = str(Place(shown[-1][2], shown[-1][0])) if len(found) > PAGE else ""
    return CardPage(shown, viewer, further, has_where, seen_at)


NUMBERS = STAND_INS[-1]


def _circles(viewer: Viewer) -> QuerySet[Community, Any]:
    visible = Community.objects.visible_to(viewer).filter(placements__post__in=[NUMBERS])
    return visible.values_list("placements__post_id", "pk", "name")


CIRCLES = ForEach(_circles)


def circles_of(numbers: Collection[int], viewer: Viewer) -> Circles:
    """In which circles threads lie, by the alphabet; a circle that the reader may not know of is left out."""
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for number, pk, name in CIRCLES.rows(viewer, {NUMBERS: list(numbers)}):
        found[number].append((pk, name))
    return {number: tuple(circles) for number, circles in found.items()}
