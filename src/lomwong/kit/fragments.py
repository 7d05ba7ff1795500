"""Pieces of pages that do not depend on who looks, kept in the memory of the process under a key naming their state.

A key holds everything the piece depends on: number, version, language. A changed version is a new key; the old one
falls out by itself. Names and units of people may be a few minutes old (`SECONDS`); who may read never comes from here.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

SECONDS = 300.0
MOST_CHARACTERS = 24_000_000  # of all pieces: about 50 MB at worst


class Fragments:
    """The pieces used last, up to so many characters."""

    def __init__(self, most: int = MOST_CHARACTERS, seconds: float = SECONDS) -> None:
        self.most, self.seconds = most, seconds
        self._kept: OrderedDict[Hashable, tuple[float, str]] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], str], *, seconds: float | None = None) -> str:
        """The piece under the key, made when it is missing or older than `seconds`."""
        longest = self.seconds if seconds is None else seconds
        now = time.monotonic()
        with self._lock:
            found = self._kept.get(key)
            if found and now - found[0] < longest:
                self._kept.move_to_end(key)
                return found[1]
        made = make()
        with self._lock:
            self._drop(key)
            self._kept[key] = (now, made)
            self._size += len(made)
            while self._size > self.most and self._kept:
                self._drop(next(iter(self._kept)))
        return made

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self._size = 0

    def _drop(self, key: Hashable) -> None:
        found = self._kept.pop(key, None)
        if found:
            self._size -= len(found[1])


FRAGMENTS = Fragments()
