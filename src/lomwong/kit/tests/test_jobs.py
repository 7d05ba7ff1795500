from datetime import timedelta
from itertools import count
from threading import Event

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from lomwong.kit.jobs import lease, worker
from lomwong.kit.jobs.worker import Chore
from lomwong.kit.models import Lease
from lomwong.kit.tests import jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiet_log(caplog):
    """Failures of tasks are logged with their traceback; here they are meant to happen."""
    caplog.set_level("CRITICAL", logger="lomwong.kit.jobs")


def only_task() -> DBTaskResult:
    return DBTaskResult.objects.get()


def make_ready() -> None:
    DBTaskResult.objects.update(run_after=timezone.now() - timedelta(seconds=1))


def expire() -> None:
    Lease.objects.update(expires_at=timezone.now() - timedelta(seconds=1))


# The usual way


def test_a_task_is_taken_once_and_done():
    jobs.note.enqueue("ก")
    assert worker.work_one("w")
    task = only_task()
    assert (task.status, task.return_value) == (TaskResultStatus.SUCCESSFUL, "ก")
    assert not Lease.objects.exists()
    assert not worker.work_one("w")


def test_a_leased_task_is_nobody_elses():
    jobs.note.enqueue("ก")
    task = lease.take("first")
    assert task.status == TaskResultStatus.RUNNING
    assert lease.take("second") is None


def test_tasks_of_later_wait():
    jobs.note.using(run_after=timezone.now() + timedelta(hours=1)).enqueue("ก")
    assert lease.take("w") is None
    make_ready()
    assert lease.take("w") is not None


def test_the_first_of_the_queue_is_taken_first():
    for word in ("ก", "ข", "ค"):
        jobs.note.enqueue(word)
    DBTaskResult.objects.filter(args_kwargs__args=["ข"]).update(priority=10)
    taken = [lease.take("w").args_kwargs["args"][0] for _ in range(3)]
    assert taken == ["ข", "ก", "ค"]


def test_an_idle_worker_writes_nothing(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert lease.take("w") is None


# Failure


def test_a_failing_task_is_tried_again_with_longer_pauses_and_then_buried(quiet_log):
    jobs.fail.enqueue()
    pauses = []
    for attempt in range(1, lease.MOST_ATTEMPTS + 1):
        make_ready()
        assert worker.work_one("w"), attempt
        task = only_task()
        if attempt < lease.MOST_ATTEMPTS:
            assert task.status == TaskResultStatus.READY
            pauses.append((task.run_after - timezone.now()).total_seconds())
    assert pauses == sorted(pauses)
    assert [round(pause) for pause in pauses] == list(lease.BACKOFF_SECONDS)
    assert only_task().status == TaskResultStatus.FAILED
    assert "on purpose" in only_task().traceback
    assert not Lease.objects.exists()
    make_ready()
    assert not worker.work_one("w")


def test_a_result_that_cannot_be_kept_is_a_failure_and_not_the_end_of_the_worker(quiet_log):
    jobs.unkeepable.enqueue()
    assert worker.work_one("w")
    assert only_task().status == TaskResultStatus.READY


def test_a_task_whose_code_is_gone_is_a_failure_and_not_the_end_of_the_worker(quiet_log):
    jobs.note.enqueue("ก")
    DBTaskResult.objects.update(task_path="lomwong.kit.tests.jobs.gone")
    assert worker.work_one("w")
    assert only_task().status == TaskResultStatus.READY


def test_a_busy_database_does_not_end_the_worker(monkeypatch, quiet_log):
    def busy(*args, **kwargs):
        raise OperationalError("database is locked")

    jobs.note.enqueue("ก")
    monkeypatch.setattr(lease, "finish", busy)
    assert worker.work_one("w") is False
    monkeypatch.setattr(lease, "take", busy)
    assert worker.work_one("w") is False
    monkeypatch.undo()
    expire()
    assert lease.release_expired() == 1  # what could not be noted is done again
    make_ready()
    assert worker.work_one("w")
    assert only_task().status == TaskResultStatus.SUCCESSFUL


# A lost worker


def test_an_expired_lease_sends_the_task_back():
    jobs.note.enqueue("ก")
    task = lease.take("lost")
    assert lease.release_expired() == 0
    expire()
    assert lease.release_expired() == 1
    assert lease.release_expired() == 0
    assert only_task().status == TaskResultStatus.READY
    assert not lease.renew(task, "lost")


def test_who_comes_too_late_changes_nothing():
    jobs.note.enqueue("ก")
    late = lease.take("lost")
    expire()
    lease.release_expired()
    make_ready()
    lease.take("second")
    lease.finish(late, "lost", value="ข")
    assert only_task().status == TaskResultStatus.RUNNING
    lease.finish(only_task(), "second", value="ก")
    assert only_task().return_value == "ก"


def test_a_task_that_kills_its_workers_is_buried():
    jobs.note.enqueue("ก")
    for _ in range(lease.MOST_ATTEMPTS):
        make_ready()
        assert lease.take("w") is not None
        expire()
        lease.release_expired()
    assert only_task().status == TaskResultStatus.FAILED
    assert "WorkerLost" in only_task().exception_class_path


def test_leases_without_task_go_away():
    jobs.note.enqueue("ก")
    lease.take("w")
    DBTaskResult.objects.all().delete()
    expire()
    assert lease.release_expired() == 0
    assert not Lease.objects.exists()


def test_renewing_moves_the_end():
    jobs.note.enqueue("ก")
    task = lease.take("w", seconds=5)
    before = Lease.objects.get().expires_at
    assert lease.renew(task, "w", seconds=50)
    assert Lease.objects.get().expires_at - before > timedelta(seconds=40)
    assert not lease.renew(task, "other")


# Chores


def test_a_chore_is_done_when_it_is_due_and_its_fault_is_only_logged(quiet_log):
    done = []

    def sweep():
        done.append(1)
        raise RuntimeError

    chore = Chore("sweep", every_seconds=3600, do=sweep)
    worker.do_if_due(chore)
    worker.do_if_due(chore)
    assert done == [1]
    chore.due_at = 0
    worker.do_if_due(chore)
    assert done == [1, 1]


@pytest.mark.django_db(transaction=True)
def test_the_loop_works_the_queue_off_and_stops():
    for word in ("ก", "ข"):
        jobs.note.enqueue(word)
    stop, rounds = Event(), count()

    def stop_when_done():
        if next(rounds) > 100:  # counted first: a database that refuses must not keep this test for ever
            stop.set()
        if DBTaskResult.objects.successful().count() == 2:
            stop.set()

    worker.run([Chore("look", 0.0, stop_when_done)], stop=stop, pause_seconds=0.01)
    assert DBTaskResult.objects.successful().count() == 2


def test_two_workers_never_have_one_name():
    assert worker.worker_name() != worker.worker_name()
    assert len(worker.worker_name()) <= Lease._meta.get_field("worker").max_length
