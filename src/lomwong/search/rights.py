"""Who may read what, live: one small question to the database for each search, judged against a view of the index."""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import QuerySet
from tantivy import Occur, Query

from lomwong.activity.models import Cursor, Event
from lomwong.communities.models import Audience, Community
from lomwong.people.models import Operator, Person, Viewer
from lomwong.posts.models import Post
from lomwong.search.reader import View
from lomwong.search.schema import SCHEMA, readers_key
from lomwong.search.vocabulary import VERSION_SQL

READER = "search"  # the name of our cursor in the ledger
SOMEBODY = -1  # stands for the viewer in a statement that is made once for all viewers
AT_ONCE = 24  # posts: those of a page and some more
STAND_INS = range(-AT_ONCE, 0)
MOSTLY = 0.5
FEW_TERMS = 64
Clause = tuple[Occur, Query]


def one_of(field: str, values: Collection[int] | Collection[str]) -> Query:
    """What has any of the values; meant for filters: what it scores means nothing.

    For a set of terms tantivy builds an automaton anew each time, which takes as long as to search for many of them.
    """
    if len(values) > FEW_TERMS:
        return Query.term_set_query(SCHEMA, field, list(values))
    each = [(Occur.Should, Query.term_query(SCHEMA, field, value, index_option="basic")) for value in values]
    return Query.boolean_query(each) if each else Query.empty_query()


@dataclass(frozen=True, slots=True)
class Statement:
    """A query of Django's, put into SQL once: doing that each time would take longer than all of tantivy's work."""

    sql: str
    values: tuple[Any, ...]

    @classmethod
    def of(cls, rows: "QuerySet[Any, Any]") -> "Statement":
        sql, values = rows.query.sql_with_params()
        return cls(sql, tuple(values))

    def rows(self, given: Mapping[int, int | None]) -> list[tuple[Any, ...]]:
        """Negative numbers stand for those in `given`."""
        values = [given.get(value, value) if isinstance(value, int) else value for value in self.values]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, values)
            return list(cursor.fetchall())


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand in the database at this moment."""

    latest: int  # the last line of the ledger
    position: int  # the line up to which the index knows it
    edition: int  # of the organisation's own words
    keys: frozenset[str]  # what of the field `readers` lets the viewer read

    @property
    def is_indexed(self) -> bool:
        return self.position >= self.latest


def standing(viewer: Viewer) -> Standing:
    statement = _standing_statement(viewer.is_authenticated, viewer.pk is not None, connection.vendor)
    ((latest, position, edition, communities),) = statement.rows({SOMEBODY: viewer.pk})
    return Standing(latest or 0, position or 0, edition or 0, _keys(communities or "", viewer.is_authenticated))


@lru_cache(maxsize=8)
def _standing_statement(is_authenticated: bool, is_person: bool, vendor: str) -> Statement:
    """Four values: of the ledger, of our cursor, of the own words, and the readable communities in one text."""
    latest = Statement.of(Event.objects.order_by("-id").values("id")[:1])
    position = Statement.of(Cursor.objects.filter(reader=READER).values("position"))
    sql, values = f"SELECT ({latest.sql}), ({position.sql}), {VERSION_SQL}", latest.values + position.values
    if is_authenticated and not is_person:  # the operator reads everything
        return Statement(f"{sql}, NULL", values)
    reader: Viewer = Person(pk=SOMEBODY) if is_person else AnonymousUser()
    readable = Statement.of(Community.objects.readable_by(reader).order_by().values("pk"))
    joined = "string_agg(pk::text, ' ')" if vendor == "postgresql" else "group_concat(pk, ' ')"
    return Statement(f"{sql}, (SELECT {joined} FROM ({readable.sql}) AS readable)", values + readable.values)


@lru_cache(maxsize=512)
def _keys(communities: str, is_authenticated: bool) -> frozenset[str]:
    own = [str(Audience.PUBLIC), *([str(Audience.ORGANISATION)] if is_authenticated else [])]
    return frozenset([*own, *communities.split()])


def may_read(keys: Collection[str], readers: str) -> bool:
    return any(reader in keys for reader in readers.split(" "))


def still_readable(numbers: Sequence[int], viewer: Viewer, keys: Collection[str]) -> set[int]:
    """The second wall: those that are there, shown, and readable by what the database says at this moment.

    The same as `visible_to` for the keys of a viewer, in a fraction of its time.
    """
    return {
        number
        for number, audience, author_id, community_id in _each(_readers_statement(), numbers)
        if isinstance(viewer, Operator)
        or audience in keys
        or str(community_id) in keys
        or (author_id is not None and author_id == viewer.pk)
    }


def _each(statement: Statement, numbers: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    for start in range(0, len(numbers), AT_ONCE):
        part = [*numbers[start : start + AT_ONCE]]
        part += part[-1:] * (AT_ONCE - len(part))
        yield from statement.rows(dict(zip(STAND_INS, part, strict=True)))


@lru_cache(maxsize=1)
def _readers_statement() -> Statement:
    columns = ("number", "audience", "author_id", "placements__community_id")
    return Statement.of(Post.objects.shown().filter(number__in=STAND_INS).order_by().values_list(*columns))


@dataclass(frozen=True)
class Judged:
    """Every value of `readers` in one view, open or closed to somebody with certain keys."""

    opened: frozenset[str]
    closed: frozenset[str]
    hidden: int  # posts that are closed
    share: float  # of all posts

    @cached_property
    def closed_keys(self) -> frozenset[int]:
        return frozenset(map(readers_key, self.closed))


def judge(view: View, keys: frozenset[str]) -> Judged:
    """Remembered with the view, which every commit replaces."""
    known = view.judged.get(keys)
    if isinstance(known, Judged):
        return known
    opened = frozenset(readers for readers in view.readers if may_read(keys, readers))
    closed = frozenset(view.readers) - opened
    hidden, every = sum(view.readers[readers] for readers in closed), sum(view.readers.values())
    judged = Judged(opened, closed, hidden, hidden / every if every else 0.0)
    view.remember(keys, judged)
    return judged


NOTHING_CLOSED = Judged(frozenset(), frozenset(), 0, 0.0)


@dataclass(frozen=True, slots=True)
class Rights:
    """What a viewer may read of one view of the index."""

    viewer_pk: int | None
    judged: Judged = field(default=NOTHING_CLOSED)

    @property
    def is_everything(self) -> bool:
        return not self.judged.closed

    @property
    def is_mostly_closed(self) -> bool:
        return self.judged.share > MOSTLY

    def with_hidden(self, wanted: int) -> int:
        """How many to ask for without the filter so that `wanted` of them are likely open."""
        return wanted if self.is_everything else math.ceil(1.1 * wanted / (1 - self.judged.share)) + 1

    def closed(self) -> Query | None:
        """Posts that the viewer may read only where they wrote them."""
        return one_of("readers", self.judged.closed) if self.judged.closed else None

    def clauses(self) -> list[Clause]:
        """The filter inside a query.

        Every value of `readers` in the view is judged, so leaving out the closed ones and keeping the open ones are
        the same; the rarer of the two is asked for. A viewer for whom nothing is closed costs nothing.
        """
        if self.is_everything:
            return []
        own = [Query.term_query(SCHEMA, "author", self.viewer_pk)] if self.viewer_pk is not None else []
        if self.is_mostly_closed:
            any_of = [one_of("readers", self.judged.opened), *own]
            open_ones = Query.boolean_query([(Occur.Should, query) for query in any_of])
            return [(Occur.Must, Query.const_score_query(open_ones, 0.0))]
        shut = one_of("readers", self.judged.closed)
        return [(Occur.MustNot, Query.boolean_query([(Occur.Must, shut), *((Occur.MustNot, one) for one in own)]))]


def rights_of(viewer: Viewer, view: View, keys: frozenset[str]) -> Rights:
    return Rights(None) if isinstance(viewer, Operator) else Rights(viewer.pk, judge(view, keys))
