"""Tasks for the tests, and a worker in a process of its own: `python -m lomwong.kit.tests.jobs STEP …`.

Steps: `enqueue FOLDER SECONDS`, `work LEASE_SECONDS`, `recover`, `look`.
"""

import os
import sys
import time
from pathlib import Path
from threading import Event

import django

if __name__ == "__main__":
    django.setup()

from django_tasks import task


@task()
def note(word: str) -> str:
    return word


@task()
def fail() -> None:
    raise ValueError("on purpose")


@task()
def unkeepable() -> object:
    return object()


@task()
def note_and_sleep(folder: str, seconds: float) -> None:
    """Leaves a line at the beginning and one at the end; only the first run sleeps."""
    log = Path(folder) / "log"
    is_first = not log.exists()
    with log.open("a") as lines:
        lines.write(f"begun {os.getpid()}\n")
    if is_first:
        time.sleep(seconds)
    with log.open("a") as lines:
        lines.write(f"done {os.getpid()}\n")


def enqueue(folder: str, seconds: str) -> None:
    from django.core.management import call_command

    for app in ("kit", "django_tasks_database"):
        call_command("migrate", app, verbosity=0)
    from lomwong.kit.tests import jobs  # under the name by which a worker finds it

    jobs.note_and_sleep.enqueue(folder, float(seconds))


def work(lease_seconds: str) -> None:
    from lomwong.kit.jobs import worker

    worker.run([], stop=Event(), pause_seconds=0.05, lease_seconds=float(lease_seconds))


def recover() -> None:
    """What the next worker does, without waiting for the pause before a second try."""
    from django.utils import timezone
    from django_tasks_db.models import DBTaskResult

    from lomwong.kit.jobs import lease, worker

    deadline = time.monotonic() + 20
    while not lease.release_expired():
        if time.monotonic() > deadline:
            sys.exit("no lease expired")
        time.sleep(0.1)
    DBTaskResult.objects.update(run_after=timezone.now())
    sys.exit(0 if worker.work_one("second") else "nothing to do")


def look() -> None:
    """Whether every task is noted as done, and by the first who took it."""
    from django_tasks_db.models import DBTaskResult

    for status, takers in DBTaskResult.objects.values_list("status", "worker_ids"):
        if status != "SUCCESSFUL" or len(takers) != 1:
            sys.exit(f"{status}, taken by {takers}")


if __name__ == "__main__":
    {"enqueue": enqueue, "work": work, "recover": recover, "look": look}[sys.argv[1]](*sys.argv[2:])
