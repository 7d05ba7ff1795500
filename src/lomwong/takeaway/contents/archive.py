"""The same in Lomwong's own archive format (docs/archive-format.md), to be imported into any house.

The reader of the format lives above this app; a test there reads what is written here.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from lomwong.communities.models import Audience, Community
from lomwong.people.models import Person
from lomwong.posts.models import Markup, Post, State
from lomwong.takeaway.contents.names import file_names
from lomwong.takeaway.contents.words import address_of

OPEN = (Audience.PUBLIC, Audience.ORGANISATION)


def line(record: dict[str, Any]) -> bytes:
    known = {name: value for name, value in record.items() if value not in (None, "", [])}
    return (json.dumps(known, ensure_ascii=False) + "\n").encode()


def manifest(person: Person, at: datetime) -> bytes:
    host = urlsplit(settings.PUBLIC_URL).hostname or "lomwong"
    source = f"{host}/people/{person.pk}"[-80:]
    return line(
        {
            "format": "lomwong-archive",
            "version": 1,
            "source": source,
            "name": person.name,
            "created": at.isoformat(timespec="seconds"),
        }
    )


def person_line(person: Person, *, is_owner: bool) -> bytes:
    """Of others no more than the name that stands on the entry."""
    record: dict[str, Any] = {"id": str(person.pk), "name": person.name}
    if is_owner:
        jobs = [function.name for function in person.job_functions.all()]
        record |= {"email": person.email, "about": person.about, "job_functions": jobs}
    return line(record)


def circle_line(circle: Community) -> bytes:
    return line({"id": str(circle.pk), "name": circle.name, "audience": circle.audience})


def post_lines(posts: Iterable[Post]) -> Iterator[bytes]:
    """Only what is shown: a house that takes them in would show them all."""
    for post in posts:
        if post.state == State.SHOWN:
            yield line(post_record(post))


def post_record(post: Post) -> dict[str, Any]:
    """What the format does not name yet stands there too; whoever reads it keeps it."""
    names = file_names(post.files.all())
    body = {"html": post.text} if post.markup == Markup.HTML else {"text": post.text}
    return {
        "id": str(post.number),
        "kind": post.kind,
        "parent": str(post.parent_id) if post.parent_id else None,
        "author": str(post.author_id) if post.author_id else None,
        "created": post.created_at.isoformat(),
        "title": post.title,
        **body,
        "tags": [tag.name for tag in post.tags.all()],
        "communities": [str(circle.pk) for circle in post.communities.all()],
        "audience": post.audience if post.audience in OPEN else None,
        "accepted": True if post.root and post.root.accepted_answer_id == post.number else None,
        "files": [{"path": names[file.pk], "name": file.name} for file in post.files.all()],
        "edited": post.edited_at.isoformat() if post.edited_at else None,
        "licence": post.licence,
        "blog": post.blog.name if post.blog else None,
        "series": post.series.name if post.series else None,
        "part": post.part,
        "address": address_of(post),
    }
