"""How this organisation's texts are cut into words, and what is the same said otherwise: live, whoever edits it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lomwong.search.models import EDITION, Edition, Term
from lomwong.text import segment
from lomwong.text.find import Marks
from lomwong.text.own_words import OwnWords, Said, Way

VERSION_SQL = f"(SELECT version FROM search_edition WHERE id = {EDITION})"
"""For who asks the database something else anyway: what `current` takes. NULL where nobody ever changed a term."""

REMEMBERED = 4


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The own words of one moment. For one search or one batch of documents: get the `current` one each time."""

    version: int
    own: OwnWords

    def words(self, text: str) -> list[str]:
        """The normalised words of a query."""
        return segment.words(text, self.own)

    def index_terms(self, text: str) -> list[str]:
        """What a document is indexed by: its words, compounds and own words whole and in their parts."""
        return segment.index_terms(text, self.own)

    def synonyms(self, term: str) -> tuple[Way, ...]:
        """Other ways to say a word, or several joined by blanks, each as words.

        Among them the cut of each without own words, by which entries are found that wait for their re-indexing.
        """
        return self.own.synonyms(term, is_waiting=True)

    def found_in(self, words: Sequence[str]) -> list[Said]:
        """The own words among those of a query, each with its `synonyms`."""
        return self.own.found_in(words, is_waiting=True)

    def marks(self, query: str, also: Iterable[str] = ()) -> Marks:
        """What to mark in the results of a query: its words, the other ways to say them, the words of `also`."""
        return Marks.of(query, self.own, also)


def current(version: int | None = None) -> Vocabulary:
    """One small query, none for who has read the version already; the terms are read when it has changed."""
    if version is None:
        version = Edition.objects.filter(pk=EDITION).values_list("version", flat=True).first()
    return _made(version or 0)


@lru_cache(maxsize=REMEMBERED)
def _made(version: int) -> Vocabulary:
    """Terms newer than `version` do no harm: whoever reads the version next gets them under their own."""
    return Vocabulary(version, own_words(Term.objects.values_list("forms", flat=True)))


def own_words(groups: Iterable[str]) -> OwnWords:
    return OwnWords(forms.split("\n") for forms in groups)
