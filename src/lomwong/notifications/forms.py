"""How somebody wants to hear of things: one question for each kind."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lomwong.notifications.models import Mail, Mailbox, NewsKind
from lomwong.notifications.queries import DEFAULTS

K = NewsKind
WAYS: dict[str, tuple[bool, Mail]] = {
    "not": (False, Mail.OFF),
    "here": (True, Mail.OFF),
    "daily": (True, Mail.DAILY),
    "at_once": (True, Mail.AT_ONCE),
}
LABELS = [
    ("at_once", pgettext_lazy("news by letter", "At once")),
    ("daily", pgettext_lazy("news by letter", "Once a day")),
    ("here", pgettext_lazy("news", "Bell only")),
    ("not", pgettext_lazy("news", "Not at all")),
]
PRESETS: dict[str, Mapping[NewsKind, tuple[bool, Mail]]] = {
    "quiet": dict.fromkeys(NewsKind, WAYS["here"]),
    "usual": DEFAULTS,
    "everything": dict.fromkeys(NewsKind, WAYS["at_once"]),
}
PRESET_LABELS = [
    ("quiet", _("Quiet"), _("Only the bell. No letters.")),
    ("usual", _("The usual"), _("A letter at once when somebody needs you, the rest in one letter a day.")),
    ("everything", _("Everything at once"), _("A letter for each thing, as it happens.")),
    ("own", _("My own choice"), _("Each kind by itself, as chosen below.")),
]
GROUPS = [
    (_("What you wrote"), (K.REPLY, K.MENTION, K.TALK, K.ACCEPTED, K.FLOWER)),
    (_("What you follow"), (K.PART, K.FOLLOWED, K.CIRCLE)),
    (_("Where you are needed"), (K.PASSED, K.CARRIED, K.INVITED, K.ASKED, K.SEATED, K.HELD, K.MODERATION)),
]


class SettingsForm(forms.Form):
    preset = forms.ChoiceField(
        label=_("How much"), choices=[each[:2] for each in PRESET_LABELS], widget=forms.RadioSelect, required=False
    )
    language = forms.ChoiceField(label=_("Language of the letters"), choices=settings.LANGUAGES)
    is_mail_off = forms.BooleanField(
        label=_("No letters at all"), help_text=_("The bell goes on as chosen above."), required=False
    )

    def __init__(
        self, *args: Any, wishes: Mapping[NewsKind, tuple[bool, Mail]], mailbox: Mailbox, **options: Any
    ) -> None:
        ways = {kind: way_of(*wish) for kind, wish in wishes.items()}
        self.preset_now = preset_of(ways)
        options["initial"] = {"language": mailbox.language, "is_mail_off": mailbox.is_mail_off}
        options["initial"] |= {kind.value: way for kind, way in ways.items()} | {"preset": self.preset_now}
        super().__init__(*args, **options)
        for kind in NewsKind:
            choices = [way for way in LABELS if way[0] != "not" or kind != K.MODERATION]
            self.fields[kind.value] = forms.ChoiceField(label=kind.label, choices=choices, widget=forms.RadioSelect)

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [(str(label), [self[kind.value] for kind in kinds]) for label, kinds in GROUPS]

    def presets(self) -> list[tuple[Any, Any]]:
        """Each with what it means."""
        return list(zip(self["preset"], [hint for _name, _label, hint in PRESET_LABELS], strict=True))

    @property
    def is_each_open(self) -> bool:
        return self["preset"].value() == "own" or any(kind.value in self.errors for kind in NewsKind)

    def wishes(self) -> dict[NewsKind, tuple[bool, Mail]]:
        """A preset that was chosen just now; else each kind as it is chosen, for on the page both are sent."""
        preset = self.cleaned_data["preset"]
        if preset in PRESETS and preset != self.preset_now:
            return dict(PRESETS[preset])
        return {kind: WAYS[self.cleaned_data[kind.value]] for kind in NewsKind}


def preset_of(ways: Mapping[NewsKind, str]) -> str:
    """The one that somebody has, whether they chose it or came to it by hand."""
    same = (name for name, meant in PRESETS.items() if all(way_of(*meant[kind]) == ways[kind] for kind in NewsKind))
    return next(same, "own")


def way_of(in_app: bool, mail: Mail) -> str:
    ways = {wish: way for way, wish in WAYS.items()}
    return ways.get((in_app or mail != Mail.OFF, mail), "here")
