"""Writes a staff list down: people, the units they work in, their job functions."""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from lomwong.imports.jobs import JobFinder
from lomwong.imports.people_csv.parse import PersonRow, read_people
from lomwong.imports.problems import Problem, mark, shorten
from lomwong.imports.report import Report
from lomwong.imports.whole import Progress, reading, unseen
from lomwong.people.actions import Identifier, Named, describe_from_import, unit_at
from lomwong.people.models import Identity, JobFunction, Person, Unit

SOURCE = "staff"  # numbers of the organisation's own people: the same in every staff list
BATCH = 500

UNKNOWN_JOB = mark("There is no such job function. Add it to the list in /admin/, or write it as it stands there.")
EMAIL_OF_OTHER_ID = mark("This e-mail address belongs to somebody with another id.")
EMAIL_TAKEN = mark("This e-mail address belongs to somebody else already; the person was kept without it.")


@transaction.atomic
def load_people(paths: Sequence[Path], *, progress: Progress = unseen) -> Report:
    """Whoever is new is made, whoever is known brought up to date; an empty cell changes nothing.

    Somebody who has been here themselves keeps what they said of themselves. Raises `UnreadableFile` or `Refusal`; then
    nothing may be kept of what was written.
    """
    loader = Loader()
    units_before = Unit.objects.count()
    for path in paths:
        with reading(path):
            table = read_people(path.read_bytes())
        loader.report.understood |= {**table.understood, **dict.fromkeys(table.ignored, "")}
        file_name = f"{path.name} " if len(paths) > 1 else ""
        rows = progress(table.rows, label=_("Writing"), unit=_(" people"))
        while batch := list(islice(rows, BATCH)):
            loader.take(batch, file_name)
    loader.count_units(Unit.objects.count() - units_before)
    return loader.report


class Loader:
    def __init__(self) -> None:
        self.report = Report()
        self._identifier = Identifier(SOURCE)
        self._jobs = JobFinder()
        self._unknown_jobs: set[str] = set()
        self._units: dict[tuple[str, ...], Unit] = {}

    def take(self, batch: Sequence[PersonRow | Problem], file_name: str) -> None:
        rows: list[PersonRow] = []
        for found in batch:
            if isinstance(found, Problem):
                self.report.leave_out("people", Problem(file_name + found.where, found.reason, found.detail))
            else:
                rows.append(found)
        others = ids_by_email(rows)
        wanted: list[PersonRow] = []
        for row in rows:
            known_as = others.get(row.email, set()) - {row.email}
            if row.id and known_as and row.id not in known_as:
                where = f"{file_name}line {row.line}"
                self.report.leave_out("people", Problem(where, EMAIL_OF_OTHER_ID, shorten(row.email)))
            else:
                wanted.append(row)
        self._write(wanted, file_name)

    def count_units(self, new: int) -> None:
        tally = self.report.of("units")
        tally.read = len({path[: end + 1] for path in self._units for end in range(len(path))})
        tally.new, tally.known = new, tally.read - new

    def _write(self, rows: Sequence[PersonRow], file_name: str) -> None:
        last: int = Person.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        numbers = self._identifier.identify_all(Named(row.source_id, row.name, row.email or None) for row in rows)
        persons = Person.objects.select_related("unit").in_bulk(set(numbers.values()))
        tally = self.report.of("people")
        for row in rows:
            person = persons[numbers[row.source_id]]
            where = f"{file_name}line {row.line}"
            is_news = describe_from_import(
                person,
                name=row.name,
                email=row.email or None,
                unit=self._unit(row.units),
                job_functions=list(self._job_functions(row, where)),
            )
            tally.read += 1
            if person.pk > last:
                tally.new += 1
            elif is_news:
                tally.changed += 1
            else:
                tally.known += 1
            self._check_email(person, row, where)

    def _unit(self, path: tuple[str, ...]) -> Unit | None:
        if path and path not in self._units:
            self._units[path] = unit_at(path)
        return self._units.get(path)

    def _job_functions(self, row: PersonRow, where: str) -> Iterator[JobFunction]:
        for name in row.job_functions:
            job = self._jobs.find(name)
            if job is not None:
                yield job
            elif name not in self._unknown_jobs:
                self._unknown_jobs.add(name)
                self.report.note(Problem(where, UNKNOWN_JOB, shorten(name)))

    def _check_email(self, person: Person, row: PersonRow, where: str) -> None:
        if not row.email or person.email == row.email:
            return
        if Person.objects.filter(email=row.email).exclude(pk=person.pk).exists():
            self.report.note(Problem(where, EMAIL_TAKEN, shorten(row.email)))


def ids_by_email(rows: Sequence[PersonRow]) -> dict[str, set[str]]:
    """{address: the ids under which earlier staff lists know the person who has it}."""
    emails = [row.email for row in rows if row.email]
    known = Identity.objects.filter(source=SOURCE, person__email__in=emails)
    ids: dict[str, set[str]] = {}
    for email, source_id in known.values_list("person__email", "source_id"):
        ids.setdefault(email or "", set()).add(source_id)
    return ids
