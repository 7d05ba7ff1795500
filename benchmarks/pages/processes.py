"""CPU time and memory of whole trees of processes, read from /proc (Linux)."""

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 60.0  # seconds until a server must answer
NANO = 1e-9


@contextmanager
def running(
    command: Sequence[str], env: Mapping[str, str], address: str | Path, *, folder: Path, cwd: Path | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    """A server in a process group of its own, until the block ends. It is up when the address answers or is there.

    `folder`: where its log goes, and where it works unless `cwd` says otherwise.
    """
    with (folder / "server.log").open("ab") as log:
        server = subprocess.Popen(command, env=env, stdout=log, stderr=log, start_new_session=True, cwd=cwd or folder)
    try:
        wait_for(address, server)
        yield server
    finally:
        end(server)


def wait_for(address: str | Path, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < deadline:
        if answers(address):
            return
        time.sleep(0.005)
    raise RuntimeError(f"{address} does not answer; see server.log beside its data")


def answers(address: str | Path) -> bool:
    if isinstance(address, Path):
        return address.exists()
    try:
        urllib.request.urlopen(address, timeout=PATIENCE).close()
    except urllib.error.HTTPError as error:
        return error.code != 503  # it says that it is still starting
    except OSError:
        return False
    return True


def end(server: "subprocess.Popen[bytes]") -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(server.pid, number)
            server.wait(timeout=15)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue


def tree(pid: int) -> list[int]:
    """A process and all below it."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        fields = read(stat).rpartition(")")[2].split()
        if len(fields) > 1:
            children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found, waiting = [], [pid]
    while waiting:
        found.append(waiting.pop())
        waiting += children.get(found[-1], [])
    return found


def named(word: str, among: Iterable[int] | None = None) -> list[int]:
    """Processes whose command line holds the word."""
    pids = among if among is not None else [int(path.name) for path in Path("/proc").glob("[0-9]*")]
    return [pid for pid in pids if word in read(Path(f"/proc/{pid}/cmdline")).replace("\0", " ")]


def cpu_seconds(pids: Collection[int]) -> float:
    """Of all their threads so far, to the nanosecond; those of threads that ended stay with their process."""
    spent = 0.0
    for pid in pids:
        for path in Path(f"/proc/{pid}/task").glob("*/schedstat"):
            fields = read(path).split()
            spent += int(fields[0]) * NANO if fields else 0.0
    return spent


def bytes_of(pids: Collection[int]) -> int:
    """Proportional set size: what is shared counts once, divided among those who share it."""
    total = 0
    for pid in pids:
        for line in read(Path(f"/proc/{pid}/smaps_rollup")).splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1]) * 1024
    return total


def read(path: Path) -> str:
    """Empty when the process is gone."""
    try:
        return path.read_text(errors="replace")
    except OSError:
        return ""


def cost(deed: Callable[[], object], pids: Callable[[], Collection[int]]) -> float:
    """CPU seconds that the processes spend while the deed is done."""
    before = cpu_seconds(pids())
    deed()
    return cpu_seconds(pids()) - before
