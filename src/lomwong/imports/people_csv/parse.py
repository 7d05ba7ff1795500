"""Reads a table of people as CSV, with Thai or English headings. Pure: no Django."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lomwong.imports.people_csv.headings import names_people, understand
from lomwong.imports.problems import Problem, UnreadableFile, mark, refuse_unless_text, shorten
from lomwong.kit.charsets import decode_table

NO_HEADINGS = mark(
    "No line names the columns. Put a first line in that says which column is which, such as: "
    "id, name, e-mail, unit, job functions (รหัส, ชื่อ-สกุล, อีเมล, หน่วยงาน, งาน)."
)
NO_PEOPLE = mark("There is a line of headings but no people under it.")
NO_NAME = mark("The name is missing.")
NO_KEY = mark("There is neither an id nor an e-mail address, so a later import could not recognise this person.")
BAD_EMAIL = mark("This is not an e-mail address.")
SAME_ID = mark("This id stands in an earlier row.")
SAME_EMAIL = mark("This e-mail address stands in an earlier row.")
OPEN_QUOTE = mark("A quotation mark is opened and not closed.")
TOO_LONG = mark("A cell holds more text than any name or unit. Look whether a separator is missing.")

_SEPARATORS = (",", ";", "\t", "|")
_HEADING_LINES = 10  # some exports put a title above the headings
_LINES_IN_ROW = 10
_LONGEST_CELL = 1000
_EMAIL = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]+\.[^@\s,;<>\"]{2,}")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person. `id` is "" when the table has none, then `email` is not; `units` is the path from the top down."""

    line: int
    id: str
    name: str
    email: str
    units: tuple[str, ...]
    job_functions: tuple[str, ...]

    @property
    def source_id(self) -> str:
        """What a later import recognises the person by."""
        return self.id or self.email


@dataclass(frozen=True, slots=True)
class PeopleTable:
    """`understood`: heading as written → field (id, name, first_name, last_name, email, campus, unit, subunit,
    job_functions); `ignored`: headings that are none of these. `rows` can be gone through once."""

    understood: dict[str, str]
    ignored: tuple[str, ...]
    rows: Iterator[PersonRow | Problem]


def read_people(data: bytes) -> PeopleTable:
    """The people in `data`: CSV separated by comma, semicolon, tab or bar, in UTF-8, UTF-16 or cp874.

    Raises `UnreadableFile` when the file is empty, binary, a workbook, or no line in its first ten names the columns.
    """
    refuse_unless_text(data[:4096], wide_allowed=True)
    lines = decode_table(data).replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    at, separator, headings = _find_headings(lines)
    fields = understand(headings)
    if not any(line.strip(" \t,;|") for line in lines[at + 1 :]):
        raise UnreadableFile(NO_PEOPLE)
    return PeopleTable(
        understood={headings[column].strip(): field for column, field in fields.items()},
        ignored=tuple(
            heading.strip() for column, heading in enumerate(headings) if heading.strip() and column not in fields
        ),
        rows=_rows(lines, at + 1, separator, fields),
    )


def _find_headings(lines: Sequence[str]) -> tuple[int, str, list[str]]:
    """(index of the heading line, separator, headings): the first line that names people, split as tells most."""
    for at, line in enumerate(lines[:_HEADING_LINES]):
        readings = [(separator, _cells(line, separator)) for separator in _SEPARATORS]
        separator, headings = max(readings, key=lambda reading: len(understand(reading[1])))
        if names_people(understand(headings)):
            return at, separator, headings
    raise UnreadableFile(NO_HEADINGS, shorten(next((line for line in lines if line.strip()), "")))


def _cells(row: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([row], delimiter=separator), [])
    except csv.Error:
        return [cell.strip('"') for cell in row.split(separator)]


def _rows(lines: Sequence[str], start: int, separator: str, fields: dict[int, str]) -> Iterator[PersonRow | Problem]:
    seen_ids: set[str] = set()
    seen_emails: set[str] = set()
    at = start
    while at < len(lines):
        first = at
        row, at = _logical_row(lines, at)
        if row is None:
            yield Problem(f"line {first + 1}", OPEN_QUOTE, shorten(lines[first]))
            continue
        values = _values(_row_cells(row, separator), fields)
        if not any(values.values()):
            continue
        person = _person(first + 1, values)
        if isinstance(person, PersonRow):
            person = _unseen(person, seen_ids, seen_emails)
        yield person


def _logical_row(lines: Sequence[str], start: int) -> tuple[str | None, int]:
    """(row, index after it). A quoted cell may hold line breaks; a mark never closed spoils its own line only."""
    row = lines[start]
    end = start + 1
    while row.count('"') % 2:
        if end >= min(len(lines), start + _LINES_IN_ROW):
            return None, start + 1
        row += "\n" + lines[end]
        end += 1
    return row, end


def _row_cells(row: str, separator: str) -> list[str]:
    try:
        return next(csv.reader(row.splitlines(keepends=True), delimiter=separator), [])
    except csv.Error:
        return row.split(separator)


def _values(cells: Sequence[str], fields: dict[int, str]) -> dict[str, str]:
    return {
        field: re.sub(r"[ \t\xa0\ufeff\u200b]+", " ", cells[column]).strip()
        for column, field in fields.items()
        if column < len(cells)
    }


def _person(line: int, values: dict[str, str]) -> PersonRow | Problem:
    where = f"line {line}"
    name = values.get("name") or f"{values.get('first_name', '')} {values.get('last_name', '')}".strip()
    name = " ".join(name.split())
    identifier = values.get("id", "")
    email = values.get("email", "").removeprefix("mailto:").strip("<>").lower()
    if not name:
        return Problem(where, NO_NAME, shorten(" ".join(value for value in values.values() if value)))
    if any(len(value) > _LONGEST_CELL for value in values.values()):
        return Problem(where, TOO_LONG, shorten(name))
    if email in {"-", "–", "ไม่มี", "n/a", "none"}:
        email = ""
    if email and not _EMAIL.fullmatch(email):
        return Problem(where, BAD_EMAIL, shorten(email))
    if not identifier and not email:
        return Problem(where, NO_KEY, shorten(name))
    return PersonRow(line, identifier, name, email, _unit_path(values), _job_functions(values))


def _unseen(person: PersonRow, ids: set[str], emails: set[str]) -> PersonRow | Problem:
    where = f"line {person.line}"
    if person.id and person.id in ids:
        return Problem(where, SAME_ID, shorten(person.id))
    if person.email and person.email in emails:
        return Problem(where, SAME_EMAIL, shorten(person.email))
    ids.add(person.id)
    emails.add(person.email)
    return person


def _unit_path(values: dict[str, str]) -> tuple[str, ...]:
    """Campus, unit and subunit as one path; a campus that the unit's own path begins with is not doubled."""
    path: list[str] = []
    for field in ("campus", "unit", "subunit"):
        for part in _split_path(values.get(field, "")):
            if part not in path:
                path.append(part)
    return tuple(path)


def _split_path(value: str) -> list[str]:
    """Parts of "a > b > c" or "a / b"; where ">" is used, "/" belongs to a name."""
    separator = r"[>›»]" if re.search(r"[>›»]", value) else r"/"
    return [part.strip() for part in re.split(separator, value) if part.strip(" -–")]


def _job_functions(values: dict[str, str]) -> tuple[str, ...]:
    parts = re.split(r"[;,\n|]", values.get("job_functions", ""))
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip(" -–")))
