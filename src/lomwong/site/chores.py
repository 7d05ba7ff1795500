"""What the worker does beside the queue."""

from django.core.management import call_command

from lomwong.discovery.tasks import look_if_due
from lomwong.kit.jobs.worker import Chore
from lomwong.posts.tasks import read_files_if_waiting, sweep_files
from lomwong.search.index import catch_up


def forget_old_sessions() -> None:
    call_command("clearsessions")


def chores() -> list[Chore]:
    return [
        Chore("bring the search index up to date", 1.0, catch_up),
        Chore("read the words of new files", 2.0, read_files_if_waiting),
        Chore("clear away files that hang on nothing", 24 * 3600.0, sweep_files),
        Chore("look for circles when it is time", 3600.0, look_if_due),
        Chore("forget sessions that ended", 24 * 3600.0, forget_old_sessions),
    ]
