"""The limits, and what is said about a file that is not what it seems."""

import resource
import signal
import sys

from lomwong.posts.files.remake import BROKEN, HUGE, SECONDS, VIDEO, Huge, Video

MEMORY = 90 * 2**20  # bytes that we ask for; with Python and the libraries below 100 MB in all
OPEN_FILES = 32
MOST_BYTES = 2**31


def limit() -> None:
    """Before a byte of the file is read. The alarm ends us even when whoever started us is gone."""
    sys.dont_write_bytecode = True
    for what, most in (
        (resource.RLIMIT_DATA, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, MOST_BYTES),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    signal.alarm(SECONDS)


def picture() -> None:
    """Width, height, type and length of the full one on a line; then it, then the small one."""
    from lomwong.posts.files.remake.picture import remake

    limit()
    made = remake(sys.stdin.buffer)
    sys.stdout.buffer.write(f"{made.width} {made.height} {made.media_type} {len(made.full)}\n".encode())
    sys.stdout.buffer.write(made.full)
    sys.stdout.buffer.write(made.small)


def sound() -> None:
    from lomwong.posts.files.remake.sound import clean

    limit()
    with open(0, "r+b", closefd=False) as file:
        clean(file)


def main(what: str) -> int:
    try:
        {"picture": picture, "sound": sound}[what]()
    except (Huge, MemoryError):
        return HUGE
    except Video:
        return VIDEO
    except Exception:
        return BROKEN
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
