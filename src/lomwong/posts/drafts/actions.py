"""Keep words before they are posted. A page that sends its key twice, or late, changes nothing and learns what became
of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lomwong.people.models import Person
from lomwong.posts.compose.mentions import with_mentions
from lomwong.posts.models import Draft, Post
from lomwong.posts.unnamed.queries import posted_under

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

MOST_DRAFTS = 50  # of one person
MOST_CHARACTERS = 300_000  # of one draft: more than can be posted, so that too long a text is kept while it is cut
KEPT_AFTER = timedelta(days=14)
KEY = re.compile(r"[A-Za-z0-9_-]{16,32}")

POSTED = _("These words are posted already.")
THROWN_AWAY = _("This draft was thrown away. You can take it back from your drafts.")
NOT_HERE = _("This draft is not here any more. Open the page once more.")
TOO_MANY = _("You have 50 drafts. Throw one away, and there is room for this one.")
TOO_LONG = _("That is too long to be kept as a draft. Could you make two of it?")


class DraftRefused(Exception):
    """`reason` says to the writer what to do; `became` is where the words stand, if they are posted."""

    def __init__(self, reason: StrPromise, became: Post | None = None) -> None:
        super().__init__(str(reason))
        self.reason, self.became = reason, became


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields of a writing page, checked by nobody yet."""

    text: str = ""
    title: str = ""
    fields: dict[str, list[str]] = field(default_factory=dict)

    @property
    def has_words(self) -> bool:
        boxes = [value for name, values in self.fields.items() if name.startswith("box_") for value in values]
        return any(words.strip() for words in (self.text, self.title, *boxes))

    @property
    def length(self) -> int:
        return len(self.text) + sum(len(name) + sum(map(len, values)) for name, values in self.fields.items())


@transaction.atomic
def save_draft(
    key: str, typed: Typed, *, by: Person, kind: str, post: Post | None = None, parent: Post | None = None
) -> Draft:
    """Under its key, made when it is new. Raises `DraftRefused`."""
    if typed.length > MOST_CHARACTERS:
        raise DraftRefused(TOO_LONG)
    if not KEY.fullmatch(key):
        raise DraftRefused(NOT_HERE)
    if not has_room(key, by):
        raise DraftRefused(TOO_MANY)
    draft = hold(key, by=by, kind=kind, post=post, parent=parent)
    if draft is None:
        raise DraftRefused(NOT_HERE)
    if became := draft.became or posted_under(key, by):
        raise DraftRefused(POSTED, became)
    if draft.ended_at:
        raise DraftRefused(THROWN_AWAY)
    draft.text, draft.title, draft.fields = typed.text, typed.title[:300], typed.fields
    draft.fault = ""
    draft.saved_at = timezone.now()
    if not any(typed.fields.get("later_on", ())):  # its day was taken out
        draft.publish_at = None
    draft.save(update_fields=["text", "title", "fields", "fault", "publish_at", "saved_at"])
    return draft


def has_room(key: str, by: Person) -> bool:
    """Whether the draft of this key is there already, or may come to be."""
    mine = Draft.objects.filter(owner=by)
    return mine.filter(key=key).exists() or mine.open().count() < MOST_DRAFTS


def hold(key: str, *, by: Person, kind: str, post: Post | None = None, parent: Post | None = None) -> Draft | None:
    """The draft of this key, locked, open or ended, made when there is none; None for no key or somebody else's."""
    if not KEY.fullmatch(key):
        return None
    new = {"owner": by, "kind": kind, "post": post, "parent": parent, "saved_at": timezone.now()}
    Draft.objects.get_or_create(key=key, defaults=new)
    draft = Draft.objects.select_for_update(of=("self",)).select_related("became").filter(key=key).first()
    return draft if draft and draft.owner_id == by.pk else None  # none: gone into an envelope while we waited


@transaction.atomic
def post_once(
    key: str,
    write: Callable[[Draft | None], Post],
    *,
    by: Person,
    kind: str,
    text: str | None = None,
    post: Post | None = None,
    parent: Post | None = None,
) -> Post:
    """What `write` makes of the draft, which ends with it; when this very `text` stands already, where it does.

    A change (`text` is None) may be sent as often as one likes: only what is new would stand there twice.
    """
    draft = hold(key, by=by, kind=kind, post=post, parent=parent)
    became = draft.became if draft and draft.became else posted_under(key, by)
    if became:
        if draft and draft.became is None:
            draft.delete()  # made a moment ago: the one of this key went into an envelope
        if text is not None and became.text == with_mentions(text, by):
            return became
        draft = None  # one went back, and wrote something else
    written = write(draft)
    if draft and written.is_unnamed:
        draft.delete()  # no row but the envelope holds its author and its number together
    elif draft:
        draft.became, draft.ended_at = written, timezone.now()
        draft.text, draft.title, draft.fields, draft.publish_at, draft.fault = "", "", {}, None, ""
        draft.save()
    return written


@transaction.atomic
def schedule_draft(draft: Draft, at: datetime | None) -> None:
    """Post it then; with None it stays a draft."""
    Draft.objects.open().filter(pk=draft.pk).update(publish_at=at, fault="")


@transaction.atomic
def discard_draft(draft: Draft) -> None:
    """Out of sight, and not posted at its time; its words stay two weeks."""
    Draft.objects.open().filter(pk=draft.pk).update(ended_at=timezone.now(), publish_at=None)


@transaction.atomic
def bring_back(draft: Draft) -> None:
    """What was thrown away. Raises `DraftRefused` when there is no room."""
    owner = Person.objects.select_for_update().get(pk=draft.owner_id)
    if Draft.objects.visible_to(owner).count() >= MOST_DRAFTS:
        raise DraftRefused(TOO_MANY)
    Draft.objects.thrown_away().filter(pk=draft.pk).update(ended_at=None)


def forget_ended() -> int:
    """Rows that have told late pages long enough what became of them. Returns how many."""
    gone, _of = Draft.objects.filter(ended_at__lt=timezone.now() - KEPT_AFTER).delete()
    return gone
