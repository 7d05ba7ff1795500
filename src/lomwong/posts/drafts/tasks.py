"""Post drafts whose hour has come: a chore of the worker."""

import logging

from django.conf import settings
from django.db import OperationalError, transaction
from django.utils import timezone, translation
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_noop

from lomwong.people.rules import can_write
from lomwong.posts.compose.later import LATER
from lomwong.posts.compose.posting import form_class, post_form
from lomwong.posts.drafts.actions import forget_ended
from lomwong.posts.drafts.typed import sent_again
from lomwong.posts.forms import PostForm
from lomwong.posts.models import Draft
from lomwong.posts.unnamed.sealing import UnnamedRefused

log = logging.getLogger(__name__)

AT_ONCE = 50
FAULTY = gettext_noop("Its time came, and something was not right any more. Open it, and it says what.")
NOT_ALLOWED = gettext_noop("Its time came when you could not post. It is still here.")
TRIPPED = gettext_noop("Its time came, and we tripped. Your words are safe; post it yourself.")


def publish_due() -> int:
    """Returns how many were posted. Safe to stop at any moment and to run twice at once."""
    due = Draft.objects.scheduled().filter(publish_at__lte=timezone.now()).order_by("publish_at", "pk")
    return sum(publish(pk) for pk in list(due.values_list("pk", flat=True)[:AT_ONCE]))


def publish(pk: int) -> bool:
    """A fault of ours with one draft must not keep the others waiting, nor be tried for ever."""
    try:
        return publish_or_tell(pk)
    except OperationalError:
        log.warning("the database is busy; draft %s waits", pk, exc_info=True)
        return False
    except Exception:
        log.exception("draft %s could not be posted", pk)
        keep_with_fault(pk, TRIPPED)
        return False


@transaction.atomic
def publish_or_tell(pk: int) -> bool:
    """Whoever holds the row posts it and ends it in one transaction; the next one finds it ended."""
    due = Draft.objects.scheduled().filter(publish_at__lte=timezone.now(), pk=pk)
    draft = due.select_for_update(of=("self",)).select_related("owner").first()
    if draft is None:
        return False
    with translation.override(language_of(draft)):
        form = form_of(draft)
        if not can_write(draft.owner):
            keep_with_fault(pk, NOT_ALLOWED)
        elif not form.is_valid():
            keep_with_fault(pk, FAULTY)
        else:
            return post_or_refuse(draft, form)
    return False


def post_or_refuse(draft: Draft, form: PostForm) -> bool:
    try:
        post_form(form, by=draft.owner, kind=draft.kind, key=draft.key)
    except UnnamedRefused:  # a fourth one without a name, counted while we looked at it
        keep_with_fault(draft.pk, FAULTY)
        return False
    return True


def language_of(draft: Draft) -> str:
    """That of the page on which it was written: headings of boxes speak it."""
    written = draft.fields.get("language", [""])[-1]
    return written if written in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def form_of(draft: Draft) -> PostForm:
    """The form as if its page were sent now; the hour itself is over."""
    form = form_class(draft.kind, draft.fields.get("prompt", [""])[-1])
    return form(sent_again(draft, without=LATER), MultiValueDict(), writer=draft.owner, draft=draft)


def keep_with_fault(pk: int, fault: str) -> None:
    Draft.objects.open().filter(pk=pk).update(publish_at=None, fault=fault)


def forget_ended_drafts() -> None:
    forget_ended()
