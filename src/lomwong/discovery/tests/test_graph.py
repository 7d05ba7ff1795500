from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from sklearn.metrics import adjusted_mutual_info_score

from lomwong.discovery.graph import AUTOMATIC, Circle, Exchange, Settings, find_circles, group_people
from lomwong.discovery.graph.partition import leiden
from lomwong.discovery.tests.planted import NOW, OUTSIDE, University, university

QUICK = Settings(reruns=4)


def agreement(groups: dict[int, int], truth: dict[int, int]) -> float:
    people = sorted(groups)
    return float(adjusted_mutual_info_score([truth[p] for p in people], [groups[p] for p in people]))


def circles_of(planted: University, *, level: int = 1, settings: Settings = QUICK) -> list[Circle]:
    return find_circles(
        planted.exchanges, units=planted.faculty, texts=planted.texts, now=NOW, level=level, settings=settings
    )


def clique(people: range, *, rounds: int = 2, at: float = NOW - 10) -> list[Exchange]:
    """Each turned to each other person so many times; a document for each pair."""
    return [
        Exchange(one, other, at, 1.0, 1000 * one + other)
        for one in people
        for other in people
        for _ in range(rounds)
        if one != other
    ]


def people_of(circle: Circle) -> set[int]:
    return {seat.person for seat in circle.members}


def test_practices_are_found_and_not_the_faculties() -> None:
    planted = university()
    groups = group_people(planted.exchanges, units=planted.faculty, texts=planted.texts, now=NOW)
    assert agreement(groups, planted.practice) >= 0.75
    assert agreement(groups, planted.faculty) <= 0.05


def test_practices_are_found_from_ties_alone() -> None:
    planted = university(people=600, practices=10)
    groups = group_people(planted.exchanges, units=planted.faculty, texts={}, now=NOW)
    assert agreement(groups, planted.practice) >= 0.75
    assert agreement(groups, planted.faculty) <= 0.05


def test_without_the_unit_null_model_the_organisation_chart_comes_back() -> None:
    planted = university()
    groups = group_people(
        planted.exchanges, units=planted.faculty, texts={}, now=NOW, settings=Settings(weigh_units=False)
    )
    assert agreement(groups, planted.faculty) > agreement(groups, planted.practice) + 0.4


def test_living_circles_are_explained_by_the_words_of_their_practice() -> None:
    planted = university()
    circles = circles_of(planted)
    assert len(circles) == 6
    for circle in circles:
        practices = Counter(planted.practice[seat.person] for seat in circle.members)
        practice, number = practices.most_common(1)[0]
        assert circle.kind == "living"
        assert number >= 0.8 * len(circle.members)
        assert len(circle.terms) == 10
        assert sum(term.text.startswith(f"practice{practice}w") for term in circle.terms) >= 8
        assert all(term.z > 1.96 for term in circle.terms)
        assert sum(circle.units.values()) == len(circle.members)
        assert 0.6 <= circle.stability <= 1.0


def test_small_circles_are_found_among_many_who_only_chat() -> None:
    planted = university(people=600, practices=8, members=0.2, chatter_each=9.0)
    circles = circles_of(planted, level=AUTOMATIC)
    found = set()
    for circle in circles:
        practice, number = Counter(planted.practice[seat.person] for seat in circle.members).most_common(1)[0]
        assert practice != OUTSIDE
        assert number >= 0.8 * len(circle.members)
        assert sum(term.text.startswith(f"practice{practice}w") for term in circle.terms) >= 8
        found.add(practice)
    assert len(found) >= 7


def test_exchanges_of_a_circle_are_between_its_members_and_one_of_each_pair_comes_first() -> None:
    planted = university()
    by_document = {exchange.document: exchange for exchange in planted.exchanges}
    for circle in circles_of(planted):
        members = people_of(circle)
        shown = [by_document[number] for number in circle.exchanges]
        assert len(shown) == 12
        assert all(exchange.source in members and exchange.target in members for exchange in shown)
        assert len({frozenset((e.source, e.target)) for e in shown}) == 12


def test_members_stand_in_the_order_of_their_ties() -> None:
    circle = circles_of(university())[0]
    weights = [seat.weight for seat in circle.members]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] == 1.0


def test_the_same_seed_gives_the_same_circles() -> None:
    planted = university(seed=3)
    assert circles_of(planted) == circles_of(planted)


def test_order_of_the_exchanges_does_not_matter_to_the_groups() -> None:
    planted = university(seed=3)
    forward = group_people(planted.exchanges, units=planted.faculty, texts=planted.texts, now=NOW)
    backward = group_people(planted.exchanges[::-1], units=planted.faculty, texts=planted.texts, now=NOW)
    assert adjusted_mutual_info_score(list(forward.values()), list(backward.values())) > 0.95


def test_people_with_the_same_words_who_never_met_are_a_latent_circle() -> None:
    planted = university(help_each=0.0, chatter_each=12.0)
    circles = circles_of(planted)
    assert circles
    for circle in circles:
        practices = Counter(planted.practice[seat.person] for seat in circle.members)
        practice, number = practices.most_common(1)[0]
        assert circle.kind == "latent"
        assert number >= 0.8 * len(circle.members)
        assert len(circle.units) >= 2
        assert sum(term.text.startswith(f"practice{practice}w") for term in circle.terms) >= 8
        assert circle.exchanges == ()


def test_latent_circles_need_known_units() -> None:
    planted = university(help_each=0.0, chatter_each=12.0)
    circles = find_circles(planted.exchanges, units={}, texts=planted.texts, now=NOW, settings=QUICK)
    assert all(circle.kind == "living" for circle in circles)


@pytest.mark.parametrize("units", [{}, {1: None, 2: None}])
def test_people_without_units_still_make_a_circle(units: dict[int, int | None]) -> None:
    circles = find_circles(clique(range(12)), units=units, texts={}, now=NOW, settings=QUICK)
    assert [len(circle.members) for circle in circles] == [12]
    assert circles[0].units == {}


def test_one_unit_alone_is_no_circle() -> None:
    exchanges = clique(range(12))
    assert not find_circles(exchanges, units=dict.fromkeys(range(12), 4), texts={}, now=NOW, settings=QUICK)
    two = {person: person % 2 for person in range(12)}
    assert find_circles(exchanges, units=two, texts={}, now=NOW, settings=QUICK)


@pytest.mark.parametrize(
    "exchanges",
    [
        pytest.param([], id="nothing at all"),
        pytest.param(clique(range(4)), id="four people"),
        pytest.param(clique(range(12))[::40], id="few messages"),
        pytest.param([Exchange(0, other, NOW, 1.0) for other in range(1, 20)] * 5, id="all with one person"),
        pytest.param([Exchange(person, person, NOW, 1.0) for person in range(12)] * 9, id="with oneself"),
        pytest.param(clique(range(12), at=NOW + 5), id="later than now"),
    ],
)
def test_silence_below_the_floor(exchanges: list[Exchange]) -> None:
    assert find_circles(exchanges, units={}, texts={}, now=NOW, settings=QUICK) == []


def test_silence_where_everybody_meets_everybody_by_chance() -> None:
    planted = university(practices=1, people=120, help_each=6.0, chatter_each=0.0)
    assert find_circles(planted.exchanges, units={}, texts={}, now=NOW, level=3, settings=QUICK) == []


def test_groups_too_unsteady_are_not_shown() -> None:
    planted = university()
    assert not circles_of(planted, settings=replace(QUICK, stability=1.01))


def test_nothing_is_shown_without_reruns() -> None:
    assert not circles_of(university(), settings=replace(QUICK, reruns=0))


def test_one_may_sit_in_two_circles() -> None:
    both = 5
    exchanges = [*clique(range(12)), *clique(range(20, 32))]
    exchanges += [Exchange(both, other, NOW - 10, 3.0) for other in (20, 22, 24, 26)]
    circles = find_circles(exchanges, units={}, texts={}, now=NOW, settings=QUICK)
    assert [both in people_of(circle) for circle in circles] == [True, True]


def test_large_groups_are_cut() -> None:
    planted = university(people=300, practices=2)
    settings = replace(QUICK, max_size=60, reruns=0)
    groups = group_people(planted.exchanges, units=planted.faculty, texts={}, now=NOW, settings=settings)
    assert max(Counter(groups.values()).values()) <= 60


def test_an_archive_of_long_ago_is_judged_like_a_fresh_one() -> None:
    planted = university()
    units, texts = planted.faculty, planted.texts
    fresh = group_people(planted.exchanges, units=units, texts=texts, now=NOW)
    old = group_people(planted.exchanges, units=units, texts=texts, now=NOW + 9_000)
    assert fresh == old


def test_recent_exchanges_decide_where_one_sits() -> None:
    mover = 100
    then = [Exchange(mover, other, NOW - 3_650, 1.0) for other in range(10)]
    today = [Exchange(mover, other, NOW, 1.0) for other in range(20, 26)]
    circles = find_circles(
        [*clique(range(10)), *clique(range(20, 30)), *then, *today], units={}, texts={}, now=NOW, settings=QUICK
    )
    seated = [people_of(circle) for circle in circles if mover in people_of(circle)]
    assert len(seated) == 1
    assert seated[0] > set(range(20, 30))


def test_the_automatic_level_is_the_planted_one() -> None:
    planted = university()
    groups = group_people(
        planted.exchanges, units=planted.faculty, texts=planted.texts, now=NOW, level=AUTOMATIC, settings=QUICK
    )
    assert agreement(groups, planted.practice) >= 0.75


def test_a_graph_on_which_the_library_never_ends_is_partitioned() -> None:
    graph = sparse.coo_array(([0.5978669787618848, 0.6931471805599453], ([0, 2], [2, 3])), shape=(4, 4)).tocsr()
    groups = leiden(graph + graph.T.tocsr(), 2.0, 2006).tolist()
    assert groups[0] != groups[1] != groups[2]
    assert groups[2] in {groups[0], groups[3]}


people_strategy = st.integers(0, 7)
exchanges_strategy = st.lists(
    st.builds(
        Exchange,
        people_strategy,
        people_strategy,
        st.floats(0, 1_000),
        st.sampled_from([0.0, 0.1, 1.0, 2.0]),
        st.none() | st.integers(1, 5),
    ),
    max_size=40,
)
texts_strategy = st.dictionaries(people_strategy, st.lists(st.sampled_from(["ก", "วิชา", "visa", "7"]), max_size=8))


@settings(max_examples=40, deadline=None)
@given(exchanges_strategy, texts_strategy, st.dictionaries(people_strategy, st.none() | st.integers(1, 2)))
def test_any_traces_give_circles_of_known_people_and_documents(
    exchanges: list[Exchange], texts: dict[int, list[str]], units: dict[int, int | None]
) -> None:
    lax = Settings(
        reruns=2, group_people=2, group_ties=1, person_messages=1, person_partners=1, member_ties=1, stability=0.0
    )
    for level in (AUTOMATIC, 3):
        circles = find_circles(exchanges, units=units, texts=texts, now=900.0, level=level, settings=lax)
        for circle in circles:
            assert people_of(circle) <= {e.source for e in exchanges} | {e.target for e in exchanges}
            assert set(circle.exchanges) <= {e.document for e in exchanges if e.at <= 900.0}
            assert 0.0 <= circle.stability <= 1.0


@pytest.mark.parametrize("level", [-1, 4])
def test_a_level_that_does_not_exist_is_refused(level: int) -> None:
    with pytest.raises(ValueError, match="choose 1 to 3"):
        find_circles([], units={}, texts={}, now=NOW, level=level)


def test_the_level_cannot_be_chosen_without_reruns() -> None:
    with pytest.raises(ValueError, match="two reruns"):
        find_circles([], units={}, texts={}, now=NOW, level=AUTOMATIC, settings=Settings(reruns=1))


def test_progress_ends_at_the_end() -> None:
    told: list[float] = []
    find_circles(clique(range(12)), units={}, texts={}, now=NOW, settings=QUICK, progress=told.append)
    assert told == [0.25, 0.5, 0.75, 1.0]
