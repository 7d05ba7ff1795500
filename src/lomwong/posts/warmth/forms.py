from django import forms
from django.utils.translation import gettext_lazy as _

from lomwong.kit.forms import LineField


class FlowerForm(forms.Form):
    """A flower says thanks by itself; a word may go with it."""

    word = LineField(
        label=_("A word with it"),
        required=False,
        max_length=200,
        error_messages={"max_length": _("A flower carries 200 letters at most. More fits into a comment.")},
    )
