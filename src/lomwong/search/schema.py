"""What the index holds of a post. The texts themselves stay in the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tantivy import Document, Schema, SchemaBuilder

VERSION = 1
"""Raise it when the fields, or the words that `text` makes of a text, change: every index is then built anew."""

TITLE, BODY, QUOTED, CONTEXT = "title", "body", "quoted", "context"
TEXT_FIELDS = (TITLE, BODY, QUOTED, CONTEXT)
NOBODY = "-"  # the readers of a post that only its author may read
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Writing:
    """A post in words: each text field is its index terms joined by blanks.

    `readers`: "public", "organisation" and numbers of communities, as in `Post.objects.visible_to`, joined by blanks.
    `body` has the title and the text without quoted mail, `quoted` that mail, `context` the words of the thread's
    first post (empty for the first post itself).
    """

    number: int
    kind: str
    author_id: int | None
    created: int  # microseconds since 1970
    readers: str
    community_ids: Sequence[int]
    title: str
    body: str
    quoted: str
    context: str


def length_field(field: str) -> str:
    return f"{field}_length"


def build_schema() -> Schema:
    """Words come cut already, so the whitespace tokenizer of tantivy is enough. All numbers are signed."""
    builder = SchemaBuilder()
    builder.add_integer_field("number", indexed=True, fast=True)
    builder.add_integer_field("author", indexed=True, fast=True)
    builder.add_integer_field("created", indexed=True, fast=True)
    builder.add_integer_field("community", indexed=True)
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("readers", tokenizer_name="raw", index_option="basic")
    for field in TEXT_FIELDS:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
        builder.add_integer_field(length_field(field), fast=True)
    return builder.build()


SCHEMA = build_schema()


def document(writing: Writing) -> Document:
    fields: dict[str, object] = {
        "number": writing.number,
        "created": writing.created,
        "kind": writing.kind,
        "readers": writing.readers or NOBODY,
        "community": list(writing.community_ids),
    }
    if writing.author_id is not None:
        fields["author"] = writing.author_id
    for field in TEXT_FIELDS:
        words: str = getattr(writing, field)
        if words:
            fields[field] = words
            fields[length_field(field)] = words.count(" ") + 1
    return Document.from_dict(fields, SCHEMA)


def to_moment(at: datetime) -> int:
    return (at - EPOCH) // timedelta(microseconds=1)


def from_moment(moment: int) -> datetime:
    return EPOCH + timedelta(microseconds=moment)
