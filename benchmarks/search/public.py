"""The public data: questions with the passage that answers them. Read in place, never copied."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "retrieval"
SETS = ("xquad_th", "iapp_dev", "xquad_en")


@dataclass(frozen=True)
class Passages:
    """`questions`: each with the place of its passage in the lists."""

    titles: list[str]
    texts: list[str]
    questions: list[tuple[str, int]]

    @property
    def wholes(self) -> list[str]:
        return [f"{title}\n{text}" for title, text in zip(self.titles, self.texts, strict=True)]


def is_there() -> bool:
    return all((DATA / f"{name}.json").is_file() for name in SETS)


def load(name: str) -> Passages:
    loaded = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    place = {document["id"]: at for at, document in enumerate(loaded["docs"])}
    return Passages(
        [document["title"].replace("_", " ") for document in loaded["docs"]],
        [document["text"] for document in loaded["docs"]],
        [(query["q"], place[query["rel"]]) for query in loaded["queries"]],
    )


def thai() -> tuple[list[str], list[str]]:
    """The texts and the questions of both Thai sets."""
    both = [load("xquad_th"), load("iapp_dev")]
    return [text for one in both for text in one.texts], [question for one in both for question, _ in one.questions]


def reciprocal_rank(found: Sequence[int], right: int, deepest: int = 10) -> float:
    """1 / rank of the right one; 0 when it is not among the first `deepest`."""
    return next((1 / rank for rank, number in enumerate(found[:deepest], start=1) if number == right), 0.0)


def mean_reciprocal_rank(asked: Sequence[tuple[str, int]], ask: Callable[[str], Sequence[int]]) -> float:
    """MRR@10 over (query, right passage)."""
    return sum(reciprocal_rank(ask(query), right) for query, right in asked) / max(len(asked), 1)
