"""Who wrote what stands there without a name. Such a post has no author: every list, feed and export that asks for
authors is right without knowing of this table, and only `posts.unnamed` and the opening of an envelope ask it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from lomwong.posts.models.post import Post


class Envelope(models.Model):
    """The sealed name. Two who look after the house open it together, never one (moderation)."""

    post = models.OneToOneField(Post, primary_key=True, on_delete=models.CASCADE, related_name="envelope")
    # Set null, not swept along: the list of what goes with a person, which the admin shows, must not name their posts.
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    # Of the draft it was, which is gone at once: a page that is sent twice learns here what became of it.
    key = models.CharField(max_length=32, blank=True, db_index=True)
    opened_at = models.DateTimeField(null=True)
    opened_because = models.CharField(max_length=500, blank=True)  # for its author: who opened it, they are not told

    objects: ClassVar[models.Manager[Envelope]] = models.Manager()

    def __str__(self) -> str:
        return f"envelope of {self.post_id}"
