"""What somebody says when they pass a question on."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lomwong.kit.forms import LineField


class WordForm(forms.Form):
    word = LineField(
        label=_("A word along with it"),
        required=False,
        max_length=300,
        error_messages={"max_length": _("A little shorter, please: 300 letters at most")},
    )
