"""For whom a question is: the worker asks, nobody is shown the answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count
from django.utils import timezone

from lomwong.experts.carrying.rules import MOST_OF_A_JOB
from lomwong.experts.carrying.spread import in_turn
from lomwong.experts.finding.about import is_about, said
from lomwong.experts.finding.narrowing import Narrow, available
from lomwong.experts.finding.queries import Knower, who_knows
from lomwong.experts.models import Carried
from lomwong.kit.html import own_words
from lomwong.people.models import JobFunction, Person, PersonQuerySet, Viewer
from lomwong.people.queries import who_come_in
from lomwong.posts.models import Post
from lomwong.posts.readership import in_parts, readers_among
from lomwong.posts.unnamed.queries import author_behind, authors_behind
from lomwong.search.nearby import Topic

LOOKED_AT = 100  # people, nearest first: in a small closed circle most of them may not read the question
LOOKED_INTO = 20  # of them, whether what they wrote is about this at all
LATELY = timedelta(days=28)
READ = 300  # characters of the question's text, behind its title


@dataclass(frozen=True, slots=True)
class Likely:
    person: int
    because: int | None  # the post that speaks most for them; None: they said themselves that one may ask them


def words_of(question: Post) -> str:
    return f"{question.title} {own_words(question.html)[:READ]}".strip()


def likely(question: Post) -> list[Likely]:
    """Who may know, whom to ask first. As the asker may read, whatever their name; of those who may read the question,
    may be found, come here and have room for a question this week. Never the asker, nor who talks there or had it."""
    asker = Person.objects.active().filter(pk=author_behind(question) or 0).first()
    if asker is None:
        return []
    had = set(Carried.objects.filter(question=question).values_list("person_id", flat=True))
    able = near(question, viewer=asker, leave_out={asker.pk, *had, *in_the_thread(question)}, comes_in=True)
    because = speaking_for(able[:LOOKED_INTO], question.label, viewer=asker)
    scores = {one.person.pk: one.score for one in able if one.person.pk in because}
    return [Likely(person, because[person]) for person in in_turn(scores, asked_lately(scores))]


def near(question: Post, *, viewer: Viewer, leave_out: Collection[int], comes_in: bool = False) -> list[Knower]:
    """Those who may know and may be asked now, of those who may read the question."""
    circle = question.placements.order_by("pk").values_list("community_id", flat=True).first()
    words = words_of(question)
    found = near_words(words, viewer=viewer, leave_out=leave_out, community=circle, comes_in=comes_in)
    may_read = readers_among(question, [one.person.pk for one in found])
    return [one for one in found if one.person.pk in may_read]


def near_words(
    words: str, *, viewer: Viewer, leave_out: Collection[int], community: int | None = None, comes_in: bool = False
) -> list[Knower]:
    return who_knows(
        words,
        viewer=viewer,
        limit=LOOKED_AT,
        leave_out=sorted(leave_out),
        with_reasons=False,
        narrow=Narrow(available=True, comes_in=comes_in),
        community=community,
    )


def in_the_thread(question: Post) -> set[int]:
    """Whoever has said something below it, with or without their name."""
    return set(authors_behind(list(question.thread.order_by().values_list("pk", flat=True))).values())


def speaking_for(
    found: Sequence[Knower], title: str, *, viewer: Viewer, but: int | None = None
) -> dict[int, int | None]:
    """Person → the first post that is about the question, of those for whom there is one: evidence, or silence. A
    ranking only says who stands nearer than others, even where nobody knows.

    but: the question itself, which speaks for whoever it was passed on to: of that its readers are not told.
    """
    topic = Topic.of(title, viewer=viewer)
    posts = texts([number for one in found for number in one.evidence], viewer)
    because: dict[int, int | None] = {}
    for one in found:
        others = (number for number in one.evidence if number != but and number in posts)
        number = next((number for number in others if is_about(topic, posts[number])), None)
        if number is not None or one.topics:
            because[one.person.pk] = number
    return because


def texts(numbers: Collection[int], viewer: Viewer) -> dict[int, str]:
    rows = Post.objects.visible_to(viewer).filter(pk__in=numbers).order_by()
    fields = rows.values_list("pk", "root__title", "title", "html")
    return {number: said(above, title, html) for number, above, title, html in fields}


def asked_lately(people: Collection[int]) -> dict[int, int]:
    """How many questions came to each, if any."""
    found: dict[int, int] = {}
    for part in in_parts(people):
        rows = Carried.objects.filter(person__in=part, carried_at__gt=timezone.now() - LATELY).order_by()
        found |= dict(rows.values_list("person_id").annotate(Count("pk")))
    return found


def doing(job: JobFunction, question: Post) -> list[int]:
    """Those who do this job and may be asked, at most so many; who was asked least lately first, then as it falls."""
    out = {author_behind(question), *in_the_thread(question)}
    people = free_now().filter(job_functions=job).values_list("pk", flat=True)
    may_read = readers_among(question, [pk for pk in people if pk not in out])
    lately = asked_lately(may_read)
    return sorted(may_read, key=lambda pk: (lately.get(pk, 0), fallen(pk, question.pk), pk))[:MOST_OF_A_JOB]


def fallen(person: int, number: int) -> int:
    """A place in the row that is another for each question, and the same whoever asks again."""
    return (person * 2_654_435_761 + number * 40_503) % 1_000_003


def free_now() -> PersonQuerySet:
    """Who may be asked at this moment."""
    return available(who_come_in(Person.objects.findable()))  # type: ignore[return-value]
