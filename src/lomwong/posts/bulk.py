"""Put many old posts in at once: what the imports use. Faster than one by one, with the same outcome."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from django.db import connection, transaction
from django.db.models import Count, Max, OuterRef, Subquery

from lomwong.activity.actions import record_many
from lomwong.activity.models import Event, Verb
from lomwong.communities.models import Audience, Community
from lomwong.posts.actions import ACCEPTED_WEIGHT, HELP_WEIGHT, tag_key, tags_by_key
from lomwong.posts.models import REPLY_KINDS, Kind, Markup, Placement, Post, State
from lomwong.posts.rendering import render_post

BATCH = 1000
PART = 500  # values in one query

Item = TypeVar("Item")


@dataclass(slots=True)
class OldPost:
    """A post as an import knows it. `parent` is the source id of another post of the same source, known or to come.

    A reply lies where its thread lies: its own `community_ids` and `audience` count only when its parent never comes.
    `audience` None without communities: only its author reads it.
    """

    source_id: str
    kind: str
    author_id: int | None
    created_at: datetime
    text: str
    title: str = ""
    markup: str = Markup.MARKDOWN
    html: str | None = None  # already rendered and cleaned, where the import has its own way
    parent: str | None = None
    edited_at: datetime | None = None
    audience: str | None = Audience.ORGANISATION
    community_ids: Sequence[int] = ()
    tags: Sequence[str] = ()
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Written:
    """What a BulkWriter did. `orphans`: source ids of replies whose parent never came; each begins a thread."""

    new: int = 0
    known: int = 0
    orphans: list[str] = field(default_factory=list)


class Known(NamedTuple):
    """As much of a post as hanging another one below it takes."""

    number: int
    root_number: int
    author_id: int | None
    audience: str | None


class BulkWriter:
    """`with BulkWriter("mail") as writer: writer.add(...)`, inside the import's own transaction.

    Posts whose source id is known already are left as they are. A post may come before its parent: it is hung below it
    when the writer closes. Memory does not grow with the number of posts, only with those still waiting for a parent.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.written = Written()
        self._batch: list[OldPost] = []
        self._waiting: dict[int, str] = {}
        self._accepted: list[tuple[str, str]] = []

    def __enter__(self) -> "BulkWriter":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.close()

    def add(self, post: OldPost) -> None:
        self._batch.append(post)
        if len(self._batch) >= BATCH:
            self._flush()

    def accept(self, question: str, answer: str) -> None:
        """The asker took `answer`; both are source ids, and may still be to come."""
        self._accepted.append((question, answer))

    def close(self) -> None:
        self._flush()
        self._hang_waiting()
        for part in parts(self._accepted):
            self._note_accepted(part)
        self._accepted.clear()

    @transaction.atomic
    def _flush(self) -> None:
        batch, self._batch = self._batch, []
        known = self._known({post.source_id for post in batch} | {post.parent for post in batch if post.parent})
        fresh: dict[str, OldPost] = {}
        for post in batch:
            if post.source_id in known or post.source_id in fresh:
                self.written.known += 1
            else:
                fresh[post.source_id] = post
        posts = list(fresh.values())
        rows = self._rows(posts, known)
        Post.objects.bulk_create(rows, batch_size=PART)
        lay_out(rows, posts)
        authors = {each.number: each.author_id for each in known.values()}
        record_many([event_of(row, authors) for row in rows])
        refresh_threads({row.root_id for row in rows if row.root_id})
        self.written.new += len(rows)

    def _known(self, source_ids: Iterable[str]) -> dict[str, Known]:
        found: dict[str, Known] = {}
        for part in parts(list(source_ids)):
            rows = Post.objects.filter(source=self.source, source_id__in=part).order_by()
            for source_id, number, root, author, audience in rows.values_list(
                "source_id", "number", "root_id", "author_id", "audience"
            ):
                found[source_id or ""] = Known(number, root or number, author, audience)
        return found

    def _rows(self, posts: list[OldPost], known: dict[str, Known]) -> list[Post]:
        rows = []
        for number, old in zip(next_numbers(len(posts)), posts, strict=True):
            parent = known.get(old.parent) if old.parent else None
            if old.parent and parent is None:
                self._waiting[number] = old.parent
            row = post_from(old, number=number, parent=parent, source=self.source)
            known[old.source_id] = Known(number, row.root_id or number, row.author_id, row.audience)
            rows.append(row)
        return rows

    def _hang_waiting(self) -> None:
        """Posts that came before their parent, or whose parent never came."""
        parents = self._known(set(self._waiting.values()))
        links = {number: parents[parent] for number, parent in self._waiting.items() if parent in parents}
        roots = roots_above(links)
        hang_below({number: links[number] for number in roots}, roots)
        self._release([number for number in self._waiting if number not in roots])
        self._waiting.clear()

    def _release(self, numbers: Sequence[int]) -> None:
        """Their parent never came, or they close a ring of parents: each begins a thread, and a thread is no reply."""
        for part in parts(numbers):
            orphans = Post.objects.filter(number__in=part)
            self.written.orphans += [source_id or "" for source_id in orphans.values_list("source_id", flat=True)]
            orphans.filter(kind__in=REPLY_KINDS).update(kind=Kind.STORY)

    def _note_accepted(self, pairs: Sequence[tuple[str, str]]) -> None:
        found = self._known({one for pair in pairs for one in pair})
        # Of one thread only, and the first of two answers to one question.
        answer_to: dict[int, tuple[Known, Known]] = {}
        settled = self._settled([known.number for known in found.values()])
        for question, answer in ((found.get(one), found.get(other)) for one, other in pairs):
            if answer and answer.number in settled:
                continue
            if question and answer and question.number == answer.root_number != answer.number:
                answer_to.setdefault(question.number, (question, answer))
        is_open = Post.objects.filter(number__in=answer_to, accepted_answer__isnull=True)
        taken = [answer_to[number] for number in is_open.order_by("number").values_list("number", flat=True)]
        many(
            "UPDATE posts_post SET accepted_answer_id = %s, version = version + 1 WHERE number = %s",
            [(answer.number, question.number) for question, answer in taken],
        )
        times = dict(Post.objects.filter(number__in=[a.number for _, a in taken]).values_list("number", "created_at"))
        record_many([accepted_event(question, answer, times[answer.number]) for question, answer in taken])

    def _settled(self, numbers: Sequence[int]) -> set[int]:
        """Accepted once already, whatever the asker said since; or hidden, or taken back."""
        accepted = Event.objects.filter(verb=Verb.ACCEPTED, post_number__in=numbers)
        gone = Post.objects.filter(pk__in=numbers).exclude(state=State.SHOWN)
        settled = {*accepted.values_list("post_number", flat=True), *gone.values_list("pk", flat=True)}
        return {number for number in settled if number is not None}


def parts(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), PART):
        yield items[start : start + PART]


def many(statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """One statement for many rows: several times faster than `bulk_update`, which builds a CASE of all of them."""
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)


def stored(at: datetime) -> Any:
    """A time as this database's driver takes it."""
    return connection.ops.adapt_datetimefield_value(at)


def next_numbers(count: int) -> list[int]:
    """Record numbers that nobody else will get. Call inside a transaction."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence('posts_post', 'number')) FROM generate_series(1, %s)",
                [count],
            )
            return [row[0] for row in cursor.fetchall()]
        # IMMEDIATE transactions: we are the only writer until the end of this one.
        cursor.execute("SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = 'posts_post'")
        last: int = cursor.fetchone()[0]
        return list(range(last + 1, last + count + 1))


def post_from(old: OldPost, *, number: int, parent: Known | None, source: str) -> Post:
    rendered = render_post(old.text, old.markup, html=old.html)
    own_audience = None if old.community_ids else old.audience
    return Post(
        number=number,
        kind=old.kind,
        author_id=old.author_id,
        parent_id=parent.number if parent else None,
        root_id=parent.root_number if parent else None,
        title=old.title[:300],
        text=old.text,
        markup=old.markup,
        html=rendered.html,
        excerpt=rendered.excerpt,
        audience=parent.audience if parent else own_audience,
        created_at=old.created_at,
        edited_at=old.edited_at,
        lifted_at=old.created_at,
        source=source,
        source_id=old.source_id,
        extra=old.extra,
    )


def lay_out(rows: Sequence[Post], posts: Sequence[OldPost]) -> None:
    """Communities and tags of freshly made rows. A reply gets the communities of its thread."""
    pairs = list(zip(rows, posts, strict=True))
    places = {row.number: set(old.community_ids) for row, old in pairs if row.root_id is None}
    known_roots = {row.root_id for row in rows if row.root_id} - set(places)
    for root, community in Placement.objects.filter(post__in=known_roots).values_list("post_id", "community_id"):
        places.setdefault(root, set()).add(community)
    Placement.objects.bulk_create(
        [
            Placement(post_id=row.number, community_id=pk)
            for row in rows
            for pk in sorted(places.get(row.root_id or row.number, ()))
        ],
        batch_size=PART,
    )
    tags = tags_by_key(name for old in posts for name in old.tags)
    links = Post.tags.through
    links.objects.bulk_create(
        [
            links(post_id=row.number, tag_id=tag_id)
            for row, old in pairs
            for tag_id in sorted({tags[key].pk for key in map(tag_key, old.tags) if key in tags})
        ],
        batch_size=PART,
    )


def weight_of(kind: str) -> float:
    """How much a reply of this kind counts as help; what an archive calls a story counts as a comment there."""
    return HELP_WEIGHT.get(Kind(kind), HELP_WEIGHT[Kind.COMMENT])


def event_of(row: Post, authors: Mapping[int, int | None]) -> Event:
    return Event(
        verb=Verb.REPLIED if row.parent_id else Verb.POSTED,
        actor_id=row.author_id,
        target_id=authors[row.parent_id] if row.parent_id else None,
        post_number=row.number,
        weight=weight_of(row.kind) if row.parent_id else 1.0,
        at=row.created_at,
    )


def accepted_event(question: Known, answer: Known, at: datetime) -> Event:
    return Event(
        verb=Verb.ACCEPTED,
        actor_id=question.author_id,
        target_id=answer.author_id,
        post_number=answer.number,
        weight=ACCEPTED_WEIGHT,
        at=at,
    )


def roots_above(links: Mapping[int, Known]) -> dict[int, int]:
    """{post: first post of the thread it comes to lie in}, without those whose link would close a ring."""
    roots: dict[int, int] = {}
    cut: set[int] = set()
    for number in links:
        climbed: dict[int, None] = {}
        at = number
        while at in links and not (at in roots or at in cut or at in climbed):
            climbed[at] = None
            at = links[at].root_number
        if at in climbed:  # whoever closes the ring stays a first post, and the others lie below
            at, _ = climbed.popitem()
            cut.add(at)
        roots.update(dict.fromkeys(climbed, roots.get(at, at)))
    return roots


def hang_below(links: Mapping[int, Known], roots: Mapping[int, int]) -> None:
    """Turn threads into branches of others: `links` gives each one's parent, `roots` the thread it comes to lie in."""
    many("UPDATE posts_post SET root_id = %s WHERE root_id = %s", [(root, number) for number, root in roots.items()])
    many(
        "UPDATE posts_post SET parent_id = %s, root_id = %s, reply_count = 0, lifted_at = created_at WHERE number = %s",
        [(links[number].number, root, number) for number, root in roots.items()],
    )
    for part in parts(list(links)):
        kinds = dict(Post.objects.filter(number__in=part).values_list("number", "kind"))
        many(  # recorded in this very transaction: no reader has seen them
            "UPDATE activity_event SET verb = %s, target_id = %s, weight = %s WHERE post_number = %s AND verb = %s",
            [
                (Verb.REPLIED.value, links[number].author_id, weight_of(kinds[number]), number, Verb.POSTED.value)
                for number in part
            ],
        )
    for part in parts(sorted(set(roots.values()))):
        follow_root(part)
    refresh_threads(set(roots.values()))


def follow_root(roots: Sequence[int]) -> None:
    """Lay the replies of these threads where the first post lies."""
    replies = Post.objects.filter(root__in=roots).order_by()
    of_root = Post.objects.filter(number=OuterRef("root_id"))
    replies.update(audience=Subquery(of_root.values("audience")[:1]))
    places: dict[int, list[int]] = {}
    for root, community in Placement.objects.filter(post__in=roots).values_list("post_id", "community_id"):
        places.setdefault(root, []).append(community)
    # Compared here: PostgreSQL, with no statistics of rows this young, takes minutes over a NOT EXISTS.
    laid = Placement.objects.filter(post__root__in=roots).values_list("pk", "post__root_id", "community_id")
    strays = [pk for pk, root, community in laid if community not in places.get(root or 0, ())]
    for part in parts(strays):
        Placement.objects.filter(pk__in=part).delete()
    pairs = replies.filter(root__in=list(places)).values_list("number", "root_id")
    Placement.objects.bulk_create(
        [Placement(post_id=number, community_id=pk) for number, root in pairs for pk in places[root or 0]],
        batch_size=PART,
        ignore_conflicts=True,
    )


def refresh_threads(roots: set[int]) -> None:
    """Bring the counters of these threads into step with their replies."""
    for part in parts(sorted(roots)):
        tallies = (
            Post.objects.shown()
            .filter(root__in=part)
            .order_by()
            .values_list("root_id")
            .annotate(replies=Count("number"), last=Max("created_at"))
        )
        started = dict(Post.objects.filter(number__in=part).values_list("number", "created_at"))
        rows = [(count, stored(max(last, started[root])), root) for root, count, last in tallies]
        many("UPDATE posts_post SET reply_count = %s, lifted_at = %s, version = version + 1 WHERE number = %s", rows)


def refresh_talk(communities: Iterable[Community]) -> None:
    """When each of these communities last talked."""
    for community in communities:
        last = Post.objects.filter(placements__community=community).aggregate(last=Max("created_at"))["last"]
        if last:
            Community.objects.filter(pk=community.pk).update(talked_at=last)
