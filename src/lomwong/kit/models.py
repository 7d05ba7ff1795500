"""The lease of a running job."""

from django.db import models


class Lease(models.Model):
    task_id = models.UUIDField(primary_key=True)  # of django_tasks_db's DBTaskResult
    worker = models.CharField(max_length=64)
    attempts = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.task_id} held by {self.worker}"
