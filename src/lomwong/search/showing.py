"""What a page or a terminal shows of a search. The number of database queries does not depend on how much is shown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, reduce
from operator import or_

from django.db.models import Q

from lomwong.communities.models import Community
from lomwong.kit.html import folded_words, own_words
from lomwong.people.models import Person, Viewer
from lomwong.posts.models import File, Post
from lomwong.posts.queries import with_cards
from lomwong.search import vocabulary
from lomwong.search.matching import clean
from lomwong.search.names import LEAST_INSIDE, bare
from lomwong.search.narrowing import Narrowed
from lomwong.search.queries import Hit, Results
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

    post: Post
    score: float
    title: Pieces
    passage: Pieces  # empty when the title says it all
    file: File | None = None  # in which the passage stands, if not in the post itself

    @property
    def is_in_thread(self) -> bool:
        return not self.post.is_thread


def found_posts(hits: Sequence[Hit], query: str | Marks, viewer: Viewer, also: Marks | None = None) -> list[Found]:
    """In the order of the hits, with as many database queries for one as for twenty.

    `also`: what is marked in those in which nothing of the query stands.
    """
    marks = vocabulary.current().marks(query) if isinstance(query, str) else query
    numbers = [hit.number for hit in hits]
    # With the threads of replies, if the viewer may read them: one's own reply may hang in one that is closed by now.
    threads = Post.objects.filter(number__in=numbers).values("root")
    wanted = Post.objects.visible_to(viewer).filter(Q(number__in=numbers) | Q(number__in=threads))
    posts = {post.number: post for post in with_cards(wanted, viewer).defer(None).defer("text", "extra")}
    shown = [hit for hit in hits if hit.number in posts]
    roots = {hit.number: posts.get(posts[hit.number].root_id or 0) for hit in shown}
    found = [found_post(posts[hit.number], hit.score, roots[hit.number], marks) for hit in shown]
    found = with_files(found, marks)
    if also is None:
        return found
    return [one if is_marked(one) else found_post(one.post, one.score, roots[one.post.number], also) for one in found]


def marks_beside(narrowed: Narrowed, results: Results) -> Marks:
    """Whatever led to a hit: parts of a compound or of another way to say it, and words that may have been meant."""
    return vocabulary.current().marks(narrowed.words, results.terms)


def marks_for(narrowed: Narrowed, results: Results) -> Marks:
    """The words that were typed, what they may have been meant to be, and those of phrases; said in any way."""
    also = (results.searched, results.suggestion, *narrowed.within.exact)
    return vocabulary.current().marks(narrowed.words, also)


def found_post(post: Post, score: float, root: Post | None, marks: Marks) -> Found:
    label = root.label if root and not post.title else post.label
    passage = passage_of(post.html, marks)
    is_all_said = text_of(passage) == label
    return Found(post, score, snippet(label, marks, WHOLE_TITLE), [] if is_all_said else passage)


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
    inside: dict[int, tuple[File, Pieces]] = {}
    for file in File.objects.filter(post__in=unmarked or [0]).exclude(words_text="").order_by("pk"):
        passage = snippet(file.words_text, marks, PASSAGE) if file.post_id not in inside else []
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
    if len(query) > LONGEST_NAME:
        return []
    return _people_named(query.split(), viewer) or _people_named(bare(query).split(), viewer)


def _people_named(parts: Sequence[str], viewer: Viewer) -> list[Person]:
    """A short part stands only where a given or family name begins: ลา is in too many names."""
    if not parts or min(map(len, parts)) < SHORTEST_NAME:
        return []
    people = Person.objects.visible_to(viewer).select_related("unit")
    for part in parts:
        for_way = (
            Q(name__icontains=way)
            if len(part) > LEAST_INSIDE
            else Q(name__istartswith=way) | Q(name__icontains=f" {way}")
            for way in {part, normalise(part)}
        )
        people = people.filter(reduce(or_, for_way))
    return list(people[:NAMES_SHOWN])


def communities_named(query: str, viewer: Viewer) -> list[Community]:
    """Circles with every part of the query in their name, however it is spelt, by the alphabet."""
    parts = normalise(clean(query)).split() if len(query) <= LONGEST_NAME else []
    if not parts:
        return []
    circles = Community.objects.visible_to(viewer)
    matching = [pk for pk, name in circles.values_list("pk", "name") if all(part in normalised(name) for part in parts)]
    return list(circles.filter(pk__in=matching[:NAMES_SHOWN]))


normalised = lru_cache(maxsize=4096)(normalise)  # the names of circles hardly change
