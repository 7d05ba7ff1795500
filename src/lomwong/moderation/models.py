"""What somebody points out, what was done about it, what those concerned say to that."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lomwong.communities.models import Community
from lomwong.posts.models import Post

PERSON = settings.AUTH_USER_MODEL
REQUEST_HOLDS = timedelta(days=7)  # to open an envelope


class Deed(models.Model):
    """One thing done by somebody who looks after a circle or the house. Rows are added, never changed: the trail."""

    class Kind(models.TextChoices):
        HIDE = "hide", _("hidden")
        LOCK = "lock", _("closed for new words")
        MOVE = "move", _("moved to another circle")
        MERGE = "merge", _("laid into another thread")
        LET_IN = "let_in", _("visitor's words let in")
        TURN_AWAY = "turn_away", _("visitor's words not let in")
        KEEP = "keep", _("left as it is")
        SUSPEND = "suspend", _("may read, not write, for a time")
        DECIDE = "decide", _("looked at again")
        UNSEAL = "unseal", _("envelope opened by two together")
        NO_UNSEAL = "no_unseal", _("envelope left closed")
        UNDO = "undo", _("taken back")

    kind = models.CharField(max_length=9, choices=Kind)
    by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="deeds")
    is_operators = models.BooleanField(default=False)  # done as one who runs the house; no host takes it back
    post = models.ForeignKey(Post, null=True, on_delete=models.SET_NULL, related_name="deeds")
    post_number = models.BigIntegerField(null=True)  # stays when the post is gone
    person = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="deeds_about")  # whom it met
    # Where it lay, and where it lies since: whose hosts see this.
    communities = models.ManyToManyField(Community, related_name="deeds")
    is_visible = models.BooleanField(default=False)  # its reason may be read in the house: nothing closed is in it
    reason = models.CharField(max_length=500, blank=True)
    note = models.TextField(max_length=2000, blank=True)  # to the author alone
    data = models.JSONField(default=dict)  # what is needed to take it back
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone_by")
    at = models.DateTimeField()
    is_elsewhere = False  # queries.note_elsewhere

    objects: ClassVar[models.Manager[Deed]] = models.Manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="deed_trail"),
            models.Index(fields=["person", "-at"], name="deed_person"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind} {self.post_number or ''}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        assert self._state.adding, "the trail is only added to"
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("moderation:deed", args=[self.pk])

    @property
    def is_undone(self) -> bool:
        return hasattr(self, "undone_by")


class Flag(models.Model):
    """Somebody says that a post wants looking at. Those who look after it see that; who said it, only operators."""

    class Kind(models.TextChoices):
        ADVERT = "advert", _("Advertising or a fraud")
        UNKIND = "unkind", _("Hurts somebody")
        PRIVATE = "private", _("Tells something private about somebody")
        RIGHTS = "rights", _("Taken from somebody without asking")
        PLACE = "place", _("Lies in the wrong circle")
        OTHER = "other", _("Something else")

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="flags")
    by = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="flags")
    kind = models.CharField(_("what is it about"), max_length=8, choices=Kind)
    words = models.CharField(_("in your words"), max_length=500, blank=True)
    at = models.DateTimeField()
    answered_by = models.ForeignKey(Deed, null=True, on_delete=models.SET_NULL, related_name="flags")

    objects: ClassVar[models.Manager[Flag]] = models.Manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["post", "by"], name="flag_once")]
        indexes = [models.Index(fields=["at"], name="flag_open", condition=Q(answered_by__isnull=True))]

    def __str__(self) -> str:
        return f"{self.kind} about {self.post_id}"


class Appeal(models.Model):
    """Whom a deed met asks for a second look, once; rather by somebody else."""

    deed = models.OneToOneField(Deed, on_delete=models.CASCADE, related_name="appeal")
    by = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="appeals")
    words = models.TextField(max_length=2000)
    at = models.DateTimeField()
    decided_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    is_granted = models.BooleanField(null=True)
    answer = models.TextField(max_length=2000, blank=True)

    objects: ClassVar[models.Manager[Appeal]] = models.Manager()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["at"], name="appeal_open", condition=Q(decided_at__isnull=True))]

    def __str__(self) -> str:
        """Without the deed: lists of what goes with a person would tell which unnamed question is theirs."""
        return f"appeal {self.pk}"


class EnvelopeOpening(models.Model):
    """One who looks after the house asks to open the envelope of a post without a name; another one agrees, or not.

    It holds who asked, who agreed, when and why; never the name, which both read from the envelope itself.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        OPENED = "opened", _("opened")
        DECLINED = "declined", _("left closed")
        WITHDRAWN = "withdrawn", _("taken back")
        EXPIRED = "expired", _("nobody agreed in time")

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="openings")
    asked_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=500)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=State, default=State.ASKED)
    decided_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=500, blank=True)  # of the second one, who may say why not

    objects: ClassVar[models.Manager[EnvelopeOpening]] = models.Manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["post"], condition=Q(state="asked"), name="opening_once"),
            models.CheckConstraint(
                condition=~Q(state="opened") | Q(decided_at__isnull=False) & ~Q(asked_by=F("decided_by")),
                name="opening_by_two",
            ),
        ]
        indexes = [models.Index(fields=["asked_at"], name="opening_waits", condition=Q(state="asked"))]

    def __str__(self) -> str:
        return f"opening {self.pk} of {self.post_id}, {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("moderation:envelope", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        """Nobody has decided, and it is not too late."""
        return self.state == self.State.ASKED and self.asked_at > timezone.now() - REQUEST_HOLDS
