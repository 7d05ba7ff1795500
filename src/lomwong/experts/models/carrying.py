"""A question that was carried to somebody who may know."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from lomwong.people.models import JobFunction, Person
from lomwong.posts.models import Post


class CarriedState(models.TextChoices):
    WAITING = "waiting"
    ANSWERED = "answered"
    PASSED = "passed"  # on to somebody else
    DECLINED = "declined"  # not now; nobody but themselves ever learns of it


class Why(models.TextChoices):
    KNOWS = "knows"  # perhaps, by what they wrote
    INVITED = "invited"  # by name, by the one who asked or a reader
    PASSED_ON = "passed_on"  # a colleague says that they know
    WIDENED = "widened"  # nobody had answered for three days
    SAME_JOB = "same_job"  # the one who asked asked all who do this job


BY_ITSELF = (Why.KNOWS, Why.WIDENED)  # the house chose them; of these never more than five


class Carrying(models.Model):
    """What became of a question: once the house has looked for those who may know. Of the asker it says nothing."""

    question = models.OneToOneField(Post, primary_key=True, on_delete=models.CASCADE, related_name="carrying")
    looked_at = models.DateTimeField()
    widened_at = models.DateTimeField(null=True)  # looked once more, because nobody had answered
    job = models.ForeignKey(JobFunction, null=True, on_delete=models.SET_NULL, related_name="+")  # all who do it
    asked_job_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Carrying]] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["looked_at"], name="carrying_narrow", condition=Q(widened_at__isnull=True))]

    def __str__(self) -> str:
        return f"carrying {self.question_id}"


class CarriedQuerySet(models.QuerySet["Carried"]):
    def visible_to(self, viewer: Person) -> CarriedQuerySet:
        """One's own, of questions that one may read at this moment. Nobody sees to whom else it went."""
        return self.filter(person=viewer, question__in=Post.objects.visible_to(viewer))

    def waiting(self) -> CarriedQuerySet:
        return self.filter(state=CarriedState.WAITING)

    def of_open_questions(self) -> CarriedQuerySet:
        """Not of what is solved, closed, or lies below another question since."""
        open_ones = {"accepted_answer__isnull": True, "is_locked": False, "parent__isnull": True}
        return self.filter(**{f"question__{name}": value for name, value in open_ones.items()})

    def by_itself(self) -> CarriedQuerySet:
        return self.filter(why__in=BY_ITSELF)


class Carried(models.Model):
    """One question, one person, once. The one who asked sees only that it was carried."""

    question = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="carried")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="carried")
    why = models.CharField(max_length=9, choices=Why, default=Why.KNOWS)
    state = models.CharField(max_length=8, choices=CarriedState, default=CarriedState.WAITING)
    passed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    step = models.PositiveSmallIntegerField(default=0)  # through how many hands it was passed on to them
    word = models.CharField(max_length=300, blank=True)  # by whoever passed it on
    # Somebody called them by name; also one to whom it had been carried before, which the caller does not learn.
    is_invited = models.BooleanField(default=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )  # unknown where the one who asked without a name invited them
    because = models.ForeignKey(Post, null=True, on_delete=models.SET_NULL, related_name="+")  # what speaks for them
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
