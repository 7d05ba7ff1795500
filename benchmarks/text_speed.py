"""CPU time of the Thai text functions on ordinary and on hostile text, beside raw nlpO3.

    python benchmarks/text_speed.py

Best of three, by time.process_time: compare the ratios of one run, not runs with each other.
"""

import importlib.util
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from lomwong.text.find import Marks
from lomwong.text.highlight import snippet
from lomwong.text.lexicon import _read_words
from lomwong.text.normalise import normalise
from lomwong.text.own_words import OwnWords
from lomwong.text.segment import index_terms, segment, segment_with_parts, words

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "retrieval" / "xquad_th.json"
HOSTILE = (
    *("ออกรบ", "กรอ", "สารกรม", "นา", "มหาวิทยาลัยสงขลานครินทร์", "ก", "า", "่", "เ", "ก่้", "กกกก่", "ก\u200b", "ก "),
    *("กข ", "ก.", "a ", "1 ", "a1", "a'", "1.", "é", "e\u0301", "漢", "ฎิ", "ํา", "😀", "\u200b"),
)
LIMIT_MS = 100
SIZE = 100_000
NLPO3_LETTERS = 300


def best_ms(function: Callable[[str], object], text: str) -> float:
    times = []
    for _ in range(3):
        start = time.process_time()
        function(text)
        times.append(time.process_time() - start)
    return min(times) * 1000


def of_size(unit: str, size: int) -> str:
    """`unit` repeated to about `size` bytes of UTF-8."""
    return unit * (size // len(unit.encode()))


def _scaled_ms(function: Callable[[str], object], unit: str) -> float:
    """What `SIZE` bytes of repeated `unit` would take if the cost of a letter stayed that of a short text."""
    text = (unit * NLPO3_LETTERS)[:NLPO3_LETTERS]
    return best_ms(function, text) * SIZE / len(text.encode())


def raw_nlpo3() -> Callable[[str], list[str]] | None:
    source = importlib.util.find_spec("pythainlp")
    if not importlib.util.find_spec("nlpo3") or source is None:
        print("nlpo3 is not installed: shown without it.")
        return None
    import nlpo3

    nlpo3.load_dict(f"{source.submodule_search_locations[0]}/corpus/words_th.txt", "words_th")
    return lambda text: nlpo3.segment(text, "words_th")


def ordinary(nlpo3: Callable[[str], list[str]] | None) -> None:
    if not DATA.is_file():
        print(f"No ordinary text: expected {DATA}.")
        return
    text = "\n".join(document["text"] for document in json.loads(DATA.read_text(encoding="utf-8"))["docs"])
    size = len(text.encode()) / 1e6
    segment(text)
    functions = {"normalise": normalise, "segment": segment, "index_terms": index_terms, "raw nlpo3": nlpo3}
    print(f"Ordinary Thai text ({size:.2f} MB):")
    for name, function in functions.items():
        if function:
            print(f"  {name:12} {size / best_ms(function, text) * 1000:6.2f} MB/s")


def own_words() -> None:
    """What 2,000 terms of an organisation cost, and marking a page of results."""
    if not DATA.is_file():
        return
    chance = random.Random(1)
    known = [word for lines in _read_words().values() for word in lines if len(word) > 3 and word.isalpha()]
    groups = [["".join(chance.sample(known, 2)), chance.choice(known), f"term {n}"] for n in range(2000)]
    texts = [document["text"] for document in json.loads(DATA.read_text(encoding="utf-8"))["docs"]]
    text = "\n".join(texts)
    own = OwnWords(groups)
    index_terms(text, own)
    plain, house = best_ms(index_terms, text), best_ms(lambda text: index_terms(text, own), text)
    print(
        f"2,000 terms: {best_ms(lambda _: OwnWords(groups), ''):.0f} ms to make;"
        f" cutting takes {house / plain:.2f} times as long"
    )
    query = " ".join(chance.sample(sorted(set(words(texts[0]))), 2))
    marks = Marks.of(query)
    whole = best_ms(lambda _: [segment_with_parts(text) for text in texts[:20]], "")
    shown = best_ms(lambda _: [snippet(text, marks) for text in texts[:20]], "")
    print(f"20 snippets for “{query}”: {shown:.1f} ms; cutting their texts {whole:.1f} ms")


def hostile(nlpo3: Callable[[str], list[str]] | None) -> None:
    print(f"Hostile text, ms for {SIZE // 1000} kB (limit {LIMIT_MS}); nlpo3 on {NLPO3_LETTERS} letters, scaled up:")
    for unit in HOSTILE:
        whole, quarter = of_size(unit, SIZE), of_size(unit, SIZE // 4)
        functions = (segment, index_terms, normalise, lambda text: snippet(text, "ความรู้ ก a"))
        times = [best_ms(function, whole) for function in functions]
        growth = times[0] / best_ms(segment, quarter)
        peer = "" if nlpo3 is None else f"  nlpo3 {_scaled_ms(nlpo3, unit):8.0f}"
        mark = "  OVER THE LIMIT" if max(times) > LIMIT_MS else ""
        print(
            f"  {unit!r:32} segment {times[0]:6.1f}  index_terms {times[1]:6.1f}  normalise {times[2]:6.1f}"
            f"  snippet {times[3]:6.1f}"
            f"  for 4 times the text {growth:4.1f} times{peer}{mark}"
        )


def worst_of_the_dictionary() -> None:
    words = random.Random(1).sample([word for lines in _read_words().values() for word in lines], 400)
    times = sorted((best_ms(segment, of_size(word, SIZE // 10)) * 10, word) for word in words)
    print("Dictionary words repeated, the slowest, scaled to 100 kB:", [(round(ms), word) for ms, word in times[-3:]])


def start_up() -> None:
    code = (
        "import time; a = time.process_time(); from lomwong.text.segment import segment; b = time.process_time();"
        "segment('ความรู้'); c = time.process_time(); segment('เราแลกเปลี่ยนเรียนรู้กันในชุมชนนักปฏิบัติของมหาวิทยาลัย');"
        "print([round((y - x) * 1000) for x, y in ((a, b), (b, c), (c, time.process_time()))])"
    )
    print("ms for import, first word, first sentence:", end=" ", flush=True)
    subprocess.run([sys.executable, "-c", code], check=True)


if __name__ == "__main__":
    peer = raw_nlpo3()
    start_up()
    ordinary(peer)
    own_words()
    hostile(peer)
    worst_of_the_dictionary()
