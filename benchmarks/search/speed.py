"""CPU time of a search in a whole house, without HTML, beside peers on the same words."""

import random
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks import tables
from benchmarks.search import building, house, peers, public
from benchmarks.search.timing import Times, in_turn, times_of
from lomwong.text.segment import words

LIMIT = 20  # a page
BUDGET = 25.0  # seconds for one row
BARE = peers.Tantivy.name
TWO, WHOLE, TYPED = "two words", "a question", "half typed"
MEMORY_FOR_BM25S = 6_000  # bytes a document while it builds


def queries(count: int) -> dict[str, list[str]]:
    """Of two words, of whole questions, and what stands in the box while one types the latter."""
    _, questions = public.thai()
    chance = random.Random(2)
    cut = [words(question) for question in questions]
    pairs = [" ".join(chance.sample(terms, 2)) for terms in cut if len(terms) > 4]
    typed = [question[: chance.randint(3, 14)] for question in questions]
    return {
        TWO: chance.sample(pairs, count),
        WHOLE: chance.sample(questions, count),
        TYPED: chance.sample(typed, count),
    }


def measure(posts: int, folder: str, count: int) -> dict[str, Any]:
    asked = queries(count)
    before = memory()
    rows = {name: timed(name, asks, asked) for name, asks in product()}
    used = {"Lomwong": memory() - before}
    pace = beside_bare(Path(folder), asked)
    rows |= {name: timed(name, asks, asked) for name, asks in beside_product()}
    built = {}
    for peer, figures in others(posts, Path(folder)):
        asks = {kind: (lambda query, peer=peer: peer.ask(words(query), LIMIT)) for kind in (TWO, WHOLE)}
        rows[peer.name] = timed(peer.name, asks, asked, peer.clock)
        built |= figures
    return {"rows": rows, "pace": pace, "memory": used, "built": built}


def beside_bare(folder: Path, asked: dict[str, list[str]]) -> dict[str, dict[str, float]]:
    """By kind of query: p50 of ours and of the bare library, asked in turn."""
    tables.note("asking in turn: Lomwong, bare tantivy")
    bare = next(make(path) for path, make in building.on_disk(folder) if make is peers.Tantivy)
    found = {}
    for kind in (TWO, WHOLE):
        asks = {name: ask[kind] for name, ask in product()}
        asks[bare.name] = lambda query: bare.ask(words(query), LIMIT)
        found[kind] = {name: taken.p50 for name, taken in in_turn(asks, asked[kind]).items()}
    return found


def timed(
    name: str,
    asks: dict[str, Callable[[str], object]],
    asked: dict[str, list[str]],
    clock: Callable[[], float] = time.process_time,
) -> dict[str, list[float]]:
    """By kind of query: p50, p99, how many were asked."""
    tables.note(f"asking: {name}")
    found = {}
    for kind, ask in asks.items():
        taken: Times = times_of(ask, asked[kind], clock, BUDGET)
        found[kind] = [taken.p50, taken.p99, taken.calls]
    return found


def product() -> Iterator[tuple[str, dict[str, Callable[[str], object]]]]:
    from lomwong.people.models import OPERATOR
    from lomwong.search.queries import search

    person = house.colleague()
    for name, viewer in (("Lomwong, a colleague", person), ("Lomwong, the operator", OPERATOR)):
        yield name, dict.fromkeys((TWO, WHOLE), lambda query, viewer=viewer: search(query, viewer=viewer, limit=LIMIT))


def beside_product() -> Iterator[tuple[str, dict[str, Callable[[str], object]]]]:
    """What a page asks besides, and the engines of other features."""
    from django.contrib.auth.models import AnonymousUser

    from lomwong.people.models import OPERATOR
    from lomwong.search.queries import search, search_documents
    from lomwong.search.showing import found_posts
    from lomwong.search.suggest import suggest

    person = house.colleague()

    def shown(query: str) -> object:
        return found_posts(search(query, viewer=person, limit=LIMIT).hits, query, person)

    both = (TWO, WHOLE)
    yield "Lomwong, a visitor", dict.fromkeys(both, lambda query: search(query, viewer=AnonymousUser(), limit=LIMIT))
    yield "… a colleague, with snippets of 20", dict.fromkeys(both, shown)
    yield "… 300 for experts, a colleague", dict.fromkeys(both, lambda query: search_documents(query, viewer=person))
    yield "… 300 for experts, the operator", dict.fromkeys(both, lambda query: search_documents(query, viewer=OPERATOR))
    yield "… suggestions, a colleague", {TYPED: lambda query: suggest(query, person)}


def others(posts: int, folder: Path) -> Iterator[tuple[peers.Peer, dict[str, Any]]]:
    """Those on disk as they lie there; those in memory or on a server are built here."""
    for path, make in building.on_disk(folder):
        yield make(path), {}
    if not peers.are_missing("bm25s"):
        if posts * MEMORY_FOR_BM25S < free_memory():
            yield made(peers.Bm25s(), posts)
        else:
            tables.note("bm25s: left out, there is too little memory for it")
    if not peers.are_missing("PostgreSQL"):
        yield made(peers.Postgres(), posts)


def made(peer: peers.Peer, posts: int) -> tuple[peers.Peer, dict[str, Any]]:
    tables.note(f"building the index of {peer.name}")
    return peer, {peer.name: building.built(peer, posts)}


def memory() -> int:
    """Bytes of this process at this moment, files it has mapped included."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def free_memory() -> int:
    lines = dict(line.split(":") for line in Path("/proc/meminfo").read_text().splitlines())
    return int(lines["MemAvailable"].split()[0]) * 1024


def report(posts: int, measured: dict[str, Any]) -> None:
    for kind in (TWO, WHOLE, TYPED):
        rows = {name: one[kind] for name, one in measured["rows"].items() if kind in one}
        if not rows:
            continue
        bare, fts5 = (rows.get(name, [None])[0] for name in (peers.Tantivy.name, peers.Fts5.name))
        cells = [
            [name, p50, p99, ratio(p50, bare), ratio(p50, fts5, digits=3), int(calls)]
            for name, (p50, p99, calls) in rows.items()
        ]
        heads = ["", "p50 ms", "p99 ms", "× bare tantivy", "× FTS5", "queries"]
        tables.show(f"CPU time of {kind}, {posts:,} short posts, the best {LIMIT}", heads, cells, digits=2)
    heads = ["", *(f"{kind}{of}" for kind in (TWO, WHOLE) for of in (", p50 ms", ", × bare"))]
    cells = [
        [name, *(figure for kind in measured["pace"].values() for figure in (kind[name], kind[name] / kind[BARE]))]
        for name in measured["pace"][TWO]
    ]
    tables.show(f"Asked in turn, best of five rounds, {posts:,} short posts", heads, cells, digits=2)
    print(f"  Memory that searching took: {measured['memory']['Lomwong'] / 1e6:.0f} MB, mapped files included.")


def ratio(one: float, other: float | None, digits: int = 2) -> str | None:
    return f"{one / other:.{digits}f}" if other else None
