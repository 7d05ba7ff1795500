"""Dates as Thai people and programs write them, in the Buddhist and the Christian era."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

MONTHS = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
_INITIALS = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
_ENDING = re.compile("(คม|ยน|พันธ์)$")
_NOT_LETTERS = re.compile(r"[.\s]")
_MONTH_NUMBERS = {
    form: number
    for number, (month, initials) in enumerate(zip(MONTHS, _INITIALS, strict=True), start=1)
    for form in (month, _ENDING.sub("", month), _NOT_LETTERS.sub("", initials))
}
_ENGLISH_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
BUDDHIST_YEARS = 543
_FIRST_BUDDHIST_YEAR = 2400
_BUDDHIST_CENTURY = 2500
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")

# Every repetition is bounded, so that a search takes time linear in the length of the text.
_MONTH = "|".join(
    [_ENDING.sub(r"(?:\1)?", month) for month in MONTHS]
    + [rf"{first}\.?[ ]?{last}(?:\.|(?![ก-๎]))" for first, last, _ in (i.split(".") for i in _INITIALS)]
)
_YEAR_FIRST = re.compile(r"(?<![0-9])(?P<year>[0-9]{4})([-/])(?P<month>[0-9]{1,2})\2(?P<day>[0-9]{1,2})(?![0-9])")
_DAY_FIRST = re.compile(r"(?<![0-9])(?P<day>[0-9]{1,2})([-/.])(?P<month>[0-9]{1,2})\2(?P<year>[0-9]{4})(?![0-9])")
_THAI = re.compile(
    rf"(?<![0-9])(?P<day>[0-9]{{1,2}})[\s-]{{0,3}}(?P<month>{_MONTH})[\s-]{{0,3}}"
    r"(?P<era>[พค]\.?[ ]?ศ\.?)?\s{0,3}(?P<year>[0-9]{4}|[0-9]{2})(?![0-9]|:[0-9]|\.[0-9]{2}\s?น)"
)
_ENGLISH_MONTH = "|".join(f"{month[:3]}(?:{month[3:]})?\\.?" for month in _ENGLISH_MONTHS)
_ERA = r"(?:(?P<era>[พค]\.?[ ]?ศ\.?)\s{0,3})?"
_PERIODS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_ERA}(?P<year>[0-9]{{4}})",
        r"(?P<year>[0-9]{4})([-/.])(?P<month>[0-9]{1,2})(?:\2(?P<day>[0-9]{1,2}))?",
        r"(?:(?P<day>[0-9]{1,2})([-/.]))?(?P<month>[0-9]{1,2})[-/.](?P<year>[0-9]{4})",
        rf"(?:(?P<day>[0-9]{{1,2}})[\s-]{{0,3}})?(?P<month>{_MONTH}|{_ENGLISH_MONTH})[\s,-]{{0,3}}{_ERA}(?P<year>[0-9]{{4}})",
        rf"(?P<day>[0-9]{{1,2}})[\s-]{{0,3}}(?P<month>{_MONTH})[\s-]{{0,3}}{_ERA}(?P<year>[0-9]{{2}})",
        rf"(?P<month>{_ENGLISH_MONTH})\s{{1,3}}(?P<day>[0-9]{{1,2}}),?\s{{1,3}}(?P<year>[0-9]{{4}})",
    )
)
_EARLIEST_YEAR, _LATEST_YEAR = 1800, 2300

_TIME = re.compile(
    r"(?:T|[,\s-]{0,3}(?:เวลา\s{0,3})?)(?P<hour>[0-9]{1,2})"
    r"(?:\.(?P<thai_minute>[0-9]{2})(?=\s?น)|:(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]{1,9})?)?)"
    r"(?![0-9])(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?"
)


def parse_date(text: str) -> date | datetime | None:
    """The first date in `text`; with its time of day if one follows directly (to the second),
    aware only if a zone is written.

    Reads 2006-11-19, 2006-11-19T09:44:00+07:00, 19/11/2549 (day first), 19 พฤศจิกายน 2549 09:44 น., 19 พ.ย. 49,
    Thai digits too. A year from 2400 on is Buddhist, also behind ISO marks; a year of two digits is of 25xx; ค.ศ. and
    other four-digit years are Christian. None when there is no date, or none that exists.
    """
    text = text.translate(_THAI_DIGITS)
    found = [match for pattern in (_YEAR_FIRST, _DAY_FIRST, _THAI) for match in pattern.finditer(text)]
    for match in sorted(found, key=re.Match.start):
        try:
            day = _day(match)
            return _with_time(day, _TIME.match(text, match.end()))
        except ValueError:
            continue
    return None


def parse_period(text: str) -> tuple[date, date] | None:
    """The day, month or year that is the whole of `text`: its first day, and the first day behind it.

    Reads 2569, พ.ศ. 2569, 2026-03, 3/2569, มี.ค. 2569, March 2026, 23 พ.ย. 2569, 23/11/2026, Nov 23, 2026; eras as
    `parse_date`. None for anything else, and for years that nobody here wrote in.
    """
    text = text.translate(_THAI_DIGITS).strip().lower()
    matches = [found for pattern in _PERIODS if (found := pattern.fullmatch(text))]
    try:
        return _period(matches[0]) if matches else None
    except ValueError:
        return None


def _period(match: re.Match[str]) -> tuple[date, date]:
    """ValueError if the calendar has none such."""
    parts = match.groupdict()
    year = _christian(parts["year"], parts.get("era") or "")
    if not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
        raise ValueError("nobody here wrote then")
    if parts.get("month") is None:
        return date(year, 1, 1), date(year + 1, 1, 1)
    month = _month_number(parts["month"])
    if parts["day"] is None:
        first = date(year, month, 1)
        return first, date(year + month // 12, month % 12 + 1, 1)
    day = date(year, month, int(parts["day"]))
    return day, day + timedelta(days=1)


def _month_number(written: str) -> int:
    if written.isdecimal():
        return int(written)
    if written.isascii():
        return next(at for at, month in enumerate(_ENGLISH_MONTHS, start=1) if month[:3] == written[:3])
    return _MONTH_NUMBERS[_NOT_LETTERS.sub("", written)]


def format_thai_date(day: date) -> str:
    """'23 พฤศจิกายน 2569': day, month, year of the Buddhist era."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year + BUDDHIST_YEARS}"


def _day(match: re.Match[str]) -> date:
    """The day that a match of one of the three patterns names; ValueError if the calendar has none such."""
    parts = match.groupdict()
    month = _MONTH_NUMBERS.get(_NOT_LETTERS.sub("", parts["month"])) or int(parts["month"])
    return date(_christian(parts["year"], parts.get("era") or ""), month, int(parts["day"]))


def _christian(year: str, era: str) -> int:
    if len(year) == 2:
        if era.startswith("ค"):
            raise ValueError("a Christian year of two digits could be of any century")
        return _BUDDHIST_CENTURY + int(year) - BUDDHIST_YEARS
    is_buddhist = era.startswith("พ") or (not era and int(year) >= _FIRST_BUDDHIST_YEAR)
    return int(year) - BUDDHIST_YEARS if is_buddhist else int(year)


def _with_time(day: date, match: re.Match[str] | None) -> date | datetime:
    """`day` at the time that `match` names; ValueError if no clock shows it."""
    if match is None:
        return day
    minute = int(match["minute"] or match["thai_minute"])
    return datetime.combine(
        day, time(int(match["hour"]), minute, int(match["second"] or 0), tzinfo=_zone(match["zone"]))
    )


def _zone(written: str | None) -> timezone | None:
    if written is None:
        return None
    if written == "Z":
        return UTC
    offset = timedelta(hours=int(written[1:3]), minutes=int(written[-2:]))
    return timezone(-offset if written[0] == "-" else offset)
