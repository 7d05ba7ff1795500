"""Writes an archive's tree of units down."""

from collections.abc import Iterable

from lomwong.imports.archive.parse import UNITS, ArchiveUnit
from lomwong.imports.problems import Problem, mark, shorten
from lomwong.imports.report import Report
from lomwong.people.actions import place_unit
from lomwong.people.models import Unit

NO_UNIT_ABOVE = mark("The unit above this one is not in the archive; it was put at the top.")
RING = mark("This unit lies below itself; it was put at the top.")


def load_units(found: Iterable[ArchiveUnit | Problem], report: Report) -> dict[str, Unit]:
    """{id in the archive: unit}. A unit of the same name below the same one is the same unit."""
    records: dict[str, ArchiveUnit] = {}
    for each in found:
        if isinstance(each, Problem):
            report.leave_out("units", each)
        else:
            report.of("units").read += 1
            records[each.id] = each
    before = Unit.objects.count()
    placed: dict[str, Unit] = {}
    for identifier in records:
        for each in path_to(identifier, records, placed, report):
            above = placed.get(each.parent or "")
            placed[each.id] = place_unit(name=each.name, name_en=each.name_en, is_campus=each.is_campus, parent=above)
    if records:
        tally = report.of("units")
        tally.new = Unit.objects.count() - before
        tally.known = tally.read - tally.left_out.total() - tally.new
    return placed


def path_to(
    identifier: str, records: dict[str, ArchiveUnit], placed: dict[str, Unit], report: Report
) -> list[ArchiveUnit]:
    """The unit and those above it that are not placed yet, from the top down."""
    path: dict[str, ArchiveUnit] = {}
    at: str | None = identifier
    while at is not None and at not in placed:
        if at in path or at not in records:
            below = next(reversed(path.values()))
            report.note(Problem(f"{UNITS} line {below.line}", RING if at in path else NO_UNIT_ABOVE, shorten(at)))
            break
        path[at] = records[at]
        at = records[at].parent
    return list(reversed(path.values()))
