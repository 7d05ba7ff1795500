"""What naming people must reach, beside what was measured. The figures: docs/benchmarks.md."""

from collections.abc import Iterator
from typing import Any

from benchmarks.experts import demo, forums, quality, speed
from benchmarks.targets import Line, least, most, show

OF_SETS = {  # MAP, nDCG@10
    "quantum_se": (0.435, 0.50),
    "matheducators_se": (0.285, 0.31),
    forums.AT_ONCE: (0.50, 0.57),
    forums.AFTER: (0.50, 0.57),
}
AMONG_FIRST = 0.80
MS, POSTS = 10.0, 100_000
QUESTIONS = 40


def of_quality(measured: dict[str, Any]) -> Iterator[Line]:
    for name, wanted in OF_SETS.items():
        if name in measured:
            figures = measured[name]["rows"][quality.TUNED]
            for target, figure, got in zip(wanted, quality.FIGURES, figures, strict=False):
                yield least(f"{name}, tuned on its past: {figure}", target, got)


def of_demo(measured: dict[str, Any]) -> Iterator[Line]:
    among, of, _ = measured["rows"][demo.TUNED][demo.THAI]
    yield least("the made-up university: Thai questions", QUESTIONS, of)
    yield least(f"… with a right person among the first {demo.FIRST}, tuned on its past", AMONG_FIRST, among / of)


def of_speed(measured: dict[str, Any]) -> Line:
    p50 = measured["rows"][f"{speed.WHOLE}: {speed.NAMED}"][0]
    return most(f"a question over {measured['posts']:,} posts, p50 CPU ms", MS, p50, 1)


def report(measured: dict[str, Any]) -> None:
    """`measured`: "quality", "demo", "speed", each only when it was."""
    lines = [*of_quality(measured.get("quality", {}))]
    if "demo" in measured:
        lines += of_demo(measured["demo"])
    if "speed" in measured:
        lines.append(of_speed(measured["speed"]))
    show(lines)
    if "speed" in measured and measured["speed"]["posts"] != POSTS:
        print(f"  The target of speed is for {POSTS:,} posts.")
    print("  Settings were tuned on these sets: some 2,000 of about 40 ideas (docs/benchmarks.md). Upper bounds.")
