"""What people type into the writing pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lomwong.communities.models import Audience, Community
from lomwong.kit.forms import LineField, RowsField, TextField
from lomwong.people.models import Person
from lomwong.posts.actions import LONGEST_TAG, MOST_TAGS, shown_tag, tag_key
from lomwong.posts.compose.asking import WithAsking
from lomwong.posts.compose.later import WithLater
from lomwong.posts.compose.layout import Laid
from lomwong.posts.files.fields import WithFiles
from lomwong.posts.models import Draft, Kind, Post
from lomwong.posts.rules import can_move_thread
from lomwong.posts.stories.fields import WithLicence, WithStoryFields
from lomwong.posts.unnamed.fields import WithNameTick, WithTick
from lomwong.posts.unnamed.rules import is_mine

OWN_AUDIENCES = [
    (Audience.ORGANISATION, _("Everyone in the university")),
    (Audience.PUBLIC, _("Anyone, without signing in")),
]
LONG_TITLE = _("A shorter title, please: 300 letters at most. The rest can go below.")
NO_SEAT = _("You do not sit in one of these circles any more")
BETWEEN_TAGS = re.compile(r",|\n|(?:^|\s)#")


class PostForm(Laid, WithLater):
    """The common part: where it goes, who reads, tags. `post` is the one being changed, `draft` where files lie."""

    tags = forms.CharField(
        label=_("Tags"),
        required=False,
        max_length=800,
        help_text=_("Part them with commas: advance payment, inspection"),
    )
    communities = RowsField(
        label=_("In which circles"),
        queryset=Community.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": NO_SEAT},
    )
    audience = forms.ChoiceField(
        label=_("Outside circles, who may read"),
        choices=OWN_AUDIENCES,
        initial=Audience.ORGANISATION,
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(
        self, *args: Any, writer: Person, post: Post | None = None, draft: Draft | None = None, **options: Any
    ) -> None:
        super().__init__(*args, post=post, draft=draft, **options)
        self.is_own = post is None or is_mine(writer, post)
        self.offered = list(Community.objects.of(writer)) if self.is_own else []
        if self.offered:
            self.fields["communities"].queryset = Community.objects.of(writer)  # type: ignore[attr-defined]
        else:
            del self.fields["communities"]
        if not self.is_own:  # whoever writes along changes the words, not where they lie
            del self.fields["audience"]

    def clean_tags(self) -> list[str]:
        parts = [" ".join(part.split()) for part in BETWEEN_TAGS.split(self.cleaned_data["tags"])]
        tags: dict[str, str] = {}
        for part in parts:
            tags.setdefault(tag_key(part), shown_tag(part))
        tags.pop("", None)
        if max(map(len, parts)) > LONGEST_TAG:
            raise forms.ValidationError(_("A tag is a word or two. Are there commas between them?"))
        if len(tags) > MOST_TAGS:
            raise forms.ValidationError(_("Ten tags are enough. Which matter most?"))
        return list(tags.values())

    def clean_audience(self) -> str:
        return self.cleaned_data["audience"] or Audience.ORGANISATION

    def clean(self) -> dict[str, Any]:
        """The circles chosen, and those where it lies already but the writer has no seat any more: not on the form."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if self.is_own and not self.offered and "communities" in self.data:
            self.add_error("audience", NO_SEAT)  # what was meant for a circle does not go to everybody instead
        if not self.is_own:
            return {**given, "communities": None, "audience": None}
        kept = self.post.communities.exclude(pk__in=[circle.pk for circle in self.offered]) if self.post else ()
        given["communities"] = [*given.get("communities", ()), *kept]
        if self.post and not self.errors and not can_move_thread(self.post, **place(given)):
            fault = _("Others have talked here for fewer ears. It can stay, or go where no more people read it.")
            self.add_error("communities" if self.offered else "audience", fault)
        return given


def place(given: dict[str, Any]) -> dict[str, Any]:
    return {"communities": given["communities"], "audience": given["audience"]}


class StoryForm(WithStoryFields, PostForm):
    title = LineField(
        label=_("What to call it"),
        max_length=300,
        required=False,  # its first words serve
        widget=forms.TextInput(attrs={"placeholder": _("A name for it, if you like")}),
        error_messages={"max_length": LONG_TITLE},
    )
    text = TextField(
        label=_("Tell it"),
        rows=12,
        placeholder=_("One scene, one problem, what I did, what happened"),
        help_text=_("As you would say it to the person at the next desk. It need not all be right."),
        error_messages={"required": _("The story itself is missing. Two lines will do.")},
    )
    field_order: Sequence[str] = ("title", "text", "attached", "take_away", "communities", "audience", "tags")


class QuestionForm(WithAsking, WithTick, WithLicence, PostForm):
    title = LineField(
        label=_("The question"),
        max_length=300,
        template_name="posts/_question_title.html",  # type: ignore[call-arg]  # django-stubs does not know it yet
        error_messages={"required": _("What would you like to ask?"), "max_length": LONG_TITLE},
    )
    text = TextField(
        label=_("A little more"), rows=5, required=False, placeholder=_("What happened, what have you tried")
    )
    field_order = ("title", "text", "attached", "take_away", "communities", "audience", "tags")


class JournalForm(WithLicence, PostForm):
    text = TextField(
        label=_("Write something"),
        rows=3,
        placeholder=_("How was today? Two lines will do"),
        error_messages={"required": _("Nothing is written yet. One line will do.")},
    )
    field_order = ("text", "attached", "take_away", "communities", "audience", "tags")


class ReplyForm(WithNameTick, Laid, WithFiles):
    text = TextField(
        label=_("Your words"),
        rows=3,
        error_messages={"required": _("Nothing is written yet. One line will do.")},
    )
    field_order = ("text", "attached", "take_away")


FORMS: dict[str, type[PostForm]] = {
    Kind.STORY: StoryForm,
    Kind.QUESTION: QuestionForm,
    Kind.JOURNAL: JournalForm,
}
