"""./lomwong import: bring in what you already have."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from django.utils.translation import gettext as _

from lomwong.imports.report import Report
from lomwong.imports.whole import reading, whole_or_nothing
from lomwong.kit.cli import Commands, command, print_json, progress


def add_commands(commands: Commands) -> None:
    parser = commands.add_parser(
        "import",
        help=_("bring in what you already have"),
        description=_("Bring in what you already have. Doing it twice changes nothing."),
    )
    kinds = parser.add_subparsers(title=_("what you have"), metavar="KIND", required=True)
    add_mail(kinds)
    add_page(kinds)
    add_people(kinds)
    add_archive(kinds)
    add_ties(kinds)


def add_mail(kinds: Commands) -> None:
    mail = command(kinds, "mail", run_mail, help=_("a mailing list: mbox, or the text a list server offers"))
    add_files(mail, _("mbox files, or the text files of the list's archive page"))
    mail.add_argument("--community", metavar="NAME", required=True, help=_("the circle it becomes; made when missing"))
    add_audience(mail, ["public", "organisation", "members"])
    add_common(mail)


def add_page(kinds: Commands) -> None:
    page = command(kinds, "page", run_page, help=_("GotoKnow entries, each saved as text or HTML"))
    add_files(page, _("saved entries"))
    page.add_argument("--community", metavar="NAME", help=_("the circle to put them in; made when missing"))
    add_audience(page, ["public", "organisation"])
    add_common(page)


def add_people(kinds: Commands) -> None:
    people = command(kinds, "people", run_people, help=_("a staff list as CSV, with Thai or English headings"))
    add_files(people, _("CSV files with a line of headings"))
    add_common(people)


def add_archive(kinds: Commands) -> None:
    archive = command(kinds, "archive", run_archive, help=_("another Lomwong's archive, or posts as JSON lines"))
    archive.add_argument("path", metavar="PATH", type=Path, help=_("a folder, a zip, or a .jsonl file of posts"))
    archive.add_argument(
        "--community", metavar="NAME", help=_("the circle for posts that name none; made when missing")
    )
    add_audience(archive, ["public", "organisation"])
    add_common(archive)


def add_ties(kinds: Commands) -> None:
    ties = command(kinds, "ties", run_ties, help=_("who wrote to whom, without what: from, to, time, weight"))
    add_files(ties, _("CSV files, or columns parted by spaces"))
    ties.add_argument("--source", metavar="NAME", help=_("whose ids these are; `staff` for those of a staff list"))
    add_common(ties)


def add_files(parser: argparse.ArgumentParser, help: str) -> None:
    parser.add_argument("paths", metavar="FILE", nargs="+", type=Path, help=help)


def add_audience(parser: argparse.ArgumentParser, choices: list[str]) -> None:
    help = _("who may read: %(choices)s; without it, everyone in the organisation") % {"choices": ", ".join(choices)}
    parser.add_argument("--audience", metavar="WHO", choices=choices, help=help)


def add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help=_("do everything, tell what came of it, take it back"))
    parser.add_argument("--json", action="store_true", help=_("tell it as JSON, for programs"))


def run_mail(arguments: argparse.Namespace) -> int:
    from lomwong.imports.mail.load import load_mail

    return bring_in(
        arguments,
        lambda: load_mail(
            arguments.paths, community=arguments.community, audience=arguments.audience, progress=progress
        ),
    )


def run_page(arguments: argparse.Namespace) -> int:
    from lomwong.imports.page.load import load_pages

    return bring_in(
        arguments,
        lambda: load_pages(
            arguments.paths, community=arguments.community, audience=arguments.audience, progress=progress
        ),
    )


def run_people(arguments: argparse.Namespace) -> int:
    from lomwong.imports.people_csv.load import load_people

    return bring_in(arguments, lambda: load_people(arguments.paths, progress=progress))


def run_archive(arguments: argparse.Namespace) -> int:
    from lomwong.imports.archive.load import load_archive
    from lomwong.imports.archive.parse import open_archive

    def load() -> Report:
        with reading(arguments.path), open_archive(arguments.path) as archive:
            return load_archive(
                archive,
                community=arguments.community,
                audience=arguments.audience,
                is_trial=arguments.dry_run,
                progress=progress,
            )

    return bring_in(arguments, load)


def run_ties(arguments: argparse.Namespace) -> int:
    from lomwong.imports.ties_csv.load import load_ties

    return bring_in(arguments, lambda: load_ties(arguments.paths, source=arguments.source, progress=progress))


def bring_in(arguments: argparse.Namespace, load: Callable[[], Report]) -> int:
    """All of it or nothing; then tell what came of it, and let the search know."""
    with whole_or_nothing(is_dry_run=arguments.dry_run):
        report = load()
    report.is_dry_run = arguments.dry_run
    if arguments.json:
        print_json(report.as_json())
    else:
        print(report.as_text())
    if not arguments.dry_run:
        let_search_know()
    return 0


def let_search_know() -> None:
    """Now, so that the next command finds it; should that not work out, the worker does it later."""
    from lomwong.search.index import catch_up

    try:
        catch_up(lambda counts, total: progress(counts, label=_("Search index"), total=total))
    except OSError as error:
        print(_("It is in, but search does not know it yet: %(error)s.") % {"error": error}, file=sys.stderr)
