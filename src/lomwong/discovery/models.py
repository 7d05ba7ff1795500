"""What a run of the search for circles found. All of it can be found again: the ledger is the source."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lomwong.people.models import Operator, Viewer


class Run(models.Model):
    """One look at the traces: with which parameters, how far into the ledger, over how much."""

    AUTOMATIC = 0  # stands for the steadiest of the levels, which are 1 (wide) to LEVELS (close)
    LEVELS = 3
    USUAL = AUTOMATIC  # what the weekly job and the pages look at

    level = models.PositiveSmallIntegerField()
    position = models.BigIntegerField()  # last ledger event taken in
    people_count = models.PositiveIntegerField(default=0)
    exchange_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"run {self.pk}, level {self.level}"


class FoundCircleQuerySet(models.QuerySet["FoundCircle"]):
    def visible_to(self, viewer: Viewer) -> FoundCircleQuerySet:
        """A draft is seen by those whom it holds, and by nobody else of the house, whatever their office."""
        if isinstance(viewer, Operator):
            return self
        if viewer.pk is None:
            return self.none()
        return self.filter(seats__person=viewer, seats__person__is_findable=True)


class FoundCircle(models.Model):
    """People who help each other already (living), or wrestle with the same and hardly know each other (latent)."""

    class Kind(models.TextChoices):
        LIVING = "living", _("living")
        LATENT = "latent", _("latent")

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="circles")
    kind = models.CharField(max_length=8, choices=Kind)
    terms = models.JSONField(default=list)  # words, the most telling first
    exchanges = models.JSONField(default=list)  # post numbers, the most telling first
    stability = models.FloatField()

    objects: ClassVar[models.Manager[FoundCircle]] = FoundCircleQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return " ".join(self.terms[:3]) or f"circle {self.pk}"


class FoundSeat(models.Model):
    circle = models.ForeignKey(FoundCircle, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="found_seats")
    weight = models.FloatField()  # 1 for the strongest ties inside

    class Meta:
        ordering = ["-weight", "pk"]
        constraints = [models.UniqueConstraint(fields=["circle", "person"], name="found_seat_once")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.circle_id}"
