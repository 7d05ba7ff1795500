"""Lists of threads that pages ask for again and again, as statements that are made once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db.models import QuerySet

from lomwong.kit.prepared import MOMENTS, STAND_INS
from lomwong.people.models import Viewer
from lomwong.people.prepared import ForEach
from lomwong.posts.models import Post, PostQuerySet
from lomwong.posts.queries import LAST_TOUCHED_FIRST, PAGE, Place, behind

Row = tuple[int, int, datetime, datetime]  # number, version, lifted_at, created_at
COLUMNS = ("number", "version", "lifted_at", "created_at")
BEHIND = Place(MOMENTS[-1], STAND_INS[-1])
THE_TOP = Place(datetime(9999, 1, 1, tzinfo=UTC), 0)


def rows_of(threads: PostQuerySet, viewer: Viewer, place: Place | None) -> QuerySet[Post, Any]:
    """Those that the viewer may read, the last touched first: those of a page, and one more."""
    posts = behind(threads.visible_to(viewer).threads(), place)
    return posts.order_by(*LAST_TOUCHED_FIRST).values_list(*COLUMNS)[: PAGE + 1]


class Threads:
    """`build` may put stand-ins for what differs from page to page."""

    def __init__(self, build: Callable[[], PostQuerySet]) -> None:
        self._statements = ForEach(lambda viewer: rows_of(build(), viewer, BEHIND))

    def rows(self, viewer: Viewer, place: Place | None, values: Mapping[Any, Any]) -> list[Any]:
        place = place or THE_TOP
        return self._statements.rows(viewer, {**values, BEHIND.lifted_at: place.lifted_at, BEHIND.number: place.number})


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, and what its stand-ins stand for."""

    threads: Threads
    values: Mapping[Any, Any] = field(default_factory=dict)

    def rows(self, viewer: Viewer, place: Place | None) -> list[Any]:
        return self.threads.rows(viewer, place, self.values)


ALL = Listing(Threads(Post.objects.all))
