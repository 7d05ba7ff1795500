"""Newcomers' questions to the made-up university: is a planted right person among the first five?

    LOMWONG_DATA=FOLDER ./lomwong demo          # once
    LOMWONG_DATA=FOLDER .venv/bin/python benchmarks/demo_questions.py

Beside our ranking: CombSUM of the 300 best posts, and whoever wrote last. Every practice's four questions were
written with the threads, in other words than theirs; the right people follow from who answers such things there. The
way votes count was tuned on these questions too (see experts_quality.py): the figure is an upper bound.
"""

import json
import os
import tempfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lomwong.site.settings")

import django

django.setup()

from lomwong.demo.build import build_university
from lomwong.experts.finding.queries import who_knows
from lomwong.people.models import OPERATOR, Identity
from lomwong.posts.models import Post
from lomwong.search.queries import search_documents

FIRST = 5


def questions() -> list[tuple[str, set[int]]]:
    with tempfile.TemporaryDirectory() as folder:
        build_university(Path(folder) / "demo")
        found = next(Path(folder).rglob("questions.json"))
        asked = json.loads(found.read_text())
    people = dict(Identity.objects.values_list("source_id", "person_id"))
    return [(one["q"], {people[person] for person in one["right"]}) for one in asked]


def ours(question: str) -> list[int]:
    return [knower.person.pk for knower in who_knows(question, viewer=OPERATOR, limit=FIRST, with_reasons=False)]


def plain_votes(question: str) -> list[int]:
    sums: dict[int, float] = defaultdict(float)
    for document in search_documents(question, viewer=OPERATOR):
        if document.author_id:
            sums[document.author_id] += document.score
    return sorted(sums, key=lambda author: (-sums[author], author))[:FIRST]


def latest(question: str) -> list[int]:
    authors = Post.objects.order_by("-created_at").values_list("author_id", flat=True)[:200]
    return list(dict.fromkeys(author for author in authors if author))[:FIRST]


def report(name: str, method: Callable[[str], list[int]], asked: list[tuple[str, set[int]]]) -> None:
    ranks = []
    for question, right in asked:
        named = method(question)
        ranks.append(next((place for place, person in enumerate(named, start=1) if person in right), 0))
    among = sum(1 for place in ranks if place)
    mrr = sum(1 / place for place in ranks if place) / len(ranks)
    print(f"{name:24} {among:3}/{len(ranks)} = {among / len(ranks):.2f} in the first {FIRST}, MRR@{FIRST} {mrr:.3f}")


if __name__ == "__main__":
    asked = questions()
    report("ours", ours, asked)
    report("CombSUM", plain_votes, asked)
    report("whoever wrote last", latest, asked)
