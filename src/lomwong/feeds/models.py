"""The addresses under which people read at home what only they may read."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from lomwong.people.models import Viewer

HALF = 20  # characters: the first part of a key finds its row, the second proves it


def new_name() -> str:
    return secrets.token_hex(HALF // 2)


class FeedKeyQuerySet(models.QuerySet["FeedKey"]):
    def visible_to(self, viewer: Viewer) -> FeedKeyQuerySet:
        """One's own; nobody else's business, not even the operator's."""
        return self.filter(person=viewer.pk) if viewer.pk is not None else self.none()


class FeedKey(models.Model):
    """Whoever has the key reads what its owner may read at that moment, until the row is gone.

    The key itself is not kept: it is made of `name` with the secret key of the house, so a copy of the database alone
    opens nothing, and its owner can still see it again.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feed_keys")
    name = models.CharField(max_length=HALF, unique=True, default=new_name, editable=False)
    label = models.CharField(_("where you read"), max_length=60, blank=True)
    created_at = models.DateTimeField()
    last_used_date = models.DateField(null=True)

    objects: ClassVar[models.Manager[FeedKey]] = FeedKeyQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"feed key {self.pk} of {self.person_id}"

    @property
    def key(self) -> str:
        return f"{self.name}{salted_hmac('lomwong.feeds.key', self.name, algorithm='sha256').hexdigest()[: HALF * 2]}"

    def is_opened_by(self, key: str) -> bool:
        return constant_time_compare(self.key, key)
