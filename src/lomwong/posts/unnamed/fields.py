"""The tick on a question, and its counterpart where its asker talks on below it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lomwong.communities.models import Community, Membership
from lomwong.people.models import Person
from lomwong.posts.files.fields import WithFiles
from lomwong.posts.files.kinds import PICTURES
from lomwong.posts.models import Post
from lomwong.posts.unnamed.queries import MOST_A_DAY, asked_lately, posted_under
from lomwong.posts.unnamed.sealing import ENOUGH

FEW = 8  # people of a circle, of whom each is soon suspected


class WithSeal(WithFiles):
    """What goes out without a name must not carry it in its words or its files."""

    asker: Person | None = None

    @property
    def is_sealed(self) -> bool:
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if self.asker and self.is_sealed:
            words = [given.get("title", ""), given.get("text", ""), *given.get("tags", ()), *self.alts().values()]
            if fault := name_in(self.asker, words):
                self.add_error("text", fault)
            if self._has_papers(given):
                self.add_error("attached", papers())
        return given

    def _has_papers(self, given: dict[str, Any]) -> bool:
        staying = [file for file in self.there if file not in given.get("take_away", ())]
        return any(kept.kind not in PICTURES for kept in self.kept) or not all(file.is_picture for file in staying)


class WithTick(WithSeal):
    """On a question. Once it stands there, its name is shown by a verb of its own (posts:unnamed_show)."""

    is_unnamed = forms.BooleanField(
        label=gettext_lazy("Leave my name out"),
        help_text=gettext_lazy(
            "Nobody sees it, those who look after the house included, unless two of them open it together; and then "
            "you will know."
        ),
        required=False,
    )

    def __init__(self, *args: Any, writer: Person, post: Post | None = None, **options: Any) -> None:
        super().__init__(*args, writer=writer, post=post, **options)
        self.asker = writer
        if post is not None:
            del self.fields["is_unnamed"]

    @property
    def is_sealed(self) -> bool:
        return self.post.is_unnamed if self.post else bool(self.cleaned_data.get("is_unnamed"))

    @property
    def small_circles(self) -> list[tuple[str, int]]:
        """(name, people) of those that the writer may choose and in which one is soon suspected."""
        return few_of(getattr(self, "offered", ()))

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        is_new = self.post is None and given.get("is_unnamed") and not given.get("later")
        if is_new and self.asker and asked_lately(self.asker) >= MOST_A_DAY:
            is_there = posted_under(self.data.get("draft", ""), self.asker) is not None
            if not is_there:  # sent once more: it is no fourth one
                self.add_error("is_unnamed", ENOUGH)
        return given


class WithNameTick(WithSeal):
    """Below one's own unnamed question: without a name, unless one says so. `asker` is given there alone."""

    with_name = forms.BooleanField(
        label=gettext_lazy("Say it with my name"),
        help_text=gettext_lazy("Whoever reads it will think that the question is yours, too."),
        required=False,
    )

    def __init__(self, *args: Any, asker: Person | None = None, post: Post | None = None, **options: Any) -> None:
        super().__init__(*args, post=post, **options)
        self.asker = asker
        if asker is None or post is not None:
            del self.fields["with_name"]

    @property
    def is_sealed(self) -> bool:
        if self.post:
            return self.post.is_unnamed
        return "with_name" in self.fields and not self.cleaned_data.get("with_name")


def name_in(person: Person, words: Sequence[str]) -> str:
    """Why these words cannot go out without a name; empty when nothing of it stands in them."""
    whole = plain(" ".join(words))
    if any(sign in whole for sign in (plain(person.name), plain(person.email or ""), f"](person:{person.pk})") if sign):
        return _("Your own name stands in these words. Take it out, or ask with it.")
    return ""


def plain(words: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split())


def papers() -> str:
    return _(
        "Without a name only pictures can go along: documents carry the name of their writer, and a voice is known. "
        "Take a picture of the page."
    )


def few_of(circles: Sequence[Community]) -> list[tuple[str, int]]:
    seats = Membership.objects.seated().filter(community__in=[circle.pk for circle in circles], person__is_active=True)
    counts: dict[int, int] = {}
    for community in seats.values_list("community_id", flat=True):
        counts[community] = counts.get(community, 0) + 1
    return [(circle.name, counts.get(circle.pk, 0)) for circle in circles if counts.get(circle.pk, 0) < FEW]
