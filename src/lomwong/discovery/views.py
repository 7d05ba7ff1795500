"""The circles that hold the reader."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lomwong.discovery import actions, queries
from lomwong.discovery.models import Run
from lomwong.kit.access import signed_in


@signed_in
def circles(request: HttpRequest) -> HttpResponse:
    """Drafts that hold the reader, with what they rest on. Nobody sees anybody else's."""
    run = queries.latest_run(Run.USUAL)
    found = queries.findings(run, request.user) if run else []
    return render(request, "discovery/circles.html", {"findings": found, "run": run})


@signed_in
@require_POST
def leave_out(request: HttpRequest) -> HttpResponse:
    assert request.user.is_authenticated
    actions.leave_out(request.user)
    messages.success(request, _("You are in no found circle any more. You can change that in your profile."))
    return redirect("discovery:circles")
