"""What a circle's own past taught the ranking of those who know."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Value
from django.db.models.functions import Coalesce

from lomwong.communities.models import Community


class Tuning(models.Model):
    """Learnt by a job from questions that were answered. The row without a circle is the whole house's."""

    community = models.OneToOneField(Community, null=True, on_delete=models.CASCADE, related_name="+")
    half_life_days = models.FloatField()
    blend = models.FloatField()
    questions = models.PositiveIntegerField()  # from which it was learnt; below `tuning.FEWEST` nothing was
    precision_before = models.FloatField()  # mean average precision as it was before, on questions held back
    precision_after = models.FloatField()
    measured_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Tuning]] = models.Manager()

    class Meta:
        # A unique column takes many rows of nothing: two workers are not to make two rows for the house.
        constraints = [
            models.UniqueConstraint(
                Coalesce("community", Value(0), output_field=models.BigIntegerField()), name="tuning_once"
            )
        ]

    def __str__(self) -> str:
        return f"tuning of {self.community_id or 'the house'}"
