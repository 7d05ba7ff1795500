"""From what somebody typed or pasted to groups of ways to say one thing, and what is wrong with it."""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from lomwong.text.function_words import is_function_word
from lomwong.text.own_words import LONGEST_FORM, one_thai_word
from lomwong.text.segment import words

MOST_WAYS = 30
MOST_LINES = 5000
_BETWEEN = re.compile(r"[=\r\n]")


def ways_in(typed: str) -> list[str]:
    """The forms of one group, as typed but for blanks; = or a new line stands between two. The same one once."""
    ways: dict[str, str] = {}
    for form in _BETWEEN.split(typed):
        form = " ".join(form.split())
        if form:
            ways.setdefault(form.casefold(), form)
    return list(ways.values())


def key(form: str) -> str:
    """The same for forms that search cannot tell apart: ม.อ., มอ. and มอ."""
    return one_thai_word(form) or " ".join(words(form))


def fault_of(ways: Sequence[str]) -> str | None:
    """What is wrong with a group; None for one that will do."""
    if not ways:
        return _("There is no word here.")
    if len(ways) > MOST_WAYS:
        return _("These are more than %(most)d ways to say it. Could you make two lines of it?") % {"most": MOST_WAYS}
    return next((fault for form in ways if (fault := _fault_of_form(form))), None)


def _fault_of_form(form: str) -> str | None:
    if len(form) > LONGEST_FORM:
        return _("“%(form)s…” is too long for a word: %(most)d letters at most.") % {
            "form": form[:30],
            "most": LONGEST_FORM,
        }
    found = words(form)
    if not found:
        return _("There is no letter and no digit in “%(form)s”.") % {"form": form}
    if len(found) > 1 or one_thai_word(form):
        return None
    if len(found[0]) == 1:
        return _("“%(form)s” is a single letter, which stands in too many words. Write more of it.") % {"form": form}
    if is_function_word(found[0]):
        return _("“%(form)s” stands in nearly every text; search could not tell it from the ordinary word.") % {
            "form": form
        }
    return None


@dataclass(frozen=True, slots=True)
class Read:
    """Lines that were read: the groups of the good ones, and what is wrong with the others, as (line, fault)."""

    groups: list[list[str]] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)


def groups_in(text: str) -> Read:
    """A group a line: forms between =, or in the columns of a table (tabs, commas). Empty lines and # are left out."""
    read = Read()
    seen: dict[str, int] = {}
    lines = text.splitlines()
    for number, line in enumerate(lines[:MOST_LINES], start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        ways = ways_in("\n".join(_columns(line)))
        fault = fault_of(ways) or _again(ways, seen)
        seen.update({key(form): number for form in ways})
        if fault:
            read.faults.append((number, fault))
        else:
            read.groups.append(ways)
    if len(lines) > MOST_LINES:
        read.faults.append((MOST_LINES + 1, _("Only %(most)d lines at a time.") % {"most": MOST_LINES}))
    return read


def _columns(line: str) -> Iterable[str]:
    if "=" in line:
        return line.split("=")
    if "\t" in line:
        return line.split("\t")
    try:
        return next(csv.reader([line]), [])
    except csv.Error:
        return [line]


def _again(ways: Sequence[str], seen: dict[str, int]) -> str | None:
    for form in ways:
        if key(form) in seen:
            return _("“%(form)s” stands in line %(line)d already.") % {"form": form, "line": seen[key(form)]}
    return None
