"""Topics ready for a page: one's own with all that belongs to them, somebody's as this viewer may see them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from lomwong.experts.models import AskingChoice, Expertise, ExpertiseEvidence, Origin, TopicState
from lomwong.kit.html import own_words
from lomwong.people.models import Person, Viewer
from lomwong.posts.models import Kind, Post
from lomwong.text.highlight import snippet

QUOTED = 2  # posts below one topic: it shall fit a phone
QUOTE_LENGTH = 140
A_COLLEAGUE = Person(pk=0)
"""Somebody of the house who sits in no circle: what they may read, everybody here may."""


@dataclass(frozen=True, slots=True)
class Quote:
    post: Post
    words: list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class OwnTopic:
    topic: Expertise
    quotes: list[Quote]
    is_closed: bool  # nothing of what it rests on may be read by everybody in the house
    is_unfounded: bool  # it was shown, and what it rested on is gone


@dataclass(frozen=True, slots=True)
class OwnTopics:
    drafts: list[OwnTopic]
    shown: list[OwnTopic]
    hidden: list[OwnTopic]

    @property
    def is_anything(self) -> bool:
        return bool(self.drafts or self.shown or self.hidden)


@dataclass(frozen=True, slots=True)
class Known:
    """What others may know of somebody's topics, and of how to ask them."""

    topics: list[tuple[Expertise, list[Quote]]]
    choice: AskingChoice
    is_resting: bool

    @property
    def is_anything(self) -> bool:
        return bool(self.topics or self.choice.how or self.is_resting)


def choice_of(person: Person) -> AskingChoice:
    """As they chose; without a choice, as the defaults say."""
    return AskingChoice.objects.filter(person=person).first() or AskingChoice(person=person)


def own_topics(owner: Person) -> OwnTopics:
    """Four queries. A draft shows what it rests on, or is not shown."""
    topics = list(Expertise.objects.visible_to(owner).filter(person=owner))
    numbers = _evidence(topics)
    every = {number for found in numbers.values() for number in found}
    posts = _readable(every, owner)
    open_to_all = set(Post.objects.visible_to(A_COLLEAGUE).filter(pk__in=posts).values_list("pk", flat=True))
    groups: dict[str, list[OwnTopic]] = defaultdict(list)
    for topic in topics:
        standing = [number for number in numbers[topic.pk] if number in posts]
        is_unfounded = topic.state == TopicState.DRAFT and topic.decided_at is not None and not standing
        if topic.state == TopicState.DRAFT and not standing and not is_unfounded:
            continue
        is_closed = bool(standing) and not any(number in open_to_all for number in standing)
        groups[topic.state].append(OwnTopic(topic, _quotes(topic, standing, posts), is_closed, is_unfounded))
    return OwnTopics(groups[TopicState.DRAFT], groups[TopicState.SHOWN], groups[TopicState.HIDDEN])


def is_from_closed(topic: Expertise) -> bool:
    """Whether all that it rests on was said where not everybody in the house may read."""
    evidence = Post.objects.shown().filter(pk__in=topic.rows.values("post"))
    return evidence.exists() and not evidence.visible_to(A_COLLEAGUE).exists()


def known_of(person: Person, viewer: Viewer) -> Known:
    """Four queries, whatever there is. Nothing of somebody who does not want to be found."""
    topics = list(Expertise.objects.visible_to(viewer).shown().filter(person=person))
    numbers = _evidence(topics)
    posts = _readable({number for found in numbers.values() for number in found}, viewer, but_asked_by=viewer.pk)
    choice = choice_of(person) if person.is_findable and viewer.is_authenticated else AskingChoice(person=person)
    is_resting = choice.resting_until is not None and choice.resting_until > timezone.localdate()
    quoted = [(topic, _quotes(topic, [n for n in numbers[topic.pk] if n in posts], posts)) for topic in topics]
    return Known(quoted, choice, is_resting)


def _evidence(topics: Collection[Expertise]) -> dict[int, list[int]]:
    """Topic -> numbers of posts, the strongest first."""
    found: dict[int, list[int]] = defaultdict(list)
    founded = [topic.pk for topic in topics if topic.origin == Origin.FOUND]
    for topic, number in ExpertiseEvidence.objects.filter(expertise__in=founded).values_list("expertise_id", "post_id"):
        found[topic].append(number)
    return found


def _readable(numbers: Collection[int], viewer: Viewer, *, but_asked_by: int | None = None) -> dict[int, Post]:
    """Shown, and where this viewer may read: the owner too learns of nothing more.

    but_asked_by: a question that was passed on speaks for whoever got it; whoever asked does not learn to whom it went.
    """
    found = Post.objects.visible_to(viewer).filter(pk__in=numbers).select_related("root")
    if but_asked_by is not None:
        asked = Q(author=but_asked_by) | Q(envelope__author=but_asked_by)
        found = found.exclude(asked, kind=Kind.QUESTION)
    return found.in_bulk()


def _quotes(topic: Expertise, numbers: list[int], posts: dict[int, Post]) -> list[Quote]:
    words = f"{topic.label} {topic.found_label}"
    return [
        Quote(posts[number], snippet(own_words(posts[number].html), words, width=QUOTE_LENGTH))
        for number in numbers[:QUOTED]
    ]
