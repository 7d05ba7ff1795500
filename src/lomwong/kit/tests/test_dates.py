from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone, translation

from lomwong.kit.dates import ago, day, in_both_eras


@pytest.mark.parametrize(
    ("language", "shown"), [("th", "23 พฤศจิกายน 2569"), ("en", "23 November 2026"), ("en-gb", "23 November 2026")]
)
def test_a_day_in_both_eras(language, shown):
    with translation.override(language):
        assert day(date(2026, 11, 23)) == shown
        assert day(datetime(2026, 11, 22, 17, 30, tzinfo=UTC)) == shown  # half past midnight in Bangkok


@pytest.mark.parametrize(
    ("language", "shown"), [("th", "1 มกราคม 2570 (2027) 00:30"), ("en", "1 January 2027 (2570) 00:30")]
)
def test_a_moment_names_both_eras(language, shown):
    with translation.override(language):
        assert in_both_eras(datetime(2026, 12, 31, 17, 30, tzinfo=UTC)) == shown


def test_the_first_day_of_a_year_belongs_to_bangkok():
    with translation.override("th"):
        assert day(datetime(2025, 12, 31, 17, 0, tzinfo=UTC)) == "1 มกราคม 2569"


@pytest.mark.parametrize(
    ("passed", "shown"),
    [
        (timedelta(seconds=-30), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(hours=23, minutes=59), "23 hours ago"),
        (timedelta(hours=24), "yesterday"),
        (timedelta(hours=26), "2 days ago"),  # the night before the last one
        (timedelta(days=7), "7 days ago"),
        (timedelta(days=9), "14 November 2026"),
        (timedelta(days=-1), "24 November 2026"),
    ],
)
def test_how_long_since(monkeypatch, passed, shown):
    now = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)  # one in the morning of the 23rd
    monkeypatch.setattr(timezone, "now", lambda: now)
    with translation.override("en"):
        assert ago(now - passed) == shown
