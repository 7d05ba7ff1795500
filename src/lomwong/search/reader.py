"""The index as this process reads it: opened once, brought up to date when somebody has committed."""

import logging
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from threading import Lock

from tantivy import Index, Query, Searcher

from lomwong.search import folder
from lomwong.search.schema import length_field, readers_key

log = logging.getLogger(__name__)


MOST_KNOWN = 20_000  # words remembered with a view
MOST_JUDGED = 2000  # different sets of rights remembered with a view


@dataclass(frozen=True, slots=True)
class View:
    """What was committed at one moment; it stays readable however the index changes."""

    searcher: Searcher
    readers: dict[str, int]  # every value of the field `readers` -> about how many posts have it
    judged: dict[frozenset[str], object] = field(default_factory=dict)  # what `rights` found out about `readers`
    known: dict[tuple[frozenset[str] | None, str], bool] = field(
        default_factory=dict
    )  # (keys, word) -> it stands there
    _average_lengths: dict[str, float] = field(default_factory=dict)
    _places: dict[int, tuple[int, ...]] = field(default_factory=dict)

    @property
    def places(self) -> dict[int, tuple[int, ...]]:
        """For each `readers_key` the communities that its posts lie in."""
        if not self._places:
            every = ((readers, [name for name in readers.split(" ") if name.isdecimal()]) for readers in self.readers)
            self._places.update({readers_key(readers): tuple(map(int, names)) for readers, names in every})
        return self._places

    @property
    def gone(self) -> int:
        """Posts written anew or deleted that the counts of `readers` and of every term still hold."""
        return sum(self.readers.values()) - self.searcher.num_docs

    def remember(self, keys: frozenset[str], judged: object) -> None:
        if len(self.judged) >= MOST_JUDGED:
            self.judged.clear()
        self.judged[keys] = judged

    def note(self, key: tuple[frozenset[str] | None, str], stands: bool) -> None:
        if len(self.known) >= MOST_KNOWN:
            self.known.clear()
        self.known[key] = stands

    def average_length(self, field: str) -> float:
        """Words of a text field; counted when it is first asked for, which only news beside the index do."""
        if field not in self._average_lengths:
            total = self.searcher.aggregate(Query.all_query(), {"sum": {"sum": {"field": length_field(field)}}})
            self._average_lengths[field] = total["sum"]["value"] / max(self.searcher.num_docs, 1)
        return self._average_lengths[field]


class Reader:
    """Of one process; its threads may share it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._stamp: folder.Stamp | None = None
        self._path: Path | None = None
        self._index: Index | None = None
        self._view: View | None = None
        self._unreadable: str | None = None

    def view(self) -> View | None:
        """The newest committed state; None while there is no readable index, which the writer then builds."""
        now = folder.stamp()
        with self._lock:
            if self._view is not None and now is not None and self._stamp == now:
                return self._view
            for _ in range(3):  # the folder may be swapped away between the look at the link and the look inside
                path = folder.current()
                if path is None:
                    return None
                try:
                    return self._fresh_view(path, now)
                except folder.Damaged as damage:
                    if folder.current() == path:
                        self._doubt(path, damage)
                        return None
                now = folder.stamp()
            return None

    def forget(self) -> None:
        """Look at every file again."""
        with self._lock:
            self._index = self._view = self._stamp = self._unreadable = None
            folder.forget_checks()

    def _fresh_view(self, path: Path, now: folder.Stamp | None) -> View:
        """`now` was read before the index is: what is committed in between is read now, and again next time."""
        folder.check(path)
        is_other = self._index is None or self._path != path
        self._view, self._stamp = None, None
        if is_other:
            self._index, self._path = open_index(path), path
        assert self._index is not None, "opened just now"
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
        return View(searcher, dict(searcher.terms_with_prefix("readers", "")))
    except ValueError as error:
        raise folder.Damaged(str(error)) from error


@lru_cache(maxsize=1)
def reader() -> Reader:
    """The one of this process."""
    return Reader()
