"""The ledger. It stands below every feature, so it names people, posts and communities by number only."""

from typing import ClassVar

from django.db import models


class Verb(models.TextChoices):
    POSTED = "posted"
    REPLIED = "replied"
    EDITED = "edited"
    ATTACHED = "attached"  # the words of a post's files came to be known, or changed
    DELETED = "deleted"  # the post is gone for good; its number never returns
    ACCEPTED = "accepted"
    OPENED = "opened"
    ASKED = "asked"  # for a seat
    JOINED = "joined"
    WELCOMED = "welcomed"  # let in somebody who had asked
    LEFT = "left"
    WROTE_TO = "wrote_to"
    DESCRIBED = "described"
    THANKED = "thanked"  # a flower
    INVITED = "invited"  # to write along
    HELD = "held"  # a visitor's comment waits for somebody to let it in
    CARRIED = "carried"  # a question, to somebody who may know; the actor is who passed it on
    ASKED_ALONG = "asked_along"  # a question as well, to somebody who was called by name; the actor is who called them
    CALLED = "called"  # somebody by name, to a question as it is asked
    CALLED_JOB = "called_job"  # all who do a job, whose number stands in place of the person's
    UNSEALED = "unsealed"  # of a post without a name, by two who look after the house
    MODERATED = "moderated"  # hidden, shown again, locked, moved, merged, held back, let in


class Event(models.Model):
    """One thing that happened. Rows are added, never changed; `id` is the order in which they were recorded."""

    verb = models.CharField(max_length=20, choices=Verb.choices)
    actor_id = models.BigIntegerField(null=True)
    target_id = models.BigIntegerField(null=True)  # the person it was done to
    post_number = models.BigIntegerField(null=True)
    community_id = models.BigIntegerField(null=True)
    weight = models.FloatField(default=1.0)
    at = models.DateTimeField()  # when it happened, which for imports is long before it was recorded
    content_key = models.CharField(max_length=80, null=True, unique=True)  # makes a re-import find its own rows

    objects: ClassVar[models.Manager["Event"]] = models.Manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["actor_id", "at"], name="event_actor"),
            models.Index(fields=["post_number"], name="event_post"),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.verb}"


class Cursor(models.Model):
    """How far a reader of the ledger has come."""

    reader = models.CharField(max_length=40, primary_key=True)
    position = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.reader} at {self.position}"
