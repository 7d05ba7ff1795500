"""What search must reach, beside what was measured. The figures: docs/benchmarks.md."""

from collections.abc import Iterator
from typing import Any

from benchmarks.search.quality import LAYOUT, MISSPELT, TWO, TYPO, WHOLE
from benchmarks.search.speed import TWO as TWO_WORDS
from benchmarks.search.speed import WHOLE as QUESTION
from benchmarks.search.timing import quantiles
from benchmarks.targets import Line, least, most, show

OF_SETS = {  # question, loss by one typo, two words one of them misspelt
    "xquad_th": (0.968, 0.012, 0.70),
    "iapp_dev": (0.945, 0.025, 0.68),
}
RIGHT_LAYOUT = 0.95  # the part of it that the wrong layout must reach
FLIPS = 1 / 2_000
OF_FTS5, OF_BARE = 1 / 20, 2.0  # p50 of a search beside theirs
HOSTILE_MS, HOSTILE_GROWTH = 100.0, 6.0  # linear is 4; the rest is noise
OTHERS_MS, OWN_MS = 2_000.0, 200.0
MILLION = 1_000_000


def of_quality(name: str, found: dict[str, Any]) -> Iterator[Line]:
    ours = found["rows"]["Lomwong"]
    if name in OF_SETS:
        question, loss, misspelt = OF_SETS[name]
        yield least(f"{name}: MRR@10 of questions", question, ours[WHOLE])
        yield most(f"{name}: loss by one typo", loss, ours[WHOLE] - ours[TYPO])
        yield least(f"{name}: two words, one misspelt (both right: {ours[TWO]:.3f})", misspelt, ours[MISSPELT])
    yield least(f"{name}: wrong layout, part of the right one", RIGHT_LAYOUT, ours[LAYOUT] / max(ours[WHOLE], 1e-9))


def of_flips(quality: dict[str, dict[str, Any]]) -> Line:
    flips = sum(found["flips"]["flips"] for found in quality.values())
    asked = sum(found["flips"]["of"] for found in quality.values())
    wanted = f"≤ 1 in {round(1 / FLIPS):,}"
    return Line("false flips of the layout, all sets", wanted, f"{flips} in {asked:,}", flips <= asked * FLIPS)


def of_speed(posts: int, measured: dict[str, Any]) -> Iterator[Line]:
    rows = measured["rows"]
    for kind in (TWO_WORDS, QUESTION):
        ours = rows["Lomwong, a colleague"][kind][0]
        about = f"{posts:,} posts, {kind}, a colleague"
        yield most(f"{about}: × FTS5", OF_FTS5, ours / rows["SQLite FTS5"][kind][0])
        pace = measured["pace"][kind]
        yield most(f"{about}: × bare tantivy, in turn", OF_BARE, pace["Lomwong, a colleague"] / pace["bare tantivy"], 2)


def of_found(measured: dict[str, list[float]]) -> Iterator[Line]:
    yield most("found by its author, ms, median (at once)", OWN_MS, quantiles(measured["own"]).p50, 0)
    yield most("found by others, ms, the worst", OTHERS_MS, max(measured["others"]), 0)


def of_hostile(measured: dict[str, dict[str, Any]]) -> Iterator[Line]:
    worst = max(measured.values(), key=lambda one: one["ms"])
    yield most(f"hostile text, ms ({worst['unit']})", HOSTILE_MS, worst["ms"], 0)
    steepest = max(measured.values(), key=lambda one: one["growth"] if one["ms"] > 10 else 0.0)
    yield most("hostile text, growth for 4 times the text", HOSTILE_GROWTH, steepest["growth"], 1)


def report(measured: dict[str, Any]) -> None:
    """`measured`: "quality", "speed" (by posts), "found", "hostile", each only when it was."""
    lines: list[Line] = []
    if quality := measured.get("quality"):
        for name, found in quality.items():
            lines += of_quality(name, found)
        lines.append(of_flips(quality))
    for posts, found in measured.get("speed", {}).items():
        lines += of_speed(posts, found)
    if "found" in measured:
        lines += of_found(measured["found"])
    if "hostile" in measured:
        lines += of_hostile(measured["hostile"])
    show(lines)
    if measured.get("is_quick"):
        print("  A quick run: few questions, small houses. Only a whole run tells.")
    elif "speed" in measured and MILLION not in measured["speed"]:
        print("  The targets of speed are for 1,000,000 posts.")
