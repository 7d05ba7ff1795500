"""Where the bytes lie: below MEDIA_ROOT under their SHA-256, the same bytes once, whole or not at all.

A file is put down before its row is written, so a row never points at nothing. What no row points at, because its
transaction was taken back or its last post is gone, is swept away a day later.
"""

import fcntl
import hashlib
import io
import os
import secrets
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from lomwong.posts.files.kinds import PICTURES, SOUNDS, TOO_BIG, FileKind, Unwelcome, recognise, safe_name
from lomwong.posts.files.remaking import clean_sound, made_anew

PIECE = 1 << 18  # bytes
PART = 500
DAY = 24 * 3600.0  # seconds: no transaction lasts longer


@dataclass(frozen=True, slots=True)
class Kept:
    """A file whose bytes are safe on the shelf, ready to be hung on a post. Of a picture also its pixels."""

    name: str
    kind: FileKind
    size: int
    sha256: str
    width: int | None = None
    height: int | None = None
    small_sha256: str = ""


def root() -> Path:
    return Path(settings.MEDIA_ROOT)


def incoming() -> Path:
    """Where files lie while they arrive; made when missing."""
    folder = root() / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def path_of(sha256: str) -> Path:
    return root() / sha256[:2] / sha256


def keep(stream: BinaryIO, name: str, *, is_trial: bool = False) -> Kept:
    """Put what the stream holds on the shelf. Raises `Unwelcome`; then, and in a trial, nothing stays behind.

    Pictures are made anew and sounds cleaned, which takes a second: never inside a transaction.
    """
    with _arriving() as path:
        sha256, size = _copy(stream, path)
        with path.open("rb") as copied:
            kind = recognise(copied, name)
        if kind in PICTURES:
            return _keep_picture(path, name, kind, is_trial=is_trial)
        if kind in SOUNDS:
            clean_sound(path)
            sha256, size = _hash(path), path.stat().st_size
        if not is_trial:
            _place(path, sha256)
    return Kept(safe_name(name, kind), kind, size, sha256)


def _keep_picture(path: Path, name: str, came_as: FileKind, *, is_trial: bool) -> Kept:
    made = made_anew(path)
    full = _put_down(made.full, is_trial=is_trial)
    small = _put_down(made.small, is_trial=is_trial) if made.small else ""
    shown_name = safe_name(name, made.kind, came_as=came_as)
    return Kept(shown_name, made.kind, len(made.full), full, made.width, made.height, small)


def _put_down(content: bytes, *, is_trial: bool) -> str:
    with _arriving() as path:
        sha256, _size = _copy(io.BytesIO(content), path)
        if not is_trial:
            _place(path, sha256)
    return sha256


@contextmanager
def _arriving() -> Iterator[Path]:
    path = incoming() / secrets.token_hex(16)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copy(stream: BinaryIO, path: Path) -> tuple[str, int]:
    """Hash and size of what was copied."""
    digest, size = hashlib.sha256(), 0
    private = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(private, "wb") as copy:
        while piece := stream.read(PIECE):
            size += len(piece)
            if size > settings.FILE_BYTES:
                raise Unwelcome(TOO_BIG)
            digest.update(piece)
            copy.write(piece)
        copy.flush()
        os.fsync(copy.fileno())
    return digest.hexdigest(), size


def _place(arriving: Path, sha256: str) -> None:
    """What lies there already is only made young again, lest a sweep takes it before its new row is written."""
    place = path_of(sha256)
    with _not_while_sweeping(fcntl.LOCK_SH):
        if place.exists():
            os.utime(place)
            return
        place.parent.mkdir(exist_ok=True)
        arriving.replace(place)
        folder = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def sweep(held: Callable[[Sequence[str]], Collection[str]], *, older_than: float = DAY) -> int:
    """Remove what has lain there so long and is not among the hashes that `held` knows. Returns how many files went.

    What never finished arriving goes too.
    """
    found = [path for path in root().glob("*/*") if path.is_file() and _is_old(path, older_than)]
    gone = 0
    for start in range(0, len(found), PART):
        part = found[start : start + PART]
        known = held([path.name for path in part])
        gone += sum(_remove_if_old(path, older_than) for path in part if path.name not in known)
    return gone


def _remove_if_old(path: Path, seconds: float) -> bool:
    with _not_while_sweeping(fcntl.LOCK_EX):  # asked again: since `held` was asked it may have been kept once more
        if is_old := _is_old(path, seconds):
            path.unlink(missing_ok=True)
    return is_old


def _is_old(path: Path, seconds: float) -> bool:
    try:
        return time.time() - path.stat().st_mtime >= seconds
    except FileNotFoundError:
        return False


@contextmanager
def _not_while_sweeping(how: int) -> Iterator[None]:
    with (root() / ".lock").open("a") as lock:
        fcntl.flock(lock, how)
        yield
