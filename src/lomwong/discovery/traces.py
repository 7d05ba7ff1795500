"""What the search for circles may look at: exchanges and words that everyone in the organisation may read.

Talk of members-only circles feeds nothing, so that no word of it can come out again in a found circle. People who asked
to be left out are left out here, before anything is computed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from lomwong.activity.models import Event, Verb
from lomwong.communities.models import Audience
from lomwong.kit.html import own_words
from lomwong.people.models import Person, Unit
from lomwong.posts.models import Placement, Post, PostQuerySet
from lomwong.text.function_words import is_function_word
from lomwong.text.segment import words

if TYPE_CHECKING:
    from lomwong.discovery.graph import Exchange

SECONDS_A_DAY = 86_400
HELPING = (Verb.REPLIED, Verb.ACCEPTED, Verb.WROTE_TO)
MOST_WORDS = 20_000  # of one person: enough to know what they write about


def open_inside() -> PostQuerySet:
    """Posts that every colleague may read, with no seat anywhere; nothing that is hidden, held or withdrawn."""
    placed = Placement.objects.filter(post=OuterRef("pk")).exclude(community__audience=Audience.MEMBERS)
    posts: PostQuerySet = Post.objects.shown()
    return posts.filter(Q(audience__in=[Audience.PUBLIC, Audience.ORGANISATION]) | Exists(placed))


def exchanges(people: set[int]) -> Iterator[Exchange]:
    """Who turned to whom, when, how much; from the ledger, between different people of `people`."""
    from lomwong.discovery.graph import Exchange

    open_posts = set(open_inside().replies().order_by().values_list("number", flat=True))
    events = Event.objects.filter(verb__in=HELPING, actor_id__isnull=False, target_id__isnull=False).order_by("id")
    rows = events.values_list("actor_id", "target_id", "at", "weight", "post_number")
    for actor, target, at, weight, number in rows.iterator(chunk_size=5000):
        is_open = number is None or number in open_posts
        if is_open and actor != target and actor in people and target in people:
            yield Exchange(actor, target, at.timestamp() / SECONDS_A_DAY, weight, number)


def words_of(people: set[int]) -> dict[int, list[str]]:
    """All that each of these people wrote, as words that tell a topic, the newest first.

    Without the small words of a language: people who merely share English are no circle.
    """
    found: dict[int, list[str]] = defaultdict(list)
    posts = open_inside().filter(author__in=people) if len(people) < 500 else open_inside()
    for author, title, html in posts.order_by("-number").values_list("author_id", "title", "html").iterator():
        if author in people and len(found[author]) < MOST_WORDS:
            found[author] += [word for word in words(f"{title} {own_words(html)}") if not is_function_word(word)]
    return dict(found)


def findable_people() -> set[int]:
    return set(Person.objects.findable().order_by().values_list("pk", flat=True))


def units_of(people: set[int]) -> Mapping[int, int | None]:
    """The faculty or office of each person: the first unit below the campus, however deep their own lies."""
    tops = top_units()
    rows = Person.objects.filter(unit__isnull=False).order_by().values_list("pk", "unit_id")
    return {person: tops.get(unit) for person, unit in rows if person in people}


def top_units() -> dict[int, int]:
    """Unit number → number of its uppermost ancestor that is no campus (itself, for a campus)."""
    rows = {unit.pk: unit for unit in Unit.objects.all()}
    tops: dict[int, int] = {}
    for number, unit in rows.items():
        top = unit
        while top.parent_id and not rows[top.parent_id].is_campus:
            top = rows[top.parent_id]
        tops[number] = top.pk
    return tops
