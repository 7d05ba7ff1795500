"""Whom a question calls as it is asked: up to three people by name, or all who do a job. The call goes into the ledger;
what comes of it is the business of `experts.carrying`."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lomwong.activity.actions import record_many
from lomwong.activity.models import Event, Verb
from lomwong.kit.forms import RowsField
from lomwong.people.models import JobFunction, Person
from lomwong.posts.models import Post
from lomwong.posts.readership import readers_in

MOST_CALLED = 3


class WithAsking(forms.Form):
    """Of a new question only. Drawn by hand (posts/_ask_more.html): nobody leafs through all colleagues."""

    invite = RowsField(
        label=_("Ask along"),
        queryset=Person.objects.none(),
        required=False,
        error_messages={"invalid_choice": _("One of those you chose is not here any more. Choose again")},
    )
    job = forms.CharField(required=False, max_length=50)

    def __init__(self, *args: Any, writer: Person, post: Post | None = None, **options: Any) -> None:
        super().__init__(*args, writer=writer, post=post, **options)  # type: ignore[call-arg]
        if post is not None:
            del self.fields["invite"], self.fields["job"]
            return
        people = Person.objects.visible_to(writer).exclude(pk=writer.pk)
        self.fields["invite"].queryset = people  # type: ignore[attr-defined]

    @property
    def called(self) -> list[Person]:
        """Those chosen so far, for the page."""
        typed = [str(pk) for pk in self["invite"].value() or () if str(pk).isdecimal() and len(str(pk)) < 16]
        people = self.fields["invite"].queryset.select_related("unit")  # type: ignore[attr-defined]
        return list(people.filter(pk__in=typed)) if typed else []

    @property
    def called_job(self) -> JobFunction | None:
        slug = str(self["job"].value() or "").replace("\x00", "")
        return JobFunction.objects.filter(slug=slug).first() if slug else None

    def clean_invite(self) -> list[Person]:
        chosen = list(self.cleaned_data["invite"])
        if len(chosen) > MOST_CALLED:
            raise forms.ValidationError(_("Three people at most. Whom first?"))
        return chosen

    def clean_job(self) -> JobFunction | None:
        return JobFunction.objects.filter(slug=self.cleaned_data["job"]).first()

    def clean(self) -> dict[str, Any]:
        """Whoever is called must be able to read it."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = given.get("invite") or ()
        if chosen and given.get("communities"):
            may_read = readers_in(given["communities"], [person.pk for person in chosen])
            for person in chosen:
                if person.pk not in may_read:
                    fault = gettext("%(name)s does not sit in this circle and could not read it. Take the tick away")
                    self.add_error("invite", fault % {"name": person.name})
        return given


def call(question: Post, given: dict[str, Any]) -> None:
    """Part of the deed that asks. Whoever asks without a name calls without it."""
    now = timezone.now()
    calls = [(Verb.CALLED, person.pk) for person in given.get("invite") or ()]
    if job := given.get("job"):
        calls.append((Verb.CALLED_JOB, job.pk))
    if calls:
        record_many(
            Event(verb=verb, actor_id=question.author_id, target_id=pk, post_number=question.pk, at=now)
            for verb, pk in calls
        )
