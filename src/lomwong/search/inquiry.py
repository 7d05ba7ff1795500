"""A search under way: the index as it is, the news beside it, and what this viewer may read of both."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from itertools import repeat
from operator import itemgetter, truediv
from typing import NamedTuple, cast

from tantivy import DocAddress, FieldType, Occur, Query

from lomwong.people.models import Operator, Viewer
from lomwong.search import fresh
from lomwong.search.matching import EVERYTHING, Question, Telling, Within, text_clauses, unscored
from lomwong.search.phrases import those_with
from lomwong.search.reader import View, reader
from lomwong.search.rights import Rights, Standing, one_of, rights_of, standing, still_readable
from lomwong.search.schema import BODY, CONTEXT, OWN_FIELDS, SCHEMA, Writing, from_moment, newness
from lomwong.search.vocabulary import Vocabulary, current

DIGITS = 4  # of a score: what differs behind them is the order in which it was added up
GRAINS = 10.0**DIGITS
FEW = 3
CLOSER = 50  # hits


class Order(StrEnum):
    NEAREST = "near"
    NEWEST = "new"


class Document(NamedTuple):
    number: int
    author_id: int | None
    score: float
    created: datetime


class Found(NamedTuple):
    worth: float  # its score, or how new it is: see `newness`
    number: int
    address: DocAddress | None  # in the index; None for news
    writing: Writing | None = None  # of the news


BY_WORTH = itemgetter(0, 1)
_made = partial(tuple.__new__, Found)


class Ranking(NamedTuple):
    """The best first, the newest number first among equals. What is missing in it is worth at most `floor`."""

    found: list[Found]
    floor: float | None  # None when nothing is missing


@dataclass(frozen=True, slots=True)
class Inquiry:
    viewer: Viewer
    standing: Standing
    view: View | None
    rights: Rights
    news: fresh.News
    writings: list[Writing]  # those of the news that the viewer may read
    vocabulary: Vocabulary
    within: Within
    telling: Telling

    @property
    def is_complete(self) -> bool:
        return self.view is not None and self.news.is_all

    def ranked(
        self, question: Question, wanted: int, order: Order = Order.NEAREST, below: int | None = None
    ) -> Ranking:
        """At least the best `wanted`; of the newest those below a `newness`. No words at all: everything `within`."""
        found, floor = self._indexed(question, wanted + len(self.news.numbers), order, below)
        if self.news.numbers:
            found = [one for one in found if one.number not in self.news.numbers]
        if self.writings:
            found += self._fresh(question, order, below)
        found.sort(key=BY_WORTH, reverse=True)
        return Ranking(found, floor)

    def looked_at_closer(self, ranking: Ranking, question: Question) -> Ranking:
        """With the worth of a second question added to the best CLOSER: the same ones, however many were asked for."""
        best = ranking.found[:CLOSER]
        if len(ranking.found) > CLOSER:
            best = [one for one in best if one.worth > ranking.found[CLOSER].worth]
        if not best or not question:
            return ranking
        gained = dict.fromkeys((one.number for one in best), 0.0)
        chosen = unscored(one_of("number", gained))
        if self.view and any(one.address for one in best):
            query = Query.boolean_query(
                [chosen, (Occur.Should, Query.boolean_query(text_clauses(question, self.rights)))]
            )
            gained |= {one.number: one.worth for one in self._asked(query, len(best), Order.NEAREST).found}
        news = [one.writing for one in best if one.writing]
        gained |= {writing.number: score for score, writing in fresh.score(news, question, self.view)}
        found = [one._replace(worth=round(one.worth + gained.get(one.number, 0.0), DIGITS)) for one in best]
        found += ranking.found[len(best) :]
        found.sort(key=BY_WORTH, reverse=True)
        return Ranking(found, ranking.floor)

    def checked(self, candidates: Sequence[Found], wanted: int) -> list[Found]:
        """The first `wanted` of them that hold before the database: readable, with the phrases asked for.

        An index that has come to the end of the ledger knows as much as the database about who reads what. Whoever
        shows a post loads it by `visible_to` all the same.
        """
        if self.view and self.standing.is_indexed and not self.telling.is_read:
            return list(candidates[:wanted])
        kept: list[Found] = []
        at = 0
        while len(kept) < wanted and at < len(candidates):
            part = candidates[at : at + wanted]
            at += len(part)
            holding = still_readable([one.number for one in part], self.viewer, self.standing.keys)
            if self.telling.is_read:
                holding &= those_with(holding, self.telling.exact, self.telling.without)
            kept += [one for one in part if one.number in holding]
        return kept[:wanted]

    def to_count(self, question: Question) -> Query:
        """What of the index to count, by a collector or an aggregation; `writings` come on top of it."""
        changed = one_of("number", self.news.numbers)
        return Query.boolean_query([(Occur.Must, self._query(question, self.rights)), (Occur.MustNot, changed)])

    def stands(self, term: str) -> bool:
        """Whether the word stands in something that the viewer may read. Remembered while nothing is new."""
        if self.view is None or self.news.numbers or not self.within.is_everything():
            return self._stands(term)
        key = None if isinstance(self.viewer, Operator) else self.standing.keys, term
        known = self.view.known.get(key)
        if known is None:
            known = replace(self, rights=Rights(None, self.rights.judged))._stands(
                term
            )  # the same for all with these keys
            self.view.note(key, known)
        return known or (not self.rights.is_everything and self.viewer.pk is not None and self._stands(term))

    def _stands(self, term: str) -> bool:
        if self.view and self.within.is_everything():
            hidden = self.rights.judged.hidden + self.view.gone + len(self.news.numbers)
            if self.view.searcher.doc_freq(BODY, term) > hidden + FEW:
                return True
        ranking = self.ranked({field: {term: 1.0} for field in OWN_FIELDS}, FEW)
        return bool(self.checked(ranking.found, 1))

    def documents(self, found: Sequence[Found]) -> list[Document]:
        addresses = [one.address for one in found if one.address]
        authors, times = self.column("author", addresses), self.column("created", addresses)
        indexed = iter(zip(authors, times, strict=True))
        documents = []
        for one in found:
            author_id, created = (one.writing.author_id, one.writing.created) if one.writing else next(indexed)
            documents.append(Document(one.number, author_id, one.worth, from_moment(created or 0)))
        return documents

    def column(self, name: str, addresses: Sequence[DocAddress]) -> list[int | None]:
        if self.view is None or not addresses:
            return []
        return cast(list[int | None], self.view.searcher.fast_field_values(name, list(addresses)))

    def _fresh(self, question: Question, order: Order, below: int | None) -> list[Found]:
        needs_words = bool(question) and not self.telling.exact
        found = []
        for score, writing in fresh.score(self.writings, question, self.view):
            if needs_words and not score:
                continue
            if order is Order.NEAREST:
                found.append(Found(round(score, DIGITS), writing.number, None, writing))
                continue
            when = newness(writing.created, writing.number)
            if below is None or when < below:
                found.append(Found(when, writing.number, None, writing))
        return found

    def _indexed(self, question: Question, wanted: int, order: Order, below: int | None) -> Ranking:
        """Asked without the filter of rights where that likely gives enough: with it, tantivy skips nothing."""
        if self.view is None:
            return Ranking([], None)
        if order is Order.NEAREST and not self.rights.is_everything and not self.rights.is_mostly_closed:
            found, floor = self._asked(self._query(question), self.rights.with_hidden(wanted), order)
            opened, has_own = self._opened(found)
            is_enough = floor is None or len(opened) >= wanted
            # One's own reply in a thread that is closed to one: its context must not have spoken for it.
            if is_enough and not (has_own and CONTEXT in question):
                return Ranking(opened, floor)
        return self._asked(self._query(question, self.rights, below), wanted, order)

    def _query(self, question: Question, rights: Rights | None = None, below: int | None = None) -> Query:
        words = text_clauses(question, rights)
        clauses = [*self.within.clauses(), *self.telling.clauses(), *(rights.clauses() if rights else [])]
        if below is not None:
            older = Query.range_query(SCHEMA, "newness", FieldType.Integer, upper_bound=below, include_upper=False)
            clauses.append(unscored(older))
        if words and not clauses:
            return Query.boolean_query(words)
        if words:
            occur = Occur.Should if self.telling.exact else Occur.Must
            clauses.append((occur, Query.boolean_query(words)))
        if not any(occur == Occur.Must for occur, _ in clauses):
            clauses.append(unscored(Query.all_query()))
        return Query.boolean_query(clauses)

    def _asked(self, query: Query, limit: int, order: Order) -> Ranking:
        assert self.view is not None, "asked by _indexed, which has one"
        searcher = self.view.searcher
        if order is Order.NEWEST:
            hits = searcher.search(query, limit, count=False, order_by_field="newness").hits
        else:
            hits = searcher.search(query, limit, count=False).hits
        if not hits:
            return Ranking([], None)
        worths: Iterable[float]
        worths, addresses = zip(*hits, strict=True)
        numbers = cast(list[int], self.column("number", addresses))
        if order is Order.NEAREST:
            worths = map(truediv, map(round, map(GRAINS.__mul__, worths)), repeat(GRAINS))  # fast, as `round` is not
        found = list(map(_made, zip(worths, numbers, addresses, repeat(None))))
        return Ranking(found, found[-1].worth if len(found) == limit else None)

    def _opened(self, found: list[Found]) -> tuple[list[Found], bool]:
        """Those that the viewer may read, and whether some only because they are the viewer's own."""
        addresses, closed = [one.address for one in found if one.address], self.rights.judged.closed_keys
        keys = self.column("readers_key", addresses)
        if closed.isdisjoint(keys):
            return found, False
        if self.rights.viewer_pk is None:
            return [one for one, key in zip(found, keys, strict=True) if key not in closed], False
        is_own = [author == self.rights.viewer_pk for author in self.column("author", addresses)]
        rows = list(zip(found, keys, is_own, strict=True))
        opened = [one for one, key, own in rows if own or key not in closed]
        return opened, any(own and key in closed for _, key, own in rows)


def inquire(viewer: Viewer, within: Within = EVERYTHING) -> Inquiry:
    now = standing(viewer)  # before the view: what a commit between the two adds is then known twice, not never
    view = reader().view()
    vocabulary = current(now.edition)
    telling = Telling.of(within, vocabulary)
    news = fresh.NO_NEWS
    if view is None or not now.is_indexed:
        news = fresh.news_after(now.position if view else 0)
    return Inquiry(
        viewer,
        now,
        view,
        rights_of(viewer, view, now.keys) if view else Rights(None),
        news,
        fresh.readable_writings(news.numbers, viewer, now.keys, vocabulary, within, telling),
        vocabulary,
        within,
        telling,
    )
