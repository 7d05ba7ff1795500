"""How long it takes and how much memory to take in files made to harm: as the page does, then as the worker does.

Each comes to a process of its own. Counted are the memory that this process, the web's, grows by, and the whole of the
process that it has look at the file (an upper bound: it begins as a copy of the one that starts it).
"""

import argparse
import resource
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import part, tables
from benchmarks.targets import most, show

SECONDS, MEGABYTES = 2.0, 100.0


def add_command(benches: Any) -> None:
    about = (__doc__ or "").partition("\n")[0]
    uploads = benches.add_parser("uploads", help=about, description=__doc__)
    uploads.set_defaults(run=run)


def run(_chosen: argparse.Namespace) -> int:
    from lomwong.posts.tests.hostile_files import ATTACKS

    rows = []
    with TemporaryDirectory() as folder:
        part.run("pages.uploads.nothing", Path(folder) / "data")  # which makes the house
        for attack in ATTACKS:
            tables.note(attack.title)
            content = attack.content()
            path = Path(folder) / "upload"
            path.write_bytes(content)
            found = part.run("pages.uploads.take_in", Path(folder) / "data", path=str(path), name=attack.name)
            figures = [found[key] for key in ("seconds", "reading", "own", "child")]
            rows.append([attack.title, len(content) / 1e6, *figures])
            rows[-1] += [found["outcome"], found["words"] or None]
    heads = ["", "MB", "s", "s in the worker", "MB more in the web", "MB apart", "outcome", "its words"]
    tables.show("Hostile files", heads, rows, digits=2)
    slowest, largest = max(max(row[2:4]) for row in rows), max(max(row[4:6]) for row in rows)
    show([most("the slowest, s", SECONDS, slowest, 2), most("the most memory, MB", MEGABYTES, largest, 0)])
    return 0


def take_in(path: str, name: str) -> dict[str, Any]:
    from lomwong.posts.files import reading, shelf
    from lomwong.posts.files.kinds import DOCUMENTS, Unwelcome

    before = used(resource.RUSAGE_SELF)
    started = time.perf_counter()
    outcome, words, read_in = "taken", "", 0.0
    with Path(path).open("rb") as file:
        try:
            kept = shelf.keep(file, name)
        except Unwelcome as unwelcome:
            outcome, kept = f"refused: {unwelcome}"[:60], None
    taken_in = time.perf_counter() - started
    if kept:
        outcome = f"taken as {kept.name}"
        if kept.kind in DOCUMENTS:
            words = str(reading.words_in(shelf.path_of(kept.sha256), kept.kind.media_type).reading)
            read_in = time.perf_counter() - started - taken_in
    return {
        "seconds": taken_in,
        "reading": read_in,
        "own": used(resource.RUSAGE_SELF) - before,
        "child": used(resource.RUSAGE_CHILDREN),
        "outcome": outcome,
        "words": words,
    }


def nothing() -> dict[str, Any]:
    return {}


def used(whose: int) -> float:
    """The most megabytes that were resident."""
    return resource.getrusage(whose).ru_maxrss * 1024 / 1e6
