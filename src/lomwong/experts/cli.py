"""`experts QUESTION`: who knows, on the operator's terminal or for programs."""

import argparse
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from lomwong.experts.finding.narrowing import EVERYBODY, Narrow
from lomwong.experts.finding.queries import Knower, who_knows
from lomwong.kit.cli import REFUSED, Commands, Refusal, command, print_json, printable
from lomwong.people.models import OPERATOR, JobFunction, Unit
from lomwong.people.queries import source_ids
from lomwong.search.cli import BadLine, ask_of, bring_up_to_date, count, moment_of, person_named
from lomwong.search.names import nearest
from lomwong.text.normalise import normalise

LONGEST_NUMBER = 19
MOST_NEAR = 8


def add_commands(commands: Commands) -> None:
    experts = command(commands, "experts", run_experts, help=_("find the people who know, with the evidence"))
    experts.add_argument("question", nargs="*", metavar="QUESTION", help=_("as one would ask a colleague"))
    experts.add_argument("--before", metavar="DATE", help=_("only what was written before this day counts"))
    experts.add_argument("--limit", type=count, default=10, metavar="N", help=_("how many people at most"))
    add_narrowing(experts)
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


def add_narrowing(experts: argparse.ArgumentParser) -> None:
    experts.add_argument("--unit", metavar="NAME", help=_("only people of this unit and the units below it"))
    experts.add_argument("--campus", metavar="NAME", help=_("only people of this campus"))
    experts.add_argument("--job", metavar="NAME", help=_("only people who do this job: its name or its short name"))
    experts.add_argument("--not-in", metavar="NAME", help=_("nobody of this unit and the units below it"))
    experts.add_argument("--available", action="store_true", help=_("only people who may be asked now"))


def run_experts(arguments: argparse.Namespace) -> int:
    question = " ".join(arguments.question)
    if arguments.batch == bool(question.strip()):
        raise Refusal(_("Say what you would like to know, or give --batch and one question a line."))
    before, narrow = time_given(arguments.before), narrow_given(arguments)
    bring_up_to_date()
    if arguments.batch:
        return run_batch(sys.stdin.buffer, before, arguments.limit, narrow)
    found = who_knows(question, viewer=OPERATOR, before=before, limit=arguments.limit, narrow=narrow)
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


def narrow_given(arguments: argparse.Namespace) -> Narrow:
    return Narrow(
        unit=unit_called(arguments.unit, list(Unit.objects.all())),
        campus=unit_called(arguments.campus, list(Unit.objects.filter(is_campus=True))),
        job=job_called(arguments.job),
        not_unit=unit_called(arguments.not_in, list(Unit.objects.all())),
        available=arguments.available,
        comes_in=arguments.available,
    )


def unit_called(name: str | None, units: Sequence[Unit]) -> int | None:
    """The unit of this name, in either language, or of this number; None for no name."""
    if not name or not name.strip():
        return None
    if name.isdecimal() and any(unit.pk == int(name) for unit in units if len(name) < LONGEST_NUMBER):
        return int(name)
    forms = [(unit.pk, form) for unit in units for form in (unit.name, unit.name_en) if form]
    found = {pk: form for pk, form in forms if normalise(form).strip() == normalise(name).strip()}
    if len(found) == 1:
        return next(iter(found))
    if found:
        ways = ", ".join(f"{pk} ({' › '.join(step.label for step in Unit.objects.get(pk=pk).path)})" for pk in found)
        raise Refusal(_("Several units are called “%(name)s”. Give a number: %(ways)s.") % {"name": name, "ways": ways})
    part = [form for _pk, form in forms if normalise(name).strip() in normalise(form)]
    near = [*part, *nearest(name, (form for _pk, form in forms))]
    raise Refusal(unknown(_("We know no unit called “%(name)s”."), name, near))


def job_called(name: str | None) -> str | None:
    """The short name of the job of this name; None for no name."""
    if not name or not name.strip():
        return None
    functions = list(JobFunction.objects.all())
    wanted = normalise(name).strip()
    for function in functions:
        if wanted in {normalise(form).strip() for form in (function.slug, function.name, function.name_en) if form}:
            return function.slug
    raise Refusal(unknown(_("We know no job called “%(name)s”."), name, [function.slug for function in functions]))


def unknown(sentence: str, name: str, near: Iterable[str]) -> str:
    said, ways = sentence % {"name": printable(name)}, ", ".join(list(dict.fromkeys(near))[:MOST_NEAR])
    perhaps = _("Perhaps: %(ways)s.") % {"ways": printable(ways)} if ways else ""
    return f"{said} {perhaps}".strip()


def run_batch(lines: Iterable[bytes], before: datetime | None, limit: int, narrow: Narrow = EVERYBODY) -> int:
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
            narrow=narrow,
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
        if knower.topics:
            print(" " * 11 + printable(_("ask about: %(topics)s") % {"topics": ", ".join(knower.topics)}))
        for reason in knower.reasons:
            title = reason.post.root.label if reason.post.root else reason.post.label
            words = "".join(piece for piece, _hit in reason.words)
            print(f"{reason.post.number:>9}  {printable(title)}")
            print(" " * 11 + printable(words))
        print()
