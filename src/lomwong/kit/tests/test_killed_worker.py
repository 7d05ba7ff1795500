"""The lease with processes that are really killed. They share a database file, which the test's own cannot be; on
PostgreSQL they share the test's own, and each has the smallest pool of connections.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 60  # seconds; a process starts in two


@pytest.fixture
def start(tmp_path):
    """Start a step of `jobs` in a data folder of the test's own; whatever still runs is ended with the test."""
    started = []
    env = os.environ | {"LOMWONG_DATA": str(tmp_path / "data"), "DJANGO_SETTINGS_MODULE": "lomwong.site.settings"}
    if connection.vendor == "postgresql":
        ours = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
        env |= {"DATABASE_URL": ours.geturl(), "LOMWONG_POOL": "1"}
    env["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)

    def run(*step: str) -> subprocess.Popen:
        process = subprocess.Popen([sys.executable, "-m", "lomwong.kit.tests.jobs", *step], env=env)
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.wait()


def lines(folder: Path) -> list[str]:
    log = folder / "log"
    return log.read_text().splitlines() if log.exists() else []


def wait_for(condition) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def test_the_task_of_a_killed_worker_is_done_by_the_next(tmp_path, start):
    assert start("enqueue", str(tmp_path), "600").wait(PATIENCE) == 0
    first = start("work", "2")
    wait_for(lambda: lines(tmp_path))
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert lines(tmp_path) == [f"begun {first.pid}"]
    second = start("recover")
    assert second.wait(PATIENCE) == 0
    assert lines(tmp_path) == [f"begun {first.pid}", f"begun {second.pid}", f"done {second.pid}"]


def test_a_living_worker_keeps_a_task_that_outlasts_its_lease(tmp_path, start):
    assert start("enqueue", str(tmp_path), "5").wait(PATIENCE) == 0
    workers = [start("work", "2"), start("work", "2")]
    wait_for(lambda: any(line.startswith("done") for line in lines(tmp_path)))
    time.sleep(1)
    begun, done = lines(tmp_path)
    assert begun.removeprefix("begun ") == done.removeprefix("done ")
    assert int(done.removeprefix("done ")) in {worker.pid for worker in workers}
    assert start("look").wait(PATIENCE) == 0, "its lease was lost on the way"
