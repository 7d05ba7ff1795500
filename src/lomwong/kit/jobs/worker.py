"""The loop that works off the queue and does the small regular chores beside it."""

import logging
import os
import secrets
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Event

from django.db import Error, close_old_connections

from lomwong.kit.jobs import lease

log = logging.getLogger(__name__)


@dataclass
class Chore:
    """Something done again and again by the worker itself: quick, idempotent, safe to miss."""

    name: str
    every_seconds: float
    do: Callable[[], object]
    due_at: float = field(default=0.0)


def worker_name() -> str:
    return f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(3)}"


def run(
    chores: Sequence[Chore],
    *,
    stop: Event,
    pause_seconds: float = 0.5,
    lease_seconds: float = lease.LEASE_SECONDS,
) -> None:
    """Until `stop` is set. A fault of the database or of a chore is logged and tried again; the loop goes on."""
    name = worker_name()
    chores = [*chores, Chore("release expired leases", lease_seconds / 4, lease.release_expired)]
    while not stop.is_set():
        close_old_connections()
        for chore in chores:
            do_if_due(chore)
        if not work_one(name, lease_seconds=lease_seconds):
            stop.wait(pause_seconds)


def do_if_due(chore: Chore) -> None:
    if time.monotonic() < chore.due_at:
        return
    try:
        chore.do()
    except Exception:
        log.exception("chore failed: %s", chore.name)
    chore.due_at = time.monotonic() + chore.every_seconds


def work_one(name: str, *, lease_seconds: float = lease.LEASE_SECONDS) -> bool:
    """Take one task and run it. True when there was one. What cannot be noted now comes back when its lease ends."""
    try:
        task = lease.take(name, seconds=lease_seconds)
        if task is not None:
            run_task(task, name, lease_seconds=lease_seconds)
    except Error:
        log.warning("the database is busy; the queue waits", exc_info=True)
        return False
    return task is not None


def run_task(task: lease.Job, name: str, *, lease_seconds: float = lease.LEASE_SECONDS) -> None:
    """A task whose result cannot be kept as JSON has failed too."""
    try:
        with lease.heartbeat(task, name, seconds=lease_seconds):
            arguments = task.args_kwargs
            value = task.task.call(*arguments["args"], **arguments["kwargs"])
        lease.finish(task, name, value=value)
    except Exception as error:
        log.exception("task failed: %s", task.task_path)
        lease.finish(task, name, error=error)
