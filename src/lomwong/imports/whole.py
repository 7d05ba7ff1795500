"""An import goes in as a whole or not at all, and says in plain words why it did not."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, TypeVar

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _

from lomwong.imports.problems import UnreadableFile
from lomwong.kit.cli import Refusal, is_disk_full

CACHE = 32 * 1024  # KB of SQLite's pages kept while many rows go in

Item = TypeVar("Item")


class Progress(Protocol):
    """Passes items through and shows how far it is; `kit.cli.progress` is one."""

    def __call__(
        self, items: Iterable[Item], *, label: str, total: int | None = None, unit: str = ""
    ) -> Iterator[Item]: ...


def unseen(items: Iterable[Item], *, label: str, total: int | None = None, unit: str = "") -> Iterator[Item]:
    """A `Progress` that shows nothing."""
    return iter(items)


@contextmanager
def whole_or_nothing(*, is_dry_run: bool = False) -> Iterator[None]:
    """One transaction around an import; a trial does everything and is then taken back.

    Raises `Refusal` for a file that cannot be read and for a database that cannot be written to; a full disk is told by
    the command line for all commands. Nothing is written then, nor when Ctrl-C ends it.
    """
    try:
        with transaction.atomic():
            keep_pages_in_memory()
            yield
            if is_dry_run:
                transaction.set_rollback(True)
    except UnreadableFile as error:
        raise Refusal(in_words(error)) from error
    except OperationalError as error:
        if is_disk_full(error):
            raise
        raise Refusal(why_not_written(error)) from error


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Says which file it was that could not be read. Put it around the reading only, not around the writing."""
    try:
        yield
    except UnreadableFile as error:
        raise Refusal(f"{path}: {in_words(error)}") from error
    except FileNotFoundError:
        raise Refusal(_("%(path)s: there is no such file.") % {"path": path}) from None
    except IsADirectoryError:
        raise Refusal(_("%(path)s is a folder. Name a file.") % {"path": path}) from None
    except PermissionError:
        raise Refusal(_("%(path)s may not be read by you. Ask who owns it.") % {"path": path}) from None
    except OSError as error:
        if is_disk_full(error):
            raise
        raise Refusal(_("%(path)s cannot be read: %(error)s.") % {"path": path, "error": error.strerror}) from error


def in_words(error: UnreadableFile) -> str:
    return f"{_(error.reason)} ({error.detail})" if error.detail else _(error.reason)


def why_not_written(error: OperationalError) -> str:
    if "locked" in str(error).lower():
        return _("Somebody else is writing just now. Nothing was written. Run it again in a moment.")
    return _("The database cannot be written to: %(error)s. Nothing was written.") % {"error": error}


def keep_pages_in_memory() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size = -{CACHE}")
