"""A sender that is really killed, after a letter went out and before that is noted: nobody gets it twice."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from email import message_from_bytes, policy
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 90  # seconds; a process starts in three
LETTERS = 4
BETWEEN = b"-" * 79 + b"\n"  # two letters of one file


@pytest.fixture
def start(tmp_path):
    """Start a step of `jobs` in a data folder of the test's own; whatever still runs is ended with the test."""
    started = []
    env = os.environ | {"LOMWONG_DATA": str(tmp_path / "data"), "DJANGO_SETTINGS_MODULE": "lomwong.site.settings"}
    if connection.vendor == "postgresql":
        ours = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
        env |= {"DATABASE_URL": ours.geturl(), "LOMWONG_POOL": "2"}
    env["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)

    def run(*step: str) -> subprocess.Popen:
        process = subprocess.Popen([sys.executable, "-m", "lomwong.notifications.tests.jobs", *step], env=env)
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.wait()


def addressees(folder: Path) -> Counter[str]:
    """How many letters lie in the folder for each."""
    found: Counter[str] = Counter()
    for path in folder.glob("*.log") if folder.exists() else []:
        for letter in path.read_bytes().split(BETWEEN):
            if letter.strip():
                found[message_from_bytes(letter, policy=policy.default)["to"]] += 1
    return found


def wait_for(condition) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def test_a_killed_sender_leaves_no_double_and_the_next_sends_the_rest(tmp_path, start):
    folder = tmp_path / "mail"
    assert start("prepare", str(LETTERS)).wait(PATIENCE) == 0
    first = start("work", str(folder), "600")
    wait_for(lambda: addressees(folder))
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert sum(addressees(folder).values()) == 1
    seconds = [start("work", str(folder), "0"), start("work", str(folder), "0")]
    wait_for(lambda: len(addressees(folder)) == LETTERS)
    time.sleep(3)  # a lease and more
    assert all(process.poll() is None for process in seconds)
    assert addressees(folder) == Counter({f"p{number}@u.example": 1 for number in range(LETTERS)})
