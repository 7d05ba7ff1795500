"""How somebody wants to hear of things: one question for each kind."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from lomwong.notifications.models import Mail, Mailbox, NewsKind

K = NewsKind
WAYS: dict[str, tuple[bool, Mail]] = {
    "not": (False, Mail.OFF),
    "here": (True, Mail.OFF),
    "daily": (True, Mail.DAILY),
    "at_once": (True, Mail.AT_ONCE),
}
LABELS = [
    ("at_once", _("Here, and a letter at once")),
    ("daily", _("Here, and in the daily letter")),
    ("here", _("Here only")),
    ("not", _("Not at all")),
]
GROUPS = [
    (_("What you wrote"), (K.REPLY, K.MENTION, K.TALK, K.ACCEPTED, K.FLOWER)),
    (_("What you follow"), (K.PART, K.FOLLOWED, K.CIRCLE)),
    (_("Where you are needed"), (K.INVITED, K.ASKED, K.SEATED, K.HELD, K.MODERATION)),
]


class SettingsForm(forms.Form):
    language = forms.ChoiceField(label=_("Language of the letters"), choices=settings.LANGUAGES)
    is_mail_off = forms.BooleanField(
        label=_("No letters at all"), help_text=_("The bell goes on as chosen above."), required=False
    )

    def __init__(
        self, *args: Any, wishes: Mapping[NewsKind, tuple[bool, Mail]], mailbox: Mailbox, **options: Any
    ) -> None:
        options["initial"] = {"language": mailbox.language, "is_mail_off": mailbox.is_mail_off}
        options["initial"] |= {kind.value: way_of(*wish) for kind, wish in wishes.items()}
        super().__init__(*args, **options)
        for kind in NewsKind:
            choices = [way for way in LABELS if way[0] != "not" or kind != K.MODERATION]
            self.fields[kind.value] = forms.ChoiceField(label=kind.label, choices=choices)

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [(str(label), [self[kind.value] for kind in kinds]) for label, kinds in GROUPS]

    def wishes(self) -> dict[NewsKind, tuple[bool, Mail]]:
        return {kind: WAYS[self.cleaned_data[kind.value]] for kind in NewsKind}


def way_of(in_app: bool, mail: Mail) -> str:
    ways = {wish: way for way, wish in WAYS.items()}
    return ways.get((in_app or mail != Mail.OFF, mail), "here")
