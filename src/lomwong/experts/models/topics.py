"""What somebody knows: drafted from what they wrote, theirs to accept, rename, hide and add to."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lomwong.experts.topics.words import anchor_of, key_of
from lomwong.people.models import Operator, Viewer
from lomwong.posts.models import Post

QUESTIONS_A_WEEK = 3


class TopicState(models.TextChoices):
    DRAFT = "draft", _("draft")  # inferred: only its owner sees it
    SHOWN = "shown", _("shown")  # accepted or declared by its owner
    HIDDEN = "hidden", _("hidden")  # nobody is led to them by it, from this moment; only its owner sees it


class Origin(models.TextChoices):
    FOUND = "found"  # inferred from what they wrote and were thanked for
    DECLARED = "declared"  # "ask me about"


class ExpertiseQuerySet(models.QuerySet["Expertise"]):
    def visible_to(self, viewer: Viewer) -> ExpertiseQuerySet:
        """What is shown by people who may be found, to colleagues; to its owner everything."""
        if isinstance(viewer, Operator):
            return self.shown()
        if not viewer.is_authenticated:
            return self.none()
        return self.shown() | self.filter(person=viewer.pk)

    def shown(self) -> ExpertiseQuerySet:
        return self.filter(state=TopicState.SHOWN, person__is_findable=True, person__is_active=True)

    def shown_to(self, viewer: Viewer) -> ExpertiseQuerySet:
        """Of `visible_to` what is shown, without the owner's own: one index answers it."""
        return self.shown() if isinstance(viewer, Operator) or viewer.is_authenticated else self.none()

    def hidden(self) -> ExpertiseQuerySet:
        return self.filter(state=TopicState.HIDDEN)


class Expertise(models.Model):
    """One thing that one person knows about."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="expertise")
    label = models.CharField(_("topic"), max_length=120)
    key = models.CharField(max_length=160)  # text.normalise(label)
    found_label = models.CharField(max_length=120, blank=True)  # as inferred, when its owner has renamed it
    anchor = models.CharField(max_length=80, blank=True)  # its most telling word, by which questions find it
    origin = models.CharField(max_length=8, choices=Origin)
    state = models.CharField(max_length=6, choices=TopicState, default=TopicState.DRAFT)
    created_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True)  # by its owner
    evidence = models.ManyToManyField(Post, through="ExpertiseEvidence", related_name="+")

    objects: ClassVar[models.Manager[Expertise]] = ExpertiseQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="expertise_once")]
        indexes = [
            models.Index(fields=["state", "person"], name="expertise_state"),
            models.Index(fields=["anchor", "state"], name="expertise_anchor"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.label}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = key_of(self.label)
        self.anchor = anchor_of(self.label)
        super().save(*args, **kwargs)


class ExpertiseEvidence(models.Model):
    """A post from which a topic was inferred. Whoever looks sees only what they may read."""

    expertise = models.ForeignKey(Expertise, on_delete=models.CASCADE, related_name="rows")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    weight = models.FloatField(default=1.0)

    objects: ClassVar[models.Manager[ExpertiseEvidence]] = models.Manager()

    class Meta:
        ordering = ["-weight", "-post"]
        constraints = [models.UniqueConstraint(fields=["expertise", "post"], name="expertise_evidence_once")]

    def __str__(self) -> str:
        return f"{self.post_id} for {self.expertise_id}"


class AskingChoice(models.Model):
    """How somebody wants to be asked. Without a row: as the defaults say."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="asking_choice"
    )
    per_week = models.PositiveSmallIntegerField(_("questions a week, at most"), default=QUESTIONS_A_WEEK)  # 0: none
    how = models.CharField(_("when and how to ask me"), max_length=300, blank=True)
    resting_until = models.DateField(_("please not before"), null=True, blank=True)  # on that day they are back

    objects: ClassVar[models.Manager[AskingChoice]] = models.Manager()

    def __str__(self) -> str:
        return f"how to ask {self.person_id}"
