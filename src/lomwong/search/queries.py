"""Ask the index, as somebody: who may read what is decided inside every query, and once more by the database."""

import math
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple, Self

from lomwong.people.models import Viewer
from lomwong.search.inquiry import CLOSER, Document, Found, Inquiry, inquire
from lomwong.search.inquiry import Order as Order
from lomwong.search.matching import ALL_LEVERS, EVERYTHING, IN_CONTEXT, Question, Within, clean, terms_of, weighted
from lomwong.search.matching import Levers as Levers
from lomwong.search.plan import Plan, plan
from lomwong.search.schema import BODY
from lomwong.search.traits import NO_TRAITS, Traits, traits_of

PAGE = 20
DEEPEST = 500  # hits: who has leafed through so many asks in other words
MOST_READ = 8000  # posts looked through for a phrase
SLACK = 12  # hits asked for beyond a page: the page may end among equals, or one be gone


class Hit(NamedTuple):
    number: int
    score: float  # 0 where the newest come first


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of results ended: what its last hit was worth (score or newness), and its number."""

    worth: float
    number: int

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """From the address; None for nothing or nonsense, which shows the beginning."""
        worth, _, number = text.partition(",")
        try:
            place = cls(float(worth) if "." in worth else int(worth), int(number))
            return place if math.isfinite(place.worth) and abs(place.worth) < LARGEST else None
        except (ValueError, OverflowError):
            return None

    def __str__(self) -> str:
        return f"{self.worth!r},{self.number}"

    def is_before(self, found: Found) -> bool:
        return (self.worth, self.number) > (found.worth, found.number)


LARGEST = 1 << 63


@dataclass(frozen=True, slots=True)
class Results:
    hits: list[Hit]
    further: str = ""  # the next page's address as a query string; empty at the end
    is_complete: bool = True  # False while the index is being built: there may be more than is shown
    searched: str = ""  # the words that were really searched for
    instead: bool = False  # True: `searched` is not what was typed
    suggestion: str = ""  # "did you mean": each word of it stands in something this viewer may read
    terms: tuple[str, ...] = ()  # all words that were asked for, those that may be meant or mean the same among them
    counted: Traits = NO_TRAITS  # of the best hits, as many as were to be counted
    edition: int = 0  # of the organisation's own words, by which was searched


def search(
    query: str,
    *,
    viewer: Viewer,
    limit: int = PAGE,
    within: Within = EVERYTHING,
    order: Order = Order.NEAREST,
    after: str = "",
    is_literal: bool = False,
    levers: Levers = ALL_LEVERS,
    enough: int | None = None,
    counting: int = 0,
) -> Results:
    """The best `limit` posts with any of the words, best first, equally good ones newest first.

    Where they are fewer, replies in threads that begin with such words follow. Takes any string whatever. Without
    words, everything in a narrower `within`, newest first. `after`: the `further` of the page before. `is_literal`:
    nothing is repaired. `enough`: so many hits need no replies behind them. `counting`: the traits of so many.
    """
    inquiry = inquire(viewer, within)
    planned = planned_for(inquiry, query, levers, is_literal)
    if not planned.question:
        if within.is_everything():
            return Results([], is_complete=inquiry.is_complete, edition=inquiry.standing.edition)
        order = Order.NEWEST
    found = _page(inquiry, planned, max(limit, counting), order, Place.parse(after), enough or limit)
    shown = found[:limit]
    further = str(Place(shown[-1].worth, shown[-1].number)) if len(found) > limit else ""
    hits = [Hit(one.number, one.worth if order is Order.NEAREST else 0.0) for one in shown]
    return Results(
        hits,
        further,
        inquiry.is_complete,
        planned.searched,
        planned.instead,
        planned.suggestion,
        tuple(planned.question.get(BODY, ())),
        traits_of(inquiry, found[:counting]) if counting else NO_TRAITS,
        inquiry.standing.edition,
    )


def planned_for(inquiry: Inquiry, query: str, levers: Levers, is_literal: bool) -> Plan:
    """Phrases alone are asked for by their words, as they are."""
    query = clean(query)
    if not query.strip():
        query, is_literal = clean(" ".join(inquiry.within.exact)), True
    return plan(
        query,
        view=inquiry.view,
        vocabulary=inquiry.vocabulary,
        levers=levers,
        is_literal=is_literal,
        stands=inquiry.stands,
    )


def _page(inquiry: Inquiry, planned: Plan, limit: int, order: Order, place: Place | None, enough: int) -> list[Found]:
    """What comes behind `place`: one more than `limit`, or all there is. Asks for many only where it must."""
    deep = max(DEEPEST, limit + 1)
    most = max(MOST_READ, deep) if inquiry.telling.is_read else deep
    below = int(place.worth) if place and order is Order.NEWEST else None
    shallow = max(limit + 1, CLOSER + 1 if planned.closer else 0) + SLACK
    question, depth = planned.question, deep if place and below is None else shallow
    while True:
        ranking = inquiry.ranked(question, depth, order, below)
        if planned.closer and order is Order.NEAREST:
            ranking = inquiry.looked_at_closer(ranking, planned.closer)
        behind = [one for one in ranking.found if place.is_before(one)] if place else ranking.found
        found = inquiry.checked(behind, limit + 1)
        if ranking.floor is None:
            if order is Order.NEWEST or len(ranking.found) > enough or not _is_wider(planned, question):
                return found
            question, depth = planned.widened or {}, deep
        elif depth >= most or (len(found) > limit and found[limit - 1].worth > ranking.floor):
            return found
        else:
            depth = min(4 * depth, most)


def _is_wider(planned: Plan, question: Question) -> bool:
    return planned.widened is not None and planned.widened is not question


def search_documents(
    query: str,
    *,
    viewer: Viewer,
    before: datetime | None = None,
    limit: int = 300,
    kinds: Collection[str] | None = None,
) -> list[Document]:
    """The best `limit` posts for a question, replies read together with the first post of their thread.

    What experts build on: no title weight, and nothing about pages. The database is asked again about rights only
    while the index is too far behind to know them; whoever shows one of these posts loads it by `visible_to`, as ever.
    """
    inquiry = inquire(viewer, Within(kinds=kinds, before=before))
    searcher = inquiry.view.searcher if inquiry.view else None
    terms = terms_of(inquiry.vocabulary.words(clean(query)), searcher, replace(inquiry, within=EVERYTHING).stands)
    if not terms:
        return []
    found = inquiry.ranked(weighted(terms, IN_CONTEXT), limit).found[:limit]
    return inquiry.documents(found if inquiry.is_complete else inquiry.checked(found, limit))
