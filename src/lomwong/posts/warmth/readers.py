"""How many different people have read an entry. Who they were is written down nowhere.

A reader becomes one bit among 8192, chosen by a hash with the secret salt of the week. When the week ends, the salt and
all bits are thrown away and only the number stays, so the same person counts once a week for an entry. Not counted:
its authors, robots that say so, opening it again.
"""

import hashlib
import re
import secrets
import zlib
from datetime import date, timedelta

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from lomwong.posts.models import Authorship, Post, ReaderSalt, ReaderSketch
from lomwong.posts.warmth.sketch import EMPTY, count, with_bit

ROBOTS = re.compile(
    r"bot\b|bot[/ ;]|crawl|spider|slurp|preview|headless|lighthouse|facebookexternalhit|embed|fetch|monitor|scan"
    r"|archiv|curl|wget|python|java/|go-http|httpclient|okhttp|libwww|^$",
    re.IGNORECASE,
)
# So many readers who did not sign in count behind one address of the net: a number cannot be driven up from one chair.
MOST_BEHIND_ADDRESS = 32


def is_robot(user_agent: str) -> bool:
    return ROBOTS.search(user_agent) is not None


def period_of(day: date) -> date:
    """The Monday of the week."""
    return day - timedelta(days=day.weekday())


def reader_of(request: HttpRequest) -> str:
    """Somebody, told apart from others as far as counting takes. Lives only as long as this request."""
    if request.user.pk is not None:
        return f"person {request.user.pk}"
    agent = request.headers.get("User-Agent", "")
    return f"{request.META.get('REMOTE_ADDR', '')} {zlib.crc32(agent.encode()) % MOST_BEHIND_ADDRESS}"


def is_author(person_pk: int | None, post: Post) -> bool:
    if person_pk is None:
        return False
    along = Authorship.objects.filter(post=post, person=person_pk, accepted_at__isnull=False)
    return post.author_id == person_pk or along.exists()


def count_reader(post: Post, reader: str) -> None:
    """Writes only when the number may change."""
    starts_on = period_of(timezone.localdate())
    digest = hashlib.blake2b(f"{post.number} {reader}".encode(), key=salt_of(starts_on), digest_size=8).digest()
    known = ReaderSketch.objects.filter(post=post, starts_on=starts_on).first()
    if known and with_bit(bytes(known.bits), digest) == bytes(known.bits):
        return
    with transaction.atomic():
        held = Post.objects.select_for_update().only("number", "reader_count").get(pk=post.pk)
        sketch = ReaderSketch.objects.filter(post=held).first() or ReaderSketch(post=held)
        if sketch.starts_on != starts_on:
            sketch.starts_on, sketch.bits, sketch.counted_before = starts_on, EMPTY, held.reader_count
        sketch.bits = with_bit(bytes(sketch.bits), digest)
        sketch.save()
        Post.objects.filter(pk=held.pk).update(reader_count=sketch.counted_before + count(sketch.bits))


def salt_of(starts_on: date) -> bytes:
    fresh = {"salt": secrets.token_bytes(32)}
    return bytes(ReaderSalt.objects.get_or_create(starts_on=starts_on, defaults=fresh)[0].salt)


def forget_readers() -> None:
    """Throw away what is left of weeks that have ended; their numbers stand in `Post.reader_count`."""
    this = period_of(timezone.localdate())
    ReaderSketch.objects.exclude(starts_on=this).delete()
    ReaderSalt.objects.exclude(starts_on=this).delete()
