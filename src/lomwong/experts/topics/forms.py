"""A topic in its owner's words; how they want to be asked."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from lomwong.experts.models import AskingChoice
from lomwong.experts.models.topics import QUESTIONS_A_WEEK
from lomwong.kit import dates
from lomwong.kit.forms import LineField
from lomwong.text.dates import BUDDHIST_YEARS, parse_date

LONGEST_LABEL = 80
LONGEST_REST = timedelta(days=2 * 366)
WEEKLY = (0, 1, 2, 3, 5, 10)


class TopicForm(forms.Form):
    label = LineField(
        label=_("Ask me about …"),
        max_length=LONGEST_LABEL,
        widget=forms.TextInput(attrs={"placeholder": _("such as travel advances, or Moodle quizzes")}),
        error_messages={
            "required": _("A word or two, please: what may one ask you about?"),
            "max_length": _("A topic has 80 letters at most."),
        },
    )


class DayField(forms.Field):
    """A day as people write it, in either era: 2026-12-03 from the browser's calendar, 3/12/2569, 3 ธ.ค. 69."""

    def to_python(self, value: Any) -> date | None:
        text = str(value or "").strip()
        if not text:
            return None
        found = parse_date(text)
        if found is None:
            raise forms.ValidationError(_("A day, such as 3/12/2569 or 2026-12-03"))
        return found.date() if isinstance(found, datetime) else found

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value


class AskingForm(forms.Form):
    per_week = forms.TypedChoiceField(
        label=_("Questions a week, at most"),
        coerce=int,
        help_text=_("However they come: brought by us, by an invitation, or passed on. Nobody sees the number."),
    )
    how = LineField(
        label=_("When and how to ask me"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"placeholder": _("such as: afternoons, call 1234, or just come by")}),
    )
    resting_until = DayField(
        label=_("Please not before"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("On that day you are back by yourself."),
    )

    def __init__(self, data: Any = None, *, choice: AskingChoice, is_suspended: bool = False) -> None:
        given = {"per_week": choice.per_week, "how": choice.how, "resting_until": choice.resting_until}
        super().__init__(data, initial=given)
        self.fields["how"].disabled = is_suspended  # colleagues read it: who is suspended writes nothing new
        numbers = sorted({*WEEKLY, choice.per_week, QUESTIONS_A_WEEK})
        self.fields["per_week"].choices = [(number, in_words(number)) for number in numbers]  # type: ignore[attr-defined]

    @property
    def back_on(self) -> str:
        """The day that was chosen, in both eras; empty without one."""
        day: date | None = self.initial["resting_until"]
        other = 0 if get_language() == "th" else BUDDHIST_YEARS
        return f"{dates.day(day)} ({day.year + other})" if day else ""

    def clean_resting_until(self) -> date | None:
        until: date | None = self.cleaned_data["resting_until"]
        today = timezone.localdate()
        if until is None or until <= today:
            return None  # over already: back
        if until > today + LONGEST_REST:
            raise forms.ValidationError(_("Two years at most. For longer, choose no questions a week."))
        return until


def in_words(number: int) -> Any:
    if number == 0:
        return _("none")
    return ngettext_lazy("%(count)d question", "%(count)d questions", number) % {"count": number}
