"""Have a picture made anew, a sound cleaned, in a process of its own with limits of its own."""

import sys
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import BinaryIO

from lomwong.posts.files.kinds import BROKEN_PICTURE, BROKEN_SOUND, HUGE_PICTURE, KINDS, VIDEO, FileKind, Unwelcome
from lomwong.posts.files.reading import run
from lomwong.posts.files.remake import HUGE, SECONDS
from lomwong.posts.files.remake import VIDEO as IS_VIDEO

AT_ONCE = BoundedSemaphore(2)  # each takes up to 100 MB for a second
MOST_BYTES = 64 * 2**20  # of both pictures


@dataclass(frozen=True, slots=True)
class Picture:
    kind: FileKind
    width: int
    height: int
    full: bytes
    small: bytes  # empty where the full one is small


def made_anew(path: Path) -> Picture:
    """Raises `Unwelcome`."""
    with path.open("rb") as file:
        code, answer = program("picture", file)
    if code != 0:
        raise Unwelcome(HUGE_PICTURE if code in (None, HUGE) else BROKEN_PICTURE)
    line, _, bytes_of_both = answer.partition(b"\n")
    width, height, media_type, length = line.decode().split()
    full, small = bytes_of_both[: int(length)], bytes_of_both[int(length) :]
    return Picture(KINDS[media_type], int(width), int(height), full, small)


def clean_sound(path: Path) -> None:
    """In place. Raises `Unwelcome`."""
    with path.open("r+b") as file:
        code, _ = program("sound", file)
    if code != 0:
        raise Unwelcome(VIDEO if code == IS_VIDEO else BROKEN_SOUND)


def program(what: str, file: BinaryIO) -> tuple[int | None, bytes]:
    with AT_ONCE:
        return run([sys.executable, "-m", "lomwong.posts.files.remake", what], file, seconds=SECONDS, most=MOST_BYTES)
