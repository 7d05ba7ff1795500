"""A parcel: the zip of somebody who has written too much to wait for it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models

from lomwong.people.models import Viewer

KEPT = timedelta(days=7)


class ParcelQuerySet(models.QuerySet["Parcel"]):
    def visible_to(self, viewer: Viewer) -> ParcelQuerySet:
        """One's own; nobody else's, not even the operator's."""
        return self.filter(person=viewer.pk) if viewer.pk is not None else self.none()


class Parcel(models.Model):
    """One at a time for each person: asked for, packed by a job, kept for a week."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="parcel"
    )
    asked_at = models.DateTimeField()
    language = models.CharField(max_length=2, default="th")
    file_name = models.CharField(max_length=40, blank=True)  # below `folder()`; empty until it is packed
    size = models.BigIntegerField(null=True)  # bytes
    ready_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)  # by mail; noted before the letter goes, so that it never goes twice

    objects: ClassVar[models.Manager[Parcel]] = ParcelQuerySet.as_manager()

    def __str__(self) -> str:
        return f"parcel of {self.person_id}"

    @property
    def path(self) -> Path:
        return folder() / self.file_name

    @property
    def until(self) -> datetime | None:
        return self.ready_at + KEPT if self.ready_at else None


def folder() -> Path:
    """For nobody but us to look into; made when missing."""
    path = Path(settings.DATA_DIR) / "takeaway"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path
