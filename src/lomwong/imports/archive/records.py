"""One line of an archive, checked: what each kind of record holds, and what is wrong with one that cannot be used."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from lomwong.imports.problems import Problem, mark, shorten
from lomwong.imports.times import read_iso

KINDS = ("story", "journal", "question", "answer", "comment")
REPLY_KINDS = ("answer", "comment")

NOT_JSON = mark("The line is not a JSON object.")
NO_ID = mark("The record has no id.")
LONG_ID = mark("The id is longer than 250 characters.")
NO_NAME = mark("The record has no name.")
NO_TIME = mark("The record has no readable `created`. Write it as 2026-11-23T14:30:00+07:00.")
NO_WORDS = mark("The post has neither a text nor a title.")
UNKNOWN_KIND = mark("The kind is none of story, journal, question, answer, comment.")
NO_PARENT = mark("An answer or comment does not say what it belongs to (`parent`).")
OWN_PARENT = mark("The record is its own parent.")
WRONG_TYPE = mark("A field holds something of another type than it should.")

_LONGEST_ID = 250
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

Fields = dict[str, Any]
Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class ArchivePerson:
    """`unit` is the id of a unit. `extra` holds the fields that the format does not know, here as in all records."""

    line: int
    id: str
    name: str
    email: str
    unit: str | None
    job_functions: tuple[str, ...]
    about: str
    extra: Fields


@dataclass(frozen=True, slots=True)
class ArchiveUnit:
    """`parent` is the id of the unit above."""

    line: int
    id: str
    name: str
    name_en: str
    parent: str | None
    is_campus: bool
    extra: Fields


@dataclass(frozen=True, slots=True)
class ArchiveCommunity:
    """`audience`, `origin`, `stage`: words of the glossary, or "" when not given. `members`, `hosts`: ids of people.

    A host is a member whether `members` says so or not.
    """

    line: int
    id: str
    name: str
    purpose: str
    audience: str
    origin: str
    stage: str
    created: datetime | None
    members: tuple[str, ...]
    hosts: tuple[str, ...]
    extra: Fields


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """`path` is a place below files/, `name` what people call it."""

    path: str
    name: str


@dataclass(frozen=True, slots=True)
class ArchivePost:
    """`parent`: id of a post, which may come later in the file. `author`: id of a person, None when unknown.

    `text` is Markdown; of `text` and `html` at least one is there, or a title. `accepted`: True on an accepted answer,
    or the id of that answer on its question. `communities`: ids. `audience`: a word of the glossary, or "".
    """

    line: int
    id: str
    kind: str
    parent: str | None
    author: str | None
    created: datetime
    title: str
    text: str | None
    html: str | None
    tags: tuple[str, ...]
    communities: tuple[str, ...]
    audience: str
    accepted: bool | str
    files: tuple[ArchiveFile, ...]
    extra: Fields


class RecordError(Exception):
    """Why a line cannot be used; becomes a Problem."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


def load_fields(raw: bytes) -> Fields:
    """The JSON object in a line, without what no database stores (zero characters, half letters)."""
    try:
        # utf-8-sig: some editors put a byte order mark in front of the first line.
        loaded = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):  # ValueError covers bad UTF-8, bad JSON and absurd numbers
        raise RecordError(NOT_JSON, shorten(raw[:300].decode("utf-8", "replace"))) from None
    if not isinstance(loaded, dict):
        raise RecordError(NOT_JSON, shorten(raw[:300].decode("utf-8", "replace")))
    if b"\\u" in raw:
        cleaned: Fields = _storable(loaded)
        return cleaned
    return loaded


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return _UNSTORABLE.sub("", value)
    if isinstance(value, list):
        return [_storable(each) for each in value]
    if isinstance(value, dict):
        return {_storable(key): _storable(each) for key, each in value.items()}
    return value


def read_record(line: int, where: str, raw: bytes, make: Callable[[int, Fields], Record]) -> Record | Problem:
    """What `make` makes of the line, or the Problem that it has with it."""
    try:
        return make(line, load_fields(raw))
    except RecordError as error:
        return Problem(where, error.reason, error.detail)


def person(line: int, fields: Fields) -> ArchivePerson:
    return ArchivePerson(
        line=line,
        id=_id(fields),
        name=_words(fields, "name") or _fail(NO_NAME),
        email=_words(fields, "email").lower(),
        unit=_reference(fields, "unit"),
        job_functions=_list(fields, "job_functions"),
        about=_words(fields, "about"),
        extra=fields,
    )


def unit(line: int, fields: Fields) -> ArchiveUnit:
    identifier = _id(fields)
    parent = _reference(fields, "parent")
    if parent == identifier:
        raise RecordError(OWN_PARENT, identifier)
    return ArchiveUnit(
        line=line,
        id=identifier,
        name=_words(fields, "name") or _fail(NO_NAME),
        name_en=_words(fields, "name_en"),
        parent=parent,
        is_campus=_flag(fields, "is_campus"),
        extra=fields,
    )


def community(line: int, fields: Fields) -> ArchiveCommunity:
    return ArchiveCommunity(
        line=line,
        id=_id(fields),
        name=_words(fields, "name") or _fail(NO_NAME),
        purpose=_words(fields, "purpose"),
        audience=_words(fields, "audience"),
        origin=_words(fields, "origin"),
        stage=_words(fields, "stage"),
        created=_time(fields) if fields.get("created") else None,
        members=_list(fields, "members"),
        hosts=_list(fields, "hosts"),
        extra=fields,
    )


def post(line: int, fields: Fields) -> ArchivePost:
    identifier = _id(fields)
    kind = _words(fields, "kind")
    if kind not in KINDS:
        raise RecordError(UNKNOWN_KIND, shorten(kind))
    parent = _reference(fields, "parent")
    if parent == identifier:
        raise RecordError(OWN_PARENT, identifier)
    if parent is None and kind in REPLY_KINDS:
        raise RecordError(NO_PARENT, identifier)
    title, text, html = _words(fields, "title"), _body(fields, "text"), _body(fields, "html")
    if not (title or text or html):
        raise RecordError(NO_WORDS, identifier)
    return ArchivePost(
        line=line,
        id=identifier,
        kind=kind,
        parent=parent,
        author=_reference(fields, "author"),
        created=_time(fields),
        title=title,
        text=text,
        html=html,
        tags=_list(fields, "tags"),
        communities=_list(fields, "communities"),
        audience=_words(fields, "audience"),
        accepted=_accepted(fields),
        files=_files(fields),
        extra=fields,
    )


# Each of the following takes its field out of `fields`, so that what remains there at the end is `extra`.


def _fail(reason: str) -> str:
    raise RecordError(reason)


def _id(fields: Fields) -> str:
    found = _reference(fields, "id")
    if found is None:
        raise RecordError(NO_ID)
    return found


def _reference(fields: Fields, name: str) -> str | None:
    """An id: words or a whole number; None when missing, null or empty."""
    value = fields.pop(name, None)
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise RecordError(WRONG_TYPE, name)
    if len(str(value)) > _LONGEST_ID:
        raise RecordError(LONG_ID, shorten(str(value)))
    return str(value)


def _words(fields: Fields, name: str) -> str:
    value = fields.pop(name, None)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RecordError(WRONG_TYPE, name)
    return value.strip()


def _body(fields: Fields, name: str) -> str | None:
    value = fields.pop(name, None)
    if value is not None and not isinstance(value, str):
        raise RecordError(WRONG_TYPE, name)
    return value or None


def _list(fields: Fields, name: str) -> tuple[str, ...]:
    value = fields.pop(name, None)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(each, str | int) for each in value):
        raise RecordError(WRONG_TYPE, name)
    return tuple(dict.fromkeys(str(each).strip() for each in value if str(each).strip()))


def _flag(fields: Fields, name: str) -> bool:
    value = fields.pop(name, None)
    if value is not None and not isinstance(value, bool):
        raise RecordError(WRONG_TYPE, name)
    return bool(value)


def _time(fields: Fields) -> datetime:
    value = fields.pop("created", None)
    at = read_iso(value) if isinstance(value, str) else None
    if at is None:
        raise RecordError(NO_TIME, shorten(str(value or "")))
    return at


def _accepted(fields: Fields) -> bool | str:
    value = fields.pop("accepted", None)
    if value is None or isinstance(value, bool):
        return bool(value)
    if not isinstance(value, str | int):
        raise RecordError(WRONG_TYPE, "accepted")
    return str(value)


def _files(fields: Fields) -> tuple[ArchiveFile, ...]:
    """Places, or places with names; each place once."""
    value = fields.pop("files", None)
    if value is None:
        return ()
    if not isinstance(value, list):
        raise RecordError(WRONG_TYPE, "files")
    found: dict[str, ArchiveFile] = {}
    for each in value:
        place, name = (each.get("path"), each.get("name")) if isinstance(each, dict) else (each, None)
        if not isinstance(place, str) or not isinstance(name, str | None):
            raise RecordError(WRONG_TYPE, "files")
        path = place.strip().removeprefix("files/")
        found.setdefault(path, ArchiveFile(path, (name or "").strip() or path.rpartition("/")[2]))
    return tuple(found.values())
