"""Whom to ask first of those who may know: the nearest, but not always the same ones. Pure."""

from collections.abc import Mapping

LEAST = 0.1  # beside the best one's score: who stands further back is not asked instead of them


def in_turn(scores: Mapping[int, float], lately: Mapping[int, int]) -> list[int]:
    """People, whom to ask first. A score counts half for somebody who was asked once lately, a third after two.

    scores: as the ranking gives them, to be compared within one question. lately: how many came to each.
    """
    best = max(scores.values(), default=0.0)
    worth = {
        person: score / (1 + lately.get(person, 0))
        for person, score in scores.items()
        if score > 0 and score >= LEAST * best
    }
    return sorted(worth, key=lambda person: (-worth[person], -scores[person], person))
