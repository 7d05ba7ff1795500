"""`circles`: who helps whom, on the operator's own terminal."""

import argparse
from typing import Any

from django.utils.translation import gettext as _

from lomwong.discovery import actions, queries
from lomwong.discovery.models import Run
from lomwong.kit.cli import Commands, Refusal, command, print_json, printable
from lomwong.people.models import OPERATOR
from lomwong.people.queries import source_ids

AUTOMATIC, LEVELS = Run.AUTOMATIC, Run.LEVELS


def add_commands(commands: Commands) -> None:
    circles = command(commands, "circles", show_circles, help=_("find the circles that exist already"))
    circles.add_argument(
        "--level",
        type=int,
        default=Run.USUAL,
        help=_("1 is wide, %(last)d is close; left out: the steadiest") % {"last": LEVELS},
    )
    circles.add_argument("--again", action="store_true", help=_("look again, even when nothing is new"))
    circles.add_argument("--json", action="store_true", help=_("for programs"))


def show_circles(arguments: argparse.Namespace) -> None:
    if not AUTOMATIC <= arguments.level <= LEVELS:
        raise Refusal(_("There are levels 1 to %(last)d, and 0 for the steadiest of them.") % {"last": LEVELS})
    run = queries.latest_run(arguments.level)
    if run is None or arguments.again or queries.is_stale(run):
        run = actions.look_for_circles(level=arguments.level)
    found = queries.findings(run, OPERATOR)
    ids = source_ids([seat.person_id for finding in found for seat in finding.seats])
    if arguments.json:
        print_json({"level": arguments.level, "circles": [as_json(finding, ids) for finding in found]})
    else:
        print_findings(found, run.people_count, run.exchange_count)


def as_json(finding: queries.Finding, ids: dict[int, str]) -> dict[str, Any]:
    return {
        "id": finding.circle.pk,
        "kind": finding.circle.kind,
        "members": [
            {
                "id": seat.person_id,
                "source_id": ids.get(seat.person_id),
                "name": seat.person.name,
                "unit": seat.person.unit.name if seat.person.unit else None,
                "weight": round(seat.weight, 4),
            }
            for seat in finding.seats
        ],
        "terms": finding.terms,
        "exchanges": finding.circle.exchanges,
        "units": {unit.name: count for unit, count in finding.units},
        "stability": finding.circle.stability,
    }


def print_findings(found: list[queries.Finding], people: int, exchanges: int) -> None:
    print(
        _("Looked at %(exchanges)d exchanges between %(people)d people.") % {"exchanges": exchanges, "people": people}
    )
    if not found:
        print(_("No circle with enough evidence yet. Import a mailing list or a chat, and look again."))
    for finding in found:
        print()
        terms = ", ".join(finding.terms)
        print(printable(f"{finding.circle.pk}  {finding.circle.get_kind_display()}: {terms}"))
        names = ", ".join(person.name for person in finding.people[:12])
        more = len(finding.people) - 12
        print("    " + printable(names) + (" " + _("and %(count)d more") % {"count": more} if more > 0 else ""))
        units = ", ".join(f"{unit.name} {count}" for unit, count in finding.units)
        print(
            "    "
            + (printable(units) or _("units unknown"))
            + " · "
            + _("stability %(share).2f") % {"share": finding.circle.stability}
        )
