"""Texts made to be slow: 100 kB each through everything in text/ that reads what people type, and through search()."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from benchmarks import tables
from benchmarks.search import house
from benchmarks.search.timing import best_of
from lomwong.search import typed
from lomwong.text import grams, keyboard
from lomwong.text.highlight import hits, snippet
from lomwong.text.normalise import normalise
from lomwong.text.segment import index_terms, segment

SIZE = 100_000
UNITS = (
    *("ออกรบ", "กรอ", "สารกรม", "นา", "มหาวิทยาลัยสงขลานครินทร์", "ก", "า", "่", "เ", "ก่้", "กกกก่", "ก\u200b", "ก "),
    *("กข ", "ก.", "a ", "1 ", "a1", "a'", "1.", "é", "e\u0301", "漢", "ฎิ", "ํา", "😀", "\u200b", "l;ylfu ", "\0"),
    *('"', "-", "(", "ๆ", "มาก", "เเ", "author:", "ก1", "ม.อ.", "\ud800", "\r\n", "ควมารู้ ", "สวัสดี"),
)
QUERY = "ความรู้ ก a"


def of_size(unit: str, size: int) -> str:
    """`unit` repeated to about `size` bytes of UTF-8."""
    return unit * (size // len(unit.encode("utf-8", "surrogatepass")))


def readers() -> dict[str, Callable[[str], object]]:
    """What takes any text that somebody typed, by name."""
    return {
        "normalise": normalise,
        "segment": segment,
        "index_terms": index_terms,
        "grams.terms": grams.terms,
        "keyboard.other_layout": keyboard.other_layout,
        "keyboard.instead": lambda text: keyboard.instead(text, lambda _: False),
        "highlight.hits in it": lambda text: hits(text, QUERY),
        "snippet of it": lambda text: snippet(text, QUERY),
        "snippet for it": lambda text: snippet(QUERY * 20, text),
        "typed.read": typed.read,
    }


def searches() -> dict[str, Callable[[str], object]]:
    from lomwong.search.queries import search
    from lomwong.search.suggest import suggest

    person = house.colleague()
    return {
        "search()": lambda text: search(text, viewer=person),
        "suggest()": lambda text: suggest(text, person),
    }


def measure(quick: bool = False) -> dict[str, Any]:
    """For each function: worst ms of 100 kB, for what, and by how much the worst grew when the text grew fourfold."""
    units = UNITS[::4] if quick else UNITS
    found = {}
    for name, function in (readers() | searches()).items():
        tables.note(f"hostile texts: {name}")
        found[name] = worst_of(function, units)
    return found


def worst_of(function: Callable[[str], object], units: Sequence[str]) -> dict[str, Any]:
    function(QUERY)
    whole = {unit: best_of(partial(function, of_size(unit, SIZE)), 2) for unit in units}
    worst = max(whole, key=lambda unit: whole[unit])
    most, quarter = (best_of(partial(function, of_size(worst, size)), 5) for size in (SIZE, SIZE // 4))
    return {"ms": min(most, whole[worst]), "unit": repr(worst), "growth": most / max(quarter, 0.01)}


def report(measured: dict[str, dict[str, Any]]) -> None:
    rows = [[name, one["ms"], one["unit"], one["growth"]] for name, one in measured.items()]
    heads = ["", "worst CPU ms", "of", "growth for 4 times the text"]
    tables.show(f"Hostile texts of {SIZE // 1000} kB, {len(UNITS)} of them", heads, rows, 1)
