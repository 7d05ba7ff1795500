"""Take, renew, give back: the life of a lease. Every function is one short transaction."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread
from typing import Any

from django.db import Error, connection, transaction
from django.utils import timezone
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from lomwong.kit.models import Lease

log = logging.getLogger(__name__)

Job = DBTaskResult[..., Any]
LEASE_SECONDS = 60.0
MOST_ATTEMPTS = 5
BACKOFF_SECONDS = (10, 60, 300, 1800)
NEVER = timedelta(days=365)


class WorkerLost(Exception):
    """The worker that held a task stopped without a word, as often as we try."""


def take(worker: str, *, seconds: float = LEASE_SECONDS) -> Job | None:
    """The next ready task, now leased to `worker`; None when there is nothing to do."""
    if not DBTaskResult.objects.ready().exists():  # an idle worker is not to ask for the writer's lock
        return None
    with transaction.atomic():
        task: Job | None = DBTaskResult.objects.ready().get_locked()
        if task is None:
            return None
        task.claim(worker)
        lease = Lease.objects.filter(task_id=task.id).first() or Lease(task_id=task.id)
        lease.worker, lease.attempts = worker, lease.attempts + 1
        lease.expires_at = timezone.now() + timedelta(seconds=seconds)
        lease.save()
        return task


def renew(task: Job, worker: str, *, seconds: float = LEASE_SECONDS) -> bool:
    """False when somebody else holds the task by now."""
    later = timezone.now() + timedelta(seconds=seconds)
    return Lease.objects.filter(task_id=task.id, worker=worker).update(expires_at=later) == 1


@contextmanager
def heartbeat(task: Job, worker: str, *, seconds: float = LEASE_SECONDS) -> Iterator[None]:
    """Renew in the background while the body runs. A database that is busy for a while does not stop the beat."""
    is_done = Event()

    def beat() -> None:
        try:
            while not is_done.wait(seconds / 3):
                try:
                    renew(task, worker, seconds=seconds)
                except Error:
                    log.warning("could not renew the lease of %s yet", task.id)
        finally:
            connection.close()

    thread = Thread(target=beat, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_done.set()
        thread.join()


@transaction.atomic
def finish(task: Job, worker: str, *, value: object = None, error: BaseException | None = None) -> None:
    """Note the outcome, unless the lease was lost meanwhile. A failed task is tried again later, a few times."""
    lease = Lease.objects.select_for_update().filter(task_id=task.id, worker=worker).first()
    if lease is None:
        return
    if error is None:
        task.set_successful(value)
        lease.delete()
    else:
        _retry_or_bury(task, lease, error)


@transaction.atomic
def release_expired() -> int:
    """Send the tasks of vanished workers back to the queue. Returns how many."""
    expired = list(Lease.objects.select_for_update().filter(expires_at__lt=timezone.now()))
    if not expired:
        return 0
    held = DBTaskResult.objects.running().filter(id__in=[lease.task_id for lease in expired])
    running = {task.id: task for task in held}
    for lease in expired:
        if lease.task_id in running:
            _retry_or_bury(running[lease.task_id], lease, WorkerLost(lease.worker))
        else:
            lease.delete()  # its task was ended or removed by hand
    return len(running)


def _retry_or_bury(task: Job, lease: Lease, error: BaseException) -> None:
    if lease.attempts >= MOST_ATTEMPTS:
        task.set_failed(error)
        lease.delete()
        return
    wait = BACKOFF_SECONDS[min(lease.attempts, len(BACKOFF_SECONDS)) - 1]
    task.status = TaskResultStatus.READY
    task.run_after = timezone.now() + timedelta(seconds=wait)
    task.save(update_fields=["status", "run_after"])
    lease.worker = ""
    lease.expires_at = task.run_after + NEVER  # nobody holds it; the row only counts the attempts
    lease.save()


def is_queued(task_path: str) -> bool:
    """Whether such a task waits, for another try perhaps, or runs."""
    unfinished = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    return DBTaskResult.objects.filter(task_path=task_path, status__in=unfinished).exists()
