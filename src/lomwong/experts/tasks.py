"""Once a week the ranking learns from each circle's own past, a circle at a time."""

import logging
from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone
from django_tasks import task

from lomwong.communities.models import Community
from lomwong.experts.finding import learning
from lomwong.experts.models import Tuning
from lomwong.experts.tuning import FEWEST
from lomwong.kit.jobs.lease import is_queued
from lomwong.posts.models import Kind

log = logging.getLogger(__name__)
EVERY = timedelta(days=7)


@task()
def tune(community: int | None) -> None:
    """Harmless to run twice. A circle that is gone by now teaches nothing."""
    if community is not None and not Community.objects.filter(pk=community).exists():
        return
    row = learning.learn(community)
    log.info(
        "%s: half-life %.0f days, blend %.1f; mean average precision %.3f, was %.3f; %d questions",
        row,
        row.half_life_days,
        row.blend,
        row.precision_after,
        row.precision_before,
        row.questions,
    )


def tune_if_due() -> None:
    """Queue the house, or a circle with enough questions, that has not been learnt from for a week; one at a time."""
    if is_queued(tune.module_path):
        return
    lately = Tuning.objects.filter(measured_at__gt=timezone.now() - EVERY)
    if not lately.filter(community=None).exists():
        tune.enqueue(None)
        return
    asked = Count("posts", filter=Q(posts__kind=Kind.QUESTION))
    done = lately.filter(community__isnull=False).values("community")
    due = Community.objects.exclude(pk__in=done).annotate(asked=asked).filter(asked__gte=FEWEST)
    pk = due.order_by("pk").values_list("pk", flat=True).first()
    if pk is not None:
        tune.enqueue(pk)
