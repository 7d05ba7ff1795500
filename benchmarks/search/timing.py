"""CPU time of calls. Machines are noisy: medians, and ratios within one run."""

import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

Clock = Callable[[], float]


@dataclass(frozen=True)
class Times:
    """Of single calls, in ms."""

    p50: float
    p99: float
    calls: int


def times_of(ask: Callable[[str], object], queries: Sequence[str], clock: Clock, budget: float = 20.0) -> Times:
    """Each query once, or as many as `budget` seconds allow; before that a round that warms files and caches."""
    for query in _while_there_is_time(queries, budget / 4):
        ask(query)
    taken = []
    for query in _while_there_is_time(queries, budget):
        start = clock()
        ask(query)
        taken.append((clock() - start) * 1000)
    return quantiles(taken)


def in_turn(asks: Mapping[str, Callable[[str], object]], queries: Sequence[str], rounds: int = 5) -> dict[str, Times]:
    """Each query put to all of them, one after the other, round after round: what slows the machine slows all alike.

    Of each query the best of the rounds counts. The first round warms files and caches and is not counted.
    """
    best: dict[str, list[float]] = {name: [math.inf] * len(queries) for name in asks}
    for nth in range(rounds + 1):
        for at, query in enumerate(queries):
            for name, ask in asks.items():
                start = time.process_time()
                ask(query)
                taken = (time.process_time() - start) * 1000
                if nth:
                    best[name][at] = min(best[name][at], taken)
    return {name: quantiles(taken) for name, taken in best.items()}


def _while_there_is_time(queries: Sequence[str], seconds: float) -> Iterator[str]:
    end = time.monotonic() + seconds
    for query in queries:
        yield query
        if time.monotonic() > end:
            return


def quantiles(taken: Sequence[float]) -> Times:
    ordered = sorted(taken)
    return Times(ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)], len(ordered))


def best_of(function: Callable[[], object], tries: int = 3) -> float:
    """The least CPU ms of a few tries."""
    taken = []
    for _ in range(tries):
        start = time.process_time()
        function()
        taken.append(time.process_time() - start)
    return min(taken) * 1000
