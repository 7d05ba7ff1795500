"""What the index holds of a post. The texts themselves stay in the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import blake2b

from tantivy import Document, Schema, SchemaBuilder

VERSION = 3
"""Raise it when the fields, or the words that `text` makes of a text, change: every index is then built anew."""

TITLE, BODY, QUOTED, CONTEXT, ATTACHED, GRAMS = "title", "body", "quoted", "context", "attached", "grams"
TEXT_FIELDS = (TITLE, BODY, QUOTED, CONTEXT, ATTACHED, GRAMS)
GRAMS_BEHIND = "grams_behind"  # each gram of quoted mail and of files once: nothing is scored by them
OWN_FIELDS = (BODY, QUOTED, ATTACHED)
"""Where the words of a post itself are, whoever may read its thread: the title is in the body too."""

KINDS = ("story", "journal", "question", "answer", "comment")
"""Of posts. Their places are in the index: new ones go to the end."""

NOBODY = "-"  # the readers of a post that only its author may read
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND = 1_000_000
NUMBER_BITS = 29
FIRST_SECOND = -2_208_988_800  # 1900
LAST_SECOND = FIRST_SECOND + (1 << 34) - 1  # in 2444


@dataclass(frozen=True, slots=True)
class Writing:
    """A post in words: each text field is its index terms joined by blanks.

    `readers`: "public", "organisation" and numbers of communities, as in `Post.objects.visible_to`, joined by blanks.
    `body` has the title and the text without quoted mail, `quoted` that mail, `context` the words of the thread's
    first post (empty for the first post itself), `attached` what is in its files; `grams` are those of `body`,
    `grams_behind` those of `quoted` and `attached`.
    """

    number: int
    kind: str
    author_id: int | None
    created: int  # microseconds since 1970
    readers: str
    community_ids: Sequence[int]
    tag_ids: Sequence[int]
    is_unanswered: bool  # a question that nobody has answered
    title: str
    body: str
    quoted: str
    context: str
    attached: str
    grams: str
    grams_behind: str


def length_field(field: str) -> str:
    return f"{field}_length"


def build_schema() -> Schema:
    """Words come cut already, so the whitespace tokenizer of tantivy is enough. All numbers are signed."""
    builder = SchemaBuilder()
    builder.add_integer_field("number", indexed=True, fast=True)
    builder.add_integer_field("author", indexed=True, fast=True)
    builder.add_integer_field("created", indexed=True, fast=True)
    builder.add_integer_field("newness", fast=True)
    builder.add_integer_field("readers_key", fast=True)
    builder.add_integer_field("community", indexed=True, fast=True)
    builder.add_integer_field("tag", indexed=True, fast=True)
    builder.add_integer_field("unanswered", indexed=True)
    builder.add_integer_field("trait", fast=True)
    builder.add_text_field("kind", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("readers", tokenizer_name="raw", index_option="basic")
    for field in TEXT_FIELDS:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
        builder.add_integer_field(length_field(field), fast=True)
    builder.add_text_field(GRAMS_BEHIND, tokenizer_name="whitespace", index_option="basic")
    return builder.build()


SCHEMA = build_schema()


def document(writing: Writing) -> Document:
    readers = writing.readers or NOBODY
    fields: dict[str, object] = {
        "number": writing.number,
        "created": writing.created,
        "newness": newness(writing.created, writing.number),
        "kind": writing.kind,
        "readers": readers,
        "readers_key": readers_key(readers),
        "community": list(writing.community_ids),
        "tag": list(writing.tag_ids),
        "unanswered": int(writing.is_unanswered),
        "trait": to_trait(writing.kind, is_open=writing.is_unanswered),
    }
    if writing.author_id is not None:
        fields["author"] = writing.author_id
    for field in TEXT_FIELDS:
        words: str = getattr(writing, field)
        if words:
            fields[field] = words
            fields[length_field(field)] = words.count(" ") + 1
    if writing.grams_behind:
        fields[GRAMS_BEHIND] = writing.grams_behind
    return Document.from_dict(fields, SCHEMA)


@lru_cache(maxsize=4096)
def readers_key(readers: str) -> int:
    """The same number for the same readers in every process: an integer is read several times faster than a text."""
    return int.from_bytes(blake2b(readers.encode(), digest_size=8).digest(), signed=True)


def to_trait(kind: str, *, is_open: bool) -> int:
    """A kind, and whether a question waits for an answer, as one number: texts have no fast column."""
    return 2 * KINDS.index(kind) + is_open


TRAITS = [(kind, is_open) for kind in KINDS for is_open in (False, True)]
"""What each `to_trait` stands for."""


def newness(created: int, number: int) -> int:
    """What orders posts by time: of those of one second the higher number is the newer one. No two have the same.

    (Among fewer than 500 million, whose times are sane.)
    """
    second = min(max(created // SECOND, FIRST_SECOND), LAST_SECOND)
    return (second - FIRST_SECOND << NUMBER_BITS) + number % (1 << NUMBER_BITS)


def to_moment(at: datetime) -> int:
    return (at - EPOCH) // timedelta(microseconds=1)


def from_moment(moment: int) -> datetime:
    return EPOCH + timedelta(microseconds=moment)
