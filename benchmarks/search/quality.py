"""How often the right text stands first: MRR@10 on public questions, as asked and as people mistype them."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import tables
from benchmarks.search import peers, public, queries
from benchmarks.search.bm25 import Bm25
from lomwong.text.segment import index_terms, words

LIMIT = peers.LIMIT
Asked = list[tuple[str, int]]
Ask = Callable[[str], Sequence[int]]
WHOLE, TYPO, TWO, MISSPELT, LAYOUT = "question", "one typo", "two words", "one misspelt", "wrong layout"
KINDS = (WHOLE, TYPO, TWO, MISSPELT, LAYOUT)
LEVERS_ON = 300  # questions of each kind that every lever is tried on


def kinds_of(given: public.Passages) -> dict[str, Asked]:
    """Each question in every shape, with the place of its passage."""
    asked, rights = [question for question, _ in given.questions], [right for _, right in given.questions]
    pairs = queries.key_words(given.questions, given.texts)
    chance = random.Random(2)
    misspelt = {number: queries.with_one_misspelt(pair, chance) for number, pair in sorted(pairs.items())}
    return {
        WHOLE: given.questions,
        TYPO: list(zip(queries.typed_wrong(asked), rights, strict=True)),
        TWO: [(" ".join(pair), rights[number]) for number, pair in sorted(pairs.items())],
        MISSPELT: [(pair, rights[number]) for number, pair in misspelt.items()],
        LAYOUT: [(queries.in_other_layout(question), right) for question, right in given.questions],
    }


def thinned(asked: Asked, most: int | None) -> Asked:
    """Spread over all of them."""
    return asked if most is None or len(asked) <= most else asked[:: -(-len(asked) // most)]


def measure(name: str, most: int | None = None) -> dict[str, Any]:
    """Rows of MRR@10 by kind, levers as differences, and what the keyboard repair wrongly changed."""
    given = public.load(name)
    asked = {kind: thinned(one, most) for kind, one in kinds_of(given).items()}
    asker = put_in(given)
    rows = {}
    with TemporaryDirectory() as folder:
        for row, ask in [("Lomwong", product(asker)), *others(given, Path(folder))]:
            tables.note(f"{name}: {row}")
            start = time.process_time()
            rows[row] = {kind: public.mean_reciprocal_rank(one, ask) for kind, one in asked.items()}
            rows[row]["ms"] = (time.process_time() - start) * 1000 / sum(map(len, asked.values()))
    tables.note(f"{name}: each lever off")
    few = {kind: thinned(one, min(LEVERS_ON, most or LEVERS_ON)) for kind, one in asked.items()}
    flips = false_flips(asked[WHOLE] + asked[TWO], asker)
    return {
        "rows": rows,
        "levers": levers(few, asker),
        "flips": flips,
        "questions": len(asked[WHOLE]),
        "pairs": len(asked[TWO]),
        "passages": len(given.texts),
    }


def put_in(given: public.Passages) -> Any:
    """The passages as stories of one person, indexed; gives another one, who asks."""
    from lomwong.people.models import Person
    from lomwong.posts.actions import write_post
    from lomwong.posts.models import Kind
    from lomwong.search.index import rebuild

    writer, asker = (Person.objects.create_user(f"{name}@bench.example", name=name) for name in ("writer", "asker"))
    for title, text in zip(given.titles, given.texts, strict=True):
        write_post(kind=Kind.STORY, by=writer, title=title, text=text)
    rebuild()
    return asker


def product(asker: Any, **options: Any) -> Ask:
    """As the page asks, for somebody signed in. Stories were written in order, so their numbers tell their places."""
    from lomwong.posts.models import Post
    from lomwong.search.queries import search

    first = Post.objects.order_by("number").values_list("number", flat=True)[0]
    return lambda query: [hit.number - first for hit in search(query, viewer=asker, limit=LIMIT, **options).hits]


def levers(asked: dict[str, Asked], asker: Any) -> dict[str, dict[str, float]]:
    """What MRR@10 loses without each, in the same questions; `all on` is the figure itself."""
    from lomwong.search.queries import Levers

    def figures(chosen: Any) -> dict[str, float]:
        ask = product(asker, levers=chosen)
        return {kind: public.mean_reciprocal_rank(one, ask) for kind, one in asked.items()}

    whole = figures(Levers())
    found = {"all on": whole}
    for lever in fields(Levers):
        without = figures(replace(Levers(), **{lever.name: False}))
        found[f"without {lever.name}"] = {kind: without[kind] - whole[kind] for kind in asked}
    without = figures(Levers(**dict.fromkeys(asdict(Levers()), False)))
    found["without any"] = {kind: without[kind] - whole[kind] for kind in asked}
    return found


def false_flips(right: Asked, asker: Any) -> dict[str, Any]:
    """Queries in the right layout for which quite other words were searched, as after a wrong keyboard."""
    from lomwong.search.queries import search

    flipped = []
    for query, _ in right:
        results = search(query, viewer=asker, limit=LIMIT)
        if results.instead and not set(words(query)) & set(words(results.searched)):
            flipped.append(f"{query} → {results.searched}")
    return {"flips": len(flipped), "of": len(right), "examples": flipped[:5]}


def others(given: public.Passages, folder: Path) -> Iterator[tuple[str, Ask]]:
    """Peers on the same titles and texts, each under the name of its row."""
    cut = [index_terms(text) for text in given.wholes]
    for name, peer in engines(folder):
        peer.index(cut)
        yield f"{name}, our words", lambda query, peer=peer: peer.ask(words(query), LIMIT)
    raw = peers.Fts5(folder / "raw.sqlite3", "unicode61")
    raw.index([[text] for text in given.wholes])
    yield "SQLite FTS5 unicode61, raw text", lambda query: raw.ask(peers.fragments(query), LIMIT)
    for name, cutter in cutters():
        plain = Bm25(map(cutter, given.wholes))
        yield f"plain BM25, {name}", lambda query, plain=plain, cutter=cutter: plain.ask(cutter(query), LIMIT)


def engines(folder: Path) -> Iterator[tuple[str, peers.Peer]]:
    for peer in (peers.Tantivy(folder / "tantivy"), peers.Fts5(folder / "fts5.sqlite3")):
        yield peer.name, peer
    for kind, made in (("bm25s", peers.Bm25s), ("PostgreSQL", peers.Postgres)):
        if not peers.are_missing(kind):
            yield made.name, made()


def cutters() -> Iterator[tuple[str, Callable[[str], list[str]]]]:
    """Other ways to cut words, for the same plain BM25."""
    from lomwong.text.normalise import fold_case

    yield "our words", words
    if not peers.are_missing("nlpo3"):
        import nlpo3

        nlpo3.load_dict(peers.thai_word_list(), "words_th")
        yield "nlpo3", lambda text: nlpo3.segment(fold_case(text), "words_th")
    yield "whitespace", lambda text: fold_case(text).split()


def report(measured: dict[str, dict[str, Any]]) -> None:
    for name, found in measured.items():
        about = f"{found['questions']:,} questions, {found['passages']} passages"
        whole = found["rows"]["Lomwong"]
        rows = [[row, *(one[kind] for kind in KINDS), one["ms"]] for row, one in found["rows"].items()]
        tables.show(
            f"Quality, {name}: MRR@10 ({about}; {found['pairs']:,} pairs of words)", ["", *KINDS, "CPU ms"], rows
        )
        said = [f"{kind}: loss {whole[other] - whole[kind]:.3f}" for kind, other in ((TYPO, WHOLE), (MISSPELT, TWO))]
        said.append(f"wrong layout: {whole[LAYOUT] / max(whole[WHOLE], 1e-9):.3f} of the right one")
        said.append(f"false flips: {found['flips']['flips']} of {found['flips']['of']:,}")
        print("  Lomwong, " + "; ".join(said))
        for example in found["flips"]["examples"]:
            print(f"    flipped: {example}")
        changes = [
            [lever, *(one[kind] if lever == "all on" else f"{one[kind]:+.3f}" for kind in KINDS)]
            for lever, one in found["levers"].items()
        ]
        tables.show(
            f"Levers, {name}: change of MRR@10 without each (up to {LEVERS_ON} of each kind)", ["", *KINDS], changes
        )
