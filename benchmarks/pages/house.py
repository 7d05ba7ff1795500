"""The house that is asked: an invented one of any size, with some stories of fifty comments that anybody may read."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks import tables
from benchmarks.search import house

STORIES, COMMENTS = 24, 50
QUERIES = 700  # no search is asked for twice in a run
WRITERS = 30
SUBJECTS = ("เบิกเงินยืมไม่ทันสิ้นเดือน", "ห้องเรียนกลับด้านที่ไม่มีใครหลับ", "เครื่องกรองน้ำของหอพัก", "ใบลาที่หายไปสามวัน")
BEGUN = datetime(2026, 9, 1, 9, tzinfo=UTC)


def make(posts: int) -> dict[str, Any]:
    """Fill the tables when they are empty; gives the addresses of the stories and the cookies of somebody signed in."""
    from lomwong.posts.models import Post

    if not Post.objects.exists():
        tables.note(f"writing {posts:,} posts into the tables")
        house.fill(posts, lambda done: tables.progress(f"{done:,} of {posts:,}"))
        house.move_on(posts)
        tables.note(f"telling {STORIES} stories with {COMMENTS} comments each")
        tell()
        index()
    stories = Post.objects.filter(kind="story", parent=None).order_by("number")
    addresses = [story.get_absolute_url() for story in stories]
    return {"stories": addresses, "cookies": cookies(), "queries": queries()}


def queries() -> list[str]:
    """One or two neighbouring words of what was said, each pair once: what is kept of one search helps no other."""
    from lomwong.text.segment import words

    chance = random.Random(1)
    found: dict[str, None] = {}
    pieces = [piece for text in house.sentences() for piece in text]
    while len(found) < QUERIES:
        said = [word for word in words(chance.choice(pieces)) if len(word) > 3 and word.isalpha()]
        if len(said) > 1:
            start = chance.randrange(len(said) - 1)
            found[" ".join(said[start : start + chance.randint(1, 2)])] = None
    return list(found)


def tell() -> None:
    from lomwong.communities.models import Audience, Community
    from lomwong.people.models import Person
    from lomwong.posts.actions import reply, write_post

    said = house.sentences()
    chance = random.Random(0)
    writers = list(Person.objects.order_by("pk")[:WRITERS])
    circles = list(Community.objects.filter(audience=Audience.PUBLIC).order_by("pk"))
    for nth in range(STORIES):
        text = "\n\n".join(" ".join(chance.choice(said)[:6]) for _ in range(6))
        story = write_post(
            kind="story",
            by=chance.choice(writers),
            title=f"{SUBJECTS[nth % len(SUBJECTS)]} (ตอนที่ {nth + 1})",
            text=text,
            communities=[circles[nth % len(circles)]],
            tags=["พัสดุ", "เล่าสู่กันฟัง"],
            at=BEGUN + timedelta(days=nth),
        )
        below = [story]
        for at in range(COMMENTS):
            parent = story if at % 3 else chance.choice(below)
            words = " ".join(chance.choice(said)[: chance.randint(1, 3)])
            when = BEGUN + timedelta(days=nth, minutes=at + 1)
            below.append(reply(parent, kind="comment", by=chance.choice(writers), text=words, at=when))


def index() -> None:
    from lomwong.notifications.tasks import tell_news
    from lomwong.search.index import catch_up

    tables.note("building the index")
    catch_up()
    tell_news()


def cookies() -> str:
    """Of a colleague who has signed in, as a browser would send them."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    person = house.colleague()
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={'c' * 32}"
