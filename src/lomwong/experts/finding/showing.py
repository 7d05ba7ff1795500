"""People who may know as the page shows them: where they are, whether they may be asked now, where it is talked of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.utils import timezone

from lomwong.communities.models import Community
from lomwong.communities.queries import Circle, with_hues
from lomwong.experts.faculties import Faculties
from lomwong.experts.finding.about import is_about, said_in
from lomwong.experts.finding.forms import Condition, without
from lomwong.experts.finding.narrowing import Narrow, available, ids_among
from lomwong.experts.finding.queries import Knower, who_knows
from lomwong.experts.finding.reasons import Reason, by_thread
from lomwong.experts.models import AskingChoice
from lomwong.people.models import Person, Unit, Viewer
from lomwong.posts.models import Post
from lomwong.posts.readership import readers_among
from lomwong.search.nearby import Topic

CIRCLES = 3
LOOKED_THROUGH = 200  # people among whom a condition may be dropped


@dataclass(frozen=True, slots=True)
class Card:
    """One person. how: their own words on when and how to ask. resting_until: only while they rest."""

    knower: Knower
    campus: Unit | None
    how: str
    resting_until: date | None
    takes_none: bool  # wants no questions brought
    is_open: bool  # may be asked now; why not, is said only where they chose it themselves
    is_here: bool  # has come in or could: news reach them
    can_read: bool  # the question that they would be invited to
    is_known: bool  # something that speaks for them is about the question; else it is only near in words
    reasons: list[Reason]  # the first to be read at once, the others on demand

    @property
    def others(self) -> int:
        return len(self.reasons) - 1

    @property
    def person(self) -> Person:
        return self.knower.person


def cards(found: Sequence[Knower], topic: Topic, house: Faculties, about: Post | None) -> list[Card]:
    """Who is known for it first, in each part as ranked. Two queries, and for a question of a closed circle two more.

    about: the question to which they may be invited.
    """
    people = [knower.person.pk for knower in found]
    choices = AskingChoice.objects.in_bulk(people)
    open_now = set(available(Person.objects.filter(pk__in=people)).order_by().values_list("pk", flat=True))
    readers = readers_among(about, people) if about else set(people)
    made = [
        card(knower, choices.get(pk), topic, house, is_open=pk in open_now, can_read=pk in readers)
        for pk, knower in zip(people, found, strict=True)
    ]
    return sorted(made, key=lambda one: not one.is_known)


def card(
    knower: Knower, choice: AskingChoice | None, topic: Topic, house: Faculties, *, is_open: bool, can_read: bool
) -> Card:
    telling = next((reason for reason in knower.reasons if is_about(topic, said_in(reason.post))), None)
    until = choice.resting_until if choice else None
    campus, unit = house.campus_of(knower.person.unit_id), knower.person.unit
    return Card(
        knower=knower,
        campus=campus if campus != unit else None,
        how=choice.how if choice else "",
        resting_until=until if until and until > timezone.localdate() else None,
        takes_none=choice is not None and choice.per_week == 0,
        is_open=is_open,
        is_here=knower.person.last_login is not None or knower.person.has_usable_password(),
        can_read=can_read,
        is_known=telling is not None or bool(knower.topics),
        reasons=best_first(knower.reasons, telling),
    )


def best_first(reasons: Sequence[Reason], telling: Reason | None) -> list[Reason]:
    """First the telling one, else one with a word of the question; what is of its thread stays beside it."""
    marked = (reason for reason in reasons if any(is_hit for _, is_hit in reason.words))
    best = telling or next(marked, None)
    return by_thread(sorted(reasons, key=lambda reason: reason is not best))


def circles_around(found: Sequence[Knower], viewer: Viewer) -> list[Circle]:
    """Where what speaks for these people was said, as far as this viewer may listen; the most of it first."""
    threads = {reason.post.root_id or reason.post.pk for knower in found for reason in knower.reasons}
    if not threads:
        return []
    circles = Community.objects.readable_by(viewer).filter(placements__post__in=threads)
    return with_hues(list(circles.annotate(here=Count("placements")).order_by("-here", "pk")[:CIRCLES]))


def in_the_way(
    question: str, narrow: Narrow, conditions: Sequence[Condition], *, viewer: Viewer, leave_out: Sequence[int]
) -> list[Condition]:
    """Which of the conditions empties the page; all of them, where it takes more than one."""
    found = who_knows(question, viewer=viewer, limit=LOOKED_THROUGH, leave_out=leave_out, with_reasons=False)
    people = [knower.person.pk for knower in found]
    if not people or not conditions:
        return []
    one = [condition for condition in conditions if ids_among(people, without(narrow, condition.name))]
    return one or list(conditions)
