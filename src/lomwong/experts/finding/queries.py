"""Who knows about this: people from what they wrote that this viewer may read, with the evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet

from lomwong.communities.models import Community
from lomwong.experts.finding import ranking
from lomwong.experts.finding.narrowing import EVERYBODY, Narrow
from lomwong.experts.finding.people import first_able, people_with_places
from lomwong.experts.finding.reasons import Reason as Reason
from lomwong.experts.finding.reasons import reasons_for
from lomwong.experts.models import Tuning
from lomwong.experts.tuning import FEWEST
from lomwong.people.models import Person, Viewer
from lomwong.search.inquiry import inquire
from lomwong.search.matching import ALL_LEVERS, EVERYTHING
from lomwong.search.queries import planned_for


@dataclass(frozen=True, slots=True)
class Knower:
    """Somebody who may know. score: 0 to 1, only to be compared within one question.

    evidence: numbers of up to three posts that speak most for them. reasons: those of them that the viewer may read,
    when they were asked for. topics: labels of "ask me about" that meet the question: with or without posts, they
    speak for the person too.
    """

    person: Person
    score: float
    evidence: tuple[int, ...]
    reasons: list[Reason]
    topics: tuple[str, ...] = ()


def who_knows(
    question: str,
    *,
    viewer: Viewer,
    before: datetime | None = None,
    limit: int = 10,
    leave_out: Sequence[int] = (),
    with_reasons: bool = True,
    narrow: Narrow = EVERYBODY,
    community: int | None = None,
) -> list[Knower]:
    """People nearest to the question first. Only what the viewer may read speaks; nobody who asked not to be found.

    before: only what was written earlier; what people say of themselves today then counts for nothing. leave_out:
    numbers of people (the asker). narrow: filters on people, before the limit. community: in which is asked; what its
    own past taught then weighs the votes, and everybody may be named all the same.
    """
    found = ranking.ranked(question, viewer=viewer, before=before, community=community)
    chosen = first_able(found.order, narrow, limit, set(leave_out))
    known = people_with_places(chosen)
    candidates = [one for one in found.candidates(chosen) if one.author in known]
    posts = {one.author: tuple(number for number in one.evidence if number > 0) for one in candidates}
    reasons = reasons_for(posts, found.passed, question, viewer) if with_reasons else {}
    return [
        Knower(
            person=known[one.author],
            score=one.score,
            evidence=posts[one.author],
            reasons=reasons.get(one.author, []),
            topics=found.topics.get(one.author, ()),
        )
        for one in candidates
    ]


def meant(question: str, *, viewer: Viewer) -> str:
    """What may be meant by a slip or the wrong keyboard, all of it in words of texts that this viewer may read; empty
    where all was typed well."""
    planned = planned_for(inquire(viewer, EVERYTHING), question, ALL_LEVERS, is_literal=False)
    return planned.suggestion or (planned.searched if planned.instead else "")


def learnt_for(viewer: Viewer) -> QuerySet[Tuning]:
    """What answered questions taught: the house, then the circles whose talk this viewer may read, by name."""
    circles = Community.objects.readable_by(viewer)
    rows = Tuning.objects.filter(Q(community=None) | Q(community__in=circles), questions__gte=FEWEST)
    return rows.select_related("community").order_by(F("community__name").asc(nulls_first=True))
