"""CPU time of pages, of a comment, of the worker; memory, cold start, the weight of a first visit.

Each system runs with two processes on this machine, on loopback, and gets the same requests. The CPU time of all that
works for a request counts, a database server's too. WordPress and Ghost come along where they are installed; what is
missing is said. Compare the ratios of one run. PostgreSQL is measured besides when --postgres names a server: a
database is made there and dropped again. A whole run takes about half an hour, --quick five minutes. How to read it:
docs/benchmarks.md.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import part, tables
from benchmarks.pages import ghost, ours, scenes, targets, weight, wordpress
from benchmarks.pages.scenes import Server

SIZES, QUICK_SIZES = (2_000, 100_000), (2_000,)
PARTS = ("ours", "peers", "weight", "start")
DATABASE = "lomwong_bench_pages"


def add_command(benches: Any) -> None:
    about = (__doc__ or "").partition("\n")[0]
    raw = argparse.RawDescriptionHelpFormatter
    pages = benches.add_parser("pages", help=about, description=__doc__, formatter_class=raw)
    pages.add_argument("--quick", action="store_true", help="a house of 2,000 posts, few requests")
    pages.add_argument("--only", type=parts, default=PARTS, help=f"some of {','.join(PARTS)}, joined by commas")
    pages.add_argument("--posts", type=sizes, help="sizes of the houses, joined by commas: 2000,100000")
    pages.add_argument("--postgres", default="", help="postgres://user@host:port, to measure on it besides")
    pages.add_argument("--keep", type=Path, help="a folder for the houses; what is in it from a run before is used")
    pages.set_defaults(run=run)


def parts(text: str) -> list[str]:
    if unknown := set(text.split(",")) - set(PARTS):
        raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))}: choose from {', '.join(PARTS)}")
    return text.split(",")


def sizes(text: str) -> list[int]:
    return [int(size) for size in text.split(",")]


def run(chosen: argparse.Namespace) -> int:
    measured: dict[str, Any] = {"is_quick": chosen.quick, "systems": {}}
    with TemporaryDirectory() as folder:
        for posts in chosen.posts or (QUICK_SIZES if chosen.quick else SIZES):
            measure_ours(chosen, posts, chosen.keep or Path(folder), measured)
        if "peers" in chosen.only:
            measure_peers(chosen, Path(folder), measured)
    report(measured)
    return 0


def measure_ours(chosen: argparse.Namespace, posts: int, folder: Path, measured: dict[str, Any]) -> None:
    for name, url in databases(chosen.postgres):
        with database(url, posts):
            data = (folder / f"{name}-{posts}").resolve()
            data.mkdir(parents=True, exist_ok=True)
            made = part.run("pages.house.make", data, posts=posts)
            title = f"Lomwong, {name}, {posts:,} posts"
            if "ours" in chosen.only:
                tables.note(f"asking {title}")
                rows = ours.measure(title, data, made, quick=chosen.quick)
                measured["systems"][title] = rows | {
                    "behind": ours.behind(data, made, count=20 if chosen.quick else 60)
                }
            if "start" in chosen.only:
                measured.setdefault("start", {})[title] = ours.cold_start(data)
            if "weight" in chosen.only and "weight" not in measured and not url:
                with ours.serving(title, data, made):
                    home, story = (f"http://{ours.HOST}:{ours.PORT}{path}" for path in ("/", made["stories"][0]))
                    measured["weight"] = {"home": weight.first_visit(home), "story": weight.first_visit(story)}


def databases(postgres: str) -> list[tuple[str, str]]:
    """Name and address of the server; SQLite has none."""
    return [("SQLite", ""), *([("PostgreSQL", postgres)] if postgres else [])]


@contextmanager
def database(server: str, posts: int) -> Iterator[None]:
    """Of our own on that server, named in the environment as the house reads it."""
    if not server:
        os.environ.pop("DATABASE_URL", None)
        yield
        return
    import psycopg

    name = f"{DATABASE}_{posts}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        admin.execute(f"CREATE DATABASE {name}")
        os.environ["DATABASE_URL"] = f"{server}/{name}"
        try:
            yield
        finally:
            os.environ.pop("DATABASE_URL")
            admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def measure_peers(chosen: argparse.Namespace, folder: Path, measured: dict[str, Any]) -> None:
    posts = 2_000
    for peer in (wordpress, ghost):
        if reason := peer.missing():
            measured.setdefault("missing", []).append(reason)
            continue
        where = folder / peer.__name__.rpartition(".")[2]
        where.mkdir()
        tables.note(f"asking {where.name}, {posts:,} posts")
        try:
            with peer.serving(posts, where) as server:
                measured["systems"][f"{server.name}, {posts:,} posts"] = of_peer(server, chosen.quick)
        except (OSError, RuntimeError, ValueError) as error:
            measured.setdefault("missing", []).append(f"{where.name}: {error}")


def of_peer(server: Server, is_quick: bool) -> dict[str, Any]:
    count = 60 if is_quick else 200
    found = {}
    for scene in ("story", "home", "search"):
        if paths := list(server.pages.get(scene, [])):
            found[f"{scene}, signed out"] = scenes.page_cost(server, paths, count=count)
            if server.cookies:
                found[f"{scene}, signed in"] = scenes.page_cost(server, paths, count=count, cookies=server.cookies)
    if server.comment:
        found["comment posted"] = scenes.comment_cost(server, count=40)
    return found


def report(measured: dict[str, Any]) -> None:
    systems = measured["systems"]
    names = list(systems)
    every = dict.fromkeys(scene for rows in systems.values() for scene in rows if scene != "behind")
    if names:
        for unit, title in (("cpu", "CPU ms a request"), ("wait", "ms until the answer"), ("kB", "kB as sent")):
            rows = [[scene, *(systems[name].get(scene, {}).get(unit) for name in names)] for scene in every]
            shown = [row for row in rows if any(cell is not None for cell in row[1:])]
            tables.show(title, ["", *names], shown, digits=2)
    for name in names:
        if "behind" in systems[name]:
            behind = systems[name]["behind"]
            worker = f"worker {behind['worker']:.1f} CPU ms a comment, idle {behind['idle']:.1f} CPU ms a second"
            print(f"\n  {name}: {worker};")
            print(f"  memory of web and worker {behind['memory'] / 2**20:.0f} MiB (proportional set size)")
    for name, start in measured.get("start", {}).items():
        print(f"  {name}: first answer after {start['wall']:.2f} s, {start['cpu']:.2f} s of CPU")
    for page, found in measured.get("weight", {}).items():
        if found:
            print(f"\n  First visit to the {page} page: {found['requests']} requests, {found['kB']:.1f} kB,")
            print(f"  of which fonts {found['font requests']} requests, {found['font kB']:.1f} kB")
            tables.show("", ["", "bytes", "what"], [[kind, size, name] for kind, size, name in found["rows"]])
    for reason in measured.get("missing", []):
        print(f"  Without {reason}", file=sys.stderr)
    targets.report(measured)
