"""Files that lie with a draft: put there, taken away, described, moved to the post that the draft becomes."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from lomwong.posts.files.actions import row_of
from lomwong.posts.files.fields import WithFiles
from lomwong.posts.files.shelf import Kept
from lomwong.posts.models import Draft, File, Post


class TooMany(Exception):
    """There is no room for so many."""


def lying_with(draft: Draft) -> QuerySet[File]:
    """Also those of the post that it changes: they will hang side by side."""
    on_post = Q(post=draft.post_id) if draft.post_id else Q(pk__in=())
    return File.objects.filter(Q(draft=draft) | on_post)


def room_left(draft: Draft) -> int:
    return max(0, settings.POST_FILES - lying_with(draft).count())


@transaction.atomic
def attach_to_draft(draft: Draft, kept: Iterable[Kept]) -> list[File]:
    """The rows, in the order given. Bytes that lie there already are not put there twice. Raises `TooMany`."""
    Draft.objects.select_for_update().get(pk=draft.pk)
    there = {file.sha256: file for file in lying_with(draft).defer("words_text")}
    wanted = {each.sha256: each for each in kept}
    fresh = [row_of(each, at=timezone.now(), draft=draft) for sha256, each in wanted.items() if sha256 not in there]
    if len(there) + len(fresh) > settings.POST_FILES:
        raise TooMany
    made = {file.sha256: file for file in File.objects.bulk_create(fresh)}
    return [there.get(sha256) or made[sha256] for sha256 in wanted]


def take_from_draft(file: File) -> None:
    """Its bytes are swept away when nothing else shows them."""
    file.delete()


def set_alts(alts: Mapping[int, str], files: Iterable[File]) -> None:
    """Words for those who cannot see the pictures; only of these files, and only what has changed."""
    changed = [file for file in files if file.is_picture and alts.get(file.pk, file.alt) != file.alt]
    for file in changed:
        file.alt = alts[file.pk]
    File.objects.bulk_update(changed, ["alt"])


def move_to_post(draft: Draft, post: Post) -> None:
    """Inside the transaction of the deed. A file keeps its number, so what the words refer to stays right."""
    there = set(post.files.values_list("sha256", flat=True))
    moving = []
    for file in draft.files.defer("words_text").order_by("pk"):
        if file.sha256 in there:
            continue  # it goes with the draft's other remains
        there.add(file.sha256)
        moving.append(file.pk)
    draft.files.filter(pk__in=moving).update(post=post, draft=None)
    draft.files.all().delete()


def keep_chosen(form: WithFiles, draft: Draft) -> None:
    """What was chosen along with a form that was not posted goes to the draft; the form then shows it there."""
    attach_to_draft(draft, form.kept[: room_left(draft)])
    form.stayed_with(draft)
