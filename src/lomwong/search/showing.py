"""What a page or a terminal shows of a search. The number of database queries does not depend on how much is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Q

from lomwong.communities.models import Community
from lomwong.kit.html import folded_words, own_words
from lomwong.people.models import Person, Viewer
from lomwong.posts.models import Post
from lomwong.posts.queries import with_cards
from lomwong.search.matching import clean
from lomwong.search.queries import Hit
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

    @property
    def is_in_thread(self) -> bool:
        return not self.post.is_thread


def found_posts(hits: Sequence[Hit], query: str, viewer: Viewer) -> list[Found]:
    """In the order of the hits, with as many database queries for one as for twenty."""
    numbers = [hit.number for hit in hits]
    # With the threads of replies, if the viewer may read them: one's own reply may hang in one that is closed by now.
    threads = Post.objects.filter(number__in=numbers).values("root")
    wanted = Post.objects.visible_to(viewer).filter(Q(number__in=numbers) | Q(number__in=threads))
    posts = {post.number: post for post in with_cards(wanted, viewer).defer(None).defer("text", "extra")}
    return [
        found_post(posts[hit.number], hit.score, posts.get(posts[hit.number].root_id or 0), query)
        for hit in hits
        if hit.number in posts
    ]


def found_post(post: Post, score: float, root: Post | None, query: str) -> Found:
    label = root.label if root and not post.title else post.label
    passage = passage_of(post.html, query)
    is_all_said = text_of(passage) == label
    return Found(post, score, snippet(label, query, WHOLE_TITLE), [] if is_all_said else passage)


def passage_of(html: str, query: str) -> Pieces:
    """Where the words stand; in quoted mail only when they stand nowhere else."""
    passage = snippet(own_words(html), query, PASSAGE)
    quoted = folded_words(html)
    if not quoted or has_hit(passage):
        return passage
    behind = snippet(quoted, query, PASSAGE)
    return behind if has_hit(behind) else passage


def has_hit(pieces: Pieces) -> bool:
    return any(is_hit for _, is_hit in pieces)


def text_of(pieces: Pieces) -> str:
    return "".join(piece for piece, _ in pieces)


def people_named(query: str, viewer: Viewer) -> list[Person]:
    """Colleagues in whose name every part of the query stands, by the alphabet."""
    parts = clean(query).split()
    if not parts or len(query) > LONGEST_NAME or min(map(len, parts)) < SHORTEST_NAME:
        return []
    people = Person.objects.visible_to(viewer).select_related("unit")
    for part in parts:
        people = people.filter(Q(name__icontains=part) | Q(name__icontains=normalise(part)))
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
