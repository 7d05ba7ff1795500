"""People of an office write when people of an office write."""

from datetime import date, datetime, timedelta
from random import Random

from lomwong.demo.calendar import MORNING, NIGHT, ZONE, awake, in_bursts, in_season, replies_at, working_moment

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=ZONE)
YEAR_LATER = MONDAY + timedelta(days=365)


def test_threads_begin_on_workdays_by_day() -> None:
    chance = Random(1)
    moments = [working_moment(date(2026, 3, 1) + timedelta(days=day % 300), chance) for day in range(2000)]
    assert all(MORNING <= moment.hour < NIGHT for moment in moments)
    assert sum(moment.weekday() >= 5 for moment in moments) < 0.06 * len(moments)
    assert sum(8 <= moment.hour < 17 for moment in moments) > 0.75 * len(moments)


def test_nobody_writes_at_night() -> None:
    chance = Random(1)
    for hours in range(0, 24 * 20):
        at = awake(MONDAY + timedelta(hours=hours), chance)
        assert MORNING <= at.hour < NIGHT
        assert at >= MONDAY + timedelta(hours=hours) or at.date() > (MONDAY + timedelta(hours=hours)).date()


def test_bursts_stay_within_their_time() -> None:
    moments = in_bursts(200, MONDAY, YEAR_LATER, Random(1))
    assert moments == sorted(moments)
    assert moments[0] >= MONDAY.replace(hour=0)
    assert moments[-1] <= YEAR_LATER


def test_season_moves_by_weeks_to_the_nearest_month() -> None:
    moved = in_season(MONDAY, [4], MONDAY - timedelta(days=300), YEAR_LATER)
    assert moved.month == 4
    assert (moved - MONDAY) % timedelta(weeks=1) == timedelta(0)
    assert moved - MONDAY < timedelta(days=40)


def test_season_leaves_alone_what_fits_or_cannot_be_moved() -> None:
    assert in_season(MONDAY, [], MONDAY, YEAR_LATER) == MONDAY
    assert in_season(MONDAY, [3], MONDAY, YEAR_LATER) == MONDAY
    assert in_season(MONDAY, [12], MONDAY, MONDAY + timedelta(days=30)) == MONDAY


def test_replies_follow_each_other_and_end_in_time() -> None:
    latest = MONDAY + timedelta(hours=30)
    start, moments = replies_at(MONDAY, [1, 2, 2, 26, 200], latest, Random(3))
    assert start < moments[0]
    assert moments == sorted(moments)
    assert len(set(moments)) == 5
    assert moments[-1] <= latest
    assert moments[-1] - start > timedelta(hours=150)


def test_a_thread_without_replies_ends_where_it_begins() -> None:
    night = MONDAY.replace(hour=2)
    start, moments = replies_at(night, [], night, Random(3))
    assert moments == []
    assert start < night
    assert MORNING <= start.hour < NIGHT
