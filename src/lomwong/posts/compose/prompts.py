"""For those who do not know how to begin: a few boxes that become one story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lomwong.kit.forms import TextField
from lomwong.kit.html import LONGEST_TEXT
from lomwong.posts.forms import StoryForm

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True, slots=True)
class Box:
    name: str
    label: StrPromise  # becomes a heading
    hint: StrPromise


SCENE = (
    Box("box_scene", _("One scene"), _("Where were you, who was there, what could one see and hear?")),
    Box("box_problem", _("One problem"), _("What got stuck, or made you scratch your head?")),
    Box("box_deed", _("What I did"), _("Step by step, small steps too. What did you try first?")),
    Box("box_outcome", _("What happened"), _("What came of it? It need not have gone well.")),
)
AAR = (
    Box("box_meant", _("What should have happened"), _("What did we want to see when it was over?")),
    Box("box_came", _("What did happen"), _("Only what one could see and hear, no blame.")),
    Box("box_because", _("Why there was a difference"), _("What helped, what was in the way?")),
    Box("box_next", _("What next time"), _("What will we do again, what otherwise?")),
)
NOTHING_YET = _("Nothing is written yet. One box will do.")


class BoxesForm(StoryForm):
    """Boxes in place of one large field; an empty box leaves no heading."""

    boxes: tuple[Box, ...] = ()
    text = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = {box.name: TextField(label=box.label, help_text=box.hint, rows=4, required=False) for box in self.boxes}
        rest = {name: field for name, field in self.fields.items() if name != "title"}
        self.fields = {"title": self.fields["title"], **rows, **rest}

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        given["text"] = in_one(self.boxes, given)
        if not given["text"] and not self.errors:
            self.add_error(self.boxes[0].name, NOTHING_YET)
        if len(given["text"]) > LONGEST_TEXT:
            self.add_error(None, _("That is over 100,000 characters. Could you make two of it?"))
        return given


class SceneForm(BoxesForm):
    boxes = SCENE


class AarForm(BoxesForm):
    boxes = AAR


class PhotoForm(StoryForm):
    text = TextField(
        label=_("Two lines about it"),
        rows=3,
        placeholder=_("Where is this, what is going on, why did you take it?"),
        error_messages={"required": _("A line about the photo is missing. One will do.")},
    )
    field_order: Sequence[str] = ("attached", *StoryForm.field_order)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["attached"].label = _("The photo")
        self.fields["attached"].help_text = ""
        self.fields["attached"].widget.attrs |= {"accept": "image/*"}


class VoiceForm(StoryForm):
    """Words by the phone's own dictation, a recording, or both."""

    text = TextField(
        label=_("Speak it into here"),
        rows=8,
        required=False,
        help_text=_("Slips of the phone's ear do not matter. You can mend them later."),
    )
    field_order: Sequence[str] = ("text", "attached", *StoryForm.field_order)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["attached"].label = _("Or a recording")
        self.fields["attached"].help_text = ""
        self.fields["attached"].widget.attrs |= {"accept": "audio/*", "capture": True}

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not given.get("text") and not given.get("attached") and not self.there and not self.errors:
            self.add_error("text", _("Nothing is said yet. A few words or a recording will do."))
        return given


@dataclass(frozen=True, slots=True)
class Prompt:
    name: str
    label: StrPromise
    lead: StrPromise
    icon: str
    form: type[StoryForm]


PROMPTS = {
    prompt.name: prompt
    for prompt in (
        Prompt(
            "scene",
            _("One scene"),
            _("One scene, one problem, what I did, what happened."),
            "book-open-text",
            SceneForm,
        ),
        Prompt(
            "aar",
            _("Looking back together"),
            _("What should have happened, what did, why, and next time."),
            "users-three",
            AarForm,
        ),
        Prompt("photo", _("A photo and two lines"), _("The photo tells most of it."), "camera", PhotoForm),
        Prompt(
            "voice",
            pgettext_lazy("a way to write", "Speak it"),
            _("For those who would rather talk than type."),
            "microphone",
            VoiceForm,
        ),
    )
}


def in_one(boxes: tuple[Box, ...], given: Mapping[str, Any]) -> str:
    """The words of the boxes below their headings."""
    parts = [f"## {box.label}\n\n{words}" for box in boxes if (words := (given.get(box.name) or "").strip())]
    return "\n\n".join(parts)
