"""The doors of a circle: find one, start one, sit down, get up. What is said inside is shown by posts."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lomwong.communities import actions, queries, rules
from lomwong.communities.forms import ChangeForm, StartForm
from lomwong.communities.models import Community, Membership
from lomwong.kit.access import public, signed_in, while_suspended


def visible_community(request: HttpRequest, slug: str) -> Community:
    return get_object_or_404(Community.objects.visible_to(request.user), slug=slug)


@public
def communities(request: HttpRequest) -> HttpResponse:
    """All of them by the alphabet: no ranks, no counts."""
    page = queries.listed(request.user, after=request.GET.get("after", ""))
    return render(request, "communities/communities.html", {"page": page})


@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    return render(request, "communities/mine.html", {"circles": queries.mine(request.user)})


@signed_in
def start(request: HttpRequest) -> HttpResponse:
    assert request.user.is_authenticated
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect(actions.start_community(by=request.user, **form.cleaned_data))
    context = {"form": form, "is_writing": True, "hues": [request.user.hue]}
    return render(request, "communities/start.html", context, status=422 if form.errors else 200)


@signed_in
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    assert request.user.is_authenticated
    community = visible_community(request, slug)
    if not rules.can_change_community(request.user, community):
        raise PermissionDenied
    form = ChangeForm(request.POST or None, instance=community)
    if request.method == "POST" and form.is_valid():
        return redirect(actions.change_community(community, by=request.user, **form.cleaned_data))
    context = {"form": form, "community": community, "is_writing": True}
    return render(request, "communities/edit.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """Sit down at once, or wait to be let in. Who finds an empty mat becomes its host."""
    assert request.user.is_authenticated
    community = visible_community(request, slug)
    if rules.can_sit_at_once(request.user, community):
        actions.sit_down(community, person=request.user, is_host=rules.is_empty(community))
    elif actions.ask_to_sit(community, person=request.user).state == Membership.State.ASKING:
        messages.success(request, _("You have asked to sit in. Somebody in the circle will let you in."))
    return redirect(community)


@while_suspended
@signed_in
@require_POST
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    assert request.user.is_authenticated
    community = visible_community(request, slug)
    if rules.has_seat(request.user, community):
        messages.success(request, _("You have got up. What you said here stays, and so does an open place."))
    actions.get_up(community, person=request.user)
    return redirect(community)


@signed_in
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody by the alphabet; and, for those who sit here, who would like to."""
    community = visible_community(request, slug)
    can_welcome = rules.can_welcome(request.user, community)
    context = {
        "community": community,
        "page": queries.seated(community, after=request.GET.get("after", "")),
        "asking": queries.asking(community) if can_welcome else [],
    }
    return render(request, "communities/members.html", context)


@signed_in
@require_POST
def welcome(request: HttpRequest, slug: str, person: int) -> HttpResponse:
    """Let somebody in who has asked; whom another has let in meanwhile simply sits there."""
    community = visible_community(request, slug)
    if not rules.can_welcome(request.user, community):
        raise PermissionDenied
    wish = get_object_or_404(Membership.objects.select_related("person"), community=community, person=person)
    assert request.user.is_authenticated
    actions.sit_down(community, person=wish.person, by=request.user)
    return redirect("communities:members", slug=slug)
