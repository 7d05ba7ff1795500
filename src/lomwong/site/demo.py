"""`demo`: the made-up university, set up once in an empty house and opened in the browser."""

import fcntl
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.utils.translation import gettext as _
from tqdm import tqdm

from lomwong.demo import accounts
from lomwong.demo.asking import ask_and_know
from lomwong.demo.build import build_university
from lomwong.demo.stories import tell_stories
from lomwong.demo.university import EMAIL_HOST, OWN_WORDS, SOURCE
from lomwong.discovery.actions import look_for_circles
from lomwong.imports.archive.load import load_archive
from lomwong.imports.archive.parse import open_archive
from lomwong.imports.whole import whole_or_nothing
from lomwong.kit.cli import Refusal, progress
from lomwong.people.actions import keep_address
from lomwong.people.models import Identity, Person
from lomwong.posts.files.actions import read_waiting
from lomwong.search.index import catch_up
from lomwong.search.terms.actions import add_terms
from lomwong.site import serving

HOST = "127.0.0.1"
MARKER = "demo.json"
LOCK = "demo.lock"
ARCHIVE = "demo-archive"

Step = Callable[[], object]


def run(*, port: int) -> int:
    """Set the demo up unless it is, say how to sign in, serve until Ctrl-C. `Refusal` in a house of other people."""
    refuse_other_people()
    with one_at_a_time():
        serving.prepare()
        if not is_ready():
            set_up()
    free = serving.free_port(HOST, port)
    if free != port:
        print(_("Port %(port)d is busy; taking %(free)d.") % {"port": port, "free": free})
    if not os.environ.get("LOMWONG_URL"):
        settings.PUBLIC_URL = f"http://{HOST}:{free}"  # letters and feeds lead to where we are
    print(invitation(free), flush=True)
    return serving.serve(host=HOST, port=free)


# Whose house this is. The marker stands in the data folder from before the first row is written until the demo is
# thrown away with the folder; the identity of its operator says that the university is in this very database.


def marker() -> Path:
    path: Path = settings.DATA_DIR / MARKER
    return path


def write_marker(*, is_ready: bool) -> None:
    marker().write_text(json.dumps({"is_ready": is_ready}), encoding="utf-8")


def is_ready() -> bool:
    """Whether a set-up came to its end here."""
    if not marker().exists() or not is_loaded():
        return False
    try:
        return json.loads(marker().read_text(encoding="utf-8"))["is_ready"] is True
    except (ValueError, KeyError, TypeError):  # cut off while it was written
        return False


def is_loaded() -> bool:
    """Whether the university is in the database; it goes in as a whole or not at all."""
    return Identity.objects.filter(source=SOURCE, source_id=accounts.OPERATOR.id).exists()


def refuse_other_people() -> None:
    """Before anything is written, tables included."""
    if Person._meta.db_table not in connection.introspection.table_names() or not Person.objects.exists():
        return
    if marker().exists() and is_loaded():
        return
    if connection.vendor == "sqlite":
        advice = _("Give the demo a folder of its own: LOMWONG_DATA=./demo-data ./lomwong demo")
    else:
        advice = _("Start the demo without DATABASE_URL, or with an empty database.")
    raise Refusal(_("Real people live in this house; the made-up ones stay out.") + " " + advice)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two first starts at once would both write the university down."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.DATA_DIR / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refusal(_("The demo is being set up in another window. Wait for it, and open its address.")) from None
        yield


# Setting up


def set_up() -> None:
    """Every step may be broken off and taken again: what was done stays, what was half done is done anew."""
    started = time.monotonic()
    print(_("Setting up a made-up university. This happens once and takes about a minute."))
    write_marker(is_ready=False)
    if not is_loaded():
        load(settings.DATA_DIR / ARCHIVE)
    open_accounts()
    tell_stories({id: address(id) for id, _who in ready_accounts()})
    add_terms(OWN_WORDS)
    read_waiting()
    catch_up(lambda counts, total: progress(counts, label=_("Reading it all, so that it is found"), total=total))
    ask_and_know({id: address(id) for id, _who in ready_accounts()})
    look_around()
    write_marker(is_ready=True)
    print(_("Ready after %(seconds)d seconds.") % {"seconds": time.monotonic() - started})


def load(folder: Path) -> None:
    """Build the university in `folder`, load it from there, and clear the folder away."""
    shutil.rmtree(folder, ignore_errors=True)
    try:
        built = build_university(folder)
        print(
            _("%(people)d people have said %(posts)d things; writing them down …")
            % {"people": built.people, "posts": built.posts}
        )
        with whole_or_nothing(), open_archive(folder) as archive:
            load_archive(archive, progress=progress)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@transaction.atomic
def open_accounts() -> None:
    """One password for all that a visitor may be; hashed once, for hashing is slow on purpose."""
    visitors = Person.objects.filter(email__in=[address(id) for id, _who in ready_accounts()])
    visitors.update(password=make_password(accounts.PASSWORD))
    for person in visitors:
        keep_address(person, is_verified=True)
    Person.objects.filter(email=address(accounts.OPERATOR.id)).update(is_staff=True, is_superuser=True)


def look_around() -> None:
    """The first look for circles; the worker takes the next ones."""
    with tqdm(total=100, desc=_("Looking for circles"), disable=not sys.stderr.isatty(), leave=False) as bar:

        def show(share: float) -> None:
            bar.update(round(100 * share) - bar.n)

        look_for_circles(progress=show)


# How to sign in


def address(id: str) -> str:
    return f"{id}@{EMAIL_HOST}"


def ready_accounts() -> list[tuple[str, str]]:
    """Ids, and who that is."""
    return [
        (accounts.PERSONNEL_OFFICER, _("a personnel officer, on her phone")),
        (accounts.FACILITATOR, _("keeps the procurement circle warm")),
        (accounts.IT_PERSON, _("watches over servers and networks")),
        (accounts.FOREIGN_LECTURER, _("a lecturer from abroad")),
        (accounts.VICE_PRESIDENT.id, _("a vice-president who wants to see, not to count")),
        (accounts.OPERATOR.id, _("runs this house; may open /admin/")),
    ]


def invitation(port: int) -> str:
    """Where the house is, and as whom one may come in."""
    who = {address(id): words for id, words in ready_accounts()}
    names = dict(Person.objects.filter(email__in=who).values_list("email", "name"))
    wide = max(map(len, who))
    lines = [f"  {email:<{wide}}  {names.get(email, '')}, {words}" for email, words in who.items()]
    return "\n".join(
        [
            "",
            _("The made-up university is open: %(address)s") % {"address": f"http://{HOST}:{port}"},
            _("Look around as you are, or sign in as one of these. The password is %(password)s")
            % {"password": accounts.PASSWORD},
            "",
            *lines,
            "",
            _("Ctrl-C closes it. All of it lies in %(folder)s") % {"folder": settings.DATA_DIR},
            "",
        ]
    )
