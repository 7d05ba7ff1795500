"""What colleagues of the made-up university know, and what they ask each other these days.

Invented, like all of the demo, and done by the same actions as people's own deeds. It needs the index: what somebody
knows is drafted from what they wrote.
"""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from lomwong.experts.carrying.actions import invite
from lomwong.experts.models import Expertise, TopicState
from lomwong.experts.topics import actions as topics
from lomwong.people.models import Person
from lomwong.posts.actions import write_post
from lomwong.posts.models import Kind, Post

LATELY = timedelta(days=120)


def ask_and_know(email_of: dict[str, str]) -> None:
    """`email_of`: ids of people in asking.json → addresses. Done before, it does nothing."""
    plan = json.loads((Path(__file__).parent / "asking.json").read_text(encoding="utf-8"))
    people = {id: Person.objects.get(email=email) for id, email in email_of.items()}
    come_in()
    for id, known in plan["topics"].items():
        let_know(people[id], known)
    for asked in plan["questions"]:
        if not Post.objects.filter(kind=Kind.QUESTION, title=asked["title"]).exists():
            ask(asked, people)


def come_in() -> None:
    """Whoever wrote something lately has been here, and so can be asked; of the others we only know."""
    lately = Post.objects.filter(created_at__gte=timezone.now() - LATELY).exclude(author=None)
    writers = Person.objects.active().filter(pk__in=lately.values("author"), last_login=None)
    writers.update(last_login=timezone.now() - timedelta(hours=20))


def let_know(person: Person, known: dict[str, Any]) -> None:
    if Expertise.objects.filter(person=person).exists():
        return
    topics.draft_topics(person)
    drafts = Expertise.objects.filter(person=person, state=TopicState.DRAFT).order_by("pk")
    for draft in drafts[: known["accept"]]:
        topics.accept_topic(draft)
    for label in known["declare"]:
        topics.declare_topic(person, label)
    topics.choose_asking(person, per_week=known["per_week"], how=known["how"], resting_until=None)


def ask(asked: dict[str, Any], people: dict[str, Person]) -> None:
    by, is_unnamed = people[asked["author"]], asked.get("unnamed", False)
    question = write_post(
        kind=Kind.QUESTION,
        by=by,
        title=asked["title"],
        text=asked["text"],
        at=timezone.now() - timedelta(days=asked["days_ago"], hours=2),
        is_unnamed=is_unnamed,
    )
    if "invite" in asked:
        invite(question, people[asked["invite"]], by=by.pk)
