"""An invented house of any size: short posts made of public sentences, in the tables as if people had written them.

The same `posts` gives the same house. In threads of five; most lie in circles, of ten one is closed, one for the world.
"""

import html
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from benchmarks.search import public

PEOPLE, CIRCLES, THREAD = 5_000, 200, 5
OUTSIDE_EVERY = 4  # threads: such lie in no circle, for everyone in the house
BATCH = 5_000
OPENED, DAYS = datetime(2012, 1, 1, tzinfo=UTC), 5_000
COLLEAGUE = 11  # who asks: a person with seats in two of the closed circles


@dataclass(frozen=True, slots=True)
class Written:
    """A post as it is put in; `pieces` of sentences make its text, `title` only where it begins a thread."""

    place: int
    title: str
    pieces: tuple[str, ...]
    circle: int | None
    author: int
    at: datetime

    @property
    def text(self) -> str:
        return " ".join(self.pieces)


def sentences() -> list[list[str]]:
    """Of each public text, its pieces between blanks that say something."""
    texts, _ = public.thai()
    cut = [[piece for piece in text.split() if 12 < len(piece) < 200] for text in texts]
    return [pieces for pieces in cut if len(pieces) > 3]


def written(posts: int, said: Sequence[Sequence[str]] | None = None) -> Iterator[Written]:
    """A comment is a neighbourhood of one text with now and then a piece of another; about 150 characters."""
    texts = said or sentences()
    chance = random.Random(posts)
    circle: int | None = None
    for place in range(posts):
        begins = place % THREAD == 0
        if begins:
            circle = chance.randrange(CIRCLES) if (place // THREAD) % OUTSIDE_EVERY else None
        source = chance.choice(texts)
        start = chance.randrange(len(source))
        pieces = list(source[start : start + chance.randint(1, 4)])
        pieces += [chance.choice(chance.choice(texts)) for _ in range(chance.randint(0, 2))]
        title = chance.choice(source)[:120] if begins else ""
        at = OPENED + timedelta(days=DAYS * place / posts)
        yield Written(place, title, tuple(pieces), circle, chance.randrange(PEOPLE), at)


def terms(
    cut: Callable[[str], list[str]], posts: int, said: Sequence[Sequence[str]] | None = None
) -> Iterator[list[str]]:
    """The words of each post in turn. Blanks part words, so each piece is cut only once."""
    known: dict[str, list[str]] = {}

    def of(piece: str) -> list[str]:
        if piece not in known:
            known[piece] = cut(piece)
        return known[piece]

    for post in written(posts, said):
        yield [term for piece in ((post.title, *post.pieces) if post.title else post.pieces) for term in of(piece)]


def fill(posts: int, progress: Callable[[int], None], said: Sequence[Sequence[str]] | None = None) -> None:
    """Into empty tables, past all actions, as no import could be so fast; the ledger says that all is new."""
    from django.db import transaction

    with transaction.atomic():
        people, circles = settle()
        done = 0
        stream = written(posts, said)
        while batch := list(islice(stream, BATCH)):
            put_in(batch, people, circles)
            done += len(batch)
            progress(done)


def settle() -> tuple[list[int], list[int]]:
    """People and circles; gives their numbers."""
    from lomwong.communities.models import Audience, Community, Membership
    from lomwong.people.models import Person

    people = Person.objects.bulk_create(
        [Person(name=f"คนที่ {at}", sort_key=f"{at:05}", email=f"u{at}@bench.example") for at in range(PEOPLE)]
    )
    audiences = {0: Audience.MEMBERS, 5: Audience.PUBLIC}
    circles = Community.objects.bulk_create(
        [
            Community(
                name=f"วงที่ {at}",
                slug=f"c{at}",
                sort_key=f"{at:05}",
                audience=audiences.get(at % 10, Audience.ORGANISATION),
                created_at=OPENED,
            )
            for at in range(CIRCLES)
        ]
    )
    seats = [(people[COLLEAGUE], circles[at]) for at in (0, 1, 2, 10)]
    Membership.objects.bulk_create(
        [Membership(person=person, community=circle, joined_at=OPENED) for person, circle in seats]
    )
    return [person.pk for person in people], [circle.pk for circle in circles]


def put_in(batch: Sequence[Written], people: Sequence[int], circles: Sequence[int]) -> None:
    from lomwong.activity.models import Event
    from lomwong.posts.models import Placement, Post

    insert(Post, POST_COLUMNS, (row_of(one, people) for one in batch))
    placed = ((number_of(one.place), circles[one.circle]) for one in batch if one.circle is not None)
    insert(Placement, ("post_id", "community_id"), placed)
    events = (
        ("replied" if root_of(one) else "posted", people[one.author], number_of(one.place), one.at) for one in batch
    )
    insert(Event, ("verb", "actor_id", "post_number", "at"), events)


def number_of(place: int) -> int:
    """Thread and reply are known without asking the database."""
    return place + 1


def root_of(one: Written) -> int | None:
    begin = one.place % THREAD
    return number_of(one.place - begin) if begin else None


POST_COLUMNS = (
    *("number", "kind", "author_id", "parent_id", "root_id", "title", "text", "html", "excerpt", "audience"),
    *("created_at", "lifted_at", "reply_count"),
)


def row_of(one: Written, people: Sequence[int]) -> tuple[Any, ...]:
    root = root_of(one)
    text = one.text
    kind, replies = ("answer", 0) if root else ("question", THREAD - 1)
    audience = "organisation" if one.circle is None else None
    shown = f"<p>{html.escape(text)}</p>"
    thread = (number_of(one.place), kind, people[one.author], root, root)
    return (*thread, one.title, text, shown, text[:300], audience, one.at, one.at, replies)


def insert(model: Any, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """One statement for all rows, the other columns by their defaults: ten times as fast as `bulk_create`."""
    from django.db import connection

    others = [field for field in model._meta.concrete_fields if field.attname not in columns and not field.primary_key]
    defaults = tuple(field.get_db_prep_save(field.get_default(), connection) for field in others)
    names = [*columns, *(field.attname for field in others)]
    stored = connection.ops.adapt_datetimefield_value
    every = ((*(stored(value) if isinstance(value, datetime) else value for value in row), *defaults) for row in rows)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {model._meta.db_table} ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))})", every
        )


def move_on(posts: int) -> None:
    """PostgreSQL gives the next number from a sequence, which has not seen ours."""
    from django.core.management.color import no_style
    from django.db import connection

    from lomwong.posts.models import Post

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Post]):
            cursor.execute(statement)


def colleague() -> Any:
    from lomwong.people.models import Person

    return Person.objects.get(email=f"u{COLLEAGUE}@bench.example")
