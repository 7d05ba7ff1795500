"""Who is named for a question: quality in the order of time beside peers, the made-up university, speed. In one run.

Quality: MAP, nDCG@10, MRR and P@5 on two public sites and two mailing lists, beside recency, plain BM25 votes and the
two models of Balog, Azzopardi and de Rijke (2006). Demo: newcomers' questions, is a right person among the first five?
Speed: CPU time of a question in an invented house of 100,000 posts. A whole run takes about ten minutes, --quick two.
How to read it: docs/benchmarks.md.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import part, tables
from benchmarks.experts import demo, forums, quality, speed, targets

PARTS = ("quality", "demo", "speed")
POSTS, QUICK_POSTS = 100_000, 20_000
QUERIES, QUICK_QUERIES = 200, 40
NO_DATA, FAILED = 2, 1


def add_command(benches: Any) -> None:
    about = (__doc__ or "").partition("\n")[0]
    raw = argparse.RawDescriptionHelpFormatter
    experts = benches.add_parser("experts", help=about, description=__doc__, formatter_class=raw)
    experts.add_argument("--quick", action="store_true", help="a site only, and a house of 20,000 posts")
    experts.add_argument("--only", type=parts, default=PARTS, help=f"some of {','.join(PARTS)}, joined by commas")
    experts.add_argument("--posts", type=int, help="the size of the invented house")
    experts.add_argument("--keep", type=Path, help="a folder for the houses; what is in it from a run before is used")
    experts.set_defaults(run=run)


def parts(text: str) -> list[str]:
    if unknown := set(text.split(",")) - set(PARTS):
        raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))}: choose from {', '.join(PARTS)}")
    return text.split(",")


def run(chosen: argparse.Namespace) -> int:
    if "quality" in chosen.only and not forums.is_there():
        print(f"No data: expected experts/ and mail/ in the folder {forums.DATA}. Nothing was measured.")
        return NO_DATA
    start = time.monotonic()
    measured: dict[str, Any] = {}
    with TemporaryDirectory() as folder:
        try:
            measure(chosen, (chosen.keep or Path(folder)).resolve(), measured)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as failure:
            print(f"\nA part broke off; what it said stands above. ({failure})", file=sys.stderr)
            return FAILED
    targets.report(measured)
    print(f"  Took {(time.monotonic() - start) / 60:.0f} minutes.")
    return 0


def measure(chosen: argparse.Namespace, houses: Path, measured: dict[str, Any]) -> None:
    if "quality" in chosen.only:
        measured["quality"] = of_sets(forums.SITES[:1] if chosen.quick else forums.SETS, houses)
        quality.report(measured["quality"])
    if "demo" in chosen.only:
        measured["demo"] = part.run("experts.demo.measure", made(houses / "demo"))
        demo.report(measured["demo"])
    if "speed" in chosen.only:
        posts = chosen.posts or (QUICK_POSTS if chosen.quick else POSTS)
        house = made(houses / str(posts))
        part.run("search.building.fill", house, posts=posts)
        part.run("search.building.rebuild", house)
        count = QUICK_QUERIES if chosen.quick else QUERIES
        measured["speed"] = part.run("experts.speed.measure", house, posts=posts, count=count)
        speed.report(measured["speed"])


def of_sets(names: Sequence[str], houses: Path) -> dict[str, Any]:
    found = {}
    for name in names:
        tables.note(f"asking {name}")
        found[name] = part.run("experts.quality.measure", made(houses / "empty"), name=name)
    return found


def made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
