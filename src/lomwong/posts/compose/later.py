"""Post later: a day and an hour, as people write them."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lomwong.posts.files.fields import WithFiles
from lomwong.posts.models import Draft, Post
from lomwong.text.dates import parse_date

LATER = ("later_on", "later_at", "zone")
EARLY = time(8, 0)
LONGEST_WAIT = timedelta(days=366)
_CLOCK = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?(?::[0-9]{2})?\s*(?:น\.?)?")
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


class WithLater(WithFiles):
    """Something new may wait for its hour; a change of what stands already may not."""

    later_on = forms.CharField(
        label=_("Post it on"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "date"}),
        help_text=_("Until then it is a draft that only you see. Leave it empty to post now."),
    )
    later_at = forms.CharField(
        label=_("at"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"type": "time"}),
        help_text=_("Without an hour, at 8 in the morning."),
    )
    zone = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)  # of the browser, if it says so

    def __init__(self, *args: Any, post: Post | None = None, draft: Draft | None = None, **options: Any) -> None:
        super().__init__(*args, post=post, draft=draft, **options)
        if post is not None:
            for name in LATER:
                del self.fields[name]

    def clean_later_on(self) -> Any:
        written = self.cleaned_data["later_on"].strip()
        found = parse_date(written) if written else None
        if written and found is None:
            raise forms.ValidationError(_("Which day? Write it like 25/11/2569 or 2026-11-25."))
        return found.date() if isinstance(found, datetime) else found

    def clean_later_at(self) -> time | None:
        written = self.cleaned_data["later_at"].strip().translate(_THAI_DIGITS)
        try:
            return clock(written) if written else None
        except ValueError:
            raise forms.ValidationError(_("What time? Write it like 8:30 or 16.00.")) from None

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if "later_on" not in self.fields or self.errors:
            return given
        given["later"] = None
        if given["later_on"]:
            given["later"] = moment(given["later_on"], given["later_at"] or EARLY, given.get("zone", ""))
            self._look_at(given["later"])
        elif given["later_at"]:
            self.add_error("later_on", _("The day is missing. Empty the time to post now."))
        return given

    def _look_at(self, later: datetime) -> None:
        if later <= timezone.now():
            self.add_error("later_on", _("That time has passed. Choose one to come, or leave it empty to post now."))
        elif later > timezone.now() + LONGEST_WAIT:
            self.add_error("later_on", _("That is more than a year away. Keep it as a draft until then?"))


def clock(written: str) -> time:
    """8, 8:30, 16.00 น.; ValueError for what no clock shows."""
    found = _CLOCK.fullmatch(written)
    if not found:
        raise ValueError("no time of the day")
    return time(int(found[1]), int(found[2] or 0))


def moment(day: Any, at: time, zone: str) -> datetime:
    """In the zone of the writer's browser; of the house when it does not say, or says nonsense."""
    try:
        here: Any = ZoneInfo(zone) if zone else timezone.get_default_timezone()
    except (ValueError, OSError, KeyError):
        here = timezone.get_default_timezone()
    return datetime.combine(day, at, tzinfo=here)
