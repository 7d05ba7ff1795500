"""Blogs, series, earlier versions."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lomwong.people.models import Operator, Viewer
from lomwong.posts.models.post import Licence, Post


def known_to(viewer: Viewer, **holds: OuterRef) -> Q:
    """One's own, and those of which the viewer may read something: a name alone can say too much."""
    return Q(Exists(Post.objects.visible_to(viewer).filter(**holds))) | Q(owner=viewer.pk)


class BlogQuerySet(models.QuerySet["Blog"]):
    def visible_to(self, viewer: Viewer) -> BlogQuerySet:
        return self if isinstance(viewer, Operator) else self.filter(known_to(viewer, blog=OuterRef("pk")))


class Blog(models.Model):
    """A person may have several. Entries keep their numbers when they move to another."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="blogs")
    name = models.CharField(_("name"), max_length=120)
    slug = models.CharField(_("address"), max_length=140, unique=True)
    about = models.TextField(_("what it is about"), blank=True, max_length=1000)
    licence = models.CharField(_("licence"), max_length=12, choices=Licence, blank=True, default="")  # for new entries
    created_at = models.DateTimeField()
    source = models.CharField(max_length=80, blank=True)
    source_id = models.CharField(max_length=300, null=True)

    objects: ClassVar[models.Manager[Blog]] = BlogQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["source", "source_id"], name="blog_source_once")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("posts:blog", args=[self.slug])


class SeriesQuerySet(models.QuerySet["Series"]):
    def visible_to(self, viewer: Viewer) -> SeriesQuerySet:
        return self if isinstance(viewer, Operator) else self.filter(known_to(viewer, series=OuterRef("pk")))


class Series(models.Model):
    """A story in parts. Its name and number stay; its parts are posts with `series` and `part`."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="series")
    name = models.CharField(_("name"), max_length=200)
    about = models.TextField(_("what it is about"), blank=True, max_length=1000)
    is_finished = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Series]] = SeriesQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("posts:series", args=[self.pk])


class Revision(models.Model):
    """How a post stood before it was changed. For its authors and those who look after the house, not for readers."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="revisions")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )  # who put other words in their place
    title = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    written_at = models.DateTimeField()  # when these words came to stand there
    replaced_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Revision]] = models.Manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.post_id} until {self.replaced_at:%Y-%m-%d}"


class Habit(models.Model):
    """What somebody is used to choose when writing; offered first the next time."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE)
    licence = models.CharField(_("licence"), max_length=12, choices=Licence, blank=True, default="")

    objects: ClassVar[models.Manager[Habit]] = models.Manager()

    def __str__(self) -> str:
        return f"habits of {self.person_id}"
