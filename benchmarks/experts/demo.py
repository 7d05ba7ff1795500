"""Newcomers' questions to the made-up university: is a planted right person among the first five?

The questions, four for each practice, were written with the threads, in other words than theirs; the right people
follow from who answers such things there (`demo/content`). `build_university` writes them beside the archive. Nothing
of the answer key is read by the engine.
"""

import json
import tempfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import tables

FIRST = 5
OURS, TUNED, VOTES, LATEST = "Lomwong", "Lomwong, tuned", "BM25 votes", "whoever wrote last"
ALL, THAI, ENGLISH = "all", "Thai", "English"
Asked = list[tuple[str, set[int]]]


def measure() -> dict[str, Any]:
    """By method and language: [right person among the first five, questions, MRR@5]; the missed Thai questions."""
    from lomwong.experts.finding.learning import learn
    from lomwong.experts.models import Tuning

    asked = settle()
    Tuning.objects.all().delete()
    sets = {ALL: asked, THAI: [one for one in asked if is_thai(one[0])]}
    sets[ENGLISH] = [one for one in asked if not is_thai(one[0])]
    methods: dict[str, Callable[[str], list[int]]] = {OURS: ours, VOTES: plain_votes, LATEST: latest}
    rows = {name: {which: counted(method, some) for which, some in sets.items()} for name, method in methods.items()}
    learnt = learn(None)
    rows[TUNED] = {which: counted(ours, some) for which, some in sets.items()}
    missed = [question for question, right in sets[THAI] if not place_of(ours(question), right)]
    memory = f"half-life {learnt.half_life_days:.0f} days, blend {learnt.blend:g}"
    gain = f"MAP {learnt.precision_before:.3f} → {learnt.precision_after:.3f} on those held back of {learnt.questions}"
    return {"rows": rows, "missed": missed, "learnt": f"{memory}; {gain} of its own questions"}


def is_thai(question: str) -> bool:
    return any("ก" <= letter <= "๛" for letter in question)


def settle() -> Asked:
    """The university in this empty house, own terms included, indexed. The questions with the right people."""
    from lomwong.demo.build import build_university
    from lomwong.demo.university import OWN_WORDS
    from lomwong.imports.archive.load import load_archive
    from lomwong.imports.archive.parse import open_archive
    from lomwong.imports.whole import whole_or_nothing
    from lomwong.people.models import Identity
    from lomwong.search.index import catch_up
    from lomwong.search.terms.actions import add_terms

    tables.note("setting up the made-up university")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "demo"
        build_university(place)
        if not Identity.objects.exists():
            with whole_or_nothing(), open_archive(place) as archive:
                load_archive(archive)
            add_terms(OWN_WORDS)
            catch_up()
        asked = json.loads((place / "questions.json").read_text(encoding="utf-8"))
    people = dict(Identity.objects.values_list("source_id", "person_id"))
    return [(one["q"], {people[person] for person in one["right"]}) for one in asked]


def ours(question: str) -> list[int]:
    from lomwong.experts.finding.queries import who_knows
    from lomwong.people.models import OPERATOR

    return [one.person.pk for one in who_knows(question, viewer=OPERATOR, limit=FIRST, with_reasons=False)]


def plain_votes(question: str) -> list[int]:
    from lomwong.people.models import OPERATOR
    from lomwong.search.queries import search_documents

    sums: dict[int, float] = defaultdict(float)
    for document in search_documents(question, viewer=OPERATOR):
        if document.author_id:
            sums[document.author_id] += document.score
    return sorted(sums, key=lambda person: (-sums[person], person))[:FIRST]


def latest(question: str) -> list[int]:
    from lomwong.posts.models import Post

    authors = Post.objects.order_by("-created_at").values_list("author_id", flat=True)[:200]
    return list(dict.fromkeys(author for author in authors if author))[:FIRST]


def counted(method: Callable[[str], list[int]], asked: Asked) -> list[float]:
    places = [place_of(method(question), right) for question, right in asked]
    among = [place for place in places if place]
    return [len(among), len(places), sum(1 / place for place in among) / max(len(places), 1)]


def place_of(named: list[int], right: set[int]) -> int:
    """Of the first right one; 0 when there is none."""
    return next((place for place, person in enumerate(named, start=1) if person in right), 0)


def report(measured: dict[str, Any]) -> None:
    rows = [
        [f"{name}, {which}", int(among), int(of), among / max(of, 1), mrr]
        for name, sets in measured["rows"].items()
        for which, (among, of, mrr) in sets.items()
    ]
    heads = ["", f"in the first {FIRST}", "of", "share", f"MRR@{FIRST}"]
    tables.show("Questions of newcomers to the made-up university", heads, rows)
    print(f"  Learnt from the house's own past: {measured['learnt']}")
    for question in measured["missed"]:
        print(f"  not found: {question}")
