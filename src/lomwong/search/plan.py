"""From what somebody typed to weighted questions for the index.

Any of the words counts, never all of them; what is more costs only where it is needed. Tried beside this and left out,
on XQuAD and iapp: pairs of neighbouring words (they give nothing on top of grams), grams asked of the whole index
instead of the best alone (the same figures for more work), a stemmer for English (a loss where words are misspelt).
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tantivy import Searcher

from lomwong.search.matching import MOST_TERMS, Levers, Question, terms_of, weighted
from lomwong.search.reader import View
from lomwong.search.respelling import Respelling, respellings, rewritten
from lomwong.search.schema import ATTACHED, BODY, CONTEXT, GRAMS, QUOTED, TITLE
from lomwong.search.vocabulary import Vocabulary
from lomwong.text import grams
from lomwong.text.function_words import ENGLISH
from lomwong.text.keyboard import instead
from lomwong.text.segment import Token, segment

FIELDS: Mapping[str, float] = {BODY: 1.0, QUOTED: 0.2, ATTACHED: 0.4}
OF_TITLE, OF_CONTEXT, OF_GRAMS = 0.6, 0.1, 0.35
OF_SYNONYM = 0.8
OF_SLIP = 0.7  # of a word that may be meant, for each slip
OF_PART = 1.0  # of a longer word in which the one asked for stands
OF_MEMBER = 0.8  # of what an unknown compound is made of
OF_ENGLISH_GLUE = 0.25  # of how, the, with beside other words: rare, and so dear, where most is written in Thai
FEW_WORDS = 3  # and all of them known: nothing to look at more closely
MOST_GRAMS = 80
LONGEST_MENDED = 24  # words of a query in which slips are looked for


@dataclass(frozen=True, slots=True)
class Plan:
    """What to ask. `widened` is asked instead when `question` has too few hits for a page; it contains `question`."""

    question: Question
    widened: Question | None = None
    closer: Question | None = None  # asked of the best of `question`; what it finds is added to their scores
    searched: str = ""
    instead: bool = False
    suggestion: str = ""


def plan(
    query: str,
    *,
    view: View | None,
    vocabulary: Vocabulary,
    levers: Levers,
    is_literal: bool,
    stands: Callable[[str], bool],
) -> Plan:
    """`stands`: whether the word stands in something that the viewer may read. Nothing else decides here what is known,
    so that what is suggested, and what is not, tells nothing of other texts.
    """
    draft = Draft.of(query, view, vocabulary, stands)
    if not draft.tokens:
        return Plan({})
    if not is_literal and levers.keyboard and draft.unknown:
        meant = instead(query, draft.knows)
        if meant is not None:
            draft = Draft.of(meant, view, vocabulary, stands, is_turned=True)
    found: list[Respelling] = []
    if not is_literal and levers.spelling and draft.unknown and view and len(draft.tokens) <= LONGEST_MENDED:
        found = respellings(draft.tokens, view, draft.knows, draft.spared)
    return draft.plan(levers, found)


class Draft:
    """A query as it is cut, with what is known of its words."""

    def __init__(
        self,
        query: str,
        view: View | None,
        vocabulary: Vocabulary,
        tokens: list[Token],
        knows: "Memory",
        is_turned: bool,
    ) -> None:
        self.query, self.view, self.vocabulary, self.tokens, self.knows = query, view, vocabulary, tokens, knows
        self.is_turned = is_turned
        self.words = [token.text for token in tokens]
        self.said = vocabulary.found_in(self.words)
        self.spared = {at for said in self.said for at in range(said.start, said.end)}
        self.unknown = [word for word in dict.fromkeys(self.words) if not knows(word)]

    @classmethod
    def of(
        cls,
        query: str,
        view: View | None,
        vocabulary: Vocabulary,
        stands: Callable[[str], bool],
        is_turned: bool = False,
    ) -> "Draft":
        return cls(query, view, vocabulary, segment(query, vocabulary.own), Memory(stands), is_turned)

    def plan(self, levers: Levers, found: Sequence[Respelling]) -> Plan:
        suggestion = self._suggestion(found)
        if suggestion and len(self.unknown) == len(set(self.words)):
            meant = self.vocabulary.words(suggestion)
            question = self._question(Counter(meant), levers, found)
            return Plan(
                question,
                self._wider(question, meant, levers),
                self._closer(suggestion, meant, levers),
                suggestion,
                True,
            )
        question = self._question(Counter(self.words), levers, found)
        return Plan(
            question,
            self._wider(question, self.words, levers),
            self._closer(self.query, self.words, levers),
            self.query,
            self.is_turned,
            suggestion,
        )

    @property
    def _searcher(self) -> Searcher | None:
        return self.view.searcher if self.view else None

    def _suggestion(self, found: Sequence[Respelling]) -> str:
        """Only of words that stand in something the viewer may read."""
        if not found:
            return ""
        suggestion = rewritten(self.query, self.tokens, found)
        return suggestion if all(map(self.knows, self.vocabulary.words(suggestion))) else ""

    def _question(self, words: Counter[str], levers: Levers, found: Sequence[Respelling]) -> Question:
        terms: dict[str, float] = dict(terms_of(words.elements(), self._searcher, self.knows))
        if not terms.keys() <= ENGLISH:
            terms = {term: count * (OF_ENGLISH_GLUE if term in ENGLISH else 1) for term, count in terms.items()}
        extra: dict[str, float] = self._other_ways() if levers.synonyms else {}
        unknown = list(self.unknown)
        if levers.synonyms:
            for said in self.said:
                unknown += [way[0] for way in said.ways if len(way) == 1 and not self.knows(way[0])]
        for word in unknown:
            members = self._members(word)
            if members:
                _raise(extra, " ".join(members), OF_MEMBER / len(members))
        for one in found:
            for near in one.meant:
                _raise(extra, near.word, OF_SLIP**near.cost)
        for word, weight in list(extra.items())[:MOST_TERMS]:
            _raise(terms, word, weight)
        fields = {**FIELDS, TITLE: OF_TITLE} if levers.title else FIELDS
        question = {field: {term: weight * of for term, weight in terms.items()} for field, of in fields.items()}
        parts = self._parts() if levers.grams else {}
        return {**question, GRAMS: parts} if parts else question

    def _other_ways(self) -> dict[str, float]:
        """The words of the other ways to say what was asked for. A rarer one is worth no more: it means the same."""
        words: dict[str, float] = {}
        for said in self.said:
            rarest = max(map(self._rarity, self.words[said.start : said.end]))
            for way in said.ways:
                for word in way:
                    rarity = self._rarity(word)
                    as_rare = min(1.0, rarest / rarity) if rarity else 1.0
                    _raise(words, word, OF_SYNONYM * as_rare / len(way))
        return words

    def _rarity(self, word: str) -> float:
        """As BM25 has it."""
        if self._searcher is None:
            return 0.0
        having = self._searcher.doc_freq(BODY, word)
        return math.log(1 + (self._searcher.num_docs - having + 0.5) / (having + 0.5))

    def _members(self, word: str) -> list[str]:
        """What a compound is made of in the end, each once: all of it must stand."""
        every = dict.fromkeys(self.vocabulary.index_terms(word))
        return [part for part in every if part != word and len(self.vocabulary.index_terms(part)) == 1]

    def _parts(self) -> dict[str, float]:
        """The unknown words inside longer ones: all grams of a word must stand, together they weigh as one word."""
        parts = {}
        for word in self.unknown[:MOST_TERMS]:
            threes = list(dict.fromkeys(grams.terms(word)))[:MOST_TERMS]
            if threes:
                parts[" ".join(threes)] = OF_PART / len(threes)
        return parts

    def _wider(self, question: Question, words: Sequence[str], levers: Levers) -> Question | None:
        if not levers.threads:
            return None
        terms = terms_of(words, self._searcher, self.knows)
        return {**question, **weighted(terms, {CONTEXT: OF_CONTEXT})}

    def _closer(self, query: str, words: Sequence[str], levers: Levers) -> Question | None:
        if not levers.grams or (len(words) <= FEW_WORDS and not self.unknown):
            return None
        counted = Counter(grams.terms(query)[:MOST_GRAMS])
        return {GRAMS: {gram: OF_GRAMS * count for gram, count in counted.items()}}


class Memory:
    """Asks whether a word is known only once."""

    def __init__(self, stands: Callable[[str], bool]) -> None:
        self._stands = stands
        self._answers: dict[str, bool] = {}

    def __call__(self, word: str) -> bool:
        if word not in self._answers:
            self._answers[word] = self._stands(word)
        return self._answers[word]


def _raise(terms: dict[str, float], word: str, weight: float) -> None:
    terms[word] = max(terms.get(word, 0.0), weight)
