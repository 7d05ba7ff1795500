"""What a page or a terminal shows of a search. The number of database queries does not depend on how much is shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from lomwong.communities.models import Community
from lomwong.kit.html import folded_words, own_words
from lomwong.people.models import Person, Viewer
from lomwong.search import vocabulary
from lomwong.search.matching import clean
from lomwong.search.names import LEAST_INSIDE, bare, first_with, normalised
from lomwong.search.narrowing import Narrowed
from lomwong.search.queries import Hit, Results
from lomwong.search.rows import Circle, Circles, Hung, Row, files_of, rows_of
from lomwong.text.find import Marks
from lomwong.text.highlight import snippet
from lomwong.text.normalise import normalise

Pieces = list[tuple[str, bool]]
"""A text in pieces, each with whether it is a word that was asked for."""

NAMES_SHOWN = 5
SHORTEST_NAME, LONGEST_NAME = 2, 100
WHOLE_TITLE = 300
PASSAGE = 200


@dataclass(frozen=True, slots=True)
class Found:
    """A hit with what is shown of it. A reply without a title goes by that of its thread."""

    post: Row
    score: float
    title: Pieces
    passage: Pieces  # empty when the title says it all
    circles: Sequence[Circle] = ()  # in which it lies
    file: Hung | None = None  # in which the passage stands, if not in the post itself


def found_posts(
    hits: Sequence[Hit],
    query: str | Marks,
    viewer: Viewer,
    also: Callable[[], Marks] | None = None,
    known: Circles | None = None,
) -> list[Found]:
    """In the order of the hits, with as many database queries for one as for twenty.

    `also`: what is marked in those in which nothing of the query stands.
    """
    marks = vocabulary.current().marks(query) if isinstance(query, str) else query
    numbers = [hit.number for hit in hits]
    posts = rows_of(numbers, viewer)
    found = [found_post(posts[hit.number], hit.score, marks) for hit in hits if hit.number in posts]
    found = with_files(found, marks)
    if also is not None and not all(map(is_marked, found)):
        beside = also()
        found = [one if is_marked(one) else found_post(one.post, one.score, beside) for one in found]
    places = (known or Circles(viewer)).of_posts(list(posts))
    return [replace(one, circles=places.get(one.post.number, ())) for one in found]


def marks_beside(narrowed: Narrowed, results: Results) -> Marks:
    """Whatever led to a hit: parts of a compound or of another way to say it, and words that may have been meant."""
    return vocabulary.current(results.edition).marks(narrowed.words, results.terms)


def marks_for(narrowed: Narrowed, results: Results) -> Marks:
    """The words that were typed, what they may have been meant to be, and those of phrases; said in any way."""
    also = (results.searched, results.suggestion, *narrowed.within.exact)
    return vocabulary.current(results.edition).marks(narrowed.words, also)


def found_post(post: Row, score: float, marks: Marks) -> Found:
    passage = passage_of(post.html, marks)
    is_all_said = text_of(passage) == post.label
    return Found(post, score, snippet(post.label, marks, WHOLE_TITLE), [] if is_all_said else passage)


def passage_of(html: str, marks: Marks) -> Pieces:
    """Where the words stand; in quoted mail only when they stand nowhere else."""
    passage = snippet(own_words(html), marks, PASSAGE)
    quoted = folded_words(html)
    if not quoted or has_hit(passage):
        return passage
    behind = snippet(quoted, marks, PASSAGE)
    return behind if has_hit(behind) else passage


def with_files(found: Sequence[Found], marks: Marks) -> list[Found]:
    """Where the words stand in nothing that was written, but in a file that hangs on it: the passage of that file."""
    unmarked = [one.post.number for one in found if not is_marked(one)]
    inside: dict[int, tuple[Hung, Pieces]] = {}
    for file in files_of(unmarked):
        passage = snippet(file.words, marks, PASSAGE) if file.post_id not in inside else []
        if has_hit(passage):
            inside[file.post_id] = file, passage
    return [
        replace(one, file=inside[one.post.number][0], passage=inside[one.post.number][1])
        if one.post.number in inside
        else one
        for one in found
    ]


def is_marked(one: Found) -> bool:
    return has_hit(one.title) or has_hit(one.passage)


def has_hit(pieces: Pieces) -> bool:
    return any(is_hit for _, is_hit in pieces)


def text_of(pieces: Pieces) -> str:
    return "".join(piece for piece, _ in pieces)


def people_named(query: str, viewer: Viewer) -> list[Person]:
    """Colleagues in whose name every part of the query stands, by the alphabet; also those spoken of as พี่อุไร."""
    query = clean(query)
    if len(query) > LONGEST_NAME or not viewer.is_authenticated:
        return []
    return _people_named(query.split(), viewer) or _people_named(bare(query).split(), viewer)


def _people_named(parts: Sequence[str], viewer: Viewer) -> list[Person]:
    """A short part stands only where a given or family name begins: ลา is in too many names."""
    if not parts or min(map(len, parts)) < SHORTEST_NAME:
        return []
    found = first_with(parts, inside=LEAST_INSIDE + 1, most=NAMES_SHOWN)
    return list(Person.objects.visible_to(viewer).filter(pk__in=found).select_related("unit")) if found else []


def communities_named(query: str, viewer: Viewer, known: Circles | None = None) -> list[Community]:
    """Circles with every part of the query in their name, however it is spelt, by the alphabet."""
    parts = normalise(clean(query)).split() if len(query) <= LONGEST_NAME else []
    if not parts:
        return []
    circles = (known or Circles(viewer)).known.values()
    matching = [circle.pk for circle in circles if all(part in normalised(circle.name) for part in parts)]
    return list(Community.objects.visible_to(viewer).filter(pk__in=matching[:NAMES_SHOWN])) if matching else []
