"""What a circle's past questions teach about naming people: whom we would have named, and who then answered."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min
from django.utils import timezone

from lomwong.communities.models import Community
from lomwong.experts import tuning
from lomwong.experts.finding.ranking import memory_for, votes_for
from lomwong.experts.models import Tuning
from lomwong.experts.rank import USUAL, Ballot, Memory
from lomwong.kit.html import own_words
from lomwong.people.models import OPERATOR
from lomwong.posts.models import Kind, Post
from lomwong.posts.models.post import PostQuerySet

MOST = 300  # questions, the last ones
LONGEST = 400  # characters of a question that are asked
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    number: int
    words: str
    asker: int | None
    at: datetime


def learn(community: int | None) -> Tuning:
    """From a circle's questions, or the whole house's (None); stored in place of what was learnt before.

    As the operator: it takes two numbers out of what is said in closed circles, and no words. Some 30 ms a question.
    """
    held = memory_for(None) if community else USUAL
    asked = list(reversed([asked_of(*row) for row in questions(community).values_list(*COLUMNS)[:MOST]]))
    began = answers(community).aggregate(first=Min("created_at"))["first"]
    trials = list(_trials(asked, began, held)) if began else []
    learnt = tuning.learn(trials) or tuning.Learnt(None, 0.0, len(trials), 0.0, 0.0)
    memory = learnt.memory((timezone.now() - began) / DAY if began else 0.0, held)
    row, _ = Tuning.objects.update_or_create(
        community=Community.objects.get(pk=community) if community else None,
        defaults={
            "half_life_days": memory.half_life_days,
            "blend": memory.blend,
            "questions": learnt.questions,
            "precision_before": learnt.before,
            "precision_after": learnt.after,
            "measured_at": timezone.now(),
        },
    )
    return row


COLUMNS = ("number", "title", "html", "author_id", "created_at")


def asked_of(number: int, title: str, html: str, author: int | None, at: datetime) -> Asked:
    return Asked(number, f"{title} {own_words(html)}"[:LONGEST], author, at)


def questions(community: int | None) -> PostQuerySet:
    """Those that somebody answered, the last first."""
    found = Post.objects.shown().filter(kind=Kind.QUESTION, number__in=answers(community).values("root"))
    return found.order_by("-created_at", "-number")


def answers(community: int | None) -> PostQuerySet:
    found = Post.objects.shown().filter(kind=Kind.ANSWER, author__isnull=False, root__kind=Kind.QUESTION)
    return (found.filter(root__placements__community=community) if community else found).order_by()


def _trials(asked: list[Asked], began: datetime, held: Memory) -> Iterator[tuning.Trial]:
    """Of questions that somebody answered who could be known: who had answered anything before."""
    answered: dict[int, set[int]] = defaultdict(set)
    given = answers(None).filter(root__in=[one.number for one in asked]).values_list("root_id", "author_id")
    for root, author in given:
        if root and author:
            answered[root].add(author)
    first = dict(answers(None).values_list("author_id").annotate(at=Min("created_at")))
    for one in asked:
        right = {who for who in answered[one.number] if who != one.asker and first[who] < one.at}
        if not right:
            continue
        votes, _ = votes_for(one.words, viewer=OPERATOR, before=one.at)
        named = tuning.lists(Ballot(votes), (one.at - began) / DAY, [one.asker] if one.asker else [], held)
        yield tuning.trial_of(named, right)
