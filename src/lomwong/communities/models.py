"""Communities and who sits in them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lomwong.people.models import Operator, Viewer
from lomwong.text.sort_key import thai_sort_key

LATELY = timedelta(days=7)


class Audience(models.TextChoices):
    """Who may read. Ordered from widest to narrowest."""

    PUBLIC = "public", _("Anyone")
    ORGANISATION = "organisation", _("Everyone in the university")
    MEMBERS = "members", _("Only people in the circle")


class Origin(models.TextChoices):
    """How it came about. Never a rank, never shown as a badge in lists."""

    NATURAL = "natural", _("natural")
    ESTABLISHED = "established", _("established")


class Stage(models.TextChoices):
    """Where the community says it is (Wenger, McDermott & Snyder 2002)."""

    POTENTIAL = "potential", _("potential")
    COALESCING = "coalescing", _("coalescing")
    MATURING = "maturing", _("maturing")
    STEWARDSHIP = "stewardship", _("stewardship")
    TRANSFORMATION = "transformation", _("transformation")
    RESTING = "resting", _("resting")


class CommunityQuerySet(models.QuerySet["Community"]):
    def visible_to(self, viewer: Viewer) -> CommunityQuerySet:
        """Those whose name and purpose this viewer may read: a members-only one is known inside the organisation."""
        if isinstance(viewer, Operator) or viewer.is_authenticated:
            return self
        return self.filter(audience=Audience.PUBLIC)

    def readable_by(self, viewer: Viewer) -> CommunityQuerySet:
        """Those whose talk this viewer may read."""
        if isinstance(viewer, Operator):
            return self
        if not viewer.is_authenticated:
            return self.filter(audience=Audience.PUBLIC)
        seat = Membership.objects.seated().filter(community=OuterRef("pk"), person=viewer)
        return self.filter(~Q(audience=Audience.MEMBERS) | Exists(seat))

    def of(self, person: Viewer) -> CommunityQuerySet:
        """Those in which the person has a seat."""
        if person.pk is None:
            return self.none()
        return self.filter(Exists(Membership.objects.seated().filter(community=OuterRef("pk"), person=person)))


class Community(models.Model):
    name = models.CharField(_("name"), max_length=120)
    slug = models.CharField(_("address"), max_length=140, unique=True)  # actions.free_slug: Thai with all its marks
    purpose = models.TextField(_("what we talk about"), blank=True, max_length=1000)
    audience = models.CharField(_("who may read"), max_length=12, choices=Audience, default=Audience.ORGANISATION)
    origin = models.CharField(max_length=12, choices=Origin, default=Origin.NATURAL)
    stage = models.CharField(_("where it is now"), max_length=16, choices=Stage, default=Stage.COALESCING)
    # Only a circle that anyone may read; see `takes_visitors`. What they say waits until somebody lets it in.
    lets_visitors_comment = models.BooleanField(_("people without an account may comment"), default=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="opened_communities"
    )
    created_at = models.DateTimeField()
    talked_at = models.DateTimeField(null=True, db_index=True)  # kept by posts, so that no page counts
    sort_key = models.CharField(max_length=400, editable=False)
    source = models.CharField(max_length=80, blank=True)
    source_id = models.CharField(max_length=300, null=True)
    extra = models.JSONField(default=dict, blank=True)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, through="Membership", related_name="communities")

    objects: ClassVar[models.Manager[Community]] = CommunityQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name_plural = "communities"
        constraints = [models.UniqueConstraint(fields=["source", "source_id"], name="community_source_once")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = thai_sort_key(self.name)[:400]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("posts:community", args=[self.slug])

    @property
    def hue(self) -> int:
        """The colour of its mat's hem, 1 to 8."""
        return self.pk % 8 + 1

    @property
    def takes_visitors(self) -> bool:
        return self.lets_visitors_comment and self.audience == Audience.PUBLIC

    @property
    def is_resting(self) -> bool:
        return self.stage == Stage.RESTING

    @property
    def has_talked_lately(self) -> bool:
        """In these seven days: then there are cups on the mat."""
        return self.talked_at is not None and self.talked_at > timezone.now() - LATELY


class MembershipQuerySet(models.QuerySet["Membership"]):
    def seated(self) -> MembershipQuerySet:
        return self.filter(state=Membership.State.SEATED)

    def asking(self) -> MembershipQuerySet:
        return self.filter(state=Membership.State.ASKING)


class Membership(models.Model):
    """A seat on the mat, or the wish for one."""

    class State(models.TextChoices):
        ASKING = "asking", _("asks to sit in")
        SEATED = "seated", _("sits here")

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    state = models.CharField(max_length=8, choices=State, default=State.SEATED)
    is_host = models.BooleanField(default=False)  # may change the circle's name, purpose and audience
    joined_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Membership]] = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "person"], name="seat_once")]
        indexes = [models.Index(fields=["person", "state"], name="seat_person")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.community_id}"
