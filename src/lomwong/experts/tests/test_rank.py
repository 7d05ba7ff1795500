import pytest
from hypothesis import given
from hypothesis import strategies as st

from lomwong.experts.rank import Candidate, Vote, rank, recent_activity

ANN, BEN, CHAI = 1, 2, 3


def order(candidates: list[Candidate]) -> list[int]:
    return [candidate.author for candidate in candidates]


def test_votes_for_one_author_add_up() -> None:
    votes = [Vote(ANN, 10, 5.0, 0), Vote(BEN, 11, 4.9, 0), Vote(BEN, 12, 4.9, 0)]
    assert order(rank(votes)) == [BEN, ANN]


def test_one_telling_answer_outweighs_many_weak_matches() -> None:
    chatter = [Vote(BEN, 100 + number, 1.0, 0) for number in range(15)]
    assert order(rank([Vote(ANN, 10, 5.0, 0), *chatter])) == [ANN, BEN]


def test_the_scale_of_the_scores_does_not_matter() -> None:
    votes = [Vote(ANN, 10, 5.0, 0), Vote(BEN, 11, 3.0, 0), Vote(BEN, 12, 2.0, 40), Vote(CHAI, 13, 1.0, 0)]
    longer = [Vote(vote.author, vote.document, 8 * vote.score, vote.age_days) for vote in votes]
    assert rank(longer) == rank(votes)


def test_a_vote_counts_half_after_its_half_life() -> None:
    first, second = rank([Vote(ANN, 10, 8.0, 0), Vote(BEN, 11, 8.0, 100)], half_life_days=100)
    assert (first.author, second.author) == (ANN, BEN)
    assert second.score == pytest.approx(first.score / 2)


def test_evidence_is_what_contributed_most_today() -> None:
    votes = [Vote(ANN, 10, 9.0, 3_650), Vote(ANN, 11, 2.0, 0), Vote(ANN, 12, 4.0, 0), Vote(ANN, 13, 3.0, 0)]
    assert rank(votes)[0].evidence == (12, 13, 11)


def test_one_document_found_twice_is_one_piece_of_evidence() -> None:
    assert rank([Vote(ANN, 10, 1.0, 0), Vote(ANN, 10, 1.0, 0)])[0].evidence == (10,)


def test_blend_brings_those_who_are_there_forward() -> None:
    votes = [Vote(ANN, 10, 5.0, 0), Vote(BEN, 11, 4.0, 0)]
    assert order(rank(votes, activity={BEN: 3.0}, blend=0.0)) == [ANN, BEN]
    assert order(rank(votes, activity={BEN: 3.0}, blend=0.5)) == [BEN, ANN]


def test_nobody_is_named_without_a_document() -> None:
    assert rank([], activity={CHAI: 100.0}, blend=1.0) == []
    votes = [Vote(ANN, 10, 1.0, 0), Vote(BEN, 11, 0.0, 0), Vote(BEN, 12, -1.0, 0)]
    assert order(rank(votes, activity={CHAI: 100.0}, blend=0.9)) == [ANN]


def test_equal_people_stand_by_number_and_the_limit_cuts() -> None:
    votes = [Vote(author, 100 + author, 1.0, 0) for author in (5, 3, 4)]
    assert order(rank(votes, limit=2)) == [3, 4]


def test_a_document_from_the_future_counts_whole() -> None:
    assert rank([Vote(ANN, 10, 1.0, -5)]) == rank([Vote(ANN, 10, 1.0, 0)])


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"blend": 1.2}, "blend"),
        ({"blend": -0.1}, "blend"),
        ({"half_life_days": 0}, "half_life"),
        ({"limit": 0}, "limit"),
    ],
)
def test_senseless_settings_are_refused(wrong: dict[str, float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        rank([Vote(ANN, 10, 1.0, 0)], **wrong)


def test_recent_activity_halves_and_does_not_look_ahead() -> None:
    events = [(ANN, 100.0), (ANN, 10.0), (BEN, 10.0), (CHAI, 101.0)]
    assert recent_activity(events, 100.0, half_life_days=90) == {ANN: 1.5, BEN: 0.5}


votes_strategy = st.lists(
    st.builds(
        Vote,
        st.integers(1, 6),
        st.integers(1, 30),
        st.floats(0, 50),
        st.floats(0, 5_000),
    )
)


@given(votes_strategy, st.floats(0, 1))
def test_scores_stay_within_bounds_and_evidence_belongs_to_the_author(votes: list[Vote], blend: float) -> None:
    candidates = rank(votes, activity={1: 4.0, 2: 1.0}, blend=blend)
    scores = [candidate.score for candidate in candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(0.0 <= score <= 1.0 + 1e-9 for score in scores)
    for candidate in candidates:
        own = {vote.document for vote in votes if vote.author == candidate.author}
        assert candidate.evidence
        assert set(candidate.evidence) <= own


@given(votes_strategy)
def test_the_order_of_votes_does_not_matter(votes: list[Vote]) -> None:
    forward, backward = rank(votes), rank(votes[::-1])
    assert {c.author: pytest.approx(c.score) for c in forward} == {c.author: c.score for c in backward}
