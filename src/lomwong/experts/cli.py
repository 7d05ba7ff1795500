"""`experts QUESTION`: who knows, on the operator's terminal or for programs."""

import argparse
import sys
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from lomwong.experts.finding.queries import Knower, who_knows
from lomwong.kit.cli import REFUSED, Commands, Refusal, command, print_json, printable
from lomwong.people.models import OPERATOR
from lomwong.people.queries import source_ids
from lomwong.search.cli import BadLine, ask_of, bring_up_to_date, count, moment_of, person_named


def add_commands(commands: Commands) -> None:
    experts = command(commands, "experts", run_experts, help=_("find the people who know, with the evidence"))
    experts.add_argument("question", nargs="*", metavar="QUESTION", help=_("as one would ask a colleague"))
    experts.add_argument("--before", metavar="DATE", help=_("only what was written before this day counts"))
    experts.add_argument("--limit", type=count, default=10, metavar="N", help=_("how many people at most"))
    experts.add_argument("--json", action="store_true", help=_("print JSON"))
    experts.add_argument(
        "--batch",
        action="store_true",
        help=_(
            'one question a line from standard input, as text or as {"q": …, "before": …, "asker": …}; '
            "one JSON object a line out. The asker is not named as someone who knows. "
            "Exit code 2 when a line could not be read."
        ),
    )


def run_experts(arguments: argparse.Namespace) -> int:
    question = " ".join(arguments.question)
    if arguments.batch == bool(question.strip()):
        raise Refusal(_("Say what you would like to know, or give --batch and one question a line."))
    before = time_given(arguments.before)
    bring_up_to_date()
    if arguments.batch:
        return run_batch(sys.stdin.buffer, before, arguments.limit)
    found = who_knows(question, viewer=OPERATOR, before=before, limit=arguments.limit)
    if arguments.json:
        print_json(as_json(question, found))
    else:
        print_found(question, found)
    return 0


def time_given(text: str | None) -> datetime | None:
    try:
        return moment_of(text)
    except BadLine as bad:
        raise Refusal(str(bad)) from bad


def run_batch(lines: Iterable[bytes], before: datetime | None, limit: int) -> int:
    """One object for each line, in their order; a line that is no question is answered with what is wrong with it."""
    code = 0
    for line in lines:
        try:
            ask = ask_of(line)
            asker = number_of(ask.asker)
        except (BadLine, Refusal) as bad:
            print_json({"query": line.decode("utf-8", "replace").strip(), "error": str(bad)}, is_line=True)
            code = REFUSED
            continue
        found = who_knows(
            ask.query,
            viewer=OPERATOR,
            before=ask.before or before,
            limit=limit,
            leave_out=[asker] if asker else [],
            with_reasons=False,
        )
        print_json(as_json(ask.query, found), is_line=True)
    return code


def number_of(asker: str | None) -> int | None:
    return person_named(asker).pk if asker else None


def as_json(question: str, found: list[Knower]) -> Mapping[str, object]:
    ids = source_ids([knower.person.pk for knower in found])
    return {"query": question, "people": [person_of(knower, ids) for knower in found]}


def person_of(knower: Knower, ids: Mapping[int, str]) -> dict[str, object]:
    person = knower.person
    return {
        "id": person.pk,
        "source_id": ids.get(person.pk),
        "name": person.name,
        "unit": person.unit.name if person.unit else None,
        "score": round(knower.score, 4),
        "evidence": list(knower.evidence),
    }


def print_found(question: str, found: list[Knower]) -> None:
    if not found:
        print(_("We do not know yet who knows about “%(question)s”.") % {"question": question})
    for knower in found:
        unit = f" · {knower.person.unit.name}" if knower.person.unit else ""
        print(printable(f"{knower.person.name}{unit}"))
        for reason in knower.reasons:
            title = reason.post.root.label if reason.post.root else reason.post.label
            words = "".join(piece for piece, _hit in reason.words)
            print(f"{reason.post.number:>9}  {printable(title)}")
            print(" " * 11 + printable(words))
        print()
