"""Read the words of a file in a process of its own, which may take only so much time and memory, and is then ended."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from lomwong.posts.files.extract import DAMAGED, LOCKED, MOST_BYTES, MOST_CHARACTERS, SECONDS
from lomwong.posts.models import Reading

REASONS: dict[int | None, Reading] = {LOCKED: Reading.LOCKED, DAMAGED: Reading.DAMAGED}


@dataclass(frozen=True, slots=True)
class Words:
    text: str
    reading: Reading


def words_in(path: Path, media_type: str) -> Words:
    """The plain text of the file. Whatever is in it, this returns within a minute."""
    try:
        with path.open("rb") as file:
            code, answer = run([sys.executable, "-m", "lomwong.posts.files.extract", media_type], file)
    except OSError:
        return Words("", Reading.DAMAGED)
    if code != 0:  # None: too slow; below zero: a signal, that of its own limits for example
        return Words("", REASONS.get(code, Reading.TOO_MUCH))
    text = answer.decode("utf-8", "replace").replace("\x00", "")[:MOST_CHARACTERS].strip()
    return Words(text, Reading.DONE if text else Reading.EMPTY)


def run(
    command: Sequence[str], file: BinaryIO, *, seconds: float = SECONDS, most: int = MOST_BYTES
) -> tuple[int | None, bytes]:
    """Exit code, None when it took too long, and as much of the answer as we want. It gets the file and no secrets."""
    with tempfile.TemporaryFile() as answer:
        process = subprocess.Popen(
            command,
            stdin=file,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            cwd="/",
            start_new_session=True,
        )
        try:
            code: int | None = process.wait(seconds)
        except subprocess.TimeoutExpired:
            code = None
        finally:
            end(process)
        answer.seek(0)
        return code, answer.read(most)


def end(process: "subprocess.Popen[bytes]") -> None:
    """With everything it may have started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
