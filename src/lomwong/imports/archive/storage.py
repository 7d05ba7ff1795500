"""Where an archive's files lie: in a folder or in a zip. A zip may come from anyone and is not trusted."""

import io
import lzma
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

from lomwong.imports.problems import UnreadableFile, mark

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

BAD_NAME = mark("The zip holds a file whose name leads outside of it. Do not use this archive; ask who made it.")
SYMLINK = mark("The archive holds a link in place of a file. Put the file itself there, and try again.")
BOMB = mark("The zip unpacks to far more than it should. If it is really yours, unpack it and import the folder.")
LOCKED = mark("The zip is locked with a password. Unpack it, and import the folder.")
DAMAGED = mark("The zip is damaged. Copy or download it once more, and try again.")
TWICE = mark("The zip holds two files of one name. Unpack it, keep the right one, and import the folder.")
GONE = mark("A file of the archive cannot be opened. Look whether it is there and may be read.")

_MOST_FILES = 200_000
_LARGEST = 20 * 2**30  # bytes in all, unpacked
_LARGEST_RATIO = 200  # text shrinks to a tenth, rarely to a fiftieth
_SMALL = 10 * 2**20  # bytes; below this the ratio does not matter
_DAMAGES = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError, KeyError)
_DRIVE = re.compile(r"^[A-Za-z]:")


class Storage(Protocol):
    """Named files, "/" between folders. `open` raises `UnreadableFile` for one that cannot be read."""

    def names(self) -> list[str]: ...

    def open(self, name: str) -> AbstractContextManager[BinaryIO]: ...

    def close(self) -> None: ...


class FolderStorage:
    def __init__(self, root: Path) -> None:
        self._root = root
        # What lies beside the archive's own files is nobody's business, and may be a whole home directory.
        found = [path for path in root.iterdir() if path.suffix in {".json", ".jsonl"} or path.name == "files"]
        if (root / "files").is_dir() and not (root / "files").is_symlink():
            found += _walk(root / "files")
        for path in found:
            if path.is_symlink():
                raise UnreadableFile(SYMLINK, path.name)
        self._names = sorted(path.relative_to(root).as_posix() for path in found if path.is_file())

    def names(self) -> list[str]:
        return self._names

    def open(self, name: str) -> AbstractContextManager[BinaryIO]:
        return _open_path(self._root / name)

    def close(self) -> None:
        """Nothing is held open."""


class OneFileStorage:
    """A single file outside of any archive."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def names(self) -> list[str]:
        return [self._path.name]

    def open(self, name: str) -> AbstractContextManager[BinaryIO]:
        return _open_path(self._path.with_name(name))

    def close(self) -> None:
        """Nothing is held open."""


def _open_path(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError:
        raise UnreadableFile(GONE, path.name) from None


def _walk(folder: Path) -> Iterator[Path]:
    """Everything below; links are named, not followed."""
    for path in folder.iterdir():
        yield path
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path)


class ZipStorage:
    """Checks every name and size before anything is read; unpacks nothing to disk."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            raise UnreadableFile(DAMAGED, path.name) from None
        try:
            _check_members(self._zip.infolist(), path.stat().st_size)
            self._inner = _common_folder(self.names_in_zip())
        except UnreadableFile:
            self._zip.close()
            raise

    def names_in_zip(self) -> list[str]:
        return [member.filename for member in self._zip.infolist() if not member.is_dir()]

    def names(self) -> list[str]:
        return sorted(name.removeprefix(self._inner) for name in self.names_in_zip())

    def open(self, name: str) -> AbstractContextManager[BinaryIO]:
        try:
            stream = self._zip.open(self._inner + name)
        except _DAMAGES:
            raise UnreadableFile(DAMAGED, name) from None
        return io.BufferedReader(_Guarded(cast(BinaryIO, stream), name))

    def close(self) -> None:
        self._zip.close()


class _Guarded(io.RawIOBase):
    """A stream within a zip that says in plain words when it is damaged."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream = stream
        self._name = name

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer).cast("B")
        try:
            piece = self._stream.read(len(view))
        except _DAMAGES:
            raise UnreadableFile(DAMAGED, self._name) from None
        view[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        self._stream.close()
        super().close()


def _check_members(members: list[zipfile.ZipInfo], size: int) -> None:
    seen: set[str] = set()
    total = 0
    for member in members:
        name = member.filename
        parts = PurePosixPath(name.replace("\\", "/")).parts
        if name.startswith(("/", "\\")) or _DRIVE.match(name) or ".." in parts or "\x00" in name:
            raise UnreadableFile(BAD_NAME, name)
        if stat.S_ISLNK(member.external_attr >> 16):
            raise UnreadableFile(SYMLINK, name)
        if member.flag_bits & 0x1:
            raise UnreadableFile(LOCKED, name)
        if name in seen:
            raise UnreadableFile(TWICE, name)
        seen.add(name)
        total += member.file_size
        if member.file_size > _SMALL and member.file_size > _LARGEST_RATIO * max(1, member.compress_size):
            raise UnreadableFile(BOMB, name)
    # Members that share one packed piece look harmless one by one; together they unpack to more than the zip can hold.
    if len(members) > _MOST_FILES or total > _LARGEST or (total > _SMALL and total > _LARGEST_RATIO * size):
        raise UnreadableFile(BOMB)


def _common_folder(names: list[str]) -> str:
    """ "name/" when the archive's folder itself was zipped, "" when its contents were."""
    if "manifest.json" in names:
        return ""
    tops = {name.split("/", 1)[0] for name in names if not name.startswith("__MACOSX/")}
    top = next(iter(tops), "")
    return f"{top}/" if len(tops) == 1 and f"{top}/manifest.json" in names else ""
