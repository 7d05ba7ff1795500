"""What the operator's page lists, and which posts a term touches."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q
from tantivy import Occur, Query

from lomwong.activity.models import Verb
from lomwong.people.models import Viewer
from lomwong.posts.models import File, Post
from lomwong.search import index, vocabulary
from lomwong.search.models import Term
from lomwong.search.reader import View, reader
from lomwong.search.rights import Rights, rights_of, standing
from lomwong.search.schema import BODY, SCHEMA
from lomwong.text.own_words import Way, one_thai_word
from lomwong.text.segment import words
from lomwong.text.sort_key import thai_sort_key

TERMS_A_PAGE = 100
FORMS_AT_ONCE = 20  # in one query: more of them would be too deep an expression for SQLite


@dataclass(frozen=True, slots=True)
class Listed:
    term: Term
    first: str
    others: list[str]
    entries: int | None  # in which it stands, of those that the viewer may read; None while there is no index


@dataclass(frozen=True, slots=True)
class TermPage:
    terms: list[Listed]
    total: int
    further: int | None


def listed(
    viewer: Viewer, *, find: str = "", after: str = "", limit: int = TERMS_A_PAGE, is_waiting: bool = False
) -> TermPage:
    """By the alphabet of their first form, Latin before Thai; `find`: those in which these letters stand."""
    wanted = find.strip().casefold()
    found = [term for term in Term.objects.all() if wanted in term.forms.casefold()]
    found.sort(key=lambda term: (thai_sort_key(term.ways[0]), term.pk))
    place = int(after) if after.isascii() and after.isdecimal() else 0
    shown = found[place : place + limit]
    count = Count.for_viewer(viewer, is_waiting=is_waiting)
    further = place + limit if len(found) > place + limit else None
    return TermPage([one_listed(term, count) for term in shown], len(found), further)


def one_listed(term: Term, count: "Count | None") -> Listed:
    first, *others = term.ways
    return Listed(term, first, others, count.entries(term.ways) if count else None)


@dataclass(frozen=True, slots=True)
class Count:
    """Counts entries in the index as one viewer."""

    view: View
    rights: Rights
    vocabulary: vocabulary.Vocabulary
    is_waiting: bool

    @classmethod
    def for_viewer(cls, viewer: Viewer, *, is_waiting: bool = False) -> "Count | None":
        """`is_waiting`: there may be entries that were cut before a term was known."""
        view = reader().view()
        if view is None:
            return None
        stands = standing(viewer)
        return cls(view, rights_of(viewer, view, stands.keys), vocabulary.current(stands.edition), is_waiting)

    def entries(self, forms: Sequence[str]) -> int:
        """Of those that the viewer may read, how many have one of the forms; of several words, all of these."""
        ways = {tuple(self.vocabulary.words(form)) for form in forms}
        if self.is_waiting:
            ways.update(tuple(words(form)) for form in forms)
        ways.discard(())
        if not ways:
            return 0
        query = Query.boolean_query([(Occur.Should, _all_of(way)) for way in sorted(ways)])
        clauses = [(Occur.Must, Query.const_score_query(query, 0.0)), *self.rights.clauses()]
        return int(self.view.searcher.search(Query.boolean_query(clauses), 1, count=True).count or 0)  # type: ignore[attr-defined]


def _all_of(way: Way) -> Query:
    asked = [(Occur.Must, Query.term_query(SCHEMA, BODY, word, index_option="freq")) for word in way]
    return Query.boolean_query(asked)


def to_reindex(forms: Iterable[str]) -> list[int]:
    """Posts that are cut otherwise when these forms are own words and when not; with the replies in their threads.

    By the letters alone, so some too many: those of spellings nobody uses are left out, and stay found by their parts.
    """
    joined = [word for form in forms if (word := one_thai_word(form)) and words(word) != [word]]
    touched: set[int] = set()
    for start in range(0, len(joined), FORMS_AT_ONCE):
        holding = [Q(title__contains=word) | Q(html__contains=word) for word in joined[start : start + FORMS_AT_ONCE]]
        touched.update(Post.objects.filter(reduce(or_, holding)).order_by().values_list("number", flat=True))
        in_files = reduce(or_, (Q(words_text__contains=word) for word in joined[start : start + FORMS_AT_ONCE]))
        touched.update(File.objects.filter(in_files).order_by().values_list("post_id", flat=True))
    return sorted(index.touched((number, Verb.EDITED) for number in touched))
