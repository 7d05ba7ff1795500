"""Overlapping threes of Thai character clusters and of letters: what a misspelt word shares with the right one."""

import re

from .lexicon import clusters
from .normalise import THAI_LETTERS, normalise

_RUN = re.compile(rf"[{THAI_LETTERS}]+|[^\W_{THAI_LETTERS}]+")
SIZE = 3


def terms(text: str) -> list[str]:
    """In order; a run of fewer than three gives itself whole."""
    found = []
    for run in _RUN.findall(normalise(text)):
        pieces = clusters(run) if run[0] in THAI_LETTERS or "ก" <= run[0] <= "๎" else run
        if len(pieces) < SIZE:
            found.append(run)
        found += ["".join(pieces[at : at + SIZE]) for at in range(len(pieces) - SIZE + 1)]
    return found
