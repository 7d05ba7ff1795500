"""Put a name into an envelope. Part of the verbs that write a post."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from lomwong.people.models import Person
from lomwong.posts.models import Draft, Envelope, File, Kind, Post
from lomwong.posts.unnamed.queries import MOST_A_DAY, asked_lately
from lomwong.posts.unnamed.rules import speaks_unnamed

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

ENOUGH = _("Three questions a day without a name are enough. Ask this one tomorrow, or with your name.")


class UnnamedRefused(Exception):
    """`reason` says it to the writer."""

    def __init__(self, reason: StrPromise = ENOUGH) -> None:
        super().__init__(str(reason))
        self.reason = reason


def hold_asker(by: Person, kind: str) -> None:
    """Before anything is written: two questions sent at once are counted one after the other."""
    assert kind == Kind.QUESTION, "only questions are asked without a name"
    Person.objects.select_for_update(no_key=True).filter(pk=by.pk).first()
    if asked_lately(by) >= MOST_A_DAY:
        raise UnnamedRefused


def check_reply(root: Post, by: Person) -> None:
    """Nobody talks without a name but who asked there without one."""
    if not speaks_unnamed(by, root):
        raise PermissionDenied


def seal(post: Post, *, by: Person, draft: Draft | None = None) -> None:
    Envelope.objects.create(post=post, author=by, key=draft.key if draft else "")


def plain_names(post: Post) -> None:
    """A file is called what it is, not what its owner called it: names of files tell on people."""
    files = list(post.files.only("pk", "name").order_by("pk"))
    for number, file in enumerate(files, 1):
        _stem, dot, ending = file.name.rpartition(".")
        file.name = f"{number}{dot}{ending.lower()}" if dot else str(number)
    File.objects.bulk_update(files, ["name"])
