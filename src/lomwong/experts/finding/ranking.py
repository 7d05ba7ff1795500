"""From a question to people: the documents found vote for those who wrote them, and for those who were pointed to.

Nothing that the viewer may not read votes, not even for a thread it lies in. Few queries, made once (`kit.prepared`):
a question over a hundred thousand posts is to cost milliseconds.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone

from lomwong.experts.models import Carried, CarriedState, Tuning
from lomwong.experts.rank import (
    DOCUMENTS,
    OF_FUNCTION_WORDS,
    OF_PARTS,
    TERMS,
    USUAL,
    Ballot,
    Candidate,
    Memory,
    Vote,
    in_order,
)
from lomwong.experts.topics.queries import TopicHit, matching_topics, without_hidden
from lomwong.experts.tuning import FEWEST
from lomwong.kit.prepared import STAND_INS, Prepared
from lomwong.people.models import Viewer
from lomwong.posts.models import Kind, Post
from lomwong.search.inquiry import Found, Inquiry, inquire
from lomwong.search.matching import EVERYTHING, IN_CONTEXT, Question, Within, clean, terms_of
from lomwong.search.schema import to_moment
from lomwong.text.function_words import is_function_word

DAY = 86_400 * 1_000_000  # microseconds
WEIGHTS = {str(Kind.COMMENT): 0.5, str(Kind.JOURNAL): 0.5}  # beside an answer, or a story
PASSED_ON = 0.8

NUMBERS, COMMUNITY = STAND_INS[1], STAND_INS[2]
THREADS = Prepared(
    lambda: (
        Post.objects.shown()
        .filter(number__in=[NUMBERS])
        .order_by()
        .values_list("number", "kind", "author_id", "root_id", "root__kind", "root__author_id")
    )
)
PASSED = Prepared(
    lambda: (
        Carried.objects.filter(question__in=[NUMBERS], passed_by__isnull=False)
        .exclude(state=CarriedState.PASSED)  # they in turn said that somebody else knows
        .order_by()
        .values_list("question_id", "person_id", "carried_at", "question__author_id", "question__envelope__author_id")
    )
)
TUNED = Prepared(
    lambda: (
        (Tuning.objects.filter(community=COMMUNITY) | Tuning.objects.filter(community=None))
        .filter(questions__gte=FEWEST)
        .order_by()
        .values_list("community_id", "half_life_days", "blend")
    )
)


@dataclass(frozen=True, slots=True)
class Ranked:
    """order: people, best first, with their scores. topics: person to the labels of theirs that meet the question.
    passed: question to those whom a colleague named for it."""

    order: list[int]
    scores: dict[int, float]
    topics: dict[int, tuple[str, ...]]
    passed: dict[int, set[int]]
    ballot: Ballot
    memory: Memory

    def candidates(self, people: Sequence[int]) -> list[Candidate]:
        evidence = self.ballot.evidence(people, self.memory)
        return [Candidate(person, self.scores[person], evidence[person]) for person in people]


class Near(NamedTuple):
    """A document found: its number, its score, when it was written (microseconds since 1970)."""

    number: int
    score: float
    moment: int


class Speaks(NamedTuple):
    """A document and for whom it would vote, as `without_hidden` asks for it."""

    number: int
    author_id: int | None


def ranked(question: str, *, viewer: Viewer, before: datetime | None = None, community: int | None = None) -> Ranked:
    """Everybody for whom something speaks. community: in which is asked; its memory then counts."""
    votes, passed = votes_for(question, viewer=viewer, before=before)
    hits = matching_topics(question, viewer=viewer) if before is None else []
    votes += votes_of_topics(hits, votes)
    hidden = without_hidden(question, [Speaks(vote.document, vote.author) for vote in votes if vote.document > 0])
    if hidden:
        votes = [replace(vote, author=None) if (vote.author, vote.document) in hidden else vote for vote in votes]
    ballot, memory = Ballot(votes), memory_for(community)
    scores = ballot.scores(memory)
    topics: dict[int, tuple[str, ...]] = {}
    for hit in hits:
        topics[hit.person_id] = (*topics.get(hit.person_id, ()), hit.label)
    return Ranked(in_order(scores), scores, topics, passed, ballot, memory)


def memory_for(community: int | None) -> Memory:
    """What the circle's own past taught; else the house's; else the usual."""
    learnt = {row[0]: Memory(*row[1:]) for row in TUNED.rows({COMMUNITY: community or 0})}
    return learnt.get(community) or learnt.get(None) or USUAL


def votes_for(question: str, *, viewer: Viewer, before: datetime | None) -> tuple[list[Vote], dict[int, set[int]]]:
    """Of everything found, and who was pointed to for which question."""
    near = {one.number: one for one in documents_near(question, viewer=viewer, before=before)}
    if not near:
        return [], {}
    now = to_moment(before or timezone.now())
    rows = THREADS.rows({NUMBERS: tuple(near)})
    votes = [_vote(near[row[0]], row, now) for row in rows]
    asked = [row[0] for row in rows if row[1] == Kind.QUESTION]
    passed: dict[int, set[int]] = {}
    for number, person, at, *askers in PASSED.rows({NUMBERS: tuple(asked)}) if asked else ():
        own = viewer.pk is not None and viewer.pk in askers
        if own or person in askers or to_moment(at) > now:
            continue  # whoever asked does not learn to whom it went
        passed.setdefault(number, set()).add(person)
        age = (now - to_moment(at)) / DAY
        votes.append(Vote(person, number, near[number].score, age, number, PASSED_ON))
    return votes, passed


def _vote(near: Near, row: tuple[int, str, int | None, int | None, str | None, int | None], now: int) -> Vote:
    """For its author; not for who asks, nor for what askers say below their own question: more of it, and thanks."""
    number, kind, author, root, root_kind, root_author = row
    asks = kind == Kind.QUESTION or (root_kind == Kind.QUESTION and root_author == author)
    age = (now - near.moment) / DAY
    return Vote(None if asks else author, number, near.score, age, root or number, WEIGHTS.get(kind, 1.0))


def votes_of_topics(hits: Sequence[TopicHit], votes: Sequence[Vote]) -> list[Vote]:
    """What somebody says they know is a document of theirs that does not age: as near as the nearest, at most.

    Its number is below 0, that of no post.
    """
    nearest = max((vote.score for vote in votes), default=1.0)
    return [
        Vote(hit.person_id, -hit.expertise_id, hit.score * nearest, 0.0, -hit.expertise_id)
        for hit in hits
        if hit.score > 0
    ]


def documents_near(question: str, *, viewer: Viewer, before: datetime | None = None) -> list[Near]:
    """The best posts, replies read together with the first post of their thread; questions too. Journals, talk, all."""
    inquiry = inquire(viewer, Within(before=before))
    asked = weighed(question, inquiry)
    if not asked:
        return []
    found = inquiry.ranked(asked, DOCUMENTS).found[:DOCUMENTS]
    if not inquiry.is_complete:
        found = inquiry.checked(found, DOCUMENTS)
    return list(_near(inquiry, found))


def weighed(question: str, inquiry: Inquiry) -> Question:
    """The words to ask for. Where there are too many, the telling ones go first; a compound that stands nowhere is
    asked for by its parts as well."""
    words = Counter(inquiry.vocabulary.words(clean(question)))
    telling = Counter({word: n for word, n in words.items() if not is_function_word(word)}) or words
    searcher = inquiry.view.searcher if inquiry.view else None
    knows = replace(inquiry, within=EVERYTHING).stands
    terms: dict[str, float] = dict(terms_of(telling.elements(), searcher, knows, TERMS))
    for word in list(terms):
        parts = [part for part in inquiry.vocabulary.index_terms(word) if part != word]
        if parts and not knows(word):
            terms = dict.fromkeys(parts, OF_PARTS) | terms
    for word in words:
        if word not in telling and len(terms) < TERMS:
            terms[word] = OF_FUNCTION_WORDS
    return {field: {term: weight * of for term, weight in terms.items()} for field, of in IN_CONTEXT.items() if terms}


def _near(inquiry: Inquiry, found: Sequence[Found]) -> Iterator[Near]:
    moments = iter(inquiry.column("created", [one.address for one in found if one.address]))
    for one in found:
        moment = one.writing.created if one.writing else next(moments)
        yield Near(one.number, one.worth, moment or 0)
