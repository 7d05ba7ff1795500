"""What people type about their blogs and series."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lomwong.kit.forms import LineField
from lomwong.posts.models import Blog, Post, Series
from lomwong.posts.stories.fields import MOST_PARTS, STORY_FIELDS, WithStoryFields
from lomwong.posts.stories.licences import licence_choices


class BlogForm(forms.ModelForm[Blog]):
    name = LineField(
        label=gettext_lazy("What is it called?"),
        max_length=120,
        error_messages={
            "required": gettext_lazy("The blog still needs a name"),
            "max_length": gettext_lazy("A shorter name for it, please: 120 letters at most"),
        },
    )
    about = forms.CharField(
        label=gettext_lazy("What is it about?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    licence = forms.ChoiceField(
        label=gettext_lazy("What others may do with new entries"), required=False, choices=licence_choices
    )

    class Meta:
        model = Blog
        fields = ("name", "about", "licence")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["licence"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("As the house has it")), *licence_choices()]


class SeriesForm(forms.ModelForm[Series]):
    """With a number for each part."""

    name = LineField(
        label=gettext_lazy("What is it called?"),
        max_length=200,
        error_messages={
            "required": gettext_lazy("The series still needs a name"),
            "max_length": gettext_lazy("A shorter name for it, please: 200 letters at most"),
        },
    )
    about = forms.CharField(
        label=gettext_lazy("What is it about?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_finished = forms.BooleanField(
        label=gettext_lazy("It is finished"),
        required=False,
        help_text=gettext_lazy("No part is awaited. One more part opens it again."),
    )

    class Meta:
        model = Series
        fields = ("name", "about", "is_finished")

    def __init__(self, *args: Any, parts: list[Post], **options: Any) -> None:
        super().__init__(*args, **options)
        self.parts = parts
        for post in parts:
            self.fields[part_name(post)] = forms.IntegerField(
                label=post.label, min_value=1, max_value=MOST_PARTS, initial=post.part
            )

    @property
    def own_fields(self) -> list[BoundField]:
        return [self[name] for name in ("name", "about", "is_finished")]

    @property
    def part_fields(self) -> list[BoundField]:
        return [self[part_name(post)] for post in self.parts]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        numbers = [number for post in self.parts if (number := given.get(part_name(post)))]
        if len(set(numbers)) < len(numbers):
            raise forms.ValidationError(_("Two parts have the same number. Which comes first?"))
        given["parts"] = {post.number: given.get(part_name(post)) for post in self.parts}
        return given


def part_name(post: Post) -> str:
    return f"part_{post.number}"


class EntryForm(forms.Form):
    """Takes what `WithStoryFields` has read."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{name: value for name, value in options.items() if name not in ("writer", "post")})


class BelongingForm(WithStoryFields, EntryForm):
    """Blog, series, licence of an entry that is there already; not a word of it is changed."""

    field_order = STORY_FIELDS

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields.pop("co_authors", None)  # they have a page of their own
