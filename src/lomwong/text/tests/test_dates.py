from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lomwong.text.dates import MONTHS, format_thai_date, parse_date, parse_period

from .strategies import ANY_TEXT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("19 พฤศจิกายน 2549 09:44 น.", datetime(2006, 11, 19, 9, 44)),
        ("19 พฤศจิกายน 2006 09:44 น.", datetime(2006, 11, 19, 9, 44)),
        ("๑๙ พ.ย. ๒๕๔๙ เวลา ๐๙.๔๔ น.", datetime(2006, 11, 19, 9, 44)),
        ("เขียนเมื่อ 19 พฤศจิกายน 2006 09:44 น. ()แก้ไขเมื่อ 11 กุมภาพันธ์ 2012", datetime(2006, 11, 19, 9, 44)),
        ("19 พ.ย. 49", date(2006, 11, 19)),
        ("19พย2549", date(2006, 11, 19)),
        ("1 มีนา 2549", date(2006, 3, 1)),
        ("1 มี.ค. พ.ศ. 2549", date(2006, 3, 1)),
        ("1 ก.พ. ค.ศ. 2006", date(2006, 2, 1)),
        ("29 กุมภาพันธ์ 2547", date(2004, 2, 29)),
        ("2006-11-19", date(2006, 11, 19)),
        ("2549-11-19 09:44", datetime(2006, 11, 19, 9, 44)),
        ("2006-11-19T09:44:05Z", datetime(2006, 11, 19, 9, 44, 5, tzinfo=UTC)),
        ("2006-11-19T09:44:05.25-03:30", datetime(2006, 11, 19, 9, 44, 5, tzinfo=timezone(timedelta(hours=-3.5)))),
        ("ศ. 28/11/2568", date(2025, 11, 28)),
        ("2024/01/15 จันทร์", date(2024, 1, 15)),
        ("5 พ.ค. 2549 3.50 บาท", date(2006, 5, 5)),
        ("31/02/2549 แก้เป็น 28/02/2549", date(2006, 2, 28)),
    ],
)
def test_dates_as_people_and_programs_write_them(text, expected):
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "พฤศจิกายน",
        "31/02/2549",
        "0 พ.ย. 2549",
        "5 มีนาคม 10:30 น.",
        "19 พ.ย. 2549 25:00",
        "61000",
        "5 กพร. 2549",
        "1 ก.พ. ค.ศ. 06",
    ],
)
def test_what_is_no_date_is_none(text):
    assert parse_date(text) is None


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2300, 1, 1)))
def test_a_formatted_day_reads_back(day):
    assert parse_date(format_thai_date(day)) == day


def test_format_is_in_the_buddhist_era():
    assert format_thai_date(date(2026, 11, 23)) == "23 พฤศจิกายน 2569"
    assert format_thai_date(datetime(2006, 1, 5, 9, 0)) == "5 มกราคม 2549"


@given(
    ANY_TEXT
    | st.lists(st.sampled_from([*MONTHS, *"0123456789/-.: T+Z", "พ.ย.", "พ.ศ.", "น."]), max_size=30).map("".join)
)
def test_any_text_is_a_date_or_none(text):
    assert parse_date(text) is None or isinstance(parse_date(text), date)


@pytest.mark.parametrize(
    ("text", "first", "end"),
    [
        ("2569", date(2026, 1, 1), date(2027, 1, 1)),
        ("พ.ศ. ๒๕๖๙", date(2026, 1, 1), date(2027, 1, 1)),
        ("2026", date(2026, 1, 1), date(2027, 1, 1)),
        ("2569-03", date(2026, 3, 1), date(2026, 4, 1)),
        ("12/2569", date(2026, 12, 1), date(2027, 1, 1)),
        ("มี.ค. 2569", date(2026, 3, 1), date(2026, 4, 1)),
        ("March 2026", date(2026, 3, 1), date(2026, 4, 1)),
        ("23/11/2569", date(2026, 11, 23), date(2026, 11, 24)),
        ("2026-12-31", date(2026, 12, 31), date(2027, 1, 1)),
        ("23 พ.ย. 2569", date(2026, 11, 23), date(2026, 11, 24)),
        ("23 พ.ย. 69", date(2026, 11, 23), date(2026, 11, 24)),
        ("Nov 23, 2026", date(2026, 11, 23), date(2026, 11, 24)),
    ],
)
def test_a_period_is_a_day_a_month_or_a_year(text, first, end):
    assert parse_period(text) == (first, end)


@pytest.mark.parametrize(
    "text", ["", "12:30", "2569-13", "31/2/2569", "0001", "9999", "พ.ย.", "ปี 2569 นี้", "256", "1.5"]
)
def test_what_is_no_period_is_none(text):
    assert parse_period(text) is None


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2300, 12, 31)))
def test_a_formatted_day_is_a_period_of_one_day(day):
    assert parse_period(format_thai_date(day)) == (day, day + timedelta(days=1))


@given(ANY_TEXT)
def test_no_text_is_too_odd_to_be_asked_for_its_period(text):
    parse_period(text)
