"""Writes saved GotoKnow entries down as stories, with their comments below them."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from lomwong.communities.models import Audience
from lomwong.imports.circles import community_named, seat_writers
from lomwong.imports.page.parse import Page, PageComment, read_page
from lomwong.imports.problems import Problem
from lomwong.imports.report import Report
from lomwong.imports.whole import Progress, reading, unseen
from lomwong.people.actions import Identifier, Named
from lomwong.posts.bulk import BulkWriter, OldPost, refresh_talk
from lomwong.posts.models import Kind, Markup, Post

SOURCE = "gotoknow"


@transaction.atomic
def load_pages(
    paths: Sequence[Path],
    *,
    community: str | None = None,
    audience: str | None = None,
    progress: Progress = unseen,
) -> Report:
    """One story for each file; `audience` says who reads it, or who reads the circle when that is made here.

    A comment whose time is not known gets that of its entry; an entry whose time is not known, that of its file.
    Raises `UnreadableFile` or `Refusal`; then nothing may be kept of what was written.
    """
    loader = Loader(audience or Audience.ORGANISATION)
    before: int = Post.objects.order_by("-number").values_list("number", flat=True).first() or 0
    circle = None
    with BulkWriter(SOURCE) as writer:
        for path in progress(paths, label=_("Reading"), total=len(paths)):
            page, saved_at = read_file(path)
            if community and circle is None:
                circle = community_named(community, audience=audience, at=page.written_at or saved_at)
            for problem in page.problems:
                loader.report.note(Problem(path.name, problem.reason, problem.detail))
            for post in loader.posts(page, saved_at, [circle.pk] if circle else []):
                writer.add(post)
    if circle:
        seat_writers(circle, after=before)
        refresh_talk([circle])
    return loader.report


def read_file(path: Path) -> tuple[Page, datetime]:
    """(the entry, when the file was saved)."""
    with reading(path):
        return read_page(path.read_bytes()), datetime.fromtimestamp(path.stat().st_mtime, UTC)


class Loader:
    def __init__(self, audience: str) -> None:
        self.report = Report()
        self._audience = audience
        self._people = Identifier(SOURCE)

    def posts(self, page: Page, saved_at: datetime, community_ids: Sequence[int]) -> Iterator[OldPost]:
        """The entry, and below it its comments. What is known already is given, too: the writer leaves it as it is."""
        entry = self._entry(page, saved_at, community_ids)
        comments = list(self._comments(page, entry))
        ids = [entry.source_id, *(comment.source_id for comment in comments)]
        known = set(Post.objects.filter(source=SOURCE, source_id__in=ids).values_list("source_id", flat=True))
        self._count("entries", [entry], known)
        self._count("comments", comments, known)
        yield entry
        yield from comments

    def _entry(self, page: Page, saved_at: datetime, community_ids: Sequence[int]) -> OldPost:
        return OldPost(
            source_id=entry_id(page),
            kind=Kind.STORY,
            author_id=self._person(page.author),
            created_at=page.written_at or saved_at,
            edited_at=page.edited_at,
            title=page.title,
            text=page.text if page.html is None else page.html,
            markup=Markup.PLAIN if page.html is None else Markup.HTML,
            audience=self._audience,
            community_ids=community_ids,
            tags=page.tags,
            extra={
                "record_number": page.record_number,
                "licence": page.licence,
                "stated_comments": page.stated_comments,
            },
        )

    def _comments(self, page: Page, entry: OldPost) -> Iterator[OldPost]:
        seen: Counter[str] = Counter()
        for comment in page.comments:
            key = content_key(comment)
            seen[key] += 1
            yield OldPost(
                source_id=f"{entry.source_id}#c{key}" + (f".{seen[key]}" if seen[key] > 1 else ""),
                kind=Kind.COMMENT,
                author_id=self._person(comment.author),
                created_at=comment.at or entry.created_at,
                text=comment.text,
                markup=Markup.PLAIN,
                parent=entry.source_id,
                extra={"is_exact": comment.exact},
            )

    def _person(self, name: str | None) -> int | None:
        return self._people.identify(Named(name, name)) if name else None

    def _count(self, thing: str, posts: Sequence[OldPost], known: set[str | None]) -> None:
        tally = self.report.of(thing)
        tally.read += len(posts)
        tally.known += sum(post.source_id in known for post in posts)
        tally.new = tally.read - tally.known


def entry_id(page: Page) -> str:
    if page.record_number is not None:
        return str(page.record_number)
    return "sha256:" + digest(page.title, page.text)


def content_key(comment: PageComment) -> str:
    """Of what was said, not of its place: a page saved again may show more comments, or in another order."""
    return digest(comment.author or "", comment.text)[:20]


def digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()
