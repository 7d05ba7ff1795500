"""Writes an archive down: units, people, circles, posts, files, in this order."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lomwong.communities.models import Audience, Community
from lomwong.imports.archive.circles import CircleLoader
from lomwong.imports.archive.files import FileLoader, Wanted
from lomwong.imports.archive.parse import POSTS, Archive, ArchivePost
from lomwong.imports.archive.people import PeopleLoader
from lomwong.imports.archive.units import load_units
from lomwong.imports.circles import community_named
from lomwong.imports.problems import Problem, mark, shorten
from lomwong.imports.report import Report
from lomwong.imports.whole import Progress, unseen
from lomwong.posts.bulk import BulkWriter, OldPost, refresh_talk
from lomwong.posts.models import Markup

UNKNOWN_CIRCLE = mark("The circle is not in the archive; a post that lies in no other can be read by its author only.")
UNKNOWN_AUDIENCE = mark("Who may read is neither public nor organisation; only its author may.")
ORPHAN = mark("The post it belongs to is not in the archive; it begins a thread of its own.")
HIDDEN_ORPHAN = mark(
    "The post it belongs to is not in the archive; it begins a thread, which only its author can read unless it names "
    "a circle or an audience."
)

OPEN = (Audience.PUBLIC, Audience.ORGANISATION)


@transaction.atomic
def load_archive(
    archive: Archive,
    *,
    community: str | None = None,
    audience: str | None = None,
    is_trial: bool = False,
    progress: Progress = unseen,
) -> Report:
    """All of an archive. People and units are brought up to date; circles and posts that are known stay as they are.

    `is_trial`: the transaction will be taken back, so no file is to stay either.

    `community`: a circle, made when missing, for the threads that name none; `audience` is then for it, else for those
    threads. Raises `UnreadableFile` or `Refusal`; then nothing may be kept of what was written.
    """
    report = Report()
    source = archive.manifest.source
    units = load_units(archive.units(), report)
    people = PeopleLoader(source, units, report)
    people.load(progress(archive.people(), label=_("People"), unit=_(" people")))
    at = archive.manifest.created or timezone.now()
    circles = CircleLoader(source, people.persons, report, at)
    circles.load(archive.communities())
    other = [community_named(community, audience=audience, at=at)] if community else []
    posts = PostLoader(people, circles.numbers, report)
    posts.default_audience = audience or Audience.ORGANISATION
    posts.default_circles = [circle.pk for circle in other]
    posts.load(source, progress(archive.posts(), label=_("Posts"), unit=_(" posts")))
    refresh_talk([*Community.objects.filter(pk__in=circles.numbers.values()), *other])
    files = FileLoader(archive, source, report, is_trial=is_trial)
    files.load(progress(posts.with_files, label=_("Files"), total=len(posts.with_files), unit=_(" posts")))
    return report


class PostLoader:
    """Holds no posts, only the ids of what is accepted, of what came before its parent, and of what has files.

    An archive without circles is read by one audience throughout, and so is a reply whose thread never comes. In any
    other archive nobody can know who was to read such a reply.
    """

    default_audience: str = Audience.ORGANISATION
    default_circles: Sequence[int] = ()

    def __init__(self, people: PeopleLoader, circles: dict[str, int], report: Report) -> None:
        self._people = people
        self._circles = circles
        self._report = report
        self._has_one_audience = not circles
        self.with_files: list[Wanted] = []

    def load(self, source: str, found: Iterable[ArchivePost | Problem]) -> None:
        tally = self._report.of("posts")
        with BulkWriter(source) as writer:
            for each in found:
                if isinstance(each, Problem):
                    self._report.leave_out("posts", each)
                    continue
                tally.read += 1
                writer.add(self._post(each))
                if each.files:
                    self.with_files.append((each.id, each.files))
                if each.accepted is True and each.parent:
                    writer.accept(each.parent, each.id)
                elif isinstance(each.accepted, str):
                    writer.accept(each.id, each.accepted)
        tally.new, tally.known = writer.written.new, writer.written.known
        for source_id in writer.written.orphans:
            reason = ORPHAN if self._has_one_audience else HIDDEN_ORPHAN
            self._report.note(Problem(POSTS, reason, shorten(source_id)))

    def _post(self, each: ArchivePost) -> OldPost:
        where = f"{POSTS} line {each.line}"
        is_html = each.text is None and each.html is not None
        circles = self._known_circles(each, where)
        return OldPost(
            source_id=each.id,
            kind=each.kind,
            author_id=self._people.author(each, where),
            created_at=each.created,
            title=each.title,
            text=each.text or each.html or "",
            markup=Markup.HTML if is_html else Markup.MARKDOWN,
            parent=each.parent,
            audience=self._audience(each, where),
            community_ids=circles,
            tags=each.tags,
            extra=each.extra,
        )

    def _known_circles(self, each: ArchivePost, where: str) -> Sequence[int]:
        known = []
        for identifier in each.communities:
            if identifier in self._circles:
                known.append(self._circles[identifier])
            else:
                self._report.note(Problem(where, UNKNOWN_CIRCLE, shorten(identifier)))
        return known or ([] if each.communities or self._follows_thread(each) else self.default_circles)

    def _audience(self, each: ArchivePost, where: str) -> str | None:
        """Of a post in no circle. None, its author alone, where the archive leaves it in doubt."""
        if each.audience and each.audience not in OPEN:
            self._report.note(Problem(where, UNKNOWN_AUDIENCE, shorten(each.audience)))
            return None
        if each.audience:
            return each.audience
        return None if each.communities or self._follows_thread(each) else self.default_audience

    def _follows_thread(self, each: ArchivePost) -> bool:
        return each.parent is not None and not self._has_one_audience
