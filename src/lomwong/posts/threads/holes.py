"""Holes in kept pieces: where the piece differs from viewer to viewer, and what fills it for one of them.

Each is marked by a word that this process made up when it started, so nobody's text can hold one.
"""

import re
import secrets
from collections.abc import Callable, Mapping

from django.utils.safestring import SafeString, mark_safe

_SECRET = secrets.token_hex(6)
BREAK = f"\x00|{_SECRET}|\x00"  # between pieces that are kept together
_HOLE = re.compile(f"\x00{_SECRET}([a-z]+)([0-9 ]*)\x00")

Filler = Callable[..., str]  # takes the numbers that the hole names


def hole(name: str, *numbers: int | None) -> SafeString:
    return mark_safe(f"\x00{_SECRET}{name}{''.join(f' {number or 0}' for number in numbers)}\x00")


def fill(piece: str, fillers: Mapping[str, Filler]) -> SafeString:
    """The piece as one viewer sees it. A hole that nobody fills stays empty."""

    def filled(found: re.Match[str]) -> str:
        filler = fillers.get(found[1])
        return filler(*map(int, found[2].split())) if filler else ""

    return mark_safe(_HOLE.sub(filled, piece))
