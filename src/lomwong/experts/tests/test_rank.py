"""Votes and how they are counted."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lomwong.experts.rank import Candidate, Memory, Vote, rank

ANN, BEN, CHAI = 1, 2, 3


def vote(author: int | None, document: int, score: float, age: float = 0, *, thread: int = 0, of: float = 1.0) -> Vote:
    return Vote(author, document, score, age, thread or document, of)


def order(candidates: list[Candidate]) -> list[int]:
    return [candidate.author for candidate in candidates]


def test_votes_for_one_person_add_up() -> None:
    votes = [vote(ANN, 10, 5.0), vote(BEN, 11, 4.9), vote(BEN, 12, 4.9)]
    assert order(rank(votes)) == [BEN, ANN]


def test_one_telling_answer_outweighs_many_weak_matches() -> None:
    chatter = [vote(BEN, 100 + number, 1.0) for number in range(15)]
    assert order(rank([vote(ANN, 10, 5.0), *chatter])) == [ANN, BEN]


def test_the_scale_of_the_scores_does_not_matter() -> None:
    votes = [vote(ANN, 10, 5.0), vote(BEN, 11, 3.0), vote(BEN, 12, 2.0, 40), vote(CHAI, 13, 1.0)]
    assert rank([replace(one, score=8 * one.score) for one in votes]) == rank(votes)


def test_the_best_of_a_thread_speaks_for_all_who_helped_in_it() -> None:
    alone = [vote(ANN, 10, 3.0), vote(BEN, 20, 2.0, thread=30)]
    assert order(rank(alone)) == [ANN, BEN]
    with_question = [*alone, vote(None, 30, 9.0, thread=30)]  # it votes for nobody, and shows what the thread is about
    assert order(rank(with_question)) == [BEN, ANN]


def test_who_says_much_in_one_thread_gains_little_by_it() -> None:
    much = [vote(ANN, number, 5.0, thread=1) for number in range(10, 14)]
    elsewhere = [vote(BEN, 20, 5.0), vote(BEN, 21, 5.0), vote(BEN, 22, 5.0)]
    assert order(rank([*much, *elsewhere])) == [BEN, ANN]
    assert order(rank([*much, vote(BEN, 20, 5.0)])) == [ANN, BEN]


def test_a_passing_remark_counts_less_than_an_answer() -> None:
    assert order(rank([vote(ANN, 10, 5.0, of=0.5), vote(BEN, 11, 4.5)])) == [BEN, ANN]


def test_a_vote_counts_half_after_its_half_life() -> None:
    memory = Memory(half_life_days=100)
    first, second = rank([vote(ANN, 10, 8.0), vote(BEN, 11, 8.0, 100)], memory=memory)
    assert (first.author, second.author) == (ANN, BEN)
    assert second.score == pytest.approx(first.score / 2)


def test_evidence_is_what_contributed_most_today() -> None:
    votes = [vote(ANN, 10, 9.0, 3_650), vote(ANN, 11, 2.0), vote(ANN, 12, 4.0), vote(ANN, 13, 3.0)]
    assert rank(votes, memory=Memory(365))[0].evidence == (12, 13, 11)


def test_one_document_found_twice_is_one_piece_of_evidence() -> None:
    assert rank([vote(ANN, 10, 1.0), vote(ANN, 10, 1.0)]) == rank([vote(ANN, 10, 1.0)])


def test_one_document_may_speak_for_two() -> None:
    assert order(rank([vote(ANN, 10, 1.0), vote(BEN, 10, 1.0)])) == [ANN, BEN]


def test_blend_brings_those_forward_who_helped_lately() -> None:
    votes = [vote(ANN, 10, 5.0, 20), *(vote(BEN, 20 + number, 2.0) for number in range(3))]
    assert order(rank(votes, memory=Memory(90, blend=0.0))) == [ANN, BEN]
    assert order(rank(votes, memory=Memory(90, blend=0.7))) == [BEN, ANN]


def test_nobody_is_named_without_a_document() -> None:
    assert rank([]) == []
    votes = [vote(ANN, 10, 1.0), vote(BEN, 11, 0.0), vote(BEN, 12, -1.0), vote(None, 13, 2.0)]
    assert order(rank(votes, memory=Memory(blend=0.9))) == [ANN]


def test_equal_people_stand_by_number_and_the_limit_cuts() -> None:
    votes = [vote(author, 100 + author, 1.0) for author in (5, 3, 4)]
    assert order(rank(votes, limit=2)) == [3, 4]


def test_a_document_from_the_future_counts_whole() -> None:
    assert rank([vote(ANN, 10, 1.0, -5)]) == rank([vote(ANN, 10, 1.0)])


@pytest.mark.parametrize(
    ("wrong", "message"), [({"blend": 1.2}, "blend"), ({"blend": -0.1}, "blend"), ({"half_life_days": 0}, "half_life")]
)
def test_senseless_memories_are_refused(wrong: dict[str, float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Memory(**wrong)


def test_a_senseless_limit_is_refused() -> None:
    with pytest.raises(ValueError, match="limit"):
        rank([vote(ANN, 10, 1.0)], limit=0)


votes_strategy = st.lists(
    st.builds(
        Vote,
        st.none() | st.integers(1, 6),
        st.integers(1, 30),
        st.floats(0, 50),
        st.floats(0, 5_000),
        st.integers(1, 8),
        st.sampled_from([0.5, 0.8, 1.0]),
    ),
    unique_by=lambda one: (one.author, one.document),
)


@given(votes_strategy, st.floats(0, 1))
def test_scores_stay_within_bounds_and_evidence_belongs_to_the_person(votes: list[Vote], blend: float) -> None:
    candidates = rank(votes, memory=Memory(blend=blend))
    scores = [candidate.score for candidate in candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(0.0 <= score <= 1.0 + 1e-9 for score in scores)
    assert set(order(candidates)) == {one.author for one in votes if one.author and one.score > 0}
    for candidate in candidates:
        own = {one.document for one in votes if one.author == candidate.author}
        assert candidate.evidence
        assert set(candidate.evidence) <= own


@given(votes_strategy)
def test_the_order_of_votes_does_not_matter(votes: list[Vote]) -> None:
    forward, backward = rank(votes), rank(votes[::-1])
    assert {c.author: pytest.approx(c.score) for c in forward} == {c.author: c.score for c in backward}


def test_where_all_is_long_gone_a_short_memory_still_tells_who_is_nearest() -> None:
    years = 40 * 365.0
    votes = [vote(ANN, 10, 1.0, years), vote(BEN, 11, 9.0, years + 1), vote(CHAI, 12, 9.0, years + 2)]
    found = rank(votes, memory=Memory(half_life_days=1.0, blend=0.3))
    assert order(found)[0] == BEN
    assert found[0].score > 0
