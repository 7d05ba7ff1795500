"""Builds the made-up university as a Lomwong archive. Pure: the same folder for the same seed and end.

What is planted, for discovery and the benchmarks to find:
* a practice for each file in content/: its people sit in many houses and help each other across them. Those with a
  community talk there; the others (buildings, classroom_av, finance, lab_safety, quality, visa) talk in no community
  at all, and are living circles that nobody has named yet.
* one latent practice, internship: eleven coordinators in eleven faculties write about the same work and meet the same
  trouble, but each asks at home and is answered by colleagues next door (lines without an author, which `talk` gives to
  neighbours). None of them ever writes to another.
* small talk inside each house, about as much of it as of help inside any practice: a circle found there is the
  organisation chart, and a mistake.

Beside the archive stand truth.json, {practice: [ids of people]}, those of the cast who spoke; and questions.json,
[{"q", "right": [ids], "practice"}], newcomers' questions and who has shown to know. An import does not read them.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from lomwong.demo.calendar import ZONE, working_moment
from lomwong.demo.content import FILES, Practice, chatter, practices
from lomwong.demo.smalltalk import small_talk
from lomwong.demo.staff import Person, Staff, hire
from lomwong.demo.talk import RESTING, Post, Span, posts_of
from lomwong.demo.university import CAMPUSES, HOUSES, JOB_FUNCTIONS, NAME, SOURCE
from lomwong.imports.archive.write import ArchiveWriter

SEED = 2549
DAYS = 730

ESTABLISHED = ("library_research", "outreach")
"""Communities that the organisation set up; the others came by themselves."""
STAGES = {
    "data_tools": "coalescing",
    "edocument": "maturing",
    "green": "maturing",
    "library_research": "stewardship",
    "outreach": "maturing",
    "personnel": "stewardship",
    "procurement": "maturing",
    "servers": "stewardship",
    RESTING: "resting",
    "teaching": "coalescing",
}
HOSTS = 2
LURKERS = (8, 26)


@dataclass(frozen=True, slots=True)
class Built:
    """How much of everything was written."""

    people: int
    communities: int
    posts: int


def build_university(folder: Path, *, end: datetime | None = None, seed: int = SEED) -> Built:
    """Write the archive, truth.json and questions.json into `folder`; nothing in it happens after `end` (default: now).

    Raises FileExistsError when the folder holds an archive already, OSError when it cannot be written.
    """
    end = (end or datetime.now(ZONE)).astimezone(ZONE).replace(microsecond=0)
    span = Span(end - timedelta(days=DAYS), end)
    staff = hire(practices(), Random(f"{seed} staff"))
    posts = _all_posts(staff, span, str(seed))
    circles = [practice for practice in practices() if practice.circle]
    with ArchiveWriter(folder, SOURCE, NAME, created=end) as archive:
        for unit in _units():
            archive.unit(unit)
        for person in staff.people:
            archive.person(_person(person))
        for practice in circles:
            archive.community(_community(practice, staff, posts, Random(f"{seed} circle {practice.key}")))
        for post in posts:
            archive.post(_post(post))
            for place, _ in post.files:
                archive.file(place, (FILES / place).read_bytes())
        _write_json(folder / "truth.json", _truth(staff, posts))
        _write_json(folder / "questions.json", _questions(staff))
    return Built(len(staff.people), len(circles), len(posts))


def _all_posts(staff: Staff, span: Span, seed: str) -> list[Post]:
    """In the order of time, so that record numbers are too."""
    posts = [*small_talk(chatter(), staff, span, seed)]
    for practice in practices():
        posts.extend(posts_of(practice, staff, span, seed))
    return sorted(posts, key=lambda post: (post.created, post.id))


def _units() -> list[dict[str, Any]]:
    campuses = [{"id": one.id, "name": one.name, "name_en": one.name_en, "is_campus": True} for one in CAMPUSES]
    houses = [{"id": one.id, "name": one.name, "name_en": one.name_en, "parent": one.campus} for one in HOUSES]
    return [*campuses, *houses]


def _person(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "email": person.email,
        "unit": person.house,
        "job_functions": [JOB_FUNCTIONS[function] for function in person.functions],
        "about": person.about,
    }


def _community(practice: Practice, staff: Staff, posts: Sequence[Post], chance: Random) -> dict[str, Any]:
    assert practice.circle
    talk = [post for post in posts if post.circle == practice.key]
    speakers = Counter(post.author.id for post in talk)
    opened = working_moment((talk[0].created - timedelta(days=chance.randrange(4, 15))).date(), chance)
    return {
        "id": practice.key,
        "name": practice.circle.name,
        "purpose": practice.circle.purpose,
        "audience": practice.circle.audience,
        "origin": "established" if practice.key in ESTABLISHED else "natural",
        "stage": STAGES[practice.key],
        "created": min(opened, talk[0].created),
        "members": [*speakers, *_lurkers(practice, staff, set(speakers), chance)],
        "hosts": [id for id, _ in speakers.most_common(HOSTS)],
    }


def _lurkers(practice: Practice, staff: Staff, speakers: set[str], chance: Random) -> list[str]:
    """People who only read, most of them of the trade that is the commonest in the cast."""
    trade = Counter(actor.functions[0] for actor in practice.cast).most_common(1)[0][0]
    others = [person for person in staff.people if person.id not in speakers and not person.is_cast]
    weights = [6.0 if trade in person.functions else 1.0 for person in others]
    drawn = chance.choices(others, weights, k=chance.randrange(*LURKERS))
    return list(dict.fromkeys(person.id for person in drawn))


def _post(post: Post) -> dict[str, Any]:
    record = {
        "id": post.id,
        "kind": post.kind,
        "parent": post.parent,
        "author": post.author.id,
        "created": post.created,
        "title": post.title,
        "text": post.text,
        "tags": post.tags,
        "communities": [post.circle] if post.circle else [],
        "audience": post.audience,
        "accepted": post.is_accepted,
        "files": [{"path": place, "name": name} for place, name in post.files],
    }
    return {name: value for name, value in record.items() if value}


def _truth(staff: Staff, posts: Sequence[Post]) -> dict[str, list[str]]:
    speakers = {post.author.id for post in posts if not post.id.startswith("talk-")}
    truth: dict[str, list[str]] = {}
    for (practice, _), person in staff.playing.items():
        if person.id in speakers:
            truth.setdefault(practice, []).append(person.id)
    return {practice: sorted(people) for practice, people in sorted(truth.items())}


def _questions(staff: Staff) -> list[dict[str, Any]]:
    return [
        {
            "q": asked.question,
            "right": [staff.playing[practice.key, key].id for key in asked.right],
            "practice": practice.key,
        }
        for practice in practices()
        for asked in practice.questions
    ]


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
