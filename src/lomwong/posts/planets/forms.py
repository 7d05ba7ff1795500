"""A planet's name, what it gathers in words, who may see it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lomwong.communities.models import Audience
from lomwong.kit.forms import LineField
from lomwong.posts.models import Planet

AUDIENCES = [
    (Audience.ORGANISATION, Audience.ORGANISATION.label),
    (Audience.PUBLIC, Audience.PUBLIC.label),
    (Audience.MEMBERS, _("Only those who keep it")),
]


class PlanetForm(forms.ModelForm[Planet]):
    name = LineField(
        label=_("What shall we call this planet?"),
        max_length=120,
        error_messages={
            "required": _("The planet still needs a name"),
            "max_length": _("A shorter name, please: 120 letters at most"),
        },
    )
    about = forms.CharField(
        label=_("What does it gather?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": _("such as: everything about laboratories")}),
    )
    audience = forms.ChoiceField(
        label=_("Who may see it"),
        choices=AUDIENCES,
        initial=Audience.ORGANISATION,
        widget=forms.RadioSelect,
        help_text=_("Each reads in it only what they may read anyway. A planet opens nothing."),
        error_messages={"required": _("Say who may see it")},
    )

    class Meta:
        model = Planet
        fields = ("name", "about", "audience")
