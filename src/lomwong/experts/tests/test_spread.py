"""Not always the same ones: relevance stays, load is shared."""

import random

from hypothesis import given
from hypothesis import strategies as st

from lomwong.experts.carrying.spread import LEAST, in_turn


def test_the_nearest_first_when_nobody_was_asked_lately():
    assert in_turn({1: 0.5, 2: 1.0, 3: 0.8}, {}) == [2, 3, 1]


def test_who_was_asked_lately_lets_others_go_first():
    assert in_turn({1: 1.0, 2: 0.8}, {1: 1}) == [2, 1]


def test_who_stands_far_behind_is_not_asked_instead():
    assert in_turn({1: 1.0, 2: LEAST / 2}, {1: 50}) == [1]
    assert in_turn({}, {}) == in_turn({1: 0.0}, {}) == []


@given(st.dictionaries(st.integers(1, 50), st.floats(0, 1)), st.dictionaries(st.integers(1, 50), st.integers(0, 9)))
def test_nobody_comes_from_nowhere_and_the_nearest_is_always_there(scores, lately):
    order = in_turn(scores, lately)
    assert len(set(order)) == len(order)
    assert set(order) <= set(scores)
    best = max(scores, key=lambda person: scores[person], default=None)
    assert best in order or not scores or scores[best] == 0


def simulate(*, is_spread: bool) -> tuple[int, float]:
    """200 questions in four weeks, twelve who may know each of ten subjects, one of whom everybody would ask.

    Returns what came to the one with most, and how near those stood who were asked (their mean score)."""
    chance = random.Random(5)
    people = {subject: range(subject * 12, subject * 12 + 12) for subject in range(10)}
    lately: dict[int, int] = {}
    worth = []
    for _ in range(200):
        subject = chance.choice(list(people))
        scores = {one: (1.0 if one % 12 == 0 else chance.uniform(0.3, 0.9)) for one in people[subject]}
        scores |= {one: chance.uniform(0, 0.05) for other in people if other != subject for one in people[other]}
        order = in_turn(scores, lately if is_spread else {})
        for person in order[:3]:
            lately[person] = lately.get(person, 0) + 1
            worth.append(scores[person])
    return max(lately.values()), sum(worth) / len(worth)


def test_load_is_spread_and_relevance_stays():
    most, near = simulate(is_spread=True)
    most_before, near_before = simulate(is_spread=False)
    assert most <= most_before / 2
    assert near >= 0.7 * near_before
    assert near > 0.5  # never those of another subject
