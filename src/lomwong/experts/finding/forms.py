"""What was asked on the page of those who know, from the address: nonsense in it is left aside, never refused."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lomwong.experts.faculties import Faculties
from lomwong.experts.finding.narrowing import EVERYBODY, Narrow
from lomwong.people.models import JobFunction, Person, Unit
from lomwong.people.queries import unit_choices

LONGEST_QUESTION = 1000
FIRST, STEP, MOST = 5, 5, 20  # people on the page; "a few more" up to the last
FIELDS = {
    "unit": ["unit"],
    "campus": ["campus"],
    "job": ["job"],
    "elsewhere": ["not_unit"],
    "available": ["available", "comes_in"],
}
"""Names in the address, and what each narrows."""


class WhoForm(forms.Form):
    """A GET form; `narrow()` is there once it was looked at."""

    campus = forms.TypedChoiceField(label=_("Campus"), required=False, coerce=int, empty_value=None)
    unit = forms.TypedChoiceField(label=_("Unit"), required=False, coerce=int, empty_value=None)
    job = forms.ChoiceField(label=_("Job"), required=False)
    elsewhere = forms.BooleanField(required=False)
    available = forms.BooleanField(required=False)

    def __init__(self, data: QueryDict, *, viewer: Person, house: Faculties) -> None:
        super().__init__(data)
        self.faculty = house.faculty_of(viewer.unit_id)
        self.house = house
        units = unit_choices()
        functions = [(function.slug, function.label) for function in JobFunction.objects.all()]
        self._choose("campus", _("every campus"), [(unit.pk, unit.label) for unit in house.campuses])
        self._choose("unit", _("every unit"), units)
        self._choose("job", _("every job"), functions)
        self.functions = functions
        self.is_valid()

    def _choose(self, name: str, everything: Any, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", everything), *choices]
        field.widget.attrs["class"] = "input"

    def narrow(self) -> Narrow:
        given = self.cleaned_data
        return Narrow(
            unit=given.get("unit"),
            campus=given.get("campus"),
            job=given.get("job") or None,
            not_unit=self.faculty.pk if self.faculty and given.get("elsewhere") else None,
            available=bool(given.get("available")),
            comes_in=bool(given.get("available")),
        )

    @property
    def job_label(self) -> str:
        return dict(self.functions).get(self.cleaned_data.get("job", ""), "")


@dataclass(frozen=True, slots=True)
class Condition:
    """Something by which the people were narrowed, and the address without it."""

    name: str
    label: str
    without: str


def conditions(form: WhoForm, asked: QueryDict) -> list[Condition]:
    narrow = form.narrow()
    labels = {
        "campus": unit_label(narrow.campus, form.house),
        "unit": unit_label(narrow.unit, form.house),
        "job": form.job_label,
        "elsewhere": _("Not in my faculty") if narrow.not_unit else "",
        "available": _("Can be asked now") if narrow.available else "",
    }
    return [Condition(name, str(label), address(asked, **{name: None})) for name, label in labels.items() if label]


def unit_label(pk: int | None, house: Faculties) -> str:
    unit: Unit | None = house.units.get(pk or 0)
    return unit.label if unit else ""


def without(narrow: Narrow, name: str) -> Narrow:
    """The same without one of `FIELDS`."""
    return replace(narrow, **{field: getattr(EVERYBODY, field) for field in FIELDS[name]})


def address(asked: QueryDict, **changed: object) -> str:
    """The query string with other values; None takes one out. From the first people again."""
    params = asked.copy()
    for name, value in {"n": None, **changed}.items():
        params.pop(name, None)
        if value is not None:
            params[name] = str(value)
    return f"?{params.urlencode()}"


def shown_count(text: str) -> int:
    """How many people the page shows: from five on, in steps of five."""
    number = int(text) if text.isdecimal() and len(text) < 4 else FIRST
    return min(max(number, FIRST), MOST)
