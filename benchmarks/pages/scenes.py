"""What is asked of every system alike, and how much CPU time it takes."""

import statistics
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from benchmarks.pages import processes
from benchmarks.pages.visit import Answer, Visitor

Pids = Callable[[], Collection[int]]
ROUNDS = 5  # of which the middle one counts
TOGETHER = " "  # between addresses that make one page together
WARMING = 24  # requests before, so that each process of each server has seen the page


@dataclass(frozen=True)
class Server:
    """A system that runs: where, who works for it, and which of its pages stand for which scene."""

    name: str
    host: str
    port: int
    pids: Pids  # all that works for a request, the database's processes included
    pages: Mapping[str, list[str]]  # scene → addresses
    cookies: str = ""  # of somebody signed in
    comment: Callable[[Visitor, int], int] | None = None  # posts the nth comment; gives the answer's status
    headers: Mapping[str, str] = field(default_factory=dict)


def page_cost(server: Server, paths: list[str], *, count: int, cookies: str = "") -> dict[str, Any]:
    """CPU ms a request, the median of a few rounds; kB as sent (compressed); ms until the answer.

    Of many paths those that come first warm the processes, and no path is asked for twice if there are enough.
    """
    visitor = Visitor(server.host, server.port, cookies, server.headers)
    try:
        expect_ok(server, ask(visitor, paths, WARMING))
        paths = paths[WARMING:] + paths[:WARMING] if len(paths) > WARMING else paths
        taken, waits = [], []
        each = count // ROUNDS
        for nth in range(ROUNDS):
            got: list[Any] = []
            some = [paths[at % len(paths)] for at in range(nth * each, (nth + 1) * each)]
            spent = processes.cost(lambda: got.extend(ask(visitor, some, each)), server.pids)  # noqa: B023
            expect_ok(server, got)
            taken.append(spent * 1000 / each)
            waits.append(sum(answer.seconds for answer in got) * 1000 / each)
    finally:
        visitor.close()
    sent = sum(len(answer.body) for answer in got) / each / 1000
    return {"cpu": statistics.median(taken), "wait": statistics.median(waits), "kB": sent}


def first_cost(server: Server, paths: Iterable[str]) -> dict[str, Any]:
    """CPU ms of each page's very first request; the process itself is warm."""
    visitor = Visitor(server.host, server.port, "", server.headers)
    taken = []
    try:
        for path in paths:
            spent = processes.cost(lambda: expect_ok(server, [visitor.get(path)]), server.pids)  # noqa: B023
            taken.append(spent * 1000)
    finally:
        visitor.close()
    return {"cpu": statistics.median(taken)}


def comment_cost(server: Server, *, count: int) -> dict[str, Any]:
    """CPU ms a comment until the answer, and how long its writer waits."""
    assert server.comment is not None
    visitor = Visitor(server.host, server.port, server.cookies, server.headers)
    taken, waits = [], []
    try:
        for nth in range(count):
            got: list[tuple[int, float]] = []
            spent = processes.cost(lambda: got.append(timed(server, visitor, nth)), server.pids)  # noqa: B023
            if got[0][0] not in (200, 201, 302, 303):
                raise RuntimeError(f"{server.name} answered {got[0][0]} to a comment")
            taken.append(spent * 1000)
            waits.append(got[0][1])
    finally:
        visitor.close()
    late = taken[count // 5 :]  # the first ones warm it
    return {"cpu": statistics.median(late), "wait": statistics.median(waits[count // 5 :])}


def timed(server: Server, visitor: Visitor, nth: int) -> tuple[int, float]:
    import time

    assert server.comment is not None
    start = time.monotonic()
    status = server.comment(visitor, nth)
    return status, (time.monotonic() - start) * 1000


def ask(visitor: Visitor, paths: list[str], count: int) -> list[Answer]:
    return [visitor.get(path) for nth in range(count) for path in paths[nth % len(paths)].split(TOGETHER)]


def expect_ok(server: Server, answers: Iterable[Any]) -> None:
    for answer in answers:
        if answer.status != 200:
            raise RuntimeError(
                f"{server.name} answered {answer.status} {answer.headers.get('location', '')}: {answer.text[:300]}"
            )
