"""`search` and `reindex`."""

import argparse
import json
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lomwong.kit import dates
from lomwong.kit.cli import REFUSED, Commands, Refusal, command, is_disk_full, print_json, printable, progress
from lomwong.people.models import OPERATOR, Identity, Person, Viewer
from lomwong.search import index, queries, showing
from lomwong.search.asked import Asked
from lomwong.search.matching import LONGEST_QUERY, Within, clean
from lomwong.search.names import meant
from lomwong.search.narrowing import KIND_LABELS, narrow
from lomwong.search.queries import Order, Results
from lomwong.search.showing import Found, Pieces
from lomwong.search.typed import Part, Role, Typed

MOST_RESULTS = 1000
BOLD, PLAIN = "\033[1m", "\033[0m"


class BadLine(Exception):
    """A line of a batch that is no query. The message says why."""


@dataclass(frozen=True, slots=True)
class Ask:
    query: str
    before: datetime | None = None
    asker: str | None = None


def add_commands(commands: Commands) -> None:
    search = command(
        commands,
        "search",
        run_search,
        help=_("find what was written"),
        description=_("Find what was written, best first. You see everything, unless you look with somebody's eyes."),
    )
    search.add_argument(
        "query",
        nargs="*",
        metavar="QUERY",
        help=_(
            'words, in Thai or English; "exact words", -without, author:, community:, tag:, before:, after: '
            "and is:unanswered narrow it, all in one pair of shell quotes"
        ),
    )
    search.add_argument("--limit", type=count, default=queries.PAGE, metavar="N", help=_("how many at most"))
    search.add_argument("--sort", choices=[*Order], default=Order.NEAREST, help=_("the nearest first, or the newest"))
    search.add_argument("--kind", choices=[*KIND_LABELS], help=_("only this kind"))
    search.add_argument("--community", metavar="NAME", help=_("only what was written in this community"))
    search.add_argument(
        "--literal", action="store_true", help=_("as it is typed: mend no spelling, no keyboard layout")
    )
    search.add_argument(
        "--as", dest="viewer", metavar="USER", help=_("see what this person may: an e-mail address or an id")
    )
    search.add_argument("--json", action="store_true", help=_("print JSON"))
    search.add_argument(
        "--batch",
        action="store_true",
        help=_(
            'one query a line from standard input, as text or as {"q": …, "before": …}; one JSON object a line out. '
            'An "asker", which `experts` reads, changes nothing here. Signs that narrow are words in a batch. '
            "Exit code 2 when a line could not be read."
        ),
    )
    command(commands, "reindex", run_reindex, help=_("build the search index anew"))


def count(text: str) -> int:
    """A number from 1 to MOST_RESULTS, for argparse."""
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= MOST_RESULTS:
        raise argparse.ArgumentTypeError(_("a number from 1 to %(most)d, please") % {"most": MOST_RESULTS})
    return int(text)


def run_search(arguments: argparse.Namespace) -> int:
    query = clean(" ".join(arguments.query))
    narrows = bool(arguments.kind or arguments.community)
    if arguments.batch == bool(query.strip()) or (arguments.batch and narrows):
        raise Refusal(_("Say what to look for, or give --batch and one query a line on standard input."))
    viewer = OPERATOR if arguments.viewer is None else person_named(arguments.viewer)
    narrowed = narrow(asked_of(query, arguments, viewer), viewer)
    bring_up_to_date()
    if arguments.batch:
        return run_batch(sys.stdin.buffer, viewer, arguments)
    results = queries.search(
        narrowed.words,
        viewer=viewer,
        limit=arguments.limit,
        within=narrowed.within,
        order=narrowed.asked.order,
        is_literal=arguments.literal,
    )
    also = partial(showing.marks_beside, narrowed, results)
    found = showing.found_posts(results.hits, showing.marks_for(narrowed, results), viewer, also)
    if arguments.json:
        print_json(as_json(query, found, results))
    else:
        print_found(query, found, results)
    for note in narrowed.notes:
        near = " ".join(f"“{name}”" for name, _asked in note.instead)
        print(printable(f"{note.sentence} {near}".strip()), file=sys.stderr)
    if not results.is_complete:
        print(_("The index is being built by another process: there may be more."), file=sys.stderr)
    return 0


def asked_of(query: str, arguments: argparse.Namespace, viewer: Viewer) -> Asked:
    """As the page would be asked."""
    asked = Asked.of({"q": query, "kind": arguments.kind or "", "sort": arguments.sort}, LONGEST_QUERY)
    if arguments.community:
        name = clean(arguments.community)
        if not meant(Role.COMMUNITY, name, viewer).named:
            raise Refusal(_("There is no community called “%(name)s”.") % {"name": name})
        asked = asked.saying(Typed((*asked.typed.parts, Part(Role.COMMUNITY, name, "community"))))
    return asked


def run_reindex(arguments: argparse.Namespace) -> int:
    started = time.monotonic()
    posts = index.rebuild(shown_progress)
    seconds = time.monotonic() - started
    print(
        ngettext(
            "%(count)d post indexed in %(seconds).1f seconds.",
            "%(count)d posts indexed in %(seconds).1f seconds.",
            posts,
        )
        % {"count": posts, "seconds": seconds}
    )
    return 0


def shown_progress(counts: Iterator[int], total: int) -> Iterable[int]:
    return progress(counts, label=_("Indexing"), total=total, unit=_(" posts"))


def bring_up_to_date() -> None:
    """If it can: what the index lacks is searched beside it, as far as that goes."""
    try:
        index.catch_up(shown_progress)
    except (OSError, ValueError) as error:
        reason = _("the disk is full") if is_disk_full(error) else str(error)
        print(_("The index could not be brought up to date (%(reason)s).") % {"reason": reason}, file=sys.stderr)


def person_named(text: str) -> Person:
    """By e-mail address, number, or the id under which an import knows exactly one person."""
    text = clean(text).strip()
    person: Person | None = Person.objects.filter(email=text.lower()).first()
    if person is None and text.isascii() and text.isdecimal() and len(text) < 19:
        person = Person.objects.filter(pk=int(text)).first()
    if person is None:
        known = {identity.person for identity in Identity.objects.filter(source_id=text).select_related("person")}
        person = known.pop() if len(known) == 1 else None
    if person is None:
        raise Refusal(_("Nobody here has the e-mail address or id “%(text)s”.") % {"text": text})
    return person


def run_batch(lines: Iterable[bytes], viewer: Viewer, arguments: argparse.Namespace) -> int:
    """One object for each line, in their order; a line that is no query is answered with what is wrong with it."""
    code = 0
    for line in lines:
        try:
            ask = ask_of(line)
        except BadLine as bad:
            print_json({"query": line.decode("utf-8", "replace").strip(), "error": str(bad)}, is_line=True)
            code = REFUSED
            continue
        results = queries.search(
            ask.query,
            viewer=viewer,
            limit=arguments.limit,
            within=Within(before=ask.before),
            order=Order(arguments.sort),
            is_literal=arguments.literal,
        )
        found = showing.found_posts(results.hits, ask.query, viewer)
        print_json(as_json(ask.query, found, results), is_line=True)
    return code


def ask_of(line: bytes) -> Ask:
    try:
        text = line.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise BadLine(_("This line is not UTF-8 text.")) from error
    if not text.startswith("{"):
        return Ask(clean(text))
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadLine(_("This line begins like JSON but is none: %(error)s") % {"error": error}) from error
    if not isinstance(given.get("q"), str):
        raise BadLine(_('The object needs a text "q".'))
    return Ask(clean(given["q"]), moment_of(given.get("before")), asker_of(given.get("asker")))


def moment_of(given: object) -> datetime | None:
    """A day begins at midnight here; a time without zone is one of here."""
    if given is None:
        return None
    try:
        moment = parse_datetime(given) if isinstance(given, str) else None
        if moment is None:
            raise ValueError
        return moment if moment.tzinfo else timezone.make_aware(moment)
    except (ValueError, OverflowError) as error:
        raise BadLine(_('"before" is a day or a time such as 2026-11-23 or 2026-11-23T09:30.')) from error


def asker_of(given: object) -> str | None:
    if given is None or isinstance(given, str | int):
        return None if given is None else str(given)
    raise BadLine(_('"asker" is an e-mail address or an id.'))


def as_json(query: str, found: Iterable[Found], results: Results) -> Mapping[str, object]:
    """`searched` is there only when other words were searched for, `suggestion` only when there is one."""
    printed: dict[str, object] = {"query": query, "results": [result_of(one) for one in found]}
    if results.instead:
        printed["searched"] = results.searched
    if results.suggestion:
        printed["suggestion"] = results.suggestion
    return printed


def result_of(found: Found) -> dict[str, object]:
    post = found.post
    return {
        "number": post.number,
        "source_id": post.source_id,
        "kind": post.kind,
        "title": showing.text_of(found.title),
        "author": post.author_name,
        "community": ", ".join(circle.name for circle in found.circles) or None,
        "created": post.created_at.isoformat(),
        "score": round(found.score, 4),
        "snippet": showing.text_of(found.passage or found.title),
    }


def print_found(query: str, found: list[Found], results: Results) -> None:
    if results.instead:
        print(
            printable(_("We looked for “%(searched)s” instead (--literal does not).") % {"searched": results.searched})
        )
    if results.suggestion:
        print(printable(_("Did you mean “%(words)s”?") % {"words": results.suggestion}))
    if not found:
        print(_("Nothing yet for “%(query)s”. Try other words.") % {"query": query})
    for one in found:
        post = one.post
        author = post.author_name or _("somebody")
        places = [circle.name for circle in one.circles]
        print(f"{post.number:>7}  {emphasised(one.title)}")
        print(" " * 9 + printable(" · ".join([post.kind_label, author, *places, dates.day(post.created_at)])))
        if one.file:
            print(" " * 9 + printable(_("in the file %(name)s") % {"name": one.file.name}))
        if one.passage:
            print(" " * 9 + emphasised(one.passage))
        print()


def emphasised(pieces: Pieces) -> str:
    """Bold where a terminal shows it."""
    is_shown = sys.stdout.isatty()
    safe = [(printable(piece), is_hit) for piece, is_hit in pieces]
    return "".join(f"{BOLD}{piece}{PLAIN}" if is_hit and is_shown else piece for piece, is_hit in safe)
