"""What is near somebody: where they sit, what they follow, who does the same work, the yard; what is new since their
last visit; questions they may be able to help with."""

import time
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache, cached_property
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.utils import timezone

from lomwong.communities.models import Membership
from lomwong.kit.dates import ago
from lomwong.kit.exists import ExistsSql, WordsSql
from lomwong.kit.fragments import FRAGMENTS
from lomwong.kit.prepared import MOMENTS, STAND_INS, Prepared, loaded
from lomwong.people.models import JobFunction, Person, Viewer
from lomwong.people.prepared import ON_A_LINE, VIEWER, ForEach, on_a_line
from lomwong.posts.following.targets import FOR, MODELS, Targets, gathered, listed_from, stand_ins
from lomwong.posts.listing import Listing, Threads
from lomwong.posts.models import Follow, Post, PostQuerySet, Visit
from lomwong.posts.queries import LAST_TOUCHED_FIRST, unanswered

LIVELY = timedelta(days=180)  # what was touched longer ago is no longer alive; of older questions the asker has gone
NOTED_EVERY = timedelta(minutes=30)
PAUSE = timedelta(hours=1)  # who comes back after it is here anew
QUESTIONS_SHOWN = 3
MOST_WAITING = 200
SECONDS = 60
ON_A_QUESTION = (
    *("number", "title", "excerpt", "created_at", "is_unnamed", "author_id"),
    *(f"author__{name}" for name in ON_A_LINE[1:]),
)

SAME_JOB = "SELECT 1 FROM people_person_job_functions sj WHERE sj.person_id = {{0}} AND sj.jobfunction_id IN ({})"
SHARED_TAG = (
    "SELECT st.name FROM posts_tag st INNER JOIN posts_post_tags sp ON sp.tag_id = st.id"
    " WHERE sp.post_id = {{0}} AND sp.tag_id IN ({}) ORDER BY st.id LIMIT 1"
)
OWN_CIRCLE = (
    "SELECT oc.name FROM communities_community oc INNER JOIN posts_placement op ON op.community_id = oc.id"
    " WHERE op.post_id = {{0}} AND op.community_id IN ({}) ORDER BY oc.id LIMIT 1"
)
# While only the SQL is made, each of these stands for all: people who do the same work, tags, circles, questions.
JOB, TAG, CIRCLE, WAITING = STAND_INS[len(FOR) + 1 : len(FOR) + 5]
SINCE = MOMENTS[0]


def ties() -> QuerySet[Any, Any]:
    """Seats, work, and what one follows; each as its kind and number."""
    seats = Membership.objects.seated().filter(person=VIEWER).order_by()
    jobs = Person.job_functions.through.objects.filter(person=VIEWER).order_by()
    follows = [
        Follow.objects.filter(follower=VIEWER, **{f"{kind}__isnull": False})
        .order_by()
        .values_list(Value(kind), f"{kind}_id")
        for kind in MODELS
    ]
    return seats.values_list(Value("seat"), "community_id").union(
        jobs.values_list(Value("job"), "jobfunction_id"),
        *follows,
        all=True,
    )


def written() -> QuerySet[Any, Any]:
    tags = Post.tags.through.objects.filter(post__author=VIEWER, post__parent__isnull=True)
    return tags.order_by().values_list("tag_id").distinct()


TIES = Prepared(ties)
WRITTEN = Prepared(written)
JOBS = Prepared(lambda: JobFunction.objects.filter(pk__in=[JOB]).values_list("pk", "slug", "name", "name_en"))


@dataclass
class Nearness:
    """Where somebody stands in the house; asked in one query, when it is needed."""

    viewer: Viewer

    @cached_property
    def ties(self) -> dict[str, frozenset[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        if self.viewer.pk is not None:
            for kind, pk in TIES.rows({VIEWER: self.viewer.pk}):
                found[kind].add(pk)
        return {kind: frozenset(pks) for kind, pks in found.items()}

    @property
    def circles(self) -> frozenset[int]:
        return self.ties.get("seat", frozenset())

    @property
    def follows(self) -> Targets:
        return Targets(**{kind: self.ties.get(kind, frozenset()) for kind in MODELS})

    @property
    def own_tags(self) -> list[int]:
        """What the viewer has begun to talk about: looked up every few minutes, for some wrote a thousand entries."""

        def look() -> str:
            return " ".join(str(pk) for (pk,) in WRITTEN.rows({VIEWER: self.viewer.pk}))

        if self.viewer.pk is None:
            return []
        return [int(pk) for pk in FRAGMENTS.get(("own-tags", self.viewer.pk), look).split()]

    @cached_property
    def jobs(self) -> list[JobFunction]:
        pks = self.ties.get("job")
        names = ("pk", "slug", "name", "name_en")
        return [JobFunction(**dict(zip(names, row, strict=True))) for row in JOBS.rows({JOB: pks})] if pks else []

    def threads(self) -> Listing:
        """What was touched lately near the viewer; their own words too, for others have answered them."""
        follows, jobs = self.follows, self.ties.get("job", frozenset())
        targets = replace(follows, community=follows.community | self.circles)
        values: dict[Any, Any] = {FOR[kind]: getattr(targets, kind) for kind in targets.kinds}
        values |= {JOB: jobs, SINCE: timezone.now() - LIVELY}
        return Listing(near_threads(targets.kinds, has_jobs=bool(jobs)), values)

    def followed_threads(self) -> Listing:
        return listed_from(self.follows)


@cache
def near_threads(kinds: frozenset[str], *, has_jobs: bool) -> Threads:
    """Only what there is to look for is looked for."""

    def build() -> PostQuerySet:
        near = gathered(stand_ins(kinds)) | in_the_yard() | Q(author=VIEWER)
        if has_jobs:
            near |= Q(same_job())
        return Post.objects.filter(near, lifted_at__gt=SINCE)

    return Threads(build)


def same_job() -> ExistsSql:
    """Whether the author does the same work."""
    return ExistsSql(SAME_JOB.format("%s"), F("author"), params=[JOB])


def in_the_yard() -> Q:
    """Threads that lie in no circle: the yard is everybody's."""
    return ~Q(ExistsSql("SELECT 1 FROM posts_placement yp WHERE yp.post_id = {0}", F("pk")))


def yard() -> PostQuerySet:
    return Post.objects.filter(in_the_yard())


YARD = Listing(Threads(yard))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question nobody has answered, and why just this reader sees it: a tag, a circle, the work; or no reason."""

    post: Post
    tag: str | None = None
    circle: str | None = None
    is_same_job: bool = False

    @property
    def has_reason(self) -> bool:
        return bool(self.tag or self.circle or self.is_same_job)

    @property
    def key(self) -> tuple[object, ...]:
        """All that is shown of it."""
        post, author = self.post, self.post.author
        who = (author.name, author.unit.label if author.unit else "") if author else (post.is_unnamed,)
        return (post.number, post.label, ago(post.created_at), who, self.tag, self.circle, self.is_same_job)


def could_help(near: Nearness) -> list[Asked]:
    """Three questions without an answer: rather those near the viewer, each with its reason, else the newest.

    Near is: tagged with what they have written about, asked in their circle, asked by somebody who does the same work.
    """
    waiting = waiting_lately()
    if not waiting:
        return []
    ties = near.ties
    of = {JOB: ties.get("job", ()), TAG: near.own_tags, CIRCLE: sorted(near.circles)}
    rows = WITH_REASONS.rows(near.viewer, {WAITING: waiting, **of})
    chosen = [row for row in rows if any(row[1:])] or rows
    shown = chosen[:QUESTIONS_SHOWN]
    posts = {row[0]: question(*row) for row in QUESTIONS.rows({WAITING: [row[0] for row in shown]})} if shown else {}
    return [Asked(posts[number], *reasons) for number, *reasons in shown if number in posts]


def question(
    number: int, title: str, excerpt: str, created_at: datetime, is_unnamed: bool, author: int | None, *of: Any
) -> Post:
    """As much of it as is shown."""
    columns = {"number": number, "title": title, "excerpt": excerpt, "created_at": created_at, "author_id": author}
    post = loaded(Post, **columns, is_unnamed=is_unnamed, root_id=None)
    post.author = on_a_line(author, *of) if author else None
    return post


def waiting_lately() -> list[int]:
    """Questions without an answer, whoever may read them: looked for once a minute, since most are answered."""

    def look() -> str:
        asked = unanswered().shown().threads().filter(lifted_at__gt=timezone.now() - LIVELY)
        numbers = asked.order_by(*LAST_TOUCHED_FIRST).values_list("number", flat=True)
        return " ".join(map(str, numbers[:MOST_WAITING]))

    kept = FRAGMENTS.get(("waiting", int(time.monotonic() / SECONDS)), look)
    return [int(number) for number in kept.split()]


def with_reasons(viewer: Viewer) -> QuerySet[Post, Any]:
    """Number, tag, circle, whether it is the same work."""
    waiting = unanswered().filter(pk__in=[WAITING]).visible_to(viewer).order_by(*LAST_TOUCHED_FIRST)
    if viewer.pk is None:
        return waiting.values_list("number")
    return waiting.exclude(Q(author=viewer.pk) | Q(envelope__author=viewer.pk)).values_list(
        "number",
        WordsSql(SHARED_TAG.format("%s"), F("pk"), params=[TAG]),
        WordsSql(OWN_CIRCLE.format("%s"), F("pk"), params=[CIRCLE]),
        same_job(),
    )


WITH_REASONS = ForEach(with_reasons)
QUESTIONS = Prepared(lambda: Post.objects.filter(pk__in=[WAITING]).order_by().values_list(*ON_A_QUESTION))
VISIT = Prepared(lambda: Visit.objects.filter(person=VIEWER).order_by().values_list("seen_at", "before_at"))


def last_visit(viewer: Viewer) -> datetime | None:
    """When the viewer's visit before this one ended; None on the first. Notes this one, at most every half hour."""
    if viewer.pk is None:
        return None
    now = timezone.now()
    rows = VISIT.rows({VIEWER: viewer.pk})
    visit = Visit(person_id=viewer.pk, seen_at=rows[0][0], before_at=rows[0][1]) if rows else None
    if visit is None:
        Visit.objects.bulk_create([Visit(person_id=viewer.pk, seen_at=now, before_at=now)], ignore_conflicts=True)
        return None
    passed = now - visit.seen_at
    if passed >= PAUSE:
        Visit.objects.filter(pk=viewer.pk).update(seen_at=now, before_at=F("seen_at"))
        return visit.seen_at
    if passed >= NOTED_EVERY:
        Visit.objects.filter(pk=viewer.pk).update(seen_at=now)
    is_first = visit.before_at >= visit.seen_at
    return None if is_first else visit.before_at
