"""Sending letters, as a job, and the chores that keep the news moving."""

from django_tasks import task

from lomwong.kit.jobs.lease import is_queued
from lomwong.notifications import actions
from lomwong.notifications.models import Letter


@task()
def send_letters() -> int:
    """Some of those that are due. A letter claimed once is never claimed again, so it is harmless to run twice; when
    no server can be reached, the queue waits longer from try to try."""
    return actions.send_due()


def send_letters_if_due() -> None:
    """A letter waits in the outbox, not in the queue: whatever becomes of a job, none is forgotten."""
    if Letter.objects.due().exists() and not is_queued(send_letters.module_path):
        send_letters.enqueue()


def tell_news() -> None:
    actions.take_in()


def gather_daily_letters() -> None:
    actions.gather_daily()


def forget_old_news() -> None:
    actions.forget_old()
