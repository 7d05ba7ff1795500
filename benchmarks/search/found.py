"""How long from the commit of a post until others find it, with a worker running; and until it stands in the index."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks import tables
from benchmarks.search import house
from benchmarks.search.timing import quantiles

PATIENCE = 30.0


def measure(count: int = 50) -> dict[str, Any]:
    command = [sys.executable, "-m", "lomwong", "worker", "--until-parent-ends", str(os.getpid())]
    worker = subprocess.Popen(command)
    try:
        tables.note(f"writing {count} posts beside a running worker")
        return watch(count)
    finally:
        worker.terminate()
        worker.wait(timeout=30)


def watch(count: int) -> dict[str, Any]:
    """Three times in ms for each post: until its author finds it, another, and the index itself has it."""
    from lomwong.people.models import Person
    from lomwong.posts.actions import write_post
    from lomwong.posts.models import Kind
    from lomwong.search.queries import search

    reader = house.colleague()
    writer = Person.objects.exclude(pk=reader.pk).order_by("pk")[0]
    chance = random.Random(time.time_ns())
    first = write_post(kind=Kind.JOURNAL, by=writer, text="เรื่องแรก")  # when it is in the index, the worker has begun
    until(lambda: is_indexed(first.number), time.monotonic(), PATIENCE * 10)
    own, others, indexed = [], [], []
    for _ in range(count):
        word = "".join(chance.choices("bcdfghjklmnpqrstvwxz", k=12))
        post = write_post(kind=Kind.JOURNAL, by=writer, text=f"เรื่องใหม่ {word} ที่เพิ่งเขียน")
        start = time.monotonic()

        def finds(viewer: Person, word: str = word, number: int = post.number) -> Callable[[], bool]:
            return lambda: any(hit.number == number for hit in search(word, viewer=viewer).hits)

        own.append(until(finds(writer), start))
        others.append(until(finds(reader), start))
        indexed.append(until(lambda number=post.number: is_indexed(number), start))
        time.sleep(chance.random() * 0.3)
    return {"own": own, "others": others, "indexed": indexed}


def until(is_so: Callable[[], bool], start: float, patience: float = PATIENCE) -> float:
    """Ms from `start`; it gives up behind `patience` seconds."""
    while not is_so() and time.monotonic() - start < patience:
        time.sleep(0.01)
    return (time.monotonic() - start) * 1000


def is_indexed(number: int) -> bool:
    from lomwong.activity.models import Event
    from lomwong.activity.queries import position_of
    from lomwong.search.index import READER

    last = Event.objects.filter(post_number=number).order_by("-id").values_list("id", flat=True)[0]
    return position_of(READER) >= last


def report(posts: int, measured: dict[str, list[float]]) -> None:
    names = {"own": "by its author", "others": "by another", "indexed": "in the index itself"}
    rows = []
    for key, name in names.items():
        taken = quantiles(measured[key])
        rows.append([name, taken.p50, max(measured[key]), taken.calls])
    tables.show(
        f"Until a new post is found, ms of the clock, house of {posts:,} posts",
        ["", "median", "worst", "posts"],
        rows,
        0,
    )
