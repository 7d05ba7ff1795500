"""The command line: `./lomwong COMMAND`. Each feature brings its own commands; this file only gathers them."""

import argparse
import gc
import gettext
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import django
from django.db import DatabaseError, OperationalError
from django.utils import translation

from lomwong.kit.cli import REFUSED, Refusal, is_disk_full, language_of_terminal
from lomwong.site.env import BadSetting


def parser() -> argparse.ArgumentParser:
    from django.utils.translation import gettext as _

    from lomwong.discovery import cli as discovery
    from lomwong.experts import cli as experts
    from lomwong.imports import cli as imports
    from lomwong.search import cli as search
    from lomwong.site import commands as site

    main_parser = argparse.ArgumentParser(
        prog="lomwong",
        description=_("A home for communities of practice. Everything is kept in one data folder."),
    )
    commands = main_parser.add_subparsers(title=_("commands"), metavar="COMMAND", required=True)
    for feature in (site, imports, search, experts, discovery):
        feature.add_commands(commands)
    return main_parser


def main(arguments: Sequence[str]) -> int:
    """Run one command. Exit code 0, or 2 with a sentence that says what to do."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lomwong.site.settings")
    if arguments[:1] == ["demo"]:
        os.environ["LOMWONG_DEMO"] = "1"  # before the settings are read: every page says that all is made up
    try:
        django.setup()
        translation.activate(language_of_terminal())
        chosen = parser().parse_args(arguments)
        collect_from_here()
        refuse_broken_words(chosen)
        prepare()
        return chosen.run(chosen) or 0
    except BadSetting as bad:
        return refuse(before_settings(bad.sentence) % bad.values)
    except Refusal as refusal:
        return refuse(str(refusal))
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        reason = from_outside(error)
        if reason is None:
            raise
        return refuse(reason)


def collect_from_here() -> None:
    """What was read until now stays for good: the collector, which `lomwong.__main__` held back, never looks at it."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def prepare() -> None:
    """Tables and static files, for whatever command comes first."""
    from lomwong.site import serving

    serving.prepare()


def before_settings(sentence: str) -> str:
    """Translated without Django, which takes no catalogue before it has its settings."""
    catalogues = Path(__file__).parent / "locale"
    return gettext.translation("django", catalogues, [language_of_terminal()], fallback=True).gettext(sentence)


def refuse_broken_words(chosen: argparse.Namespace) -> None:
    """What was typed in another charset than the terminal's is no text; the names of files may be anything."""
    for value in vars(chosen).values():
        if isinstance(value, str) and not is_text(value):
            raise Refusal(translation.gettext("“%(words)s” is not UTF-8 text. Type it anew.") % {"words": value})


def is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in value


def from_outside(error: Exception) -> str | None:
    """What disk, files or database have to say, in a sentence; None for a mistake of our own."""
    _ = translation.gettext
    if is_disk_full(error):
        return _("The disk is full. Nothing was written. Make room and run it again.")
    if isinstance(error, OperationalError) or type(error) is DatabaseError:  # of the other kinds each is a mistake
        return _(
            "The database cannot be used: %(error)s. Is it there, may you write to it, and is there room on the disk?"
        ) % {"error": str(error).rstrip(".")}
    if isinstance(error, OSError) and error.filename is not None:
        return _("%(path)s cannot be read or written: %(error)s.") % {"path": error.filename, "error": error.strerror}
    return None


def refuse(message: str) -> int:
    print(f"lomwong: {message}", file=sys.stderr)
    return REFUSED
