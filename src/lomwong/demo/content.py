"""What was written by hand: one file per practice in content/, read into dataclasses."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "content"
FILES = FOLDER / "files"  # made by scripts/build_demo_files.py
CHATTER = "chatter.json"


@dataclass(frozen=True, slots=True)
class Actor:
    """One of a cast. `unit`: a unit's name; `functions`: keys of university.JOB_FUNCTIONS."""

    key: str
    name: str
    unit: str
    functions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Saying:
    """A thread's first post or a reply. `author`: key of an actor; None: anybody of the asker's own unit.

    `after_hours`: since the thread began. `months`: when in the year a thread makes sense; any when empty.
    """

    kind: str
    author: str | None
    text: str
    title: str = ""
    tags: tuple[str, ...] = ()
    after_hours: float = 0.0
    is_accepted: bool = False
    months: tuple[int, ...] = ()
    files: tuple[tuple[str, str], ...] = ()  # name in content/files/, name as its author calls it
    replies: tuple["Saying", ...] = ()

    def everything(self) -> Iterator["Saying"]:
        """This one and all below it."""
        yield self
        for reply in self.replies:
            yield from reply.everything()


@dataclass(frozen=True, slots=True)
class Circle:
    """How a practice calls itself once it has a community."""

    name: str
    purpose: str
    audience: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A newcomer's question and the actors (keys) who have shown that they know."""

    question: str
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Practice:
    """`is_latent`: its people write about the same work but each in their own unit, never to each other."""

    key: str
    circle: Circle | None
    is_latent: bool
    cast: tuple[Actor, ...]
    threads: tuple[Saying, ...]
    questions: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Opener:
    """Begins small talk. `moods`: keys of the replies that fit it; {place}, {unit}, {day} in `text` are filled in."""

    text: str
    moods: tuple[str, ...]
    months: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chatter:
    """Small talk: openers, and replies by mood."""

    openers: tuple[Opener, ...]
    replies: dict[str, tuple[str, ...]]


@cache
def practices() -> tuple[Practice, ...]:
    """All of them, by key."""
    paths = sorted(path for path in FOLDER.glob("*.json") if path.name != CHATTER)
    return tuple(_practice(json.loads(path.read_text(encoding="utf-8"))) for path in paths)


@cache
def chatter() -> Chatter:
    fields = json.loads((FOLDER / CHATTER).read_text(encoding="utf-8"))
    return Chatter(
        openers=tuple(
            Opener(one["text"], tuple(one["moods"]), tuple(one.get("months", ()))) for one in fields["openers"]
        ),
        replies={mood: tuple(texts) for mood, texts in fields["replies"].items()},
    )


def _practice(fields: dict[str, Any]) -> Practice:
    return Practice(
        key=fields["practice"],
        circle=Circle(**fields["community"]) if fields["community"] else None,
        is_latent=fields.get("is_latent", False),
        cast=tuple(Actor(one["key"], one["name"], one["unit"], tuple(one["functions"])) for one in fields["cast"]),
        threads=tuple(_saying(thread) for thread in fields["threads"]),
        questions=tuple(Asked(one["q"], tuple(one["right"])) for one in fields["questions"]),
    )


def _saying(fields: dict[str, Any]) -> Saying:
    return Saying(
        kind=fields["kind"],
        author=fields["author"],
        text=fields["text"],
        title=fields.get("title") or "",
        tags=tuple(fields.get("tags", ())),
        after_hours=fields.get("after_hours", 0.0),
        is_accepted=fields.get("accepted", False),
        months=tuple(fields.get("months", ())),
        files=tuple(fields.get("files", {}).items()),
        replies=tuple(_saying(reply) for reply in fields.get("replies", ())),
    )
