"""What must be reached, beside what was measured."""

from collections.abc import Iterable
from typing import NamedTuple

from benchmarks import tables


class Line(NamedTuple):
    what: str
    target: str
    measured: str
    is_met: bool


def least(what: str, wanted: float, got: float) -> Line:
    return Line(what, f"≥ {wanted:.3f}", f"{got:.3f}", got >= wanted)


def most(what: str, wanted: float, got: float, digits: int = 3) -> Line:
    return Line(what, f"≤ {wanted:.{digits}f}", f"{got:.{digits}f}", got <= wanted)


def show(lines: Iterable[Line]) -> None:
    rows = [[line.what, line.target, line.measured, "yes" if line.is_met else "NO"] for line in lines]
    tables.show("Targets", ["", "target", "measured", "met?"], rows)
