"""Ask the index, as somebody: who may read what is decided inside every query, and once more by the database."""

import math
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Self

from tantivy import Occur, Query

from lomwong.communities.models import Community
from lomwong.people.models import Viewer
from lomwong.posts.models import Post
from lomwong.search import fresh
from lomwong.search.matching import (
    ALONE,
    FOR_READERS,
    IN_CONTEXT,
    WITH_THREADS,
    Rights,
    Within,
    rights_of,
    terms_of,
    text_query,
)
from lomwong.search.reader import View, reader
from lomwong.search.schema import Writing, from_moment

PAGE = 20
DEEPEST = 500  # hits: who has leafed through so many asks in other words


class Hit(NamedTuple):
    number: int
    score: float


class Document(NamedTuple):
    number: int
    author_id: int | None
    score: float
    created: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of results ended."""

    score: float
    number: int

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """From the address; None for nothing or nonsense, which shows the beginning."""
        score, _, number = text.partition(",")
        try:
            place = cls(float(score), int(number))
        except ValueError:
            return None
        return place if math.isfinite(place.score) else None

    def __str__(self) -> str:
        return f"{self.score!r},{self.number}"


@dataclass(frozen=True, slots=True)
class Results:
    hits: list[Hit]
    further: str = ""  # the next page's address as a query string; empty at the end
    is_complete: bool = True  # False while the index is being built: there may be more than is shown


def search(
    query: str,
    *,
    viewer: Viewer,
    limit: int = PAGE,
    kinds: Collection[str] | None = None,
    before: datetime | None = None,
    community: Community | None = None,
    after: str = "",
) -> Results:
    """The best `limit` posts with any of the words, best first, equally good ones newest first.

    Where they are fewer, replies in threads that begin with such words follow. Takes any string whatever.
    `before` is exclusive; `after` is the `further` of the page before.
    """
    inquiry = inquire(query, viewer, Within(kinds, before, community.pk if community else None))
    ranked = _ranked_for_readers(inquiry, limit, Place.parse(after))
    shown = ranked[:limit]
    further = str(Place(shown[-1].score, shown[-1].number)) if len(ranked) > limit else ""
    readable = _readable([found.number for found in shown], viewer)
    hits = [Hit(found.number, found.score) for found in shown if found.number in readable]
    return Results(hits, further, inquiry.is_complete)


def _ranked_for_readers(inquiry: "Inquiry", limit: int, place: Place | None) -> list[Document]:
    """What comes behind `place`: one more than `limit`, or all there is. Asks for many only where it must."""
    deep = max(DEEPEST, limit + 1)
    ranked = inquiry.ranked(FOR_READERS, deep if place else limit + 1)
    if len(ranked) <= limit:
        ranked = inquiry.ranked(WITH_THREADS, deep)
    elif not place and ranked[limit - 1].score == ranked[limit].score:
        ranked = inquiry.ranked(FOR_READERS, deep)  # the page ends among equals, of which the newest are wanted
    if place is None:
        return ranked
    return [found for found in ranked if (-found.score, -found.number) > (-place.score, -place.number)]


def search_documents(
    query: str,
    *,
    viewer: Viewer,
    before: datetime | None = None,
    limit: int = 300,
    with_context: bool = True,
    kinds: Collection[str] | None = None,
    community: Community | None = None,
) -> list[Document]:
    """The best `limit` posts for a question, replies read together with the first post of their thread.

    What experts build on: no title weight, and nothing about pages. The database is asked again about rights only
    while the index is too far behind to know them; whoever shows one of these posts loads it by `visible_to`, as ever.
    """
    inquiry = inquire(query, viewer, Within(kinds, before, community.pk if community else None))
    ranked = inquiry.ranked(IN_CONTEXT if with_context else ALONE, limit)[:limit]
    if inquiry.is_complete:
        return ranked
    readable = _readable([found.number for found in ranked], viewer)
    return [found for found in ranked if found.number in readable]


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A query with all that is needed to put it to the index and to the news beside it."""

    terms: Counter[str]
    within: Within
    view: View | None
    rights: Rights
    unindexed: set[int]
    news: list[Writing]

    @property
    def is_complete(self) -> bool:
        return self.view is not None and len(self.unindexed) < fresh.MOST

    def ranked(self, fields: Mapping[str, float], limit: int) -> list[Document]:
        """At least the best `limit`, best first, the newest first among those of them that are equally good."""
        if not self.terms:
            return []
        found = [
            Document(writing.number, writing.author_id, score, from_moment(writing.created))
            for score, writing in fresh.score(self.news, self.terms, fields, self.view)
        ]
        if self.view:
            query = text_query(self.terms, fields, self.rights)
            clauses = [*self.within.clauses(), *self.rights.clauses]
            if clauses:
                query = Query.boolean_query([(Occur.Must, query), *clauses])
            indexed = _search_index(self.view, query, limit + len(self.unindexed))
            found += [document for document in indexed if document.number not in self.unindexed]
        return sorted(found, key=lambda document: (-document.score, -document.number))


def inquire(query: str, viewer: Viewer, within: Within) -> Inquiry:
    unindexed = fresh.unindexed()  # before the view: what a commit between the two adds is then known twice, not never
    view = reader().view()
    if view is None:
        unindexed = fresh.unindexed(has_index=False)
    terms = terms_of(query, view.searcher if view else None)
    return Inquiry(
        terms,
        within,
        view,
        rights_of(viewer, view) if view else Rights([]),
        unindexed,
        fresh.readable_writings(unindexed, viewer, within),
    )


def _search_index(view: View, query: Query, limit: int) -> list[Document]:
    hits = view.searcher.search(query, limit, count=False).hits
    addresses = [address for _, address in hits]
    columns = (view.searcher.fast_field_values(name, addresses) for name in ("number", "author", "created"))
    return [
        Document(number, author_id, score, from_moment(created))
        for (score, _), number, author_id, created in zip(hits, *columns, strict=True)
    ]


def _readable(numbers: Collection[int], viewer: Viewer) -> set[int]:
    """The second wall: what the database says at this moment, should the index be behind it."""
    return set(Post.objects.visible_to(viewer).filter(number__in=numbers).values_list("number", flat=True))
