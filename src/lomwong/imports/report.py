"""What an import read, wrote and left out: in words for the terminal, as JSON for programs."""

import re
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lomwong.imports.problems import Problem, mark

LINE = re.compile(r"\bline (\d+)$")  # of `Problem.where`
SHOWN = 20  # problems told one by one; of the others only how many there are

# What is counted, by its name in JSON, in the order of telling.
THINGS = {
    "messages": mark("messages"),
    "entries": mark("entries"),
    "comments": mark("comments"),
    "people": mark("people"),
    "units": mark("units"),
    "communities": mark("circles"),
    "posts": mark("posts"),
    "ties": mark("ties"),
    "files": mark("files"),
}


# What a column of a table was taken for.
FIELDS = {
    "id": mark("number"),
    "name": mark("name"),
    "first_name": mark("given name"),
    "last_name": mark("surname"),
    "email": mark("e-mail address"),
    "campus": mark("campus"),
    "unit": mark("unit"),
    "subunit": mark("unit below it"),
    "job_functions": mark("job functions"),
}


@dataclass(slots=True)
class Tally:
    """read = new + changed + known + the sum of left_out. `left_out`: reason → how many."""

    read: int = 0
    new: int = 0
    changed: int = 0
    known: int = 0
    left_out: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Report:
    """`understood`: a heading of the file → the one of `FIELDS` it was taken for, "" for none."""

    is_dry_run: bool = False
    tallies: dict[str, Tally] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    more_problems: Counter[str] = field(default_factory=Counter)
    understood: dict[str, str] = field(default_factory=dict)

    def of(self, thing: str) -> Tally:
        """The tally of one of `THINGS`, begun when it is first asked for."""
        return self.tallies.setdefault(thing, Tally())

    def note(self, problem: Problem) -> None:
        """Something was odd, though it went in."""
        if len(self.problems) < SHOWN:
            self.problems.append(problem)
        else:
            self.more_problems[problem.reason] += 1

    def leave_out(self, thing: str, problem: Problem) -> None:
        """A `thing` that was read does not go in."""
        self.count_left_out(thing, problem.reason)
        self.note(problem)

    def count_left_out(self, thing: str, reason: str) -> None:
        """As `leave_out`, of something that is noted already."""
        tally = self.of(thing)
        tally.read += 1
        tally.left_out[reason] += 1

    def as_json(self) -> dict[str, Any]:
        """English reasons, so that programs can tell them apart in any language of the terminal."""
        return {
            "dry_run": self.is_dry_run,
            **{thing: asdict(tally) for thing, tally in self.tallies.items()},
            "understood": self.understood,
            "problems": [asdict(problem) for problem in self.problems],
            "more_problems": dict(self.more_problems),
        }

    def as_text(self) -> str:
        counted = [self._line(thing) for thing in THINGS if thing in self.tallies]
        lines = [*self._understood_lines(), *counted, *self._problem_lines()]
        if self.is_dry_run:
            lines.append(_("This was a trial: nothing was kept. Leave out --dry-run to keep it."))
        return "\n".join(lines)

    def _line(self, thing: str) -> str:
        tally = self.tallies[thing]
        outcomes = [_("%(count)s new") % {"count": f"{tally.new:,}"}]
        if tally.changed:
            outcomes.append(_("%(count)s brought up to date") % {"count": f"{tally.changed:,}"})
        outcomes.append(_("%(count)s known already") % {"count": f"{tally.known:,}"})
        if tally.left_out:
            outcomes.append(_("%(count)s left out") % {"count": f"{tally.left_out.total():,}"})
        head = _("%(thing)s: %(count)s read") % {"thing": _(THINGS[thing]), "count": f"{tally.read:,}"}
        reasons = [f"    {count:,} × {_(reason)}" for reason, count in tally.left_out.most_common()]
        return "\n".join([f"{head} = {' + '.join(outcomes)}", *reasons])

    def _understood_lines(self) -> list[str]:
        return [
            f"  {heading} → {_(FIELDS[field])}" if field else "  " + _("%(heading)s: not used") % {"heading": heading}
            for heading, field in self.understood.items()
        ]

    def _problem_lines(self) -> list[str]:
        if not self.problems:
            return []
        lines = [_("What was odd:")]
        for problem in self.problems:
            detail = f" ({problem.detail})" if problem.detail else ""
            where = LINE.sub(lambda line: _("line %(number)s") % {"number": line[1]}, problem.where)
            lines.append(f"  {where}: {_(problem.reason)}{detail}")
        for reason, count in self.more_problems.most_common():
            lines.append(
                "  " + ngettext("%(count)d more", "%(count)d more", count) % {"count": count} + f": {_(reason)}"
            )
        return lines
