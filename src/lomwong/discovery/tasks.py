"""The weekly look for circles, as a job."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from lomwong.discovery import actions, queries
from lomwong.discovery.models import Run
from lomwong.kit.jobs.lease import is_queued

EVERY = timedelta(days=7)


@task()
def look_for_circles() -> None:
    """Harmless to run twice: each run stands for itself, and pages show the last."""
    actions.look_for_circles()


def look_if_due() -> None:
    """Queue a look when the last one is a week old and something happened since, or when there was none."""
    if is_queued(look_for_circles.module_path):
        return
    run = queries.latest_run(Run.USUAL)
    if run is None or (run.created_at < timezone.now() - EVERY and queries.is_stale(run)):
        look_for_circles.enqueue()
