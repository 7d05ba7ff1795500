"""Times as people say them, in both eras."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext

from lomwong.text.dates import format_thai_date

CLOCKS_DIFFER = timedelta(minutes=5)


def day(value: date | datetime) -> str:
    """'23 พฤศจิกายน 2569' or '23 November 2026'."""
    local = timezone.localtime(value).date() if isinstance(value, datetime) else value
    return format_thai_date(local) if get_language() == "th" else date_format(local, "j F Y")


def ago(value: datetime) -> str:
    """How long since, in words, for the last week; the day for what is older, or still to come."""
    now = timezone.now()
    passed = now - value
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
