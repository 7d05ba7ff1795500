"""Writes an archive's people down."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from lomwong.imports.archive.parse import PEOPLE, ArchivePerson, ArchivePost
from lomwong.imports.jobs import JobFinder
from lomwong.imports.problems import Problem, mark, shorten
from lomwong.imports.report import Report
from lomwong.people.actions import Identifier, Named, describe_from_import
from lomwong.people.models import JobFunction, Person, Unit

BATCH = 500

UNKNOWN_UNIT = mark("The unit is not in the archive; the person was kept without it.")
UNKNOWN_JOB = mark("There is no such job function. Add it to the list in /admin/, or write it as it stands there.")
UNKNOWN_AUTHOR = mark("The author is not among the people of the archive; somebody with the id as name was made.")


class PeopleLoader:
    """`persons`: {id in the archive: Person.pk}."""

    def __init__(self, source: str, units: dict[str, Unit], report: Report) -> None:
        self.persons: dict[str, int] = {}
        self._identifier = Identifier(source)
        self._units = units
        self._jobs = JobFinder()
        self._unknown: set[str] = set()  # job functions and units that were noted
        self._report = report

    def load(self, found: Iterator[ArchivePerson | Problem]) -> None:
        while batch := list(islice(found, BATCH)):
            people: dict[str, ArchivePerson] = {}
            for each in batch:
                if isinstance(each, Problem):
                    self._report.leave_out("people", each)
                else:
                    self._report.of("people").read += 1
                    people[each.id] = each  # of two lines with one id the later one counts
            self._write(list(people.values()))
        if "people" in self._report.tallies:
            tally = self._report.of("people")
            tally.known = tally.read - tally.left_out.total() - tally.new - tally.changed

    def author(self, post: ArchivePost, where: str) -> int | None:
        """Somebody whom the people of the archive do not know is made, under the name that the post gives."""
        if post.author is None:
            return None
        if post.author not in self.persons:
            name = post.extra.get("author_name")
            self._report.note(Problem(where, UNKNOWN_AUTHOR, shorten(post.author)))
            self.persons[post.author] = self._identifier.identify(
                Named(post.author, name if isinstance(name, str) and name.strip() else post.author)
            )
        return self.persons[post.author]

    def _write(self, people: Sequence[ArchivePerson]) -> None:
        last: int = Person.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        numbers = self._identifier.identify_all(
            Named(each.id, each.name, each.email or None, self._unit(each), each.extra) for each in people
        )
        self.persons |= numbers
        persons = Person.objects.select_related("unit").in_bulk(set(numbers.values()))
        tally = self._report.of("people")
        for each in people:
            person = persons[numbers[each.id]]
            is_new = person.pk > last
            tally.new += is_new
            if is_new and not (each.about or each.job_functions):
                continue
            is_news = describe_from_import(
                person,
                name=each.name if each.name != each.id else "",
                email=each.email or None,
                unit=self._unit(each),
                job_functions=list(self._job_functions(each)),
                about=each.about,
            )
            tally.changed += is_news and not is_new

    def _unit(self, each: ArchivePerson) -> Unit | None:
        if each.unit and each.unit not in self._units:
            self._note_once(each, UNKNOWN_UNIT, each.unit)
        return self._units.get(each.unit or "")

    def _job_functions(self, each: ArchivePerson) -> Iterable[JobFunction]:
        for name in each.job_functions:
            job = self._jobs.find(name)
            if job is None:
                self._note_once(each, UNKNOWN_JOB, name)
            else:
                yield job

    def _note_once(self, each: ArchivePerson, reason: str, detail: str) -> None:
        if detail not in self._unknown:
            self._unknown.add(detail)
            self._report.note(Problem(f"{PEOPLE} line {each.line}", reason, shorten(detail)))
