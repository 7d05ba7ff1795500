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
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    objects: ClassVar[models.Manager[Envelope]] = models.Manager()

    def __str__(self) -> str:
        return f"envelope of {self.post_id}"
