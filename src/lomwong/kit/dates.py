"""Times as people say them, in both eras."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext

from lomwong.text.dates import BUDDHIST_YEARS, format_thai_date

CLOCKS_DIFFER = timedelta(minutes=5)
LONG = timedelta(days=9)  # surely more than a week, whenever a day begins


def day(value: date | datetime) -> str:
    """'23 พฤศจิกายน 2569' or '23 November 2026'."""
    local = timezone.localtime(value).date() if isinstance(value, datetime) else value
    return _day(local, get_language())


@lru_cache(maxsize=1000)
def _day(local: date, language: str | None) -> str:
    return format_thai_date(local) if language == "th" else date_format(local, "j F Y")


def in_both_eras(value: datetime) -> str:
    """'23 พฤศจิกายน 2569 (2026) 14:05' or '23 November 2026 (2569) 14:05'."""
    local = timezone.localtime(value)
    other = local.year if get_language() == "th" else local.year + BUDDHIST_YEARS
    return f"{day(local)} ({other}) {local:%H:%M}"


def ago(value: datetime) -> str:
    """How long since, in words, for the last week; the day for what is older, or still to come."""
    now = timezone.now()
    passed = now - value
    if passed > LONG:
        return day(value)
    minutes, hours = int(passed.total_seconds() // 60), int(passed.total_seconds() // 3600)
    if passed < -CLOCKS_DIFFER:
        return day(value)
    if minutes < 1:
        return gettext("just now")
    if hours < 1:
        return ngettext("%(count)d minute ago", "%(count)d minutes ago", minutes) % {"count": minutes}
    if hours < 24:
        return ngettext("%(count)d hour ago", "%(count)d hours ago", hours) % {"count": hours}
    nights = (timezone.localtime(now).date() - timezone.localtime(value).date()).days
    if nights > 7:
        return day(value)
    if nights == 1:
        return gettext("yesterday")
    return ngettext("%(count)d day ago", "%(count)d days ago", nights) % {"count": nights}
