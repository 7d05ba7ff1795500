"""Quality, speed, size, freshness and hostile texts of search, beside its peers, in one run.

Each part runs in a process of its own, with a data folder of its own. Quality: MRR@10 on public questions, as asked and
as mistyped. Speed: CPU time in an invented house of 100,000 and of 1,000,000 posts. Compare the ratios of one run, not
runs with each other. A whole run takes about twenty minutes, --quick three. How to read it:
docs/benchmarks.md.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import part
from benchmarks.search import building, found, hostile, peers, public, quality, speed, targets

PARTS = ("quality", "speed", "found", "hostile")
SIZES, QUICK_SIZES = (100_000, 1_000_000), (20_000,)
QUERIES, QUICK_QUERIES = 300, 60
QUICK_QUESTIONS = 150
LARGE = 200_000  # posts: cutting them all again would take most of the run
NO_DATA, FAILED = 2, 1


def add_command(benches: Any) -> None:
    about = (__doc__ or "").partition("\n")[0]
    raw = argparse.RawDescriptionHelpFormatter
    search = benches.add_parser("search", help=about, description=__doc__, formatter_class=raw)
    search.add_argument("--quick", action="store_true", help="few questions and a house of 20,000 posts")
    search.add_argument("--only", type=parts, default=PARTS, help=f"some of {','.join(PARTS)}, joined by commas")
    search.add_argument("--sets", type=sets, default=public.SETS, help=f"some of {','.join(public.SETS)}")
    search.add_argument("--posts", type=sizes, help="sizes of the houses, joined by commas: 100000,1000000")
    search.add_argument("--keep", type=Path, help="a folder for the houses; what is in it from a run before is used")
    search.set_defaults(run=run)


def parts(text: str) -> list[str]:
    return some_of(text, PARTS)


def sets(text: str) -> list[str]:
    return some_of(text, public.SETS)


def some_of(text: str, known: Sequence[str]) -> list[str]:
    if unknown := set(text.split(",")) - set(known):
        raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))}: choose from {', '.join(known)}")
    return text.split(",")


def sizes(text: str) -> list[int]:
    return [int(size) for size in text.split(",")]


def run(chosen: argparse.Namespace) -> int:
    if not public.is_there():
        print(f"No data: expected {', '.join(public.SETS)} in the folder {public.DATA}. Nothing was measured.")
        return NO_DATA
    for reason in peers.missing():
        print(f"Without {reason}")
    start = time.monotonic()
    measured: dict[str, Any] = {"is_quick": chosen.quick}
    with TemporaryDirectory() as folder:
        houses = (chosen.keep or Path(folder)).resolve()
        try:
            for of_part in steps(chosen, Path(folder), houses):
                of_part(measured)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as failure:
            print(f"\nA part broke off; what it said stands above. ({failure})", file=sys.stderr)
            return FAILED
    targets.report(measured)
    print(f"  Took {(time.monotonic() - start) / 60:.0f} minutes.")
    return 0


def steps(chosen: argparse.Namespace, folder: Path, houses: Path) -> list[Callable[[dict[str, Any]], None]]:
    """Each takes what was measured so far, adds to it and prints its tables."""
    found = [lambda measured: ask_sets(chosen, folder, measured)] if "quality" in chosen.only else []
    if len(found) < len(chosen.only):
        every = sorted(chosen.posts or (QUICK_SIZES if chosen.quick else SIZES))
        found += [
            lambda measured, posts=posts: ask_house(chosen, posts, houses / str(posts), posts == every[0], measured)
            for posts in every
        ]
    return found


def ask_sets(chosen: argparse.Namespace, folder: Path, measured: dict[str, Any]) -> None:
    most = QUICK_QUESTIONS if chosen.quick else None
    measured["quality"] = {
        name: part.run("search.quality.measure", folder / name, name=name, most=most) for name in chosen.sets
    }
    quality.report(measured["quality"])


def ask_house(chosen: argparse.Namespace, posts: int, house: Path, is_first: bool, measured: dict[str, Any]) -> None:
    """What needs a house; freshness and hostile texts only in the smallest."""
    if not is_first and "speed" not in chosen.only:
        return
    house.mkdir(parents=True, exist_ok=True)
    beside = str(house / "peers")
    part.run("search.building.fill", house, posts=posts)
    ours = part.run("search.building.rebuild", house, remember=posts > LARGE)
    if "speed" in chosen.only:
        built = {"Lomwong": ours, **part.run("search.building.others", house, posts=posts, folder=beside)}
        count = QUICK_QUERIES if chosen.quick else QUERIES
        asked = part.run("search.speed.measure", house, posts=posts, folder=beside, count=count)
        building.report(posts, built | asked["built"])
        speed.report(posts, asked)
        measured.setdefault("speed", {})[posts] = asked
    if is_first and "found" in chosen.only:
        measured["found"] = part.run("search.found.measure", house, count=10 if chosen.quick else 50)
        found.report(posts, measured["found"])
    if is_first and "hostile" in chosen.only:
        measured["hostile"] = part.run("search.hostile.measure", house, quick=chosen.quick)
        hostile.report(measured["hostile"])
