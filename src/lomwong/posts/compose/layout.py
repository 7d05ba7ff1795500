"""How a writing page lays out its fields: the words on the sheet, where they go and all else on one line below."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from lomwong.posts.compose.later import LATER
from lomwong.posts.stories.fields import STORY_FIELDS

PLACE = ("communities", "audience")
ASKED_BESIDES = ("is_unnamed", "invite", "job")  # of a question: drawn by posts/_ask_more.html
ELSEWHERE = {*PLACE, "tags", *STORY_FIELDS, *LATER, *ASKED_BESIDES}


class Laid(forms.Form):
    """What most people need stands open, the rest is folded away below, its handles saying what it holds."""

    offered: Collection[Any] = ()  # circles that the writer may choose

    @property
    def main_fields(self) -> list[BoundField]:
        return [self[name] for name in self.fields if name not in ELSEWHERE]

    @property
    def place_fields(self) -> list[BoundField]:
        return [self[name] for name in PLACE if name in self.fields]

    @property
    def place_words(self) -> str:
        """The circles chosen, else who may read outside of them."""
        chosen = {str(pk) for pk in self["communities"].value() or ()} if "communities" in self.fields else set()
        if circles := [circle.name for circle in self.offered if str(circle.pk) in chosen]:
            return str(get_text_list(circles, _("and")))
        field = self["audience"]
        choices = {str(value): str(label) for value, label in field.field.choices}  # type: ignore[attr-defined]
        return choices.get(str(field.value() or field.initial or ""), "") or next(iter(choices.values()))

    @property
    def is_place_open(self) -> bool:
        return any(field.errors for field in self.place_fields)

    @property
    def tag_fields(self) -> list[BoundField]:
        return [self["tags"]] if "tags" in self.fields else []

    @property
    def licence_fields(self) -> list[BoundField]:
        """Of a question or an entry of two lines, which belong to nothing."""
        is_alone = "new_series" not in self.fields and "licence" in self.fields
        return [self["licence"]] if is_alone else []

    @property
    def later_fields(self) -> list[BoundField]:
        return [self[name] for name in ("later_on", "later_at") if name in self.fields]

    @property
    def is_for_later(self) -> bool:
        return any(field.value() or field.errors for field in self.later_fields)

    @property
    def more_fields(self) -> list[BoundField]:
        """Behind the last handle; a story's own are `story_fields`."""
        story: list[BoundField] = getattr(self, "story_fields", [])
        return [*story, *self.licence_fields, *self.later_fields]

    @property
    def is_more_open(self) -> bool:
        """Something in there wants to be seen: a fault, an hour, a series that the entry is to be part of."""
        names = ("series", "new_series", "new_blog", "co_authors")
        chosen = any(self[name].value() for name in names if name in self.fields)
        return chosen or self.is_for_later or any(field.errors for field in self.more_fields)
