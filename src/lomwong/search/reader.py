"""The index as this process reads it: opened once, brought up to date when somebody has committed."""

import logging
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

from tantivy import Index, Query, Searcher

from lomwong.search import folder
from lomwong.search.schema import TEXT_FIELDS, length_field

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class View:
    """What was committed at one moment; it stays readable however the index changes."""

    searcher: Searcher
    readers: dict[str, int]  # every value of the field `readers` -> about how many posts have it
    average_lengths: dict[str, float]  # text field -> words


class Reader:
    """Of one process; its threads may share it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._stamp: folder.Stamp | None = None
        self._index: Index | None = None
        self._view: View | None = None
        self._unreadable: str | None = None

    def view(self) -> View | None:
        """The newest committed state; None while there is no readable index, which the writer then builds."""
        with self._lock:
            for _ in range(3):  # the folder may be swapped away between the look at the link and the look inside
                path = folder.current()
                if path is None:
                    return None
                try:
                    return self._fresh_view(path)
                except folder.Damaged as damage:
                    if folder.current() == path:
                        self._doubt(path, damage)
                        return None
            return None

    def forget(self) -> None:
        """Look at every file again."""
        with self._lock:
            self._index = self._view = self._stamp = self._unreadable = None
            folder.forget_checks()

    def _fresh_view(self, path: Path) -> View:
        now = folder.stamp(path)
        if self._view is None or self._stamp != now:
            folder.check(path)
            is_other = self._stamp is None or self._stamp[0] != path.name
            self._view, self._stamp = None, None
            self._index = open_index(path) if is_other or self._index is None else self._index
            self._view = look(self._index)
            self._stamp = now
        return self._view

    def _doubt(self, path: Path, damage: folder.Damaged) -> None:
        self._index = self._view = self._stamp = None
        if self._unreadable != path.name:
            log.warning("The search index %s cannot be read (%s); the worker will build it anew.", path.name, damage)
            self._unreadable = path.name
            with suppress(OSError):  # a full disk, or a folder that this process may only read
                folder.doubt().touch()


def open_index(path: Path) -> Index:
    """Raises Damaged."""
    try:
        index = Index.open(str(path))
        index.config_reader(reload_policy="manual")
    except ValueError as error:
        raise folder.Damaged(str(error)) from error
    return index


def look(index: Index) -> View:
    """Raises Damaged."""
    try:
        index.reload()
        searcher = index.searcher()
        sums = {field: {"sum": {"field": length_field(field)}} for field in TEXT_FIELDS}
        totals = searcher.aggregate(Query.all_query(), sums)
        return View(
            searcher,
            dict(searcher.terms_with_prefix("readers", "")),
            {field: totals[field]["value"] / max(searcher.num_docs, 1) for field in TEXT_FIELDS},
        )
    except ValueError as error:
        raise folder.Damaged(str(error)) from error


@lru_cache(maxsize=1)
def reader() -> Reader:
    """The one of this process."""
    return Reader()
