"""Planets: all of them, one, and what its keepers do with it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from lomwong.communities.models import Audience
from lomwong.kit.access import public, signed_in
from lomwong.kit.visitors import kept_for_visitors
from lomwong.people.models import Person
from lomwong.posts import cards
from lomwong.posts.following.queries import in_groups
from lomwong.posts.following.targets import listed_from
from lomwong.posts.following.views import known_target
from lomwong.posts.models import Planet
from lomwong.posts.planets import actions, queries, rules
from lomwong.posts.planets.forms import PlanetForm


def visible_planet(request: HttpRequest, slug: str) -> Planet:
    return get_object_or_404(Planet.objects.visible_to(request.user), slug=slug)


def kept_planet(request: HttpRequest, slug: str) -> Planet:
    """For its keepers only."""
    found = visible_planet(request, slug)
    if not rules.can_keep(request.user, found):
        raise PermissionDenied
    return found


@public
@kept_for_visitors
def planets(request: HttpRequest) -> HttpResponse:
    """By the alphabet: one's own, then all."""
    context = {
        "mine": queries.kept_by(request.user),
        "page": queries.listed(request.user, after=request.GET.get("after", "")),
    }
    return render(request, "posts/planets.html", context)


@public
@kept_for_visitors
def planet(request: HttpRequest, slug: str) -> HttpResponse:
    """What its sources wrote, as far as this reader may read it."""
    found = visible_planet(request, slug)
    targets = queries.sources(found)
    context = {
        "planet": found,
        "groups": in_groups(targets, request.user),
        "keepers": queries.keepers(found, request.user),
        "can_keep": rules.can_keep(request.user, found),
        "page": cards.page_of(request, listed_from(targets)),
    }
    return render(request, "posts/planet.html", context)


@signed_in
def planet_new(request: HttpRequest) -> HttpResponse:
    assert request.user.is_authenticated
    form = PlanetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.make_planet(by=request.user, **form.cleaned_data)
        return redirect("posts:planet_sources", made.slug)
    context = {"form": form, "is_writing": True}
    return render(request, "posts/planet_new.html", context, status=422 if form.errors else 200)


@signed_in
def planet_edit(request: HttpRequest, slug: str) -> HttpResponse:
    found = kept_planet(request, slug)
    form = PlanetForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        return redirect(actions.change_planet(found, **form.cleaned_data))
    context = {"form": form, "planet": found, "is_writing": True}
    return render(request, "posts/planet_edit.html", context, status=422 if form.errors else 200)


@signed_in
def planet_sources(request: HttpRequest, slug: str) -> HttpResponse:
    """Look for something by its name and put it in; take something out. POST: `add` or `out`, as `kind:number`."""
    found = kept_planet(request, slug)
    if request.method == "POST":
        change_sources(request, found)
        return redirect(f"{request.path}?{request.GET.urlencode()}" if request.GET else request.path)
    words = request.GET.get("q", "")
    context = {
        "planet": found,
        "words": words,
        "found": queries.called(words, request.user),
        "groups": queries.source_groups(found, request.user),
    }
    return render(request, "posts/planet_sources.html", context)


def change_sources(request: HttpRequest, planet: Planet) -> None:
    word = "add" if "add" in request.POST else "out"
    kind, _sign, number = request.POST.get(word, "").partition(":")
    target = known_target(request, kind, int(number) if number.isdecimal() and len(number) < 19 else 0)
    (actions.add_source if word == "add" else actions.take_out_source)(planet, target)


@signed_in
def planet_put(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """From the page of a thing: into which of my planets? A name given makes a new one. POST: `planet` or `name`."""
    assert request.user.is_authenticated
    target = known_target(request, kind, pk)
    if request.method == "POST":
        chosen = chosen_planet(request)
        if chosen:
            actions.add_source(chosen, target)
            messages.success(request, _("%(name)s is in the planet now") % {"name": target.name})
            return redirect(chosen)
    context = {"target": target, "kind": kind, "mine": queries.kept_by(request.user)}
    return render(request, "posts/planet_put.html", context, status=422 if request.method == "POST" else 200)


def chosen_planet(request: HttpRequest) -> Planet | None:
    """One that the reader keeps, or a new one under the name given; None for neither."""
    assert request.user.is_authenticated
    slug = request.POST.get("planet", "").replace("\x00", "")
    if slug:
        return get_object_or_404(queries.kept_by(request.user), slug=slug)
    form = PlanetForm({"name": request.POST.get("name", ""), "audience": Audience.ORGANISATION})
    return actions.make_planet(by=request.user, **form.cleaned_data) if form.is_valid() else None


@signed_in
def planet_keepers(request: HttpRequest, slug: str) -> HttpResponse:
    """Who keeps it; ask somebody along, step out, hand it over. POST: `add`, `hand_over` (a person), or `step_out`."""
    found = kept_planet(request, slug)
    if request.method == "POST":
        return keep(request, found)
    assert request.user.is_authenticated
    words = request.GET.get("q", "")
    now = queries.keepers(found, request.user)
    matching = [person for group in queries.called(words, request.user, kinds=["person"]) for person in group.things]
    context = {
        "planet": found,
        "keepers": now,
        "words": words,
        "found": [person for person in matching if person not in now],
        "can_step_out": rules.can_step_out(request.user, found),
    }
    return render(request, "posts/planet_keepers.html", context)


def keep(request: HttpRequest, planet: Planet) -> HttpResponse:
    assert request.user.is_authenticated
    if "step_out" in request.POST:
        return leave(request, planet)
    word = "hand_over" if "hand_over" in request.POST else "add"
    number = request.POST.get(word, "")
    people = Person.objects.visible_to(request.user).exclude(pk=request.user.pk)
    person = get_object_or_404(people, pk=int(number) if number.isdecimal() and len(number) < 19 else 0)
    if word == "add":
        actions.add_keeper(planet, person)
        return redirect("posts:planet_keepers", planet.slug)
    actions.hand_over(planet, person, by=request.user)
    messages.success(request, _("%(name)s keeps the planet now. Thank you for having done it") % {"name": person.name})
    return redirect("posts:planets")


def leave(request: HttpRequest, planet: Planet) -> HttpResponse:
    assert request.user.is_authenticated
    try:
        actions.step_out(planet, by=request.user)
    except actions.LastKeeper:
        messages.warning(request, _("You keep it alone. Hand it over to somebody, or close it."))
        return redirect("posts:planet_keepers", planet.slug)
    messages.success(request, _("You have stepped out. The planet goes on"))
    return redirect("posts:planets")


@signed_in
def planet_close(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks once, for a planet does not come back."""
    found = kept_planet(request, slug)
    if request.method == "POST":
        actions.close_planet(found)
        messages.success(request, _("The planet is closed. What it gathered is where it always was"))
        return redirect("posts:planets")
    return render(request, "posts/planet_close.html", {"planet": found})
