"""CPU time of a question in an invented house, without HTML: search, votes, people, with and without reasons."""

from collections.abc import Callable
from functools import partial
from typing import Any

from benchmarks import tables
from benchmarks.search import house
from benchmarks.search.speed import queries
from benchmarks.search.timing import times_of

TWO, WHOLE = "two words", "a question"
NAMED, QUOTED, PASSING = "ten people", "… with their reasons", "a question carried: 50 of whom may be asked now"
BUDGET = 25.0  # seconds for one row


def measure(posts: int, count: int) -> dict[str, Any]:
    """By row: p50, p99, how many were asked."""
    import time

    asked = queries(count)
    rows = {}
    for name, ask in asks().items():
        for kind in (TWO, WHOLE):
            tables.note(f"asking: {name}, {kind}")
            taken = times_of(ask, asked[kind], time.process_time, BUDGET)
            rows[f"{kind}: {name}"] = [taken.p50, taken.p99, taken.calls]
    return {"posts": posts, "rows": rows}


def asks() -> dict[str, Callable[[str], object]]:
    from lomwong.experts.finding.narrowing import Narrow
    from lomwong.experts.finding.queries import who_knows

    colleague = house.colleague()
    ask = partial(who_knows, viewer=colleague, leave_out=[colleague.pk])
    carried = partial(ask, limit=50, with_reasons=False, narrow=Narrow(available=True))
    return {NAMED: partial(ask, with_reasons=False), QUOTED: ask, PASSING: carried}


def report(measured: dict[str, Any]) -> None:
    rows = [[name, p50, p99, int(calls)] for name, (p50, p99, calls) in measured["rows"].items()]
    title = f"CPU time of who knows, {measured['posts']:,} short posts, a colleague"
    tables.show(title, ["", "p50 ms", "p99 ms", "asked"], rows, digits=1)
