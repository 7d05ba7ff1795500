"""Invented posts for tests."""

import io
from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import count

from lomwong.communities.models import Audience, Community
from lomwong.people.models import Person
from lomwong.people.tests.factories import make_person
from lomwong.posts import actions
from lomwong.posts.drafts.actions import Typed, save_draft
from lomwong.posts.drafts.typed import new_key
from lomwong.posts.files import shelf
from lomwong.posts.files.actions import attach, touch_threads
from lomwong.posts.models import Draft, File, Kind, Post
from lomwong.posts.tests.papers import make_docx

number = count(1)


def make_post(
    title: str = "",
    *,
    kind: str = Kind.STORY,
    by: Person | None = None,
    text: str = "",
    communities: Sequence[Community] = (),
    audience: str = Audience.ORGANISATION,
    tags: Collection[str] = (),
    at: datetime | None = None,
) -> Post:
    """A thread; of a journal entry the title is left out."""
    here = next(number)
    return actions.write_post(
        kind=kind,
        by=by or make_person(),
        title="" if kind == Kind.JOURNAL else title or f"เรื่องที่ {here}",
        text=text or f"เนื้อความของเรื่องที่ {here}",
        communities=communities,
        audience=audience,
        tags=tags,
        at=at,
    )


def make_question(title: str = "", **fields: object) -> Post:
    return make_post(title, kind=Kind.QUESTION, **fields)  # type: ignore[arg-type]


def make_reply(
    parent: Post, text: str = "", *, kind: str = Kind.COMMENT, by: Person | None = None, at: datetime | None = None
) -> Post:
    return actions.reply(parent, kind=kind, by=by or make_person(), text=text or f"ตอบ {next(number)}", at=at)


def make_answer(parent: Post, text: str = "", **fields: object) -> Post:
    return make_reply(parent, text, kind=Kind.ANSWER, **fields)  # type: ignore[arg-type]


def make_draft(
    by: Person, text: str = "ยังไม่เสร็จ", *, kind: str = Kind.STORY, title: str = "", **fields: list[str]
) -> Draft:
    typed = Typed(text=text, title=title, fields={"title": [title], **fields})
    return save_draft(new_key(), typed, by=by, kind=kind)


def hang(post: Post, name: str = "แบบฟอร์ม.docx", content: bytes = b"") -> File:
    """A file on a post, as its author would attach it."""
    kept = shelf.keep(io.BytesIO(content or make_docx("ขั้นตอนการยืมเงินทดรองราชการ")), name)
    file = attach(post, [kept])[0]
    touch_threads([post.number])
    return file
