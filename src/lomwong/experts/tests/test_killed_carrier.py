"""A worker that is really killed among its questions, and two that go on together: nobody is asked too often."""

import json
import os
import signal
import subprocess
import sys
import time
from urllib.parse import urlsplit

import pytest
from django.db import connection

from lomwong.experts.carrying import actions
from lomwong.experts.carrying.choosing import Likely
from lomwong.experts.models import Carried
from lomwong.experts.tests.asking import asked_people
from lomwong.experts.tests.jobs import KNOWERS
from lomwong.people.tests.factories import make_person
from lomwong.posts.tests.factories import make_question

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 90  # seconds; a process starts in three
QUESTIONS = 30  # more than the twelve will take: sixty times somebody may be asked


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
        command = [sys.executable, "-m", "lomwong.experts.tests.jobs", *step]
        process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE if step == ("look",) else None)
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.wait()


def seen(start) -> dict:
    out, _ = start("look").communicate(timeout=PATIENCE)
    return json.loads(out)


def wait_for(start, condition) -> dict:
    deadline = time.monotonic() + PATIENCE
    while not condition(found := seen(start)):
        assert time.monotonic() < deadline, f"waited in vain: {found}"
    return found


def test_a_killed_carrier_leaves_nothing_half_done(start):
    assert start("prepare", str(QUESTIONS)).wait(PATIENCE) == 0
    first = start("work")
    wait_for(start, lambda found: found["rows"])
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    workers = [start("work"), start("work")]
    found = wait_for(start, lambda found: found["is_done"])
    assert all(worker.poll() is None for worker in workers)
    assert found["questions"] == QUESTIONS
    assert found["rows"] == found["told"] == KNOWERS * 5  # all the room there is
    assert found["fullest"] == 5
    assert found["most"] == 3


def test_what_was_looked_up_before_is_counted_again_when_it_is_done():
    """Two workers have found the same one at the same moment."""
    person = make_person(per_week := "คนเดียว")
    found = [Likely(person.pk, None)]
    questions = [make_question() for _ in range(5)]
    for question in questions:
        actions.begin(question, found)
    assert [asked_people(question) for question in questions] == [[per_week]] * 3 + [[]] * 2
    assert actions.carry(questions[0].pk, found, why=Carried.objects.first().why) == []
