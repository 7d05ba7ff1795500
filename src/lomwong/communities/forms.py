"""Roll out a mat, change it."""

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
    field_order = ("name", "purpose", "stage", "audience")

    class Meta:
        model = Community
        fields = ("name", "purpose", "audience", "stage")
        labels = {"stage": _("Where is the circle now?")}
