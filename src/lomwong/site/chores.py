"""What the worker does beside the queue."""

from django.core.management import call_command

from lomwong.discovery.tasks import look_if_due
from lomwong.kit.jobs.worker import Chore
from lomwong.search.index import catch_up


def forget_old_sessions() -> None:
    call_command("clearsessions")


def chores() -> list[Chore]:
    return [
        Chore("bring the search index up to date", 1.0, catch_up),
        Chore("look for circles when it is time", 3600.0, look_if_due),
        Chore("forget sessions that ended", 24 * 3600.0, forget_old_sessions),
    ]
