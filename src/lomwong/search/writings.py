"""Posts of the database as the index sees them: cut into words, with who may read them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from lomwong.kit.html import folded_words, own_words
from lomwong.posts.models import Placement, Post
from lomwong.search.schema import Writing, to_moment
from lomwong.text.segment import index_terms

AT_ONCE = 500  # fewer than the variables that one query of SQLite may have
MOST_CONTEXTS = 5000  # words of first posts kept in memory while their replies come by
COLUMNS = ("number", "kind", "author_id", "root_id", "title", "html", "audience", "created_at")
Row = tuple[int, str, int | None, int | None, str, str, str | None, datetime]


def cut(text: str) -> str:
    """Its index terms, joined by blanks."""
    return " ".join(index_terms(text))


@dataclass
class Desk:
    """Turns posts into writings; remembers first posts between replies, so keep one only for one run."""

    cut: Callable[[str], str] = cut
    contexts: dict[int, str] = field(default_factory=dict)

    def writings(self, numbers: Sequence[int]) -> Iterator[Writing]:
        """In the order of their numbers; those that do not exist are left out. Three queries for each 500."""
        for start in range(0, len(numbers), AT_ONCE):
            rows = Post.objects.filter(number__in=numbers[start : start + AT_ONCE]).order_by("number")
            yield from self._written(list(rows.values_list(*COLUMNS)))

    def all_writings(self) -> Iterator[Writing]:
        last = 0
        while rows := list(Post.objects.filter(number__gt=last).order_by("number").values_list(*COLUMNS)[:AT_ONCE]):
            yield from self._written(rows)
            last = rows[-1][0]

    def _written(self, rows: list[Row]) -> Iterator[Writing]:
        places: dict[int, list[int]] = defaultdict(list)
        placed = Placement.objects.filter(post__in=[row[0] for row in rows])
        for number, community_id in placed.order_by("pk").values_list("post_id", "community_id"):
            places[number].append(community_id)
        self._learn_contexts({root for row in rows if (root := row[3]) is not None})
        for row in rows:
            yield self._writing(row, places.get(row[0], []))

    def _writing(self, row: Row, community_ids: list[int]) -> Writing:
        number, kind, author_id, root_id, title, html, audience, created_at = row
        title_terms = self.cut(title)
        own_terms = self.cut(own_words(html))
        return Writing(
            number=number,
            kind=kind,
            author_id=author_id,
            created=to_moment(created_at),
            readers=" ".join(filter(None, [audience, *map(str, sorted(community_ids))])),
            community_ids=community_ids,
            title=title_terms,
            body=f"{title_terms} {own_terms}".strip(),
            quoted=self.cut(folded_words(html)),
            context=self.contexts[root_id] if root_id is not None else "",
        )

    def _learn_contexts(self, roots: Collection[int]) -> None:
        missing = [root for root in roots if root not in self.contexts]
        if len(self.contexts) + len(missing) > MOST_CONTEXTS:
            self.contexts.clear()
            missing = list(roots)
        for number, title, html in Post.objects.filter(number__in=missing).values_list("number", "title", "html"):
            self.contexts[number] = f"{self.cut(title)} {self.cut(own_words(html))}".strip()
