"""Roll out a mat, change it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lomwong.communities.models import Audience, Community
from lomwong.kit.forms import LineField


class StartForm(forms.ModelForm[Community]):
    name = LineField(
        label=_("What shall we call this circle?"),
        max_length=120,
        error_messages={
            "required": _("The circle still needs a name"),
            "max_length": _("A shorter name, please: 120 letters at most"),
        },
    )
    purpose = forms.CharField(
        label=_("What would you like to talk about?"),
        max_length=1000,
        required=False,
        widget=forms.TextInput(
            attrs={"placeholder": _("such as: how to lend things between rooms without losing them")}
        ),
    )
    audience = forms.ChoiceField(
        label=_("Who may read what is said"),
        choices=Audience.choices,
        initial=Audience.ORGANISATION,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say who may read")},
    )

    class Meta:
        model = Community
        fields = ("name", "purpose", "audience")


class ChangeForm(StartForm):
    purpose = forms.CharField(
        label=_("What would you like to talk about?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    lets_visitors_comment = forms.BooleanField(
        label=_("People without an account may comment"),
        help_text=_("Where anyone may read. What they say waits until one of you lets it in."),
        required=False,
    )
    field_order = ("name", "purpose", "stage", "audience", "lets_visitors_comment")

    class Meta:
        model = Community
        fields = ("name", "purpose", "audience", "stage", "lets_visitors_comment")
        labels = {"stage": _("Where is the circle now?")}

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("lets_visitors_comment") and given.get("audience") not in (Audience.PUBLIC, None):
            fault = _("Only where anyone may read can people without an account comment. Change one of the two.")
            self.add_error("lets_visitors_comment", fault)
        return given
