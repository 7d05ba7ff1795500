"""Hangs an archive's files on its posts."""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.utils import timezone

from lomwong.activity.actions import record_many
from lomwong.activity.models import Event, Verb
from lomwong.imports.archive.parse import FILES, POSTS, Archive
from lomwong.imports.archive.records import ArchiveFile
from lomwong.imports.problems import Problem, mark, shorten
from lomwong.imports.report import Report
from lomwong.posts.files import kinds, shelf
from lomwong.posts.files.actions import row_of, touch_threads
from lomwong.posts.files.shelf import Kept
from lomwong.posts.models import File, Post

MISSING = mark("The file is not in the archive.")
UNUSED = mark("No post of the archive shows this file.")
UNWELCOME = mark(
    "Files of this kind are not kept here: pictures, sound, PDF, Word, Excel, PowerPoint and plain text are."
)
TOO_BIG = mark("The file is bigger than this house keeps. Raise LOMWONG_FILE_MB, and import it once more.")
AT_ONCE = 200  # posts
COLUMNS = ("number", "edited_at")

Wanted = tuple[str, tuple[ArchiveFile, ...]]  # id of a post, what hangs on it


class FileLoader:
    """One file after the other goes to the shelf; of a trial nothing stays there.

    A post that was changed here since keeps the files it has, and those it lost stay away.
    """

    def __init__(self, archive: Archive, source: str, report: Report, *, is_trial: bool) -> None:
        self._archive = archive
        self._source = source
        self._report = report
        self._is_trial = is_trial

    def load(self, wanted: Iterable[Wanted]) -> None:
        names = set(self._archive.file_names())
        used: set[str] = set()
        waiting = iter(wanted)
        while batch := list(islice(waiting, AT_ONCE)):
            used.update(file.path for _, files in batch for file in files)
            self._load(batch, names)
        for name in sorted(names - used):
            self._report.leave_out("files", Problem(FILES + name, UNUSED))

    def _load(self, batch: list[Wanted], names: set[str]) -> None:
        found = Post.objects.filter(source=self._source, source_id__in=[id for id, _ in batch]).order_by()
        posts = {id: (number, edited_at) for id, number, edited_at in found.values_list("source_id", *COLUMNS)}
        there: dict[int, set[str]] = {number: set() for number, _ in posts.values()}
        for number, sha256 in File.objects.filter(post__in=there).order_by().values_list("post_id", "sha256"):
            there[number].add(sha256)
        rows = []
        for id, files in batch:
            number, edited_at = posts[id]
            for kept in self._arrived(files, names):
                if edited_at or kept.sha256 in there[number]:
                    self._report.of("files").known += 1
                else:
                    there[number].add(kept.sha256)
                    rows.append(row_of(kept, post_number=number, at=timezone.now()))
        self._write(rows)

    def _write(self, rows: list[File]) -> None:
        File.objects.bulk_create(rows)
        self._report.of("files").new += len(rows)
        numbers = sorted({row.post_id for row in rows if row.post_id})
        touch_threads(numbers)
        record_many(
            Event(verb=Verb.ATTACHED, actor_id=None, post_number=number, at=timezone.now()) for number in numbers
        )

    def _arrived(self, files: tuple[ArchiveFile, ...], names: set[str]) -> Iterator[Kept]:
        for file in files:
            if file.path not in names:
                self._report.leave_out("files", Problem(POSTS, MISSING, shorten(file.path)))
                continue
            try:
                kept = self._keep(file)
            except kinds.Unwelcome as unwelcome:
                reason = TOO_BIG if unwelcome.reason is kinds.TOO_BIG else UNWELCOME
                self._report.leave_out("files", Problem(FILES + file.path, reason))
            else:
                self._report.of("files").read += 1
                yield kept

    def _keep(self, file: ArchiveFile) -> Kept:
        """Raises `Unwelcome`, and `UnreadableFile` where the archive is damaged."""
        with self._archive.open_file(file.path) as stream:
            return shelf.keep(stream, file.name, is_trial=self._is_trial)
