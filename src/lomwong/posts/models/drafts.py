"""What is not posted yet. Nobody but its owner ever sees a draft: it is no Post, has no number, lies in no list."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext

from lomwong.kit.html import shortened
from lomwong.people.models import Viewer
from lomwong.posts.models.post import Kind, Post


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, viewer: Viewer) -> DraftQuerySet:
        """One's own; not even the operator's eye falls on somebody else's."""
        return self.open().filter(owner=viewer.pk) if viewer.pk is not None else self.none()

    def open(self) -> DraftQuerySet:
        """Neither posted nor thrown away."""
        return self.filter(ended_at__isnull=True)

    def thrown_away(self) -> DraftQuerySet:
        return self.filter(ended_at__isnull=False, became__isnull=True)

    def scheduled(self) -> DraftQuerySet:
        return self.open().filter(publish_at__isnull=False)


class Draft(models.Model):
    """The fields of a writing page as they were last typed. With `post`, changes to that post; with `parent`, a reply
    to it; otherwise something new.

    One that was posted stays a while as an empty row: a page that sends its key once more, late or twice, learns what
    became of it. One that was thrown away keeps its words a few days, to be taken back.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=32, unique=True)  # made by the page, so that a lost network loses nothing
    kind = models.CharField(max_length=10, choices=Kind)
    post = models.ForeignKey(Post, null=True, on_delete=models.CASCADE, related_name="drafts")
    parent = models.ForeignKey(Post, null=True, on_delete=models.CASCADE, related_name="reply_drafts")
    title = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    fields = models.JSONField(default=dict)  # the other fields of the form, by name: lists of strings
    publish_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=300, blank=True)  # why it could not be posted when its time came
    ended_at = models.DateTimeField(null=True)  # posted or thrown away
    became = models.ForeignKey(Post, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Draft]] = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at", "-pk"]
        indexes = [
            models.Index(fields=["owner", "-saved_at"], name="draft_owner"),
            models.Index(fields=["publish_at"], name="draft_due", condition=Q(publish_at__isnull=False)),
            models.Index(fields=["ended_at"], name="draft_ended", condition=Q(ended_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk} of {self.owner_id}"

    def get_absolute_url(self) -> str:
        return reverse("posts:draft", args=[self.pk])

    @property
    def label(self) -> str:
        boxes = [value for name, values in self.fields.items() if name.startswith("box_") for value in values]
        words = " ".join([self.text, *boxes]).split()
        return self.title or shortened(" ".join(words), 80) or gettext("Without words yet")
