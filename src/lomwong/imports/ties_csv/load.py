"""Writes down who wrote to whom: lines in the ledger, no posts."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lomwong.activity.actions import record_many
from lomwong.activity.models import Event, Verb
from lomwong.imports.problems import Problem, mark
from lomwong.imports.report import Report
from lomwong.imports.ties_csv.parse import Tie, read_ties
from lomwong.imports.whole import Progress, reading, unseen
from lomwong.people.actions import Identifier, Named

BATCH = 500
LONGEST_SOURCE = 80

TO_ONESELF = mark("Somebody wrote to themselves; that ties nobody together.")


@transaction.atomic
def load_ties(paths: Sequence[Path], *, source: str | None = None, progress: Progress = unseen) -> Report:
    """`source` says whose ids these are; without it the name of the file does, so that one file's 17 is not another's.

    A tie without a time gets the time of the import. The same line twice is two ties; the same file twice is one.
    Raises `UnreadableFile` or `Refusal`; then nothing may be kept of what was written.
    """
    report = Report()
    for path in paths:
        loader = Loader(report, (source or path.stem)[:LONGEST_SOURCE])
        found = progress(ties_of(path), label=_("Writing"), unit=_(" ties"))
        while batch := list(islice(found, BATCH)):
            loader.take(batch, f"{path.name} " if len(paths) > 1 else "")
        loader.count_people()
    return report


def ties_of(path: Path) -> Iterator[Tie | Problem]:
    with reading(path), path.open("rb") as stream:
        yield from read_ties(stream)


class Loader:
    def __init__(self, report: Report, source: str) -> None:
        self._report = report
        self._source = source
        self._people = Identifier(source)
        self._met: set[str] = set()
        self._times_seen: Counter[bytes] = Counter()
        self._now = timezone.now()

    def take(self, batch: Sequence[Tie | Problem], file_name: str) -> None:
        ties: dict[str, Tie] = {}
        for found in batch:
            if isinstance(found, Problem):
                self._report.leave_out("ties", Problem(file_name + found.where, found.reason, found.detail))
            elif found.sender == found.recipient:
                self._report.count_left_out("ties", TO_ONESELF)
            else:
                ties[self._content_key(found)] = found
        ends = {end for tie in ties.values() for end in (tie.sender, tie.recipient)}
        self._met |= ends
        persons = self._people.identify_all(Named(end, email=end if "@" in end else None) for end in sorted(ends))
        known = set(Event.objects.filter(content_key__in=ties).values_list("content_key", flat=True))
        record_many(
            Event(
                verb=Verb.WROTE_TO,
                actor_id=persons[tie.sender],
                target_id=persons[tie.recipient],
                weight=tie.weight,
                at=tie.at or self._now,
                content_key=key,
            )
            for key, tie in ties.items()
            if key not in known
        )
        tally = self._report.of("ties")
        tally.read += len(ties)
        tally.known += len(known)
        tally.new += len(ties) - len(known)

    def count_people(self) -> None:
        tally = self._report.of("people")
        tally.read += len(self._met)
        tally.new += self._people.created
        tally.known += len(self._met) - self._people.created

    def _content_key(self, tie: Tie) -> str:
        """The same at every import; the second of two equal lines has another one than the first."""
        at = tie.at.isoformat() if tie.at else ""
        parts = (self._source, tie.sender, tie.recipient, at, repr(tie.weight))
        content = hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace"))
        short = content.digest()[:12]
        self._times_seen[short] += 1
        content.update(f"\x1f{self._times_seen[short]}".encode())
        return f"tie:{content.hexdigest()}"
