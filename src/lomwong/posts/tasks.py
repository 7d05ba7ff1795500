"""Reading the words of files, as a job."""

from django_tasks import task

from lomwong.kit.jobs.lease import is_queued
from lomwong.posts.files import actions
from lomwong.posts.models import File


@task()
def read_files() -> int:
    """Some of those that wait; harmless to run twice. The chore below queues it again for the others."""
    return actions.read_waiting()


def read_files_if_waiting() -> None:
    """A file waits in the database, not in the queue: whatever becomes of a job, none is forgotten."""
    if File.objects.waiting().exists() and not is_queued(read_files.module_path):
        read_files.enqueue()


def sweep_files() -> None:
    actions.sweep()
