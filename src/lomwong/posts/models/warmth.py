"""Thanks, mentions, readers."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from lomwong.posts.models.post import Post


class Flower(models.Model):
    """Thanks for a post, with a word if one likes. Never ranked, never a score."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="flowers")
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="flowers_given")
    word = models.CharField(max_length=200, blank=True)
    given_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Flower]] = models.Manager()

    class Meta:
        ordering = ["given_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["post", "giver"], name="flower_once")]

    def __str__(self) -> str:
        return f"{self.giver_id} thanks for {self.post_id}"


class Mention(models.Model):
    """Somebody named in a post; made anew when it is written and edited."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="mentions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mentions")

    objects: ClassVar[models.Manager[Mention]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["post", "person"], name="mention_once")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.post_id}"


class ReaderSalt(models.Model):
    """The secret of one period, in which a reader counts once. Thrown away with its sketches when the period ends."""

    starts_on = models.DateField(primary_key=True)
    salt = models.BinaryField(max_length=32)

    objects: ClassVar[models.Manager[ReaderSalt]] = models.Manager()

    def __str__(self) -> str:
        return f"since {self.starts_on}"


class ReaderSketch(models.Model):
    """Who read a post in this period, as bits from which nobody can be read back once the salt is gone."""

    post = models.OneToOneField(Post, primary_key=True, on_delete=models.CASCADE, related_name="sketch")
    starts_on = models.DateField()
    bits = models.BinaryField()
    counted_before = models.PositiveIntegerField(default=0)  # in the periods before

    objects: ClassVar[models.Manager[ReaderSketch]] = models.Manager()

    def __str__(self) -> str:
        return f"readers of {self.post_id} since {self.starts_on}"
