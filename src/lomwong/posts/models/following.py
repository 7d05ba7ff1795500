"""Follow people, communities, tags, series, blogs; planets, which are collections of them; when one was last here."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lomwong.communities.models import Audience, Community
from lomwong.people.models import Operator, Viewer
from lomwong.posts.models.post import Tag
from lomwong.posts.models.stories import Blog, Series
from lomwong.text.sort_key import thai_sort_key


class Follow(models.Model):
    """Whom or what somebody follows; exactly one of the five. Only they themselves see it."""

    TARGETS = ("person", "community", "tag", "series", "blog")

    follower = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="followed_by"
    )
    community = models.ForeignKey(Community, null=True, on_delete=models.CASCADE, related_name="followed_by")
    tag = models.ForeignKey(Tag, null=True, on_delete=models.CASCADE, related_name="followed_by")
    series = models.ForeignKey(Series, null=True, on_delete=models.CASCADE, related_name="followed_by")
    blog = models.ForeignKey(Blog, null=True, on_delete=models.CASCADE, related_name="followed_by")
    followed_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Follow]] = models.Manager()

    class Meta:
        ordering = ["-followed_at", "-pk"]
        constraints = [
            *[
                models.UniqueConstraint(
                    fields=["follower", target],
                    condition=Q(**{f"{target}__isnull": False}),
                    name=f"follow_{target}_once",
                )
                for target in ("person", "community", "tag", "series", "blog")
            ],
        ]

    def __str__(self) -> str:
        return f"{self.follower_id} follows"


class PlanetQuerySet(models.QuerySet["Planet"]):
    def visible_to(self, viewer: Viewer) -> PlanetQuerySet:
        """The name of a planet and what it gathers; what is gathered starts from `Post.visible_to` besides."""
        if isinstance(viewer, Operator):
            return self
        if not viewer.is_authenticated:
            return self.filter(audience=Audience.PUBLIC)
        kept = PlanetKeeper.objects.filter(planet=models.OuterRef("pk"), person=viewer)
        return self.filter(~Q(audience=Audience.MEMBERS) | models.Exists(kept))


class Planet(models.Model):
    """A collection of blogs, tags, communities and people, kept by one or several; its posts stay where they are."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.CharField(_("address"), max_length=140, unique=True)
    about = models.TextField(_("what it gathers"), blank=True, max_length=1000)
    # members: only those who keep it
    audience = models.CharField(_("who may see it"), max_length=12, choices=Audience, default=Audience.ORGANISATION)
    created_at = models.DateTimeField()
    sort_key = models.CharField(max_length=400, editable=False)

    objects: ClassVar[models.Manager[Planet]] = PlanetQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = thai_sort_key(self.name)[:400]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("posts:planet", args=[self.slug])


class PlanetKeeper(models.Model):
    """Who may change a planet, equal among each other. The last one hands it over before leaving."""

    planet = models.ForeignKey(Planet, on_delete=models.CASCADE, related_name="keepers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="planets_kept")
    since = models.DateTimeField()

    objects: ClassVar[models.Manager[PlanetKeeper]] = models.Manager()

    class Meta:
        ordering = ["since", "pk"]
        constraints = [models.UniqueConstraint(fields=["planet", "person"], name="keeper_once")]

    def __str__(self) -> str:
        return f"{self.person_id} keeps {self.planet_id}"


class PlanetSource(models.Model):
    """One thing that a planet gathers; exactly one of the five."""

    TARGETS = ("person", "community", "tag", "series", "blog")

    planet = models.ForeignKey(Planet, on_delete=models.CASCADE, related_name="sources")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    community = models.ForeignKey(Community, null=True, on_delete=models.CASCADE, related_name="+")
    tag = models.ForeignKey(Tag, null=True, on_delete=models.CASCADE, related_name="+")
    series = models.ForeignKey(Series, null=True, on_delete=models.CASCADE, related_name="+")
    blog = models.ForeignKey(Blog, null=True, on_delete=models.CASCADE, related_name="+")

    objects: ClassVar[models.Manager[PlanetSource]] = models.Manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"source of {self.planet_id}"


class Visit(models.Model):
    """When somebody was last at home, for "new since you were here". Two times only, no history."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE)
    seen_at = models.DateTimeField()  # the last time
    before_at = models.DateTimeField()  # the end of the visit before this one

    objects: ClassVar[models.Manager[Visit]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.person_id} {self.seen_at:%Y-%m-%d}"
