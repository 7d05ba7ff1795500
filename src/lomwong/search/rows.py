"""The database's part of a page of results, in few statements that are made once: see `kit.prepared`.

Each starts from `visible_to` somebody and is asked anew for every page: who may read is never remembered.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext

from lomwong.communities.models import Community
from lomwong.kit.html import shortened
from lomwong.kit.moulds import address
from lomwong.kit.prepared import STAND_INS, Prepared
from lomwong.people.models import Person, Unit, Viewer
from lomwong.people.prepared import ForEach
from lomwong.posts.models import File, Kind, Placement, Post

PAGE_OF = 24  # posts: those of a page and some more
KEYS = tuple(range(STAND_INS[-1] - PAGE_OF, STAND_INS[-1]))
EACH = STAND_INS[1]  # for as many as there are: see `kit.prepared`


def filled(keys: Sequence[int], size: int) -> dict[int, int | None]:
    """`keys` in place of the first `size` of KEYS, the last one again and again."""
    if not keys:
        return dict.fromkeys(KEYS[:size], 0)
    again = [keys[-1]] * (size - len(keys))
    return dict(zip(KEYS[:size], [*keys, *again], strict=True))


T = TypeVar("T", bound=tuple[Any, ...])


def by_key(kind: type[T], found: Iterable[tuple[Any, ...]]) -> dict[int, T]:
    """Rows as named tuples under their first column; `_make` takes five times as long."""
    return {row[0]: tuple.__new__(kind, row) for row in found}


class Row(NamedTuple):
    """A post as results show it. `root_…` only where the viewer may read the thread that it hangs in."""

    number: int
    root_id: int | None
    kind: str
    title: str
    excerpt: str
    html: str
    created_at: datetime
    source_id: str | None
    is_unnamed: bool
    author_id: int | None
    author_name: str | None
    unit_id: int | None
    unit_name: str | None
    unit_name_en: str | None
    root_title: str | None
    root_excerpt: str | None
    reads_root: bool

    @property
    def label(self) -> str:
        """As `Post.label`; a reply without a title goes by that of its thread."""
        if self.title:
            return self.title
        title, said = (self.root_title, self.root_excerpt) if self.reads_root else ("", self.excerpt)
        number = self.root_id if self.reads_root else self.number
        return title or shortened(said or "", 80) or gettext("Entry %(number)d") % {"number": number}

    @property
    def address(self) -> str:
        """As `Post.get_absolute_url`."""
        thread = address("posts:post", self.root_id or self.number)
        return f"{thread}#p{self.number}" if self.root_id else thread

    @property
    def kind_label(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def unit_label(self) -> str:
        """As `Unit.label`; empty where there is none."""
        has_other = self.unit_name_en and get_language() == "en"
        return (self.unit_name_en if has_other else self.unit_name) or ""

    @property
    def hue(self) -> int:
        """As `Person.hue`, and as of nobody."""
        return (self.unit_id or self.author_id) % 8 + 1 if self.author_id else 8


def _posts(viewer: Viewer) -> QuerySet[Post, Any]:
    reads_root = Exists(Post.objects.visible_to(viewer).filter(pk=OuterRef("root_id")))
    author = ("author_id", "author__name", "author__unit_id", "author__unit__name", "author__unit__name_en")
    own = ("number", "root_id", "kind", "title", "excerpt", "html", "created_at", "source_id", "is_unnamed")
    posts = Post.objects.visible_to(viewer).filter(number__in=KEYS[:PAGE_OF]).order_by()
    return posts.values_list(*own, *author, "root__title", "root__excerpt", reads_root)


POSTS = ForEach(_posts)
PLACES = Prepared(
    lambda: Placement.objects.filter(post__in=KEYS[:PAGE_OF]).order_by().values_list("post_id", "community_id")
)
FILES = Prepared(
    lambda: (
        File.objects.filter(post__in=KEYS[:PAGE_OF])
        .exclude(words_text="")
        .order_by("pk")
        .values_list("pk", "post_id", "name", "words_text")
    )
)


def in_parts(numbers: Sequence[int]) -> Iterable[dict[int, int | None]]:
    for start in range(0, len(numbers), PAGE_OF):
        yield filled(numbers[start : start + PAGE_OF], PAGE_OF)


def rows_of(numbers: Sequence[int], viewer: Viewer) -> dict[int, Row]:
    """Those of the posts that the viewer may read at this moment."""
    return {row[0]: Row._make(row) for part in in_parts(numbers) for row in POSTS.rows(viewer, part)}


class Hung(NamedTuple):
    """A file with the words that stand in it."""

    pk: int
    post_id: int
    name: str
    words: str

    @property
    def address(self) -> str:
        return address("posts:file", self.pk)


def files_of(numbers: Sequence[int]) -> list[Hung]:
    return [Hung._make(row) for part in in_parts(numbers) for row in FILES.rows(part)]


class Circle(NamedTuple):
    pk: int
    name: str
    slug: str

    @property
    def address(self) -> str:
        return reverse("posts:community", args=[self.slug])


CIRCLES = ForEach(lambda viewer: Community.objects.visible_to(viewer).values_list("pk", "name", "slug"))


class Circles:
    """Those whose names the viewer may know, by the alphabet; read when first asked for."""

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer

    @cached_property
    def known(self) -> dict[int, Circle]:
        return by_key(Circle, CIRCLES.rows(self.viewer))

    def of_posts(self, numbers: Sequence[int]) -> dict[int, list[Circle]]:
        """In which of them each post lies."""
        places: dict[int, set[int]] = defaultdict(set)
        for part in in_parts(numbers):
            for number, pk in PLACES.rows(part):
                places[number].add(pk)
        return {number: [circle for pk in self._in_order(pks) if (circle := self.known.get(pk))]
                for number, pks in places.items()}  # fmt: skip

    def _in_order(self, pks: set[int]) -> Iterable[int]:
        return pks if len(pks) == 1 else (pk for pk in self.known if pk in pks)


class Author(NamedTuple):
    pk: int
    name: str
    sort_key: str
    unit_id: int | None

    @classmethod
    def among(cls, pks: Sequence[int], viewer: Viewer) -> dict[int, "Author"]:
        """Those of them whom the viewer may know."""
        if not pks or not viewer.is_authenticated:
            return {}
        return by_key(cls, AUTHORS.rows(viewer, {EACH: pks}))


def _people(viewer: Viewer) -> QuerySet[Person]:
    people: QuerySet[Person] = Person.objects.visible_to(viewer).filter(pk__in=[EACH]).order_by()
    return people


AUTHORS = ForEach(lambda viewer: _people(viewer).values_list(*Author._fields))
UNIT_IDS = ForEach(lambda viewer: _people(viewer).values_list("pk", "unit_id"))


def unit_ids_of(pks: Sequence[int], viewer: Viewer) -> dict[int, int | None]:
    """Of those whom the viewer may know."""
    return dict(UNIT_IDS.rows(viewer, {EACH: pks})) if pks and viewer.is_authenticated else {}


class Node(NamedTuple):
    """A unit in the tree."""

    pk: int
    parent_id: int | None
    name: str
    name_en: str

    @property
    def label(self) -> str:
        return self.name_en if self.name_en and get_language() == "en" else self.name


UNITS = Prepared(lambda: Unit.objects.order_by().values_list(*Node._fields))


TAGGED = Prepared(
    lambda: Post.tags.through.objects.filter(post__in=[EACH]).order_by().values_list("post_id", "tag_id", "tag__name")
)


def units() -> dict[int, Node]:
    return by_key(Node, UNITS.rows({}))


def tags_of(numbers: Sequence[int]) -> list[tuple[int, int, str]]:
    """Post, tag, its name."""
    return [(number, pk, name) for number, pk, name in TAGGED.rows({EACH: numbers})] if numbers else []
