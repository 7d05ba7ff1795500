"""What to ask the index for, and within what. Nothing typed is read as syntax."""

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from tantivy import FieldType, Occur, Query, Searcher

from lomwong.search.phrases import is_long, may_hold, squeezed
from lomwong.search.rights import Clause, Rights, one_of
from lomwong.search.schema import BODY, CONTEXT, OWN_FIELDS, SCHEMA, Writing, to_moment
from lomwong.search.vocabulary import Vocabulary

LONGEST_QUERY = 20_000  # characters; what stands behind them is not read
MOST_TERMS = 24
"""Of a longer query only the most telling words are asked for: a whole question has many that tell nothing."""

Question = Mapping[str, Mapping[str, float]]
"""Field -> term -> weight. What is found is worth the sum of BM25 of each term in each field, times its weight.
Terms joined by blanks count only where all of them stand."""

IN_CONTEXT: Mapping[str, float] = {BODY: 1.0, CONTEXT: 1.0}


@dataclass(frozen=True, slots=True)
class Within:
    """What to look through. `kinds` None means all of them, and so on: each that is given narrows further."""

    kinds: Collection[str] | None = None
    after: datetime | None = None  # inclusive
    before: datetime | None = None  # exclusive
    community_ids: Collection[int] | None = None  # in any of them
    author_ids: Collection[int] | None = None
    tag_ids: Collection[int] | None = None  # has any of them
    is_unanswered: bool = False  # questions nobody has answered
    exact: tuple[str, ...] = ()  # each stands in the title, the text or a file, as one reads it
    without: tuple[str, ...] = ()  # words or phrases that must not stand there

    def is_everything(self) -> bool:
        return self == EVERYTHING

    def holds(self, writing: Writing) -> bool:
        """All but what only the text itself can tell (`exact`, `without`)."""
        return (
            (self.kinds is None or writing.kind in self.kinds)
            and (self.after is None or writing.created >= to_moment(self.after))
            and (self.before is None or writing.created < to_moment(self.before))
            and (self.community_ids is None or not set(self.community_ids).isdisjoint(writing.community_ids))
            and (self.author_ids is None or writing.author_id in self.author_ids)
            and (self.tag_ids is None or not set(self.tag_ids).isdisjoint(writing.tag_ids))
            and (writing.is_unanswered or not self.is_unanswered)
        )

    def clauses(self) -> list[Clause]:
        """The same for the index."""
        wanted = []
        if self.kinds is not None:
            wanted.append(one_of("kind", self.kinds))
        if self.after is not None:
            wanted.append(Query.range_query(SCHEMA, "created", FieldType.Integer, lower_bound=to_moment(self.after)))
        if self.before is not None:
            end = to_moment(self.before)
            wanted.append(Query.range_query(SCHEMA, "created", FieldType.Integer, upper_bound=end, include_upper=False))
        for field, ids in (("community", self.community_ids), ("author", self.author_ids), ("tag", self.tag_ids)):
            if ids is not None:
                wanted.append(one_of(field, ids))
        if self.is_unanswered:
            wanted.append(Query.term_query(SCHEMA, "unanswered", 1))
        return [unscored(query) for query in wanted]


EVERYTHING = Within()


@dataclass(frozen=True, slots=True)
class Telling:
    """What of a `Within` is in the text: phrases to be looked up there, and words that the index knows."""

    exact: tuple[str, ...] = ()  # squeezed
    without: tuple[str, ...] = ()  # squeezed phrases
    words: tuple[str, ...] = ()  # that must not stand there

    @classmethod
    def of(cls, within: Within, vocabulary: Vocabulary) -> "Telling":
        if not within.exact and not within.without:
            return NOTHING_TOLD
        unwanted = {given: vocabulary.words(given) for given in map(clean, within.without)}
        words = tuple(found[0] for found in unwanted.values() if len(found) == 1)
        phrases = (squeezed(given) for given, found in unwanted.items() if len(found) != 1 or is_long(found[0]))
        exact = (squeezed(clean(phrase)) for phrase in within.exact)
        return cls(tuple(filter(None, exact)), tuple(filter(None, phrases)), words)

    @property
    def is_read(self) -> bool:
        """Whether the texts themselves have to be read."""
        return bool(self.exact or self.without)

    def allows(self, writing: Writing) -> bool:
        """As far as words go."""
        return not self.words or not any(
            word in f" {getattr(writing, field)} ".split() for field in OWN_FIELDS for word in self.words
        )

    def clauses(self) -> list[Clause]:
        candidates = [query for phrase in self.exact if (query := may_hold(phrase)) is not None]
        barred = [Query.term_query(SCHEMA, field, word) for field in OWN_FIELDS for word in self.words]
        return [*map(unscored, candidates), *((Occur.MustNot, query) for query in barred)]


NOTHING_TOLD = Telling()


@dataclass(frozen=True, slots=True)
class Levers:
    """What ranking may pull. The benchmark turns them off one by one to see what each is worth."""

    title: bool = True
    grams: bool = True
    spelling: bool = True
    keyboard: bool = True
    synonyms: bool = True
    threads: bool = True


ALL_LEVERS = Levers()


def clean(query: str) -> str:
    """Without what neither a database nor tantivy takes: NUL, and halves of characters from broken input."""
    return query[:LONGEST_QUERY].replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def terms_of(
    words: Iterable[str], searcher: Searcher | None, knows: Callable[[str], bool], most: int = MOST_TERMS
) -> Counter[str]:
    """The words to ask for, each with its count; of more than `most` those that are most telling in this index.

    `knows`: whether a word stands in something the viewer may read. One that does not takes no other's place: what is
    found would tell that it stands somewhere.
    """
    terms = Counter(words)
    if searcher is None or len(terms) <= most:
        return terms
    weights = {}
    for term, count in terms.items():
        frequency = searcher.doc_freq(BODY, term)
        weights[term] = count * math.log((searcher.num_docs + 1) / frequency) if frequency and knows(term) else 0.0
    kept = sorted(weights, key=lambda term: weights[term], reverse=True)[:most]
    return Counter({term: terms[term] for term in kept})


def weighted(terms: Mapping[str, int], fields: Mapping[str, float]) -> Question:
    """The same words asked of each field; a word said twice counts twice."""
    return {field: {term: weight * count for term, count in terms.items()} for field, weight in fields.items()}


def text_clauses(question: Question, rights: Rights | None) -> list[Clause]:
    """Any of the words, as one flat list of terms with their boosts: only so does tantivy skip what cannot be among
    the best. With `rights`, what stands in a thread closed to the viewer does not speak for their own reply in it.
    """
    asked = []
    for field, terms in question.items():
        clauses = [word_clause(field, term, weight) for term, weight in terms.items()]
        closed = rights.closed() if rights and field == CONTEXT and clauses else None
        if closed:
            guarded = [(Occur.Must, Query.boolean_query(clauses)), (Occur.MustNot, closed)]
            clauses = [(Occur.Should, Query.boolean_query(guarded))]
        asked += clauses
    return asked


def word_clause(field: str, term: str, weight: float) -> Clause:
    each = [Query.term_query(SCHEMA, field, part, index_option="freq") for part in term.split(" ")]
    query = each[0] if len(each) == 1 else Query.boolean_query([(Occur.Must, part) for part in each])
    return Occur.Should, query if weight == 1 else Query.boost_query(query, weight)


def unscored(query: Query) -> Clause:
    return Occur.Must, Query.const_score_query(query, 0.0)
