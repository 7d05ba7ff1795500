"""An entry as every reader outside gets it: whole addresses, words that fit into XML."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Prefetch
from django.utils.encoding import iri_to_uri

from lomwong.feeds.channels import Channel
from lomwong.kit import html
from lomwong.people.models import Viewer
from lomwong.posts.models import Authorship, File, Post
from lomwong.posts.stories.licences import terms_of

NEWEST = 30
BORN = 2026  # of the tags below; it never changes, or every reader shows every entry once more
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_THAI = re.compile("[\u0e01-\u0e5b]")


@dataclass(frozen=True, slots=True)
class Mark:
    """What tells cheaply whether a feed has changed."""

    number: int
    version: int
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Attached:
    name: str
    address: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Entry:
    """`licence`: in words, "" when nobody has said; `licence_address` of those that lie on the web.
    `title` is what the author gave, `label` what to call it otherwise.
    """

    id: str
    address: str
    title: str
    label: str
    html: str
    summary: str
    language: str
    authors: Sequence[str]
    tags: Sequence[str]
    created: datetime
    updated: datetime
    licence: str
    licence_address: str
    files: Sequence[Attached]

    @property
    def picture(self) -> Attached | None:
        return next((file for file in self.files if file.media_type.startswith("image/")), None)


def whole(address: str) -> str:
    """The address as the world knows it, whichever name this request came under."""
    return iri_to_uri(settings.PUBLIC_URL + address)


def tag_uri(name: str) -> str:
    """Stays when the house moves from http to https or to another port."""
    return f"tag:{urlsplit(settings.PUBLIC_URL).hostname},{BORN}:{name}"


def printable(text: str) -> str:
    """Without what XML cannot hold."""
    return _NOT_XML.sub("", text)


def language_of(text: str) -> str:
    """Of the two that people write here."""
    return "th" if _THAI.search(text) else "en"


def second(at: datetime) -> datetime:
    return at.replace(microsecond=0)


def newest(channel: Channel, viewer: Viewer) -> list[Mark]:
    """The newest that the viewer may read; one query."""
    posts = channel.posts.visible_to(viewer).threads().order_by("-created_at", "-number")
    rows = posts.values_list("number", "version", "author__name", "edited_at", "created_at")[:NEWEST]
    return [Mark(number, version, name or "", second(edited or at)) for number, version, name, edited, at in rows]


def entries_of(marks: Iterable[Mark], viewer: Viewer) -> list[Entry]:
    """With all that readers show, in the order of the marks; four queries."""
    numbers = [mark.number for mark in marks]
    posts = (
        Post.objects.visible_to(viewer)
        .filter(number__in=numbers)
        .select_related("author")
        .prefetch_related("tags", *WITH_AUTHORS, Prefetch("files", File.objects.defer("words_text")))
        .defer("text", "extra")
    )
    found = {post.number: post for post in posts}
    return [entry_of(found[number]) for number in numbers if number in found]


WITH_AUTHORS = (
    Prefetch(
        "authorships", Authorship.objects.filter(accepted_at__isnull=False).select_related("person"), "coauthorships"
    ),
)


def authors_of(post: Post) -> list[str]:
    """The author, and who writes along and has said yes. Needs WITH_AUTHORS."""
    names = [post.author.name] if post.author else []
    return [printable(name) for name in [*names, *(each.person.name for each in post.coauthorships)]]  # type: ignore[attr-defined]


def entry_of(post: Post) -> Entry:
    address = whole(post.get_absolute_url())
    terms = terms_of(post.licence)
    return Entry(
        id=tag_uri(f"post/{post.number}"),
        address=address,
        title=printable(post.title),
        label=printable(post.label),
        html=printable(html.absolute(post.html, settings.PUBLIC_URL)),
        summary=printable(post.excerpt),
        language=language_of(post.title + post.excerpt),
        authors=authors_of(post),
        tags=[printable(tag.name) for tag in post.tags.all()],
        created=second(post.created_at),
        updated=second(post.edited_at or post.created_at),
        licence=str(terms.label) if terms else "",
        licence_address=terms.deed if terms else "",
        files=[attached(file) for file in post.files.all()],
    )


def attached(file: File) -> Attached:
    address = file.picture_url if file.is_picture else file.get_absolute_url()
    return Attached(printable(file.name), whole(address), file.media_type, file.size)
