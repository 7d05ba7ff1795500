"""The limits, the choice of a reader, and what is said about a file that cannot be read."""

import resource
import signal
import sys
from collections.abc import Callable, Iterator
from typing import BinaryIO

from lomwong.posts.files.extract import DAMAGED, LOCKED, MOST_BYTES, MOST_CHARACTERS, SECONDS, Locked
from lomwong.posts.files.extract.mend import mended

MEMORY = 768 * 2**20  # bytes
CPU_SECONDS = 30
OPEN_FILES = 32


def limit() -> None:
    """Before a byte of the file is read. The alarm ends us even when whoever started us is gone.

    Python must keep no compiled module from now on: it would be cut off at the size that a file may have, and stay so.
    """
    sys.dont_write_bytecode = True
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, MOST_BYTES),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    signal.alarm(SECONDS)


def reader_for(media_type: str) -> Callable[[BinaryIO], Iterator[str]]:
    """Only this one is imported: what it needs, another kind need not wait for."""
    if media_type == "application/pdf":
        from lomwong.posts.files.extract import pdf

        return pdf.words
    if media_type.startswith("text/"):
        from lomwong.posts.files.extract import plain

        return plain.words
    from lomwong.posts.files.extract import office

    return office.READERS[media_type.partition("openxmlformats-officedocument.")[2]]


def gather(pieces: Iterator[str]) -> str:
    """As much as is kept; what follows is not even read."""
    gathered: list[str] = []
    left = MOST_CHARACTERS
    for piece in pieces:
        gathered.append(piece[:left])
        left -= len(piece)
        if left <= 0:
            break
    return mended("".join(gathered))


def main(media_type: str) -> int:
    words = reader_for(media_type)
    limit()
    try:
        text = gather(words(sys.stdin.buffer))
    except Locked:
        return LOCKED
    except MemoryError:
        raise  # not damaged: too much
    except Exception:
        return DAMAGED
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
