"""What is typed into the pages of care."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lomwong.communities.models import Community
from lomwong.kit.forms import LineField, TextField
from lomwong.moderation import queries, rules
from lomwong.moderation.models import Flag
from lomwong.people.models import Person
from lomwong.posts.models import Post

LONGEST_SUSPENSION = timedelta(days=366)
VISITOR_SALT = "lomwong.moderation.visitor"
QUICKEST = timedelta(seconds=3)
SLOWEST = timedelta(hours=12)
LONGEST_WORDS = 5000


class FlagForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Why should somebody look at it?"),
        choices=Flag.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what fits best")},
    )
    words = LineField(label=_("In your words"), max_length=500, required=False)


class ReasonForm(forms.Form):
    """Every deed has a reason."""

    reason = LineField(
        label=_("Why"),
        max_length=500,
        help_text=_("One sentence without names: it stands in the trail, and colleagues may read it."),
        error_messages={"required": _("One sentence: why?")},
    )
    note = forms.CharField(
        label=_("A word to whoever wrote it"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("They read it with the reason; so do those who look after this."),
    )


class OpeningForm(forms.Form):
    reason = LineField(
        label=_("Why must the name be known?"),
        max_length=500,
        help_text=_("Whoever asked reads this sentence, and so do those who look after the house."),
        error_messages={"required": _("One sentence: why?")},
    )


class MoveForm(ReasonForm):
    to = forms.ModelChoiceField(
        label=_("Into which circle"),
        queryset=Community.objects.none(),
        help_text=_("Those that you look after, and in which nobody reads it who could not before."),
        error_messages={"required": _("Into which one?"), "invalid_choice": _("That circle is not on offer. Another?")},
    )
    field_order = ("to", "reason", "note")

    def __init__(self, *args: Any, viewer: Person, post: Post, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = [circle.pk for circle in queries.circles_to_move_to(viewer, post)]
        self.fields["to"].queryset = Community.objects.filter(pk__in=offered)  # type: ignore[attr-defined]


class MergeForm(ReasonForm):
    into = forms.IntegerField(
        label=_("Number of the thread in which to lay it"),
        min_value=1,
        max_value=10**17,
        help_text=_("It stands in its address and below its words."),
        error_messages={"required": _("Which thread?"), "invalid": _("A number, please")},
    )
    field_order = ("into", "reason", "note")

    def __init__(self, *args: Any, viewer: Person, post: Post, **options: Any) -> None:
        super().__init__(*args, **options)
        self.viewer, self.post = viewer, post

    def clean_into(self) -> Post:
        found = Post.objects.visible_to(self.viewer).filter(pk=self.cleaned_data["into"]).first()
        if found is None or not rules.can_merge(self.viewer, self.post, found):
            fault = _("It cannot be laid in there: another thread that you look after, with no more readers than this.")
            raise forms.ValidationError(fault)
        return found


class SuspendForm(forms.Form):
    until = forms.DateField(
        label=_("Until when"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("That day is the last one. Until then they read and do not write."),
        error_messages={"required": _("Until when?"), "invalid": _("A day, such as 2026-12-03")},
    )
    reason = LineField(
        label=_("Why"),
        max_length=500,
        help_text=_("They read this on every page."),
        error_messages={"required": _("One sentence: why?")},
    )

    def clean_until(self) -> datetime:
        """The end of that day."""
        last: date = self.cleaned_data["until"]
        today = timezone.localdate()
        if last < today:
            raise forms.ValidationError(_("That day is over. A later one?"))
        if last > today + LONGEST_SUSPENSION:
            raise forms.ValidationError(_("A year at most."))
        return timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))


class UndoForm(ReasonForm):
    pass


class AppealForm(forms.Form):
    words = TextField(
        label=_("Why it should be looked at again"),
        rows=5,
        error_messages={"required": _("A sentence or two: what was overlooked?")},
    )


class DecideForm(forms.Form):
    is_granted = forms.ChoiceField(
        label=_("What now?"),
        choices=[("yes", _("The appeal is right: take it back")), ("no", _("It stays as it is"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two")},
    )
    answer = TextField(label=_("Your answer"), rows=4, error_messages={"required": _("They would like to know why.")})


class VisitorForm(forms.Form):
    """No cookie and no account: a signed time instead. The field `website` is for machines: people do not see it."""

    name = LineField(
        label=_("Your name"),
        max_length=80,
        error_messages={"required": _("What may we call you?"), "max_length": _("A shorter name, please")},
    )
    words = TextField(
        label=_("Your words"), rows=5, error_messages={"required": _("Nothing is written yet. One line will do.")}
    )
    website = forms.CharField(required=False, max_length=1000)
    stamp = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, *args: Any, number: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.number = number

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        if len(words) > LONGEST_WORDS:
            raise forms.ValidationError(_("5,000 letters at most. Could you make it shorter?"))
        return words

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not is_fresh(given.get("stamp", ""), self.number):
            raise forms.ValidationError(_("Please look it over once more and send it again."))
        return given


def stamp(number: int, at: datetime | None = None) -> str:
    """When the form for this thread was given out, signed."""
    moment = int((at or timezone.now()).timestamp())
    return signing.Signer(salt=VISITOR_SALT).sign(f"{number} {moment}")


def is_fresh(given: str, number: int) -> bool:
    """Ours, for this thread, neither in a blink nor of yesterday."""
    try:
        thread, _, moment = signing.Signer(salt=VISITOR_SALT).unsign(given).partition(" ")
    except signing.BadSignature:
        return False
    age = timezone.now().timestamp() - int(moment)
    return thread == str(number) and QUICKEST.total_seconds() <= age <= SLOWEST.total_seconds()
