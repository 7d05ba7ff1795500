"""What a circle's own past taught the ranking of those who know."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from lomwong.communities.models import Community


class Tuning(models.Model):
    """Learnt by a job from questions that were answered. The row without a circle is the whole house's."""

    community = models.OneToOneField(Community, null=True, on_delete=models.CASCADE, related_name="+")
    half_life_days = models.FloatField()
    blend = models.FloatField()
    questions = models.PositiveIntegerField()  # from which it was learnt
    precision_before = models.FloatField()  # mean average precision with the defaults, on questions held back
    precision_after = models.FloatField()
    measured_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Tuning]] = models.Manager()

    def __str__(self) -> str:
        return f"tuning of {self.community_id or 'the house'}"
