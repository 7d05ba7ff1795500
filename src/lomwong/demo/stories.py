"""What colleagues of the made-up university did lately: blogs, a story in parts, flowers, follows, a planet, a draft.

Invented, like all of the demo. Done by the same actions as people's own deeds, so that news and search hear of it.
"""

import json
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from lomwong.communities.models import Audience, Community
from lomwong.demo.content import FILES
from lomwong.people.models import Person
from lomwong.posts.actions import reply, write_post
from lomwong.posts.actions.belonging import begin_series, open_blog
from lomwong.posts.drafts.actions import Typed, post_once, save_draft
from lomwong.posts.files.drafts import attach_to_draft, set_alts
from lomwong.posts.files.shelf import keep
from lomwong.posts.following.actions import follow
from lomwong.posts.following.targets import Target
from lomwong.posts.models import Blog, Draft, Kind, Planet, Post, Series
from lomwong.posts.planets.actions import add_keeper, add_source, make_planet
from lomwong.posts.warmth.actions import give_flower

SEED = "2549 stories"
CIRCLE = "พัสดุไม่ค้างปี"
TAG = "เงินยืม"
PICTURE = "folder-walk.png"
THANKED = 160  # posts


def tell_stories(email_of: dict[str, str]) -> None:
    """`email_of`: ids of people in stories.json → addresses. Done before, it does nothing."""
    told = json.loads((Path(__file__).parent / "stories.json").read_text(encoding="utf-8"))
    people = {id: Person.objects.get(email=email) for id, email in email_of.items()}
    if Series.objects.filter(name=told["series"]["name"]).exists():
        return
    with transaction.atomic():
        blogs = {
            blog["name"]: open_blog(
                blog["name"], by=people[blog["owner"]], about=blog["about"], licence=blog["licence"]
            )
            for blog in told["blogs"]
        }
        series, parts = tell_parts(told, people, blogs)
        talk_below(told, people, parts)
        thank(told["words"], people, parts)
        gather(told["planet"], people, series, blogs)
        save_draft("0" * 32, typed(told["draft"]), by=people[told["draft"]["author"]], kind=Kind.STORY)


def days_ago(days: int, *, hours: int = 0) -> datetime:
    return timezone.now() - timedelta(days=days, hours=3 - hours)


def tell_parts(told: dict[str, Any], people: dict[str, Person], blogs: dict[str, Blog]) -> tuple[Series, list[Post]]:
    plan = told["series"]
    writer, circle = people[plan["owner"]], Community.objects.get(name=CIRCLE)
    series = begin_series(plan["name"], by=writer)
    Series.objects.filter(pk=series.pk).update(about=plan["about"], is_finished=True)
    parts = []
    for number, part in enumerate(told["parts"], start=1):

        def write(draft: Draft | None, part: dict[str, Any] = part) -> Post:
            return write_post(
                kind=Kind.STORY,
                by=writer,
                title=part["title"],
                text=with_picture(part, draft),
                communities=[circle],
                tags=[TAG, "ตรวจรับ"],
                draft=draft,
                at=days_ago(part["days_ago"]),
                blog=blogs[plan["blog"]],
                series=series,
                is_continued=part["is_continued"],
            )

        parts.append(post_once(f"{number:032}", write, by=writer, kind=Kind.STORY))
    return series, parts


def with_picture(part: dict[str, Any], draft: Draft | None) -> str:
    """The words, with the number of the picture that came to lie with the draft."""
    text: str = part["text"]
    if not part.get("picture") or draft is None:
        return text
    with (FILES / PICTURE).open("rb") as stream:
        (file,) = attach_to_draft(draft, [keep(stream, PICTURE)])
    set_alts({file.pk: text.partition("![")[2].partition("]")[0]}, [file])
    return text.replace("(picture)", f"(file:{file.pk})")


def talk_below(told: dict[str, Any], people: dict[str, Person], parts: list[Post]) -> None:
    for nth, said in enumerate(told["comments"]):
        story = parts[said["part"]]
        at = story.created_at + timedelta(hours=2 + nth)
        reply(story, kind=Kind.COMMENT, by=people[said["author"]], text=said["text"], at=at)
    for entry in told["journal"]:
        at = days_ago(entry["days_ago"], hours=1)
        write_post(
            kind=Kind.JOURNAL, by=people[entry["author"]], text=entry["text"], audience=Audience.ORGANISATION, at=at
        )


def thank(words: list[str], people: dict[str, Person], parts: list[Post]) -> None:
    """Flowers from those who sit in the same circle, some with a word."""
    chance = Random(SEED)
    lately = Post.objects.filter(communities__isnull=False, author__isnull=False).order_by("-number").distinct()
    for post in [*parts, *lately[:THANKED]]:
        seated = list(Person.objects.filter(memberships__community__posts=post).exclude(pk=post.author_id).distinct())
        for giver in chance.sample(seated, min(len(seated), chance.randrange(4))):
            give_flower(post, by=giver, word=chance.choice(words) if chance.random() < 0.3 else "")
    for id in ("urai.sisuwan", "martin.hale", "chokchai.rattanaphan"):
        give_flower(parts[1], by=people[id], word=words[0] if id == "urai.sisuwan" else "")


def gather(plan: dict[str, Any], people: dict[str, Person], series: Series, blogs: dict[str, Blog]) -> None:
    """A planet of two, and what the personnel officer follows."""
    first, *others = (people[id] for id in plan["keepers"])
    planet: Planet = make_planet(name=plan["name"], about=plan["about"], by=first, audience=Audience.ORGANISATION)
    for other in others:
        add_keeper(planet, other)
    circle = Community.objects.get(name=CIRCLE)
    sources: list[Target] = [*blogs.values(), circle]
    for source in sources:
        add_source(planet, source)
    targets: list[Target] = [people["wanna.kaewmani"], series, circle]
    for target in targets:
        follow(target, by=first)


def typed(draft: dict[str, str]) -> Typed:
    return Typed(text=draft["text"], title=draft["title"])
