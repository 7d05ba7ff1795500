"""From what somebody typed, and from who they are, to a question for tantivy. Nothing typed is read as syntax."""

import math
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from tantivy import FieldType, Occur, Query, Searcher

from lomwong.communities.models import Audience, Community
from lomwong.people.models import Operator, Viewer
from lomwong.search.reader import View
from lomwong.search.schema import BODY, CONTEXT, QUOTED, SCHEMA, TITLE, Writing, to_moment
from lomwong.text.segment import words

LONGEST_QUERY = 20_000  # characters; what stands behind them is not read
MOST_TERMS = 24
"""Of a longer query only the most telling words are asked for: a whole question has many that tell nothing."""

MOST_REPEATS = 4  # of a word asked as so many clauses; beyond that as one with a boost

FOR_READERS: Mapping[str, float] = {BODY: 1.0, TITLE: 0.6, QUOTED: 0.2}
ALONE: Mapping[str, float] = {BODY: 1.0}
IN_CONTEXT: Mapping[str, float] = {BODY: 1.0, CONTEXT: 1.0}
WITH_THREADS: Mapping[str, float] = {**FOR_READERS, CONTEXT: 0.1}
Clause = tuple[Occur, Query]


@dataclass(frozen=True, slots=True)
class Within:
    """What to look through. `kinds` None means all of them; `before` is exclusive."""

    kinds: Collection[str] | None = None
    before: datetime | None = None
    community_id: int | None = None

    def holds(self, writing: Writing) -> bool:
        return (
            (self.kinds is None or writing.kind in self.kinds)
            and (self.before is None or writing.created < to_moment(self.before))
            and (self.community_id is None or self.community_id in writing.community_ids)
        )

    def clauses(self) -> list[Clause]:
        """The same for the index."""
        wanted = []
        if self.kinds is not None:
            wanted.append(Query.term_set_query(SCHEMA, "kind", list(self.kinds)))
        if self.before is not None:
            end = to_moment(self.before)
            wanted.append(Query.range_query(SCHEMA, "created", FieldType.Integer, upper_bound=end, include_upper=False))
        if self.community_id is not None:
            wanted.append(Query.term_query(SCHEMA, "community", self.community_id))
        return [unscored(query) for query in wanted]


def clean(query: str) -> str:
    """Without what neither a database nor tantivy takes: NUL, and halves of characters from broken input."""
    return query[:LONGEST_QUERY].replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def terms_of(query: str, searcher: Searcher | None) -> Counter[str]:
    """The words to ask for, each with its count; of more than MOST_TERMS those that are most telling in this index."""
    terms = Counter(words(clean(query)))
    if searcher is None or len(terms) <= MOST_TERMS:
        return terms
    weights = {}
    for term, count in terms.items():
        frequency = searcher.doc_freq(BODY, term)
        weights[term] = count * math.log((searcher.num_docs + 1) / frequency) if frequency else 0.0
    kept = sorted(weights, key=lambda term: weights[term], reverse=True)[:MOST_TERMS]
    return Counter({term: terms[term] for term in kept})


def text_query(terms: Mapping[str, int], fields: Mapping[str, float], rights: "Rights") -> Query:
    """Any of the words: BM25 over each field times its weight, a word said twice counting twice.

    One flat list, and no boost where there need not be one: only so does tantivy skip what cannot be among the best.
    """
    asked = []
    for field, weight in fields.items():
        clauses = [clause for term, count in terms.items() for clause in word_clauses(field, term, count, weight)]
        if field == CONTEXT and rights.closed:
            # One's own reply in a thread that is closed to one by now: its context is not one's own.
            guarded = [(Occur.Must, Query.boolean_query(clauses)), (Occur.MustNot, rights.closed)]
            clauses = [(Occur.Should, Query.boolean_query(guarded))]
        asked += clauses
    return Query.boolean_query(asked)


def word_clauses(field: str, term: str, count: int, weight: float) -> list[Clause]:
    query = Query.term_query(SCHEMA, field, term, index_option="freq")
    if weight == 1 and count <= MOST_REPEATS:
        return [(Occur.Should, query)] * count
    return [(Occur.Should, Query.boost_query(query, weight * count))]


def unscored(query: Query) -> Clause:
    return Occur.Must, Query.const_score_query(query, 0.0)


def readers_of(viewer: Viewer) -> set[str]:
    """What of the field `readers` lets this viewer read: live, whatever the index was told when it was built."""
    keys = {str(Audience.PUBLIC)}
    if viewer.is_authenticated:
        keys.add(str(Audience.ORGANISATION))
    keys.update(map(str, Community.objects.readable_by(viewer).order_by().values_list("pk", flat=True)))
    return keys


@dataclass(frozen=True, slots=True)
class Rights:
    """What a viewer may read of one view of the index."""

    clauses: list[Clause]  # to be asked with every query
    closed: Query | None = None  # posts that the viewer may read only where they wrote them


def rights_of(viewer: Viewer, view: View) -> Rights:
    """Decided inside the query, on every path.

    Every value of `readers` in this view is judged, so leaving out the closed ones and keeping the open ones are the
    same; the rarer of the two is asked for. A viewer for whom nothing is closed costs nothing.
    """
    if isinstance(viewer, Operator):
        return Rights([])
    keys = readers_of(viewer)
    opened = {readers: posts for readers, posts in view.readers.items() if may_read(keys, readers)}
    closed = {readers: posts for readers, posts in view.readers.items() if readers not in opened}
    if not closed:
        return Rights([])
    shut = Query.term_set_query(SCHEMA, "readers", list(closed))
    own = [Query.term_query(SCHEMA, "author", viewer.pk)] if viewer.pk is not None else []
    if sum(opened.values()) < sum(closed.values()):
        any_of = [Query.term_set_query(SCHEMA, "readers", list(opened)), *own]
        return Rights([unscored(Query.boolean_query([(Occur.Should, query) for query in any_of]))], shut)
    hidden = [(Occur.Must, shut), *((Occur.MustNot, query) for query in own)]
    return Rights([(Occur.MustNot, Query.boolean_query(hidden))], shut)


def may_read(keys: Collection[str], readers: str) -> bool:
    return any(reader in keys for reader in readers.split(" "))
