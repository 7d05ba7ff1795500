"""What every command needs: a refusal with words, a progress bar, JSON lines."""

import argparse
import errno
import json
import os
import sys
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from tqdm import tqdm

Item = TypeVar("Item")
Commands = Any  # argparse's private _SubParsersAction
REFUSED = 2


class Refusal(Exception):
    """The command cannot do what was asked. The message is in the user's language and says what to do."""


def language_of_terminal() -> str:
    """'th' or 'en', from LC_ALL, LC_MESSAGES, LANG in that order."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "th" if value.lower().startswith("th") else "en"
    return "en"


def command(commands: Commands, name: str, run: Any, *, help: str, description: str = "") -> argparse.ArgumentParser:
    """Add a command. `run(arguments)` returns the exit code, or None for 0."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=help, description=description or help)
    parser.set_defaults(run=run)
    return parser


def progress(items: Iterable[Item], *, label: str, total: int | None = None, unit: str = "") -> Iterator[Item]:
    """Pass the items through, with a bar on the terminal (and none where standard error is a file)."""
    yield from tqdm(items, desc=label, total=total, unit=unit, disable=not sys.stderr.isatty(), leave=False)


def print_json(value: object, *, is_line: bool = False) -> None:
    can_take_all = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    print(json.dumps(value, ensure_ascii=not can_take_all, indent=None if is_line else 1), flush=is_line)


def printable(text: str) -> str:
    """Without control characters: what people wrote or call themselves must not steer the terminal."""
    return "".join(filter(str.isprintable, text))


def is_disk_full(error: BaseException) -> bool:
    """Also when the database says so in its own words."""
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return True
    return "disk is full" in str(error).lower() or "no space left" in str(error).lower()
