"""Posts of the database as the index sees them: cut into words, with who may read them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from lomwong.kit.html import folded_words, own_words
from lomwong.posts.models import Kind, Placement, Post
from lomwong.search.phrases import AT_ONCE, files_of, squeezed
from lomwong.search.schema import Writing, to_moment
from lomwong.search.vocabulary import Vocabulary, current
from lomwong.text import grams

MOST_CONTEXTS = 5000  # words of first posts kept in memory while their replies come by
COLUMNS = ("number", "kind", "author_id", "root_id", "title", "html", "audience", "created_at", "accepted_answer_id")
Row = tuple[int, str, int | None, int | None, str, str, str | None, datetime, int | None]


def cutter(own: Vocabulary) -> Callable[[str], str]:
    """From a text to its index terms, joined by blanks."""
    return lambda text: " ".join(own.index_terms(text))


def cut_grams(text: str) -> str:
    return " ".join(grams.terms(squeezed(text)))


@dataclass
class Beside:
    """What lies in other tables, for some posts."""

    communities: dict[int, list[int]]
    tags: dict[int, list[int]]
    files: dict[int, str]  # what is written in them
    answered: set[int]


@dataclass
class Desk:
    """Turns posts into writings; remembers first posts between replies, so keep one only for one run."""

    cut: Callable[[str], str] = field(default_factory=lambda: cutter(current()))
    cut_grams: Callable[[str], str] = cut_grams
    longest_file: int | None = None  # characters of the files of a post; None for all of them
    contexts: dict[int, str] = field(default_factory=dict)

    def writings(self, numbers: Sequence[int]) -> Iterator[Writing]:
        """In the order of their numbers, without those that are gone or not shown. A few queries for each 500."""
        for start in range(0, len(numbers), AT_ONCE):
            rows = Post.objects.shown().filter(number__in=numbers[start : start + AT_ONCE]).order_by("number")
            yield from self._written(list(rows.values_list(*COLUMNS)))

    def all_writings(self) -> Iterator[Writing]:
        last = 0
        shown = Post.objects.shown().order_by("number")
        while rows := list(shown.filter(number__gt=last).values_list(*COLUMNS)[:AT_ONCE]):
            yield from self._written(rows)
            last = rows[-1][0]

    def _written(self, rows: list[Row]) -> Iterator[Writing]:
        numbers = [row[0] for row in rows]
        asked = [number for number, kind, *_ in rows if kind == Kind.QUESTION]
        beside = Beside(communities_of(numbers), tags_of(numbers), files_of(numbers), answered(asked))
        self._learn_contexts({root for row in rows if (root := row[3]) is not None})
        for row in rows:
            yield self._writing(row, beside)

    def _writing(self, row: Row, beside: Beside) -> Writing:
        number, kind, author_id, root_id, title, html, audience, created_at, accepted = row
        own, quoted, files = own_words(html), folded_words(html), beside.files.get(number, "")[: self.longest_file]
        title_terms = self.cut(title)
        community_ids = beside.communities.get(number, [])
        return Writing(
            number=number,
            kind=kind,
            author_id=author_id,
            created=to_moment(created_at),
            readers=" ".join(filter(None, [audience, *map(str, sorted(community_ids))])),
            community_ids=community_ids,
            tag_ids=beside.tags.get(number, []),
            is_unanswered=kind == Kind.QUESTION and accepted is None and number not in beside.answered,
            title=title_terms,
            body=f"{title_terms} {self.cut(own)}".strip(),
            quoted=self.cut(quoted),
            context=self.contexts[root_id] if root_id is not None else "",
            attached=self.cut(files),
            grams=f"{self.cut_grams(title)} {self.cut_grams(own)}".strip(),
            grams_behind=" ".join(dict.fromkeys(f"{self.cut_grams(quoted)} {self.cut_grams(files)}".split())),
        )

    def _learn_contexts(self, roots: Collection[int]) -> None:
        missing = [root for root in roots if root not in self.contexts]
        if len(self.contexts) + len(missing) > MOST_CONTEXTS:
            self.contexts.clear()
            missing = list(roots)
        self.contexts |= dict.fromkeys(missing, "")  # a first post that nobody sees speaks for no reply
        shown = Post.objects.shown().filter(number__in=missing)
        for number, title, html in shown.values_list("number", "title", "html"):
            self.contexts[number] = f"{self.cut(title)} {self.cut(own_words(html))}".strip()


def communities_of(numbers: Sequence[int]) -> dict[int, list[int]]:
    placed = Placement.objects.filter(post__in=numbers).order_by("pk")
    return _gathered(placed.values_list("post_id", "community_id"))


def tags_of(numbers: Sequence[int]) -> dict[int, list[int]]:
    links = Post.tags.through.objects.filter(post__in=numbers).order_by("pk")
    return _gathered(links.values_list("post_id", "tag_id"))


def answered(questions: Sequence[int]) -> set[int]:
    """Those of them below which somebody has given an answer."""
    if not questions:
        return set()
    answers = Post.objects.shown().filter(root__in=questions, kind=Kind.ANSWER).order_by()
    return {root for root in answers.values_list("root_id", flat=True).distinct() if root}


def _gathered(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for number, other in pairs:
        found[number].append(other)
    return found
