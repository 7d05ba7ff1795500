"""Fill a house, index it, index the same in the peers: documents a second of CPU, bytes a document, memory."""

import json
import resource
import shutil
import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from benchmarks import tables
from benchmarks.search import house, peers
from lomwong.text.segment import index_terms


def fill(posts: int) -> dict[str, Any]:
    """The tables of a house; nothing when they are there from a run before."""
    from lomwong.posts.models import Post

    there = Post.objects.count()
    if there < posts:
        if there:
            raise SystemExit(f"The folder holds a house of {there} posts; {posts} need another one.")
        tables.note(f"writing {posts:,} posts into the tables")
        house.fill(posts, lambda done: tables.progress(f"{done:,} of {posts:,}"))
        house.move_on(posts)
    return {"posts": Post.objects.count(), "database": database_bytes()}


def database_bytes() -> int | None:
    from django.conf import settings

    path = Path(str(settings.DATABASES["default"]["NAME"]))
    return path.stat().st_size if path.is_file() else None


def rebuild(remember: bool = False) -> dict[str, Any]:
    """The whole index anew, as `./lomwong reindex` does it. With `remember`, what was cut once is not cut again."""
    from lomwong.search import folder
    from lomwong.search.index import rebuild as build

    if remember:
        remember_cuts()
    tables.note("building Lomwong's index")
    start, wall = time.process_time(), time.monotonic()
    written = build(counted)
    measured: dict[str, Any] = {
        "documents": written,
        "cpu": time.process_time() - start,
        "wall": time.monotonic() - wall,
    }
    path = folder.current()
    assert path is not None
    return measured | {"bytes": bytes_in(path), "memory": most_memory(), "remembers": remember}


def remember_cuts() -> None:
    """For houses so large that our few sentences come back hundreds of times: the same index, made sooner."""
    from lomwong.text import segment

    cut = lru_cache(maxsize=1 << 17)(segment.index_terms)
    segment.index_terms = lambda text, own=None: [term for piece in text.split() for term in cut(piece, own)]


def counted(counts: Iterable[int], total: int) -> Iterable[int]:
    for count in counts:
        if count % 5_000 == 0:
            tables.progress(f"{count:,} of {total:,}")
        yield count


def bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def most_memory() -> int:
    """Bytes, of this process, at its most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def others(posts: int, folder: str) -> dict[str, Any]:
    """The peers that live on disk, from words that are cut already: cutting them is measured by itself."""
    where = Path(folder)
    where.mkdir(parents=True, exist_ok=True)
    some = [post.text for post in house.written(min(posts, 20_000))]
    start = time.process_time()
    for text in some:
        index_terms(text)
    cutting = {"documents": len(some), "cpu": time.process_time() - start}
    found = {"cutting the words": cutting}
    for path, make in on_disk(where):
        figures = path.with_suffix(".json")  # written when the index is whole, and kept with it
        if not figures.exists():
            remove(path)
            tables.note(f"building the index of {make.name}")
            figures.write_text(json.dumps(built(make(path), posts)))
        found[make.name] = json.loads(figures.read_text())
    return found


def remove(path: Path) -> None:
    """What a run that was stopped left behind."""
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)


def on_disk(folder: Path) -> list[tuple[Path, Callable[[Path], peers.Peer]]]:
    return [(folder / "fts5.sqlite3", peers.Fts5), (folder / "tantivy", peers.Tantivy)]


def built(peer: peers.Peer, posts: int) -> dict[str, Any]:
    """`cpu` without what making the documents costs."""
    start = time.process_time()
    for _ in house.terms(index_terms, posts):
        pass
    making = time.process_time() - start
    start = peer.clock()
    peer.index(house.terms(index_terms, posts))
    cpu = peer.clock() - start - making
    return {"documents": posts, "cpu": max(cpu, 0.001), "bytes": peer.size()}


def report(posts: int, measured: dict[str, dict[str, Any]]) -> None:
    """`measured`: row -> documents, cpu seconds, bytes."""
    ours = measured["Lomwong"]
    rows = [
        [
            name,
            round(one["documents"] / one["cpu"]),
            round(one["bytes"] / one["documents"]) if "bytes" in one else None,
            f"{one['bytes'] / ours['bytes']:.2f}" if "bytes" in one else None,
            f"{one['cpu'] / one['documents'] / (ours['cpu'] / ours['documents']):.2f}",
        ]
        for name, one in measured.items()
    ]
    heads = ["", "documents/s of CPU", "bytes/document", "size, Lomwong = 1", "CPU, Lomwong = 1"]
    tables.show(f"Building an index of {posts:,} short posts", heads, rows)
    print(
        f"  Lomwong's whole rebuild: {ours['wall']:.0f} s of the clock, {ours['cpu']:.0f} s of CPU, "
        f"{ours['memory'] / 1e6:.0f} MB at most. It cuts the words and reads the database; peers got cut words."
    )
    if ours["remembers"]:
        print("  In a house of this size Lomwong was let remember what it had cut: its speed is that of a smaller one.")
