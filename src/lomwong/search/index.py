"""Keep the index in step with the ledger. One process writes at a time; the others go on reading."""

import errno
import logging
import os
import shutil
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager

from tantivy import Index, IndexWriter

from lomwong.activity.actions import advance
from lomwong.activity.models import Event, Verb
from lomwong.activity.queries import events_after, last_position, position_of
from lomwong.posts.models import Kind, Post
from lomwong.search import folder
from lomwong.search.phrases import AT_ONCE
from lomwong.search.reader import open_index, reader
from lomwong.search.rights import READER
from lomwong.search.schema import SCHEMA, document
from lomwong.search.writings import Desk

log = logging.getLogger(__name__)

WRITTEN = (Verb.POSTED, Verb.REPLIED, Verb.EDITED, Verb.ATTACHED, Verb.DELETED, Verb.MODERATED)
CHANGED = (Verb.EDITED, Verb.MODERATED)
TOUCHING = (*WRITTEN, Verb.ACCEPTED)
BATCH = 1000
COMMIT_EVERY = 20_000  # posts
HEAP_BYTES = 64_000_000
FULL_DISK_BYTES = 1_000_000
Counts = Generator[int, None, None]
Deed = tuple[int, str]
"""The number of a post, and what was done to it: a verb of the ledger."""
Progress = Callable[[Iterator[int], int], Iterable[int]]
"""progress(counts, total) passes on the running count of posts written; `total` is about how far it will go."""


def catch_up(progress: Progress | None = None) -> int:
    """Take in what the ledger has since the last time; returns how many posts were written into the index.

    Returns 0 at once when another process is at it. An index that is missing, damaged or of another version is built
    anew. Safe to stop at any moment: the ledger is read again from the last commit. OSError when the disk is full.
    """
    with folder.writing(wait=False) as is_ours:
        if not is_ours:
            return 0
        position, last = position_of(READER), last_position()
        if not _is_sound(position):
            return _build(progress)
        if position >= last:
            return 0
        if position == 0:
            return _build(progress)  # the whole ledger lies ahead: reading each post once is faster
        return _run(_take_in(position), progress, last - position)


def rebuild(progress: Progress | None = None) -> int:
    """Build the index anew beside the old one, which is read until the new one is whole. Waits for another writer."""
    with folder.writing(wait=True):
        return _build(progress)


def _is_sound(position: int) -> bool:
    """Whether there is an index to go on with."""
    has_index = folder.current() is not None
    if not has_index and position:
        log.warning("There is no search index of this version; building it anew.")
    if folder.doubt().exists():
        reader().forget()
    is_sound = reader().view() is not None
    if is_sound:
        folder.doubt().unlink(missing_ok=True)
    return is_sound


def _build(progress: Progress | None) -> int:
    position = last_position()  # what is recorded while we build is taken in by the next catch_up
    with folder.fresh() as path:
        index = Index(SCHEMA, str(path), reuse=False)
        written = _run(_write_all(index), progress, Post.objects.count())
    advance(READER, position)
    return written


def _run(counts: Counts, progress: Progress | None, total: int) -> int:
    """Work them off; returns the last. Whatever breaks off, the writer behind them is closed before we go on."""
    with closing(counts):
        return max(progress(counts, total) if progress else counts, default=0)


def _write_all(index: Index) -> Counts:
    with _writer(index) as writer:
        for count, writing in enumerate(Desk().all_writings(), start=1):
            writer.add_document(document(writing))
            yield count
        writer.commit()


def _take_in(position: int) -> Counts:
    """Write what the events after `position` touch; the cursor moves only behind a commit."""
    path = folder.current()
    assert path is not None, "checked by _is_sound, under our lock"
    count = waiting = 0
    with _writer(open_index(path)) as writer:
        while events := events_after(position, limit=BATCH):
            for _ in _replace(writer, sorted(touched(deeds(events)))):
                count += 1
                waiting += 1
                yield count
            position = events[-1].pk
            if waiting >= COMMIT_EVERY:
                writer.commit()
                advance(READER, position)
                waiting = 0
        writer.commit()
    advance(READER, position)


def _replace(writer: IndexWriter, numbers: Sequence[int]) -> Iterator[None]:
    """Write these posts anew; those that are gone, or not shown, are only taken out."""
    for number in numbers:
        writer.delete_documents_by_term("number", number)
    for writing in Desk().writings(numbers):
        writer.add_document(document(writing))
        yield


def rewrite(numbers: Iterable[int], progress: Progress | None = None) -> int:
    """Write these posts anew: what they say, or how it is cut into words, changed without a line in the ledger.

    Waits for another writer, and lets others write in between. Those that are gone leave the index.
    """
    every = sorted(set(numbers))
    counts = (count for start in range(0, len(every), COMMIT_EVERY) for count in _rewrite_part(every, start))
    return _run(counts, progress, len(every))


def _rewrite_part(every: Sequence[int], start: int) -> Counts:
    with folder.writing(wait=True):
        path = folder.current()
        if path is None or reader().view() is None:
            return  # whoever catches up next builds the index anew, of what the database says then
        with _writer(open_index(path)) as writer:
            for count, _ in enumerate(_replace(writer, every[start : start + COMMIT_EVERY]), start=start + 1):
                yield count
            writer.commit()


def touched(events: Iterable[Deed], most: int | None = None) -> set[int]:
    """The posts to write anew. A changed first post changes its replies: their context, and who may read them.

    An answer that comes or goes changes its question, which is no longer unanswered, or again. Where one is deleted,
    its question is edited.
    """
    done = list(events)
    numbers = {number for number, verb in done if verb in WRITTEN}
    edited = {number for number, verb in done if verb in CHANGED}
    answers = {number for number, verb in done if verb in (Verb.REPLIED, Verb.ACCEPTED, *CHANGED)}
    for part in _parts(edited):
        numbers.update(Post.objects.filter(root__in=part).values_list("number", flat=True)[:most])
    for part in _parts(answers):
        asked = Post.objects.filter(number__in=part, root__kind=Kind.QUESTION).exclude(
            kind=Kind.COMMENT, root__accepted_answer=None
        )
        numbers.update(root for root in asked.values_list("root_id", flat=True) if root)
    return numbers


def deeds(events: Iterable[Event]) -> list[Deed]:
    return [(event.post_number, event.verb) for event in events if event.post_number and event.verb in TOUCHING]


def _parts(numbers: Collection[int]) -> Iterator[list[int]]:
    every = sorted(numbers)
    return (every[start : start + AT_ONCE] for start in range(0, len(every), AT_ONCE))


@contextmanager
def _writer(index: Index) -> Iterator[IndexWriter]:
    """Lets merges finish, lest small segments pile up. What a failing body has not committed goes with the writer."""
    writer = index.writer(HEAP_BYTES, 1)
    try:
        yield writer
        writer.wait_merging_threads()
    except ValueError as error:
        if shutil.disk_usage(folder.root()).free < FULL_DISK_BYTES:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
        raise
