"""Follow, and see what one follows."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lomwong.kit.access import signed_in, while_suspended
from lomwong.posts.following import actions, queries
from lomwong.posts.following.targets import MODELS, Target, known


def known_target(request: HttpRequest, kind: str, pk: int) -> Target:
    """404 for what is not there and for what this viewer may not know of, alike."""
    if kind not in MODELS:
        raise Http404
    found: Target = get_object_or_404(known(kind, [pk], request.user))
    return found


@signed_in
def following(request: HttpRequest) -> HttpResponse:
    """Only the reader's own."""
    return render(
        request,
        "posts/following.html",
        {"groups": queries.in_groups(queries.followed(request.user), request.user)},
    )


@while_suspended
@signed_in
@require_POST
def follow(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """`on=1` or `on=0`; gives the button back to htmx, and everybody else to the page they came from."""
    assert request.user.is_authenticated
    target = known_target(request, kind, pk)
    is_on = request.POST.get("on") == "1"
    (actions.follow if is_on else actions.unfollow)(target, by=request.user)
    if request.headers.get("HX-Request"):
        return button(request, kind, pk, is_on)
    messages.success(request, said(target, is_on))
    return redirect(way_back(request, default="posts:following"))


def said(target: Target, is_on: bool) -> str:
    name = {"name": target.name}
    return _("You follow %(name)s now") % name if is_on else _("You no longer follow %(name)s") % name


def button(request: HttpRequest, kind: str, pk: int, is_on: bool) -> HttpResponse:
    context = {"kind": kind, "pk": pk, "is_followed": is_on, "next": way_back(request, default="")}
    return render(request, "posts/_follow.html", context)


def way_back(request: HttpRequest, *, default: str) -> str:
    """`next` of the form, when it leads to a page of ours."""
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else default
