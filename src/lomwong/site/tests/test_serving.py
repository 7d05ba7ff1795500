"""The whole house: real processes, and what becomes of them."""

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from lomwong.site import serving

WEB_PROCESSES = 2
POOL = 2
NOHUP = "trap '' HUP; exec \"$@\""


@dataclass
class House:
    process: "subprocess.Popen[bytes]"
    port: int

    def children(self) -> list[int]:
        pid = self.process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def status(self, path: str) -> int:
        """Of the answer; 0 for none."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as page:
                return int(page.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def statuses(self, number: int) -> Counter[int]:
        """Of so many requests, eight at once."""
        with ThreadPoolExecutor(8) as readers:
            return Counter(readers.map(self.status, ["/", "/circles/", "/healthz"] * (number // 3)))


@contextmanager
def house(data: Path, *, prefix: tuple[str, ...] = (), **settings: str) -> Iterator[House]:
    """Open, with a terminal's group of processes of its own. What is left of it in the end is killed."""
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    port = serving.free_port("127.0.0.1", 18700 + os.getpid() % 1000)
    command = [*prefix, sys.executable, "-m", "lomwong", "serve", "--port", str(port)]
    env |= {"LOMWONG_DATA": str(data), **settings}
    opened = House(subprocess.Popen(command, env=env, start_new_session=True), port)
    try:
        assert wait_until(lambda: opened.status("/healthz") == 200, seconds=60)
        yield opened
    finally:
        if opened.process.poll() is None:
            os.killpg(opened.process.pid, signal.SIGKILL)
            opened.process.wait()


def wait_until(is_so: Callable[[], bool], *, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not is_so() and time.monotonic() < end:
        time.sleep(0.05)
    return is_so()


def are_gone(processes: list[int]) -> bool:
    return not any(Path(f"/proc/{pid}").exists() for pid in processes)


needs_proc = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux's list of children")


@needs_proc
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP], ids=["ctrl-c", "closed terminal"])
def test_what_reaches_all_processes_of_a_terminal_ends_all_of_them(number: signal.Signals, tmp_path: Path) -> None:
    with house(tmp_path) as opened:
        started = opened.children()
        assert len(started) == WEB_PROCESSES + 1  # and the worker
        os.killpg(opened.process.pid, number)
        assert opened.process.wait(timeout=2 * serving.PATIENCE) == 0
        assert wait_until(lambda: are_gone(started), seconds=10)


@needs_proc
def test_started_with_nohup_it_stays_open(tmp_path: Path) -> None:
    with house(tmp_path, prefix=("sh", "-c", NOHUP, "sh")) as opened:
        started = opened.children()
        os.killpg(opened.process.pid, signal.SIGHUP)
        time.sleep(1)
        assert opened.children() == started
        assert opened.status("/healthz") == 200


def test_a_signal_is_passed_on_by_another_thread_than_the_one_it_interrupts() -> None:
    told_by = []

    class Noted(threading.Event):
        def set(self) -> None:
            told_by.append(threading.current_thread())
            super().set()

    stop, numbers = Noted(), (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.getsignal(number) for number in numbers}
    try:
        serving.stop_on_signal(stop)
        signal.raise_signal(signal.SIGTERM)
        assert stop.wait(10)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert told_by != [threading.main_thread()]


# With the pool of connections


def other_connections() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return int(cursor.fetchone()[0])


def cut_other_connections() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no pool")
@pytest.mark.django_db(transaction=True)
def test_web_processes_with_pools_answer_many_at_once_and_after_the_database_cut_them_off(tmp_path: Path) -> None:
    before = other_connections()
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    with house(tmp_path, DATABASE_URL=url, LOMWONG_POOL=str(POOL)) as opened:
        assert opened.statuses(60) == {200: 60}
        assert other_connections() - before <= POOL * (WEB_PROCESSES + 1)
        cut_other_connections()
        assert opened.statuses(60) == {200: 60}
        opened.process.terminate()
        assert opened.process.wait(timeout=2 * serving.PATIENCE) == 0
    assert wait_until(lambda: other_connections() <= before, seconds=10)
