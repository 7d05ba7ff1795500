"""Tables for a terminal."""

import sys
from collections.abc import Sequence

Cell = str | float | int | None


def show(title: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]], digits: int = 3) -> None:
    """The first column to the left, figures to the right; None is a dash."""
    cells = [list(heads), *([text_of(cell, digits) for cell in row] for row in rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(heads))]
    print(f"\n{title}")
    for number, row in enumerate(cells):
        figures = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        print("  " + "  ".join([row[0].ljust(widths[0]), *figures]).rstrip())
        if number == 0:
            print("  " + "  ".join("-" * width for width in widths))
    sys.stdout.flush()


def text_of(cell: Cell, digits: int) -> str:
    if cell is None:
        return "-"
    if isinstance(cell, float):
        return f"{cell:.{digits}f}"
    return f"{cell:,}" if isinstance(cell, int) else cell


def progress(text: str) -> None:
    """Where somebody watches: the line is written over by the next."""
    if sys.stderr.isatty():
        print(f"\r\033[K  {text}", end="", file=sys.stderr, flush=True)


def note(text: str) -> None:
    """What is being done now; it may take minutes."""
    end = "\r\033[K" if sys.stderr.isatty() else ""
    print(f"{end}… {text}", file=sys.stderr, flush=True)
