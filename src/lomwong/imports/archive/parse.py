"""Reads Lomwong's own archive: a folder, a zip, or a bare file of posts. Pure: no Django, one line in memory.

The format is described in docs/archive-format.md.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Self, TypeVar

from lomwong.imports.archive import records
from lomwong.imports.archive.records import (
    ArchiveCommunity,
    ArchiveFile,
    ArchivePerson,
    ArchivePost,
    ArchiveUnit,
    read_record,
)
from lomwong.imports.archive.storage import FolderStorage, OneFileStorage, Storage, ZipStorage
from lomwong.imports.lines import numbered_lines
from lomwong.imports.problems import EMPTY, Problem, UnreadableFile, mark, refuse_unless_text, shorten
from lomwong.imports.times import read_iso

__all__ = [
    "FORMAT", "VERSION", "Archive", "ArchiveCommunity", "ArchiveFile", "ArchivePerson", "ArchivePost", "ArchiveUnit",
    "Manifest", "open_archive",
]  # fmt: skip

FORMAT = "lomwong-archive"
VERSION = 1
PEOPLE, UNITS, COMMUNITIES, POSTS = "people.jsonl", "units.jsonl", "communities.jsonl", "posts.jsonl"
FILES = "files/"

MISSING = mark("There is nothing at this place. Look at the path, and try again.")
NOT_ARCHIVE = mark(
    "This is not a Lomwong archive: it should be a folder or a zip with a manifest.json, or a .jsonl file of posts."
)
BAD_MANIFEST = mark("manifest.json cannot be understood. It should hold format, version, source and name.")
WRONG_VERSION = mark("The archive is of another version than this Lomwong reads. Use a newer Lomwong to import it.")
LONG_LINE = mark("The line is longer than 8 MB.")

Record = TypeVar("Record")

_LONGEST_LINE = 8 * 2**20
_LONGEST_MANIFEST = 2**20
_LONGEST_SOURCE = 80


@dataclass(frozen=True, slots=True)
class Manifest:
    """`source` is the namespace that keeps the ids of one archive apart from another's."""

    source: str
    name: str
    created: datetime | None
    extra: dict[str, Any]


class Archive:
    """An opened archive; a context manager. Each iterator may be asked for more than once and reads its file anew.

    They yield records in the order of the file, a Problem for each line that cannot be used, and nothing for
    a file that is not there. A post or unit may come before its parent: nothing is sorted or held back here.
    Reading a damaged zip raises `UnreadableFile` at that place.
    """

    def __init__(self, storage: Storage, manifest: Manifest, *, posts_file: str = POSTS) -> None:
        self._storage = storage
        self._names = set(storage.names())
        self._posts_file = posts_file
        self.manifest = manifest

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        self._storage.close()

    def units(self) -> Iterator[ArchiveUnit | Problem]:
        return self._records(UNITS, records.unit)

    def people(self) -> Iterator[ArchivePerson | Problem]:
        """The people of people.jsonl; without that file, the authors that the posts name, each once."""
        if PEOPLE in self._names:
            return self._records(PEOPLE, records.person)
        return self._authors()

    def communities(self) -> Iterator[ArchiveCommunity | Problem]:
        return self._records(COMMUNITIES, records.community)

    def posts(self) -> Iterator[ArchivePost | Problem]:
        return self._records(self._posts_file, records.post)

    def file_names(self) -> list[str]:
        """Names below files/, sorted."""
        return sorted(name.removeprefix(FILES) for name in self._names if name.startswith(FILES))

    def open_file(self, name: str) -> AbstractContextManager[BinaryIO]:
        """A file below files/, to read from within `with`."""
        if FILES + name not in self._names:
            raise UnreadableFile(MISSING, shorten(name))
        return self._storage.open(FILES + name)

    def _records(self, name: str, make: Callable[[int, dict[str, Any]], Record]) -> Iterator[Record | Problem]:
        if name not in self._names:
            return
        with self._storage.open(name) as stream:
            for number, raw, is_whole in numbered_lines(stream, _LONGEST_LINE):
                where = f"{name} line {number}"
                if not is_whole:
                    yield Problem(where, LONG_LINE, shorten(raw[:300].decode("utf-8", "replace")))
                elif raw.strip():
                    yield read_record(number, where, raw, make)

    def _authors(self) -> Iterator[ArchivePerson | Problem]:
        lines: dict[str, int] = {}
        names: dict[str, str] = {}
        for post in self.posts():
            if isinstance(post, ArchivePost) and post.author:
                lines.setdefault(post.author, post.line)
                name = post.extra.get("author_name")
                if isinstance(name, str) and name.strip():  # not every post of an author repeats it
                    names.setdefault(post.author, name.strip())
        for author, line in lines.items():
            yield ArchivePerson(line, author, names.get(author, author), "", None, (), "", {})


def open_archive(path: Path) -> Archive:
    """The archive at `path`: a folder, a .zip, or a .jsonl file of posts, whose source is then the file's stem.

    Raises `UnreadableFile` when there is none, its manifest is missing, wrong or of another version, or a zip
    holds names that lead outside, links, locked or doubled files, or unpacks to too much.
    """
    if path.is_dir():
        return _with_manifest(FolderStorage(path))
    if not path.is_file():
        raise UnreadableFile(MISSING, shorten(str(path)))
    with path.open("rb") as stream:
        head = stream.read(4096)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _with_manifest(ZipStorage(path))
    refuse_unless_text(head)
    if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        raise UnreadableFile(NOT_ARCHIVE, path.name)
    manifest = Manifest(source=path.stem[:_LONGEST_SOURCE], name=path.stem, created=None, extra={})
    return Archive(OneFileStorage(path), manifest, posts_file=path.name)


def _with_manifest(storage: Storage) -> Archive:
    try:
        return Archive(storage, _read_manifest(storage))
    except UnreadableFile:
        storage.close()
        raise


def _read_manifest(storage: Storage) -> Manifest:
    if "manifest.json" not in storage.names():
        raise UnreadableFile(NOT_ARCHIVE)
    with storage.open("manifest.json") as stream:
        raw = stream.read(_LONGEST_MANIFEST)
    if not raw.strip():
        raise UnreadableFile(EMPTY, "manifest.json")
    try:
        fields = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise UnreadableFile(BAD_MANIFEST) from None
    if not isinstance(fields, dict) or fields.pop("format", None) != FORMAT:
        raise UnreadableFile(BAD_MANIFEST, "format")
    version = fields.pop("version", None)
    if version != VERSION or isinstance(version, bool):
        raise UnreadableFile(WRONG_VERSION, shorten(str(version)))
    source, name, created = (fields.pop(key, None) for key in ("source", "name", "created"))
    if not isinstance(source, str) or not 0 < len(source.strip()) <= _LONGEST_SOURCE:
        raise UnreadableFile(BAD_MANIFEST, "source")
    return Manifest(
        source=source.strip(),
        name=name.strip() if isinstance(name, str) and name.strip() else source.strip(),
        created=read_iso(created) if isinstance(created, str) else None,
        extra=fields,
    )
