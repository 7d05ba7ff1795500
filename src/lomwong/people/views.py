"""Profiles, and the tree of units. For people of the house only: a visitor sees no directory."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from lomwong.kit.access import signed_in
from lomwong.people import actions, queries
from lomwong.people.forms import ProfileForm
from lomwong.people.models import Person, Unit

ABOVE = "parent__parent__parent"  # deeper trees cost a query more a level, shallower ones none


@signed_in
def me(request: HttpRequest) -> HttpResponse:
    assert request.user.is_authenticated
    return redirect(request.user)


@signed_in
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody says about themselves; on one's own page, what one may change."""
    people = Person.objects.visible_to(request.user).select_related(f"unit__{ABOVE}")
    found = get_object_or_404(people.prefetch_related("job_functions"), pk=pk)
    return render(request, "people/person.html", {"person": found, "is_me": found.pk == request.user.pk})


@signed_in
def edit(request: HttpRequest) -> HttpResponse:
    assert request.user.is_authenticated
    myself = Person.objects.get(pk=request.user.pk)  # the form writes into it, the bar above shows what is kept
    form = ProfileForm(request.POST or None, instance=myself)
    if request.method == "POST" and form.is_valid():
        given = {"unit": None, **form.cleaned_data}
        actions.describe_person(myself, **given)
        messages.success(request, _("This is how colleagues see you now"))
        return redirect(myself)
    context = {"form": form, "is_writing": True}
    return render(request, "people/edit.html", context, status=422 if form.errors else 200)


@signed_in
def units(request: HttpRequest) -> HttpResponse:
    return render(request, "people/units.html", {"tree": queries.unit_tree()})


@signed_in
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Unit.objects.select_related(ABOVE), pk=pk)
    context = {
        "unit": found,
        "above": found.path[:-1],
        "below": found.children.all(),
        "page": queries.people_of(found, request.user, after=request.GET.get("after", "")),
    }
    return render(request, "people/unit.html", context)
