"""Who knows about this: people from what they wrote that this viewer may read, with the evidence."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from lomwong.experts.rank import DOCUMENTS, Candidate, Vote, rank
from lomwong.kit.html import own_words
from lomwong.people.models import Person, Viewer
from lomwong.posts.models import Kind, Post
from lomwong.search.queries import search_documents
from lomwong.text.highlight import snippet

DAY = timedelta(days=1)
REASON_LENGTH = 140
TELLING = [kind for kind in Kind if kind != Kind.QUESTION]  # whoever asks does not know yet


@dataclass(frozen=True, slots=True)
class Reason:
    """One post that speaks for a person, with its telling words: pieces of (text, is a hit)."""

    post: Post
    words: list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Knower:
    person: Person
    score: float
    evidence: tuple[int, ...]
    reasons: list[Reason]


def who_knows(
    question: str,
    *,
    viewer: Viewer,
    before: datetime | None = None,
    limit: int = 10,
    leave_out: Sequence[int] = (),
    with_reasons: bool = True,
) -> list[Knower]:
    """People nearest to the question first. Only what the viewer may read speaks; nobody who asked not to be found.

    before: only what was written earlier. leave_out: numbers of people (the asker).
    """
    candidates = ranked(question, viewer=viewer, before=before)
    authors = [candidate.author for candidate in candidates]
    findable = set(
        Person.objects.findable().filter(pk__in=authors).exclude(pk__in=leave_out).values_list("pk", flat=True)
    )
    chosen = [candidate for candidate in candidates if candidate.author in findable][:limit]
    people = Person.objects.select_related("unit").prefetch_related("job_functions")
    known = people.in_bulk([candidate.author for candidate in chosen])
    posts = reasons_for(chosen, viewer) if with_reasons else {}
    return [
        Knower(
            person=known[candidate.author],
            score=candidate.score,
            evidence=candidate.evidence,
            reasons=[reason(posts[number], question) for number in candidate.evidence if number in posts],
        )
        for candidate in chosen
        if candidate.author in known
    ]


def ranked(question: str, *, viewer: Viewer, before: datetime | None) -> list[Candidate]:
    """Authors of the documents found, all of them."""
    now = before or timezone.now()
    documents = search_documents(question, viewer=viewer, before=before, limit=DOCUMENTS, kinds=TELLING)
    asking = _asking([document.number for document in documents])
    votes = [
        Vote(
            document.author_id, document.number, document.score, age_days=max(timedelta(), now - document.created) / DAY
        )
        for document in documents
        if document.author_id is not None and document.number not in asking
    ]
    return rank(votes, limit=len(votes)) if votes else []


def _asking(numbers: Collection[int]) -> set[int]:
    """What askers say below their own questions: more of the question, and thanks."""
    own = Post.objects.filter(number__in=numbers, root__kind=Kind.QUESTION, root__author=F("author"))
    return set(own.values_list("number", flat=True))


def reasons_for(candidates: Sequence[Candidate], viewer: Viewer) -> dict[int, Post]:
    numbers = {number for candidate in candidates for number in candidate.evidence}
    return Post.objects.visible_to(viewer).select_related("root").in_bulk(numbers)


def reason(post: Post, question: str) -> Reason:
    return Reason(post, snippet(own_words(post.html), question, width=REASON_LENGTH))
