"""A question that was carried to somebody who may know."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lomwong.people.models import Person
from lomwong.posts.models import Post


class CarriedState(models.TextChoices):
    WAITING = "waiting", _("waits")
    ANSWERED = "answered", _("answered")
    PASSED = "passed", _("passed on")
    DECLINED = "declined", _("not now")  # nobody but themselves ever learns of it


class Why(models.TextChoices):
    KNOWS = "knows", _("may know, by what they wrote")
    INVITED = "invited", _("invited by name")  # by the one who asked, or a reader
    PASSED_ON = "passed_on", _("a colleague says that they know")
    WIDENED = "widened", _("nobody had answered for three days")


class CarriedQuerySet(models.QuerySet["Carried"]):
    def visible_to(self, viewer: Person) -> CarriedQuerySet:
        """One's own, of questions that one may read at this moment. Nobody sees to whom else it went."""
        return self.filter(person=viewer, question__in=Post.objects.visible_to(viewer))

    def waiting(self) -> CarriedQuerySet:
        return self.filter(state=CarriedState.WAITING)


class Carried(models.Model):
    """One question, one person, once. The one who asked sees only that it was carried."""

    question = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="carried")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="carried")
    why = models.CharField(max_length=9, choices=Why, default=Why.KNOWS)
    state = models.CharField(max_length=8, choices=CarriedState, default=CarriedState.WAITING)
    passed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    carried_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Carried]] = CarriedQuerySet.as_manager()

    class Meta:
        ordering = ["-carried_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["question", "person"], name="carried_once")]
        indexes = [
            models.Index(fields=["person", "-carried_at"], name="carried_person"),
            models.Index(fields=["question"], name="carried_waiting", condition=Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} to {self.person_id}"
