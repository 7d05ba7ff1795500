"""The fields of a writing page that say where an entry belongs: blog, series, licence, who writes along."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lomwong.kit.forms import LineField
from lomwong.people.models import Person
from lomwong.posts.actions import Belonging, default_licence
from lomwong.posts.models import Blog, Post, Series
from lomwong.posts.stories.licences import licence_choices

STORY_FIELDS = ("series", "new_series", "part", "is_continued", "blog", "new_blog", "licence", "co_authors")
BETWEEN_NAMES = re.compile(r"[,;\n]")
MOST_PARTS = 9999


class WithLicence(forms.Form):
    """What others may do with it. Reads `writer` and `post` from what the form is given."""

    licence = forms.ChoiceField(
        label=gettext_lazy("What others may do with it"), choices=licence_choices, required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        self.writer: Person = options["writer"]
        self.entry: Post | None = options.get("post")
        super().__init__(*args, **options)
        if self.entry is None:
            self.fields["licence"].initial = default_licence(self.writer)
        elif self.entry.is_unnamed or self.entry.author_id != self.writer.pk:
            del self.fields["licence"]  # that of what is unnamed is the house's
        else:
            self.offer_licence(self.entry.licence)

    def offer_licence(self, licence: str) -> None:
        field = self.fields["licence"]
        assert isinstance(field, forms.ChoiceField)
        field.initial = licence
        if licence:
            field.help_text = _("What somebody took under the old one, they may go on using under the old one.")
        else:
            field.choices = [("", _("Nobody has said")), *licence_choices()]


class WithStoryFields(WithLicence):
    """The whole of it. A co-author changes the words only: for them these fields fall away."""

    series = forms.ModelChoiceField(
        label=gettext_lazy("Part of a series"),
        queryset=Series.objects.none(),
        required=False,
        empty_label=gettext_lazy("Stands alone"),
    )
    new_series = LineField(
        label=gettext_lazy("A new series begins here, called"),
        max_length=200,
        required=False,
        error_messages={"max_length": gettext_lazy("A shorter name for it, please: 200 letters at most")},
    )
    part = forms.IntegerField(
        label=gettext_lazy("Which part"),
        min_value=1,
        max_value=MOST_PARTS,
        required=False,
        help_text=gettext_lazy("Left empty, it takes the next number."),
    )
    is_continued = forms.BooleanField(
        label=gettext_lazy("To be continued"),
        required=False,
        help_text=gettext_lazy("Who follows the series hears of the next part."),
    )
    blog = forms.ModelChoiceField(
        label=gettext_lazy("In which blog"),
        queryset=Blog.objects.none(),
        required=False,
        empty_label=gettext_lazy("In none"),
    )
    new_blog = LineField(
        label=gettext_lazy("A new blog, called"),
        max_length=120,
        required=False,
        error_messages={"max_length": gettext_lazy("A shorter name for it, please: 120 letters at most")},
    )
    co_authors = forms.CharField(
        label=gettext_lazy("Who wrote along"),
        max_length=1000,
        required=False,
        help_text=gettext_lazy("Names of colleagues, with commas. They are asked, and named once they say yes."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.entry and self.entry.author_id != self.writer.pk:
            for name in STORY_FIELDS:
                self.fields.pop(name, None)
            return
        self.offer("blog", Blog.objects.filter(owner=self.writer))
        self.offer("series", Series.objects.filter(owner=self.writer))
        if self.entry:
            self.fields["part"].initial = self.entry.part
            self.fields["is_continued"].initial = self.entry.is_continued

    def offer(self, name: str, rows: Any) -> None:
        """Their own to choose from; no empty list for who has none."""
        if not rows.exists():
            del self.fields[name]
            return
        self.fields[name].queryset = rows  # type: ignore[attr-defined]
        if self.entry:
            self.fields[name].initial = getattr(self.entry, f"{name}_id")

    @property
    def story_fields(self) -> list[BoundField]:
        return [self[name] for name in STORY_FIELDS if name in self.fields]

    @property
    def has_story_faults(self) -> bool:
        return any(field.errors for field in self.story_fields)

    def clean_co_authors(self) -> list[Person]:
        names = [" ".join(name.split()) for name in BETWEEN_NAMES.split(self.cleaned_data["co_authors"])]
        return [self.colleague(name) for name in dict.fromkeys(names) if name]

    def colleague(self, name: str) -> Person:
        found = list(Person.objects.visible_to(self.writer).exclude(pk=self.writer.pk).filter(name=name)[:2])
        if not found:
            raise forms.ValidationError(
                _("We know nobody called “%(name)s”. First and last name, please.") % {"name": name}
            )
        if len(found) > 1:
            fault = _("Several are called “%(name)s”. Post it first; its page “Who wrote along” asks which of them.")
            raise forms.ValidationError(fault % {"name": name})
        person: Person = found[0]
        return person

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for shown, names in SHOWN_WITH.items():  # what the page did not show stays as it is
            if self.add_prefix(shown) not in self.data:
                for name in names:
                    given.pop(name, None)
        series, part = given.get("series"), given.get("part")
        if series and part and not given.get("new_series") and is_taken(series, part, self.entry):
            self.add_error("part", _("Part %(part)d of it is written already. Another number?") % {"part": part})
        return given


SHOWN_WITH = {
    "new_blog": ("blog", "new_blog"),
    "new_series": ("series", "new_series", "part", "is_continued"),
    "licence": ("licence",),
    "co_authors": ("co_authors",),
}


def is_taken(series: Series, part: int, post: Post | None) -> bool:
    """By another entry; also by one that was withdrawn, whose number does not return."""
    others = Post.objects.filter(series=series, part=part)
    return (others.exclude(pk=post.pk) if post else others).exists()


def story_choices(given: dict[str, Any]) -> Belonging:
    """What the cleaned form says, for `write_post` and `edit_post`. What the form did not have is left out."""
    choices = Belonging()
    if "new_blog" in given:
        choices["blog"] = given["new_blog"] or given.get("blog") or ""
    if "new_series" in given:
        choices["series"] = given["new_series"] or given.get("series") or ""
        choices["part"] = given.get("part")
        choices["is_continued"] = bool(given.get("is_continued"))
    if given.get("licence"):
        choices["licence"] = given["licence"]
    if given.get("co_authors"):
        choices["co_authors"] = given["co_authors"]
    return choices
