"""What the files of a take-away are called: readable, safe on every system, the same in every pass."""

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import quote

from lomwong.kit.html import shortened
from lomwong.posts.models import File, Post

LONGEST = 40  # characters; three bytes each in Thai, and a name has 255 bytes
_NOT_IN_NAMES = re.compile(r"[^\w\u0e00-\u0e7f]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def slug(words: str) -> str:
    """Letters of any script with their marks; everything else is a hyphen."""
    plain = _NOT_IN_NAMES.sub("-", unicodedata.normalize("NFC", words).lower()).strip("-_")
    return shortened(plain, LONGEST).rstrip("…-_")


def entry_name(post: Post) -> str:
    """Without a suffix, below the folder of entries: "0012-ยืมเงิน"."""
    return f"{post.number:04}-{slug(post.title or post.excerpt[:LONGEST])}".rstrip("-")


def file_names(files: Iterable[File]) -> dict[int, str]:
    """Places below `files/`, by the file's number. `files`: all of one post or draft, in their order."""
    names: dict[int, str] = {}
    for file in files:
        folder = str(file.post_id) if file.post_id else f"draft-{file.draft_id}"
        name = unicodedata.normalize("NFC", file.name)
        place = f"{folder}/{name}"
        if place in names.values() or _RESERVED.fullmatch(name):
            place = f"{folder}/{file.pk}-{name}"
        names[file.pk] = place
    return names


def link(place: str) -> str:
    """As it stands in an address."""
    return quote(place)
