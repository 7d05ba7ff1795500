"""Files, and how far we have come with their words."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from lomwong.people.models import Viewer
from lomwong.posts.files.kinds import KINDS
from lomwong.posts.files.remake import SMALL
from lomwong.posts.models.post import Post


class Reading(models.TextChoices):
    """How far we have come with the words of a file."""

    WAITING = "waiting"
    DONE = "done"
    EMPTY = "empty"  # nothing to read in it: a picture, a scanned page
    LOCKED = "locked"  # with a password
    DAMAGED = "damaged"
    TOO_MUCH = "too_much"  # more time or memory than one file may take


class FileQuerySet(models.QuerySet["File"]):
    def visible_to(self, viewer: Viewer) -> FileQuerySet:
        """Whoever reads the post reads its files; those of a draft are its owner's alone."""
        on_posts = Q(post__in=Post.objects.visible_to(viewer))
        return self.filter(on_posts | Q(draft__owner=viewer.pk) if viewer.pk is not None else on_posts)

    def waiting(self) -> FileQuerySet:
        return self.filter(reading=Reading.WAITING, post__isnull=False)


class File(models.Model):
    """A file that hangs on a post, or lies with a draft until that is posted.

    Its bytes lie on the shelf under their hash, once for all posts that show them.
    """

    post = models.ForeignKey(Post, null=True, on_delete=models.CASCADE, related_name="files")
    draft = models.ForeignKey("posts.Draft", null=True, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=150)  # as given, made safe
    media_type = models.CharField(max_length=100)  # by its bytes, never by its name
    size = models.BigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    attached_at = models.DateTimeField()
    words_text = models.TextField(editable=False, default="")  # long: lists of files defer it
    reading = models.CharField(max_length=8, choices=Reading, default=Reading.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)  # of reading it
    # Of pictures:
    alt = models.CharField(max_length=300, blank=True)  # what is to be seen on it, for those who cannot see it
    width = models.PositiveIntegerField(null=True)  # pixels
    height = models.PositiveIntegerField(null=True)
    small_sha256 = models.CharField(max_length=64, blank=True)  # a smaller one for pages and slow lines

    objects: ClassVar[models.Manager[File]] = FileQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["post", "sha256"], name="file_once")]
        indexes = [
            models.Index(fields=["sha256"], name="file_bytes"),
            models.Index(fields=["id"], name="file_waiting", condition=Q(reading="waiting")),
            models.Index(fields=["small_sha256"], name="file_small", condition=~Q(small_sha256="")),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("posts:file", args=[self.pk])

    @property
    def is_picture(self) -> bool:
        return self.width is not None

    @property
    def is_sound(self) -> bool:
        return self.media_type.startswith("audio/")

    @property
    def picture_url(self) -> str:
        return reverse("posts:picture", args=[self.pk])

    @property
    def small_url(self) -> str:
        """Of what is shown on pages; a picture that is small itself has no smaller one."""
        return reverse("posts:picture_small", args=[self.pk]) if self.small_sha256 else self.picture_url

    @property
    def small_width(self) -> int:
        return self._shrunk(self.width)

    @property
    def small_height(self) -> int:
        return self._shrunk(self.height)

    def _shrunk(self, side: int | None) -> int:
        longest = max(self.width or 0, self.height or 0)
        return max(1, round((side or 0) * min(1, SMALL / longest))) if longest else 0

    @property
    def sound_url(self) -> str:
        return reverse("posts:sound", args=[self.pk])

    @property
    def words_for_it(self) -> str:
        """A picture always has some: it is a link, and links say what they are."""
        return self.alt or self.name

    @property
    def kind_label(self) -> str:
        return str(KINDS[self.media_type].label) if self.media_type in KINDS else self.media_type
