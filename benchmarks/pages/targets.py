"""What pages must cost at most, beside what they did."""

from collections.abc import Iterator
from typing import Any

from benchmarks.targets import Line, most, show

CPU = {  # ms a request
    "story, signed out": 2.0,
    "story, signed out, first time": 6.0,
    "story, signed in": 3.5,
    "home, signed out": 2.5,
    "home, signed in": 2.5,
    "search, signed out": 4.0,
    "search, signed in": 4.0,
    "comment posted": 10.0,
}
MEMORY, START, KB, REQUESTS = 250.0, 1.5, 60.0, 8.0  # MiB, s, kB, requests


def report(measured: dict[str, Any]) -> None:
    lines = [*of_systems(measured["systems"]), *of_others(measured)]
    if lines:
        show(lines)
    if measured.get("is_quick"):
        print("  A quick run: a small house, few requests. Only a whole run tells.")


def of_systems(systems: dict[str, Any]) -> Iterator[Line]:
    for name, rows in systems.items():
        if not name.startswith("Lomwong"):
            continue
        for scene, wanted in CPU.items():
            yield most(f"{name}: {scene}, CPU ms", wanted, rows[scene]["cpu"], 2)
        yield most(f"{name}: memory of web and worker, MiB", MEMORY, rows["behind"]["memory"] / 2**20, 0)


def of_others(measured: dict[str, Any]) -> Iterator[Line]:
    for name, start in measured.get("start", {}).items():
        yield most(f"{name}: cold start, s", START, start["wall"], 2)
    for page, found in measured.get("weight", {}).items():
        if found:
            yield most(f"first visit to the {page} page, kB", KB, found["kB"], 1)
            yield most(f"first visit to the {page} page, requests", REQUESTS, found["requests"], 0)
