"""Topics as others meet them: whom a question leads to by what they say they know, and to whom it must not."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from lomwong.experts.models import Expertise, ExpertiseEvidence, TopicState
from lomwong.experts.topics.words import holds, is_of_glue, meeting, touches, words_to_meet
from lomwong.kit.html import own_words
from lomwong.kit.prepared import STAND_INS, Prepared
from lomwong.people.models import OPERATOR, Operator, Viewer
from lomwong.posts.models import Post
from lomwong.search import vocabulary
from lomwong.text.own_words import OwnWords

MOST_HITS = 200  # people who say that they know one thing; the last to say so first
LONGEST_QUESTION = 2000
ANCHORS, AUTHORS = "\x01anchors\x01", STAND_INS[1]
READ = 20_000  # characters of a document's HTML, when it is looked through for a hidden topic

SHOWN = Prepared(
    lambda: (
        Expertise.objects.shown_to(OPERATOR)
        .filter(anchor__in=[ANCHORS])
        .order_by("-decided_at", "-pk")
        .values_list("person_id", "pk", "label")[:MOST_HITS]
    )
)
HIDDEN = Prepared(
    lambda: (
        Expertise.objects.hidden()
        .filter(person__in=[AUTHORS])
        .order_by()
        .values_list("person_id", "label", "found_label")
    )
)


@dataclass(frozen=True, slots=True)
class TopicHit:
    """Somebody who says that they know something the question is about. score: 0 to 1."""

    person_id: int
    expertise_id: int
    label: str
    score: float


class Voting(Protocol):
    """A document that may vote: for its author, or for whomever the caller puts in the author's place."""

    @property
    def number(self) -> int: ...
    @property
    def author_id(self) -> int | None: ...


def matching_topics(question: str, *, viewer: Viewer) -> list[TopicHit]:
    """SHOWN topics of people who may be found, of which the question has the telling words; the nearest first.

    Two small queries. Drafts and hidden topics never lead to anybody, not even their owner to themselves.
    """
    if not isinstance(viewer, Operator) and not viewer.is_authenticated:
        return []
    met = words_to_meet(question[:LONGEST_QUESTION], vocabulary.current().own)
    rows = SHOWN.rows({ANCHORS: tuple(met)}) if met else []
    said = ((person, pk, label) for person, pk, label in rows if not is_of_glue(label) or label in question)
    hits = [TopicHit(person, pk, label, meeting(label, met)) for person, pk, label in said]
    return sorted((hit for hit in hits if hit.score > 0), key=lambda hit: (-hit.score, hit.expertise_id))


def without_hidden(question: str, documents: Sequence[Voting]) -> set[tuple[int, int]]:
    """(author, number) of the documents that must not vote for their author, because they hid what it is about.

    A document from which a hidden topic was inferred, or whose title or thread's title holds the topic's words, never
    votes for the one who hid it, however the question is put. One that only mentions it does not when the question
    has any of the topic's telling words. One query; two more when somebody among the authors hides something.
    """
    authors = {document.author_id for document in documents if document.author_id is not None}
    hidden = _hidden_labels(authors)
    if not hidden:
        return set()
    numbers = {document.number for document in documents if document.author_id in hidden}
    resting = _evidence_of_hidden(hidden)
    posts = Post.objects.filter(number__in=numbers).values_list("number", "title", "root__title", "html")
    texts = {number: (f"{title} {root or ''}", html) for number, title, root, html in posts}
    own = vocabulary.current().own
    asked = words_to_meet(question[:LONGEST_QUESTION], own)
    out = set()
    for author, number in {(one.author_id, one.number) for one in documents}:
        if author is None or author not in hidden:
            continue
        titles, html = texts.get(number, ("", ""))
        met = met_in_title(titles, own)
        if (author, number) in resting or holds(hidden[author], met):
            out.add((author, number))
            continue
        asked_about = [label for label in hidden[author] if touches(label, asked)]
        if asked_about and holds(asked_about, met | words_to_meet(own_words(html[:READ]), own)):
            out.add((author, number))
    return out


@lru_cache(maxsize=4096)
def met_in_title(title: str, own: OwnWords) -> frozenset[str]:
    """The same titles come again and again."""
    return frozenset(words_to_meet(title, own))


def _hidden_labels(authors: Collection[int]) -> dict[int, list[str]]:
    """As they are called and as they were found, of those who hide something."""
    rows = HIDDEN.rows({AUTHORS: tuple(authors)}) if authors else []
    hidden: dict[int, list[str]] = defaultdict(list)
    for person, *labels in rows:
        hidden[person] += [label for label in labels if label]
    return dict(hidden)


def _evidence_of_hidden(people: Iterable[int]) -> set[tuple[int, int]]:
    rows = ExpertiseEvidence.objects.filter(expertise__state=TopicState.HIDDEN, expertise__person__in=people)
    return set(rows.values_list("expertise__person_id", "post_id"))
