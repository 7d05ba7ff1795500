"""Hang files on a post, take them away, read their words. Part of the verbs of posts, and of the worker."""

import time
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from lomwong.activity.actions import record, record_many
from lomwong.activity.models import Event, Verb
from lomwong.people.models import Person
from lomwong.posts.files import shelf
from lomwong.posts.files.kinds import DOCUMENTS
from lomwong.posts.files.reading import words_in
from lomwong.posts.files.shelf import Kept
from lomwong.posts.models import Draft, File, Post, Reading
from lomwong.posts.rendering import show_references

MOST_TRIES = 3
AT_ONCE = 20  # files
PATIENCE = 20.0  # seconds of one job; the next takes up where it ended, and others get their turn between them


def attach(post: Post, kept: Iterable[Kept], *, at: datetime | None = None) -> list[File]:
    """Call it inside the transaction of the deed. The same bytes hang on a post once."""
    at = at or timezone.now()
    there = set(post.files.values_list("sha256", flat=True))
    fresh = {each.sha256: each for each in kept if each.sha256 not in there}
    return File.objects.bulk_create(row_of(each, post_number=post.number, at=at) for each in fresh.values())


def row_of(kept: Kept, *, at: datetime, post_number: int | None = None, draft: Draft | None = None) -> File:
    """Nobody looks for words in pictures and sounds."""
    return File(
        post_id=post_number,
        draft=draft,
        name=kept.name,
        media_type=kept.kind.media_type,
        size=kept.size,
        sha256=kept.sha256,
        attached_at=at,
        reading=Reading.WAITING if kept.kind in DOCUMENTS else Reading.EMPTY,
        width=kept.width,
        height=kept.height,
        small_sha256=kept.small_sha256,
    )


def touch_threads(numbers: Collection[int]) -> None:
    """What was kept of the pages on which these posts stand is stale."""
    roots = Post.objects.filter(pk__in=numbers).order_by().values_list(Coalesce("root_id", "pk"), flat=True)
    Post.objects.filter(pk__in=list(roots)).update(version=F("version") + 1)


@transaction.atomic
def take_away(files: Collection[File], *, by: Person) -> None:
    """For an operator; an author takes files away by editing the post."""
    numbers = sorted({file.post_id for file in files if file.post_id})
    File.objects.filter(pk__in=[file.pk for file in files]).delete()
    Post.objects.filter(pk__in=numbers).update(edited_at=timezone.now())
    for post in Post.objects.filter(pk__in=numbers):
        show_references(post)
    touch_threads(numbers)
    record_many(Event(verb=Verb.ATTACHED, actor_id=by.pk, post_number=number, at=timezone.now()) for number in numbers)


def read_waiting() -> int:
    """Read files whose words nobody knows yet, the oldest first, for a while; returns how many.

    Safe to stop at any moment and to run twice. A file that ends the worker each time is given up after a few tries.
    """
    ends = time.monotonic() + PATIENCE
    done = 0
    while done < AT_ONCE and time.monotonic() < ends:
        file = File.objects.waiting().defer("words_text").order_by("tries", "pk").first()
        if file is None:
            break
        read(file)
        done += 1
    return done


def read(file: File) -> None:
    """Note the try first, then read outside of any transaction, then write down what came of it."""
    if file.tries >= MOST_TRIES:
        note(file.sha256, "", Reading.TOO_MUCH)
        return
    File.objects.filter(sha256=file.sha256).update(tries=F("tries") + 1)
    known = File.objects.filter(sha256=file.sha256, media_type=file.media_type, reading=Reading.DONE).first()
    if known:
        note(file.sha256, known.words_text, Reading.DONE)
    else:
        words = words_in(shelf.path_of(file.sha256), file.media_type)
        note(file.sha256, words.text, words.reading)


@transaction.atomic
def note(sha256: str, text: str, reading: Reading) -> None:
    """For every post on which these bytes hang. The ledger tells the search."""
    waiting = File.objects.waiting().filter(sha256=sha256).select_for_update()
    numbers: Sequence[int] = list(waiting.values_list("post_id", flat=True))
    File.objects.waiting().filter(sha256=sha256, post__in=numbers).update(words_text=text, reading=reading)
    if text:
        for number in sorted(numbers):
            record(Verb.ATTACHED, actor_id=None, post_number=number)


def held(sha256s: Sequence[str]) -> set[str]:
    """Those of these hashes that hang on a post or lie with a draft."""
    files = File.objects.order_by()
    full = files.filter(sha256__in=sha256s).values_list("sha256", flat=True)
    small = files.exclude(small_sha256="").filter(small_sha256__in=sha256s).values_list("small_sha256", flat=True)
    return {*full, *small}


def sweep() -> int:
    """Remove the bytes that hang on no post any more. Returns how many files went."""
    return shelf.sweep(held)
