"""Where the index lies: a folder for each building of it, a link that names the one in use, a lock for who writes.

    index/lock   index/v1 -> v1-5f3a9c   index/v1-5f3a9c/…

Nothing in here needs a backup: what is missing, of another version or damaged is built anew from the database.
"""

import fcntl
import json
import mmap
import os
import secrets
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from lomwong.search.schema import VERSION

FOOTER_MARK = 1337  # the last four bytes of every file of tantivy; before them the length of its footer
Stamp = tuple[int, int]

_sound: dict[Path, frozenset[Path]] = {}  # folder -> its files found sound by this process


class Damaged(Exception):
    """The index cannot be read: the message says why. Built anew by whoever writes next."""


def root() -> Path:
    return Path(settings.SEARCH_INDEX_DIR)


def link() -> Path:
    return root() / f"v{VERSION}"


def doubt() -> Path:
    """A reader that could not read the index leaves this file, so that the writer looks at it again."""
    return root() / "doubt"


def current() -> Path | None:
    """The folder in use; None when there is none of this version."""
    try:
        return root() / os.readlink(link())
    except OSError:
        return None


def stamp() -> Stamp | None:
    """Of the last commit of the index in use, read in one call, for every search asks. None when there is none."""
    try:
        status = os.stat(f"{settings.SEARCH_INDEX_DIR}/v{VERSION}/meta.json")
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns


@contextmanager
def writing(*, wait: bool) -> Iterator[bool]:
    """Be the only one who writes. Gives False at once when another does, unless told to wait."""
    root().mkdir(parents=True, exist_ok=True)
    with (root() / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


@contextmanager
def fresh() -> Iterator[Path]:
    """A new folder, put in use when the body succeeds and removed when it does not."""
    folder = root() / f"{link().name}-{secrets.token_hex(4)}"
    folder.mkdir(parents=True)
    try:
        yield folder
        put_in_use(folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def put_in_use(folder: Path) -> None:
    """From here on readers open this one. Who has the old one open reads on: the system keeps open files."""
    waiting = root() / "next"
    waiting.unlink(missing_ok=True)
    waiting.symlink_to(folder.name)
    waiting.replace(link())
    doubt().unlink(missing_ok=True)
    for other in root().glob("v*-*"):
        if other != folder and version_of(other) <= VERSION:  # a newer version may run beside us while hosts upgrade
            shutil.rmtree(other, ignore_errors=True)


def version_of(folder: Path) -> int:
    number = folder.name[1:].partition("-")[0]
    return int(number) if number.isdecimal() else 0


def check(folder: Path) -> None:
    """Compare each file with its own checksum, once in a process: tantivy itself dies on some damaged files.

    Raises Damaged. Files are written once, under a random name, so what was sound stays so.
    """
    segments = _segments(folder)
    files = frozenset(folder / name for name in _names(folder) if name.partition(".")[0] in segments)
    for path in files - _sound.get(folder, frozenset()):
        _check_file(path)
    _sound.clear()
    _sound[folder] = files


def forget_checks() -> None:
    _sound.clear()


def _segments(folder: Path) -> set[str]:
    try:
        meta = json.loads((folder / "meta.json").read_bytes())
        return {segment["segment_id"].replace("-", "") for segment in meta["segments"]}
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise Damaged(f"meta.json: {error}") from error


def _names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError as error:
        raise Damaged(str(error)) from error


def _check_file(path: Path) -> None:
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            is_sound = _has_own_checksum(content)
    except FileNotFoundError:
        return  # merged away since meta.json was read
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise Damaged(f"{path.name}: {error}") from error
    if not is_sound:
        raise Damaged(f"{path.name}: wrong checksum")


def _has_own_checksum(content: mmap.mmap) -> bool:
    """A file of tantivy: data, JSON with the CRC-32 of the data, length of that JSON, mark."""
    end = len(content) - 8 - int.from_bytes(content[-8:-4], "little")
    if int.from_bytes(content[-4:], "little") != FOOTER_MARK or end < 0:
        return False
    footer = json.loads(content[end:-8])
    with memoryview(content) as whole, whole[:end] as data:
        return bool(zlib.crc32(data) == footer["crc"])
