"""Writes Lomwong's own archive as a folder; the format is described in docs/archive-format.md."""

import json
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from typing import Any, Self, TextIO

from lomwong.imports.archive.parse import COMMUNITIES, FILES, FORMAT, PEOPLE, POSTS, UNITS, VERSION
from lomwong.imports.times import ZONE


class ArchiveWriter:
    """A context manager. The manifest is written last, so that a folder left behind by a failure is no archive.

    Records are dicts as the format describes them; `created` and other times may be datetimes.
    Raises FileExistsError when the folder holds an archive already.
    """

    def __init__(self, folder: Path, source: str, name: str, *, created: datetime | None = None) -> None:
        self._folder = folder
        self._manifest = {
            "format": FORMAT,
            "version": VERSION,
            "source": source,
            "name": name,
            "created": created or datetime.now(ZONE),
        }
        self._stack = ExitStack()
        self._streams: dict[str, TextIO] = {}

    def __enter__(self) -> Self:
        if (self._folder / "manifest.json").exists():
            raise FileExistsError(self._folder)
        self._folder.mkdir(parents=True, exist_ok=True)
        for name in (UNITS, PEOPLE, COMMUNITIES, POSTS):
            stream = (self._folder / name).open("w", encoding="utf-8", newline="\n")
            self._streams[name] = self._stack.enter_context(stream)
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        self._stack.close()
        if kind is None:
            (self._folder / "manifest.json").write_text(_line(self._manifest), encoding="utf-8")

    def unit(self, record: dict[str, Any]) -> None:
        self._streams[UNITS].write(_line(record))

    def person(self, record: dict[str, Any]) -> None:
        self._streams[PEOPLE].write(_line(record))

    def community(self, record: dict[str, Any]) -> None:
        self._streams[COMMUNITIES].write(_line(record))

    def post(self, record: dict[str, Any]) -> None:
        self._streams[POSTS].write(_line(record))

    def file(self, path: str, content: bytes) -> None:
        """`path` is what the posts name in `files`."""
        place = self._folder / FILES / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def _line(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, default=_plain) + "\n"


def _plain(value: object) -> str | list[Any]:
    if isinstance(value, date):  # datetime is one too
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no place in an archive")
