"""What was done, by whom, why; take it back, appeal, decide."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from lomwong.kit.access import signed_in, while_suspended
from lomwong.moderation import actions, queries, rules
from lomwong.moderation.forms import AppealForm, DecideForm, UndoForm
from lomwong.moderation.models import Appeal, Deed


@signed_in
def deeds(request: HttpRequest) -> HttpResponse:
    """The trail: operators see all of it, hosts that of their circles."""
    if not rules.looks_after_something(request.user):
        raise PermissionDenied
    page = queries.trail(request.user, after=request.GET.get("after", ""))
    return render(request, "moderation/deeds.html", {"page": page})


@signed_in
def about_my_posts(request: HttpRequest) -> HttpResponse:
    """What met one's own posts, or oneself."""
    assert request.user.is_authenticated
    page = queries.about_posts_of(request.user, after=request.GET.get("after", ""))
    return render(request, "moderation/about_my_posts.html", {"page": page})


@signed_in
def visible(request: HttpRequest) -> HttpResponse:
    """For everybody in the house: what kinds of things are done, and why. Nobody is named."""
    return render(request, "moderation/visible.html", {"summary": queries.summary()})


def visible_deed(request: HttpRequest, pk: int) -> Deed:
    found = get_object_or_404(queries.with_names(Deed.objects.all()), pk=pk)
    if not rules.can_see_deed(request.user, found):
        raise Http404
    return found


@signed_in
def deed(request: HttpRequest, pk: int) -> HttpResponse:
    assert request.user.is_authenticated
    found = visible_deed(request, pk)
    appeal = getattr(found, "appeal", None)
    is_mine = found.person_id == request.user.pk or (found.post is not None and rules.is_own(request.user, found.post))
    if not is_mine:
        queries.note_elsewhere([found], request.user)
    context = {
        "deed": found,
        "is_mine": is_mine,
        "can_undo": rules.can_undo(request.user, found),
        "can_appeal": rules.can_appeal(request.user, found),
        "appeal": appeal,
        "can_decide": appeal is not None and rules.can_decide(request.user, appeal),
    }
    return render(request, "moderation/deed.html", context)


@signed_in
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    assert request.user.is_authenticated
    found = visible_deed(request, pk)
    if not rules.can_undo(request.user, found):
        raise PermissionDenied
    form = UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.undo_deed(found, by=request.user, **form.cleaned_data)
        except actions.CannotUndo as stands_in_the_way:
            form.add_error(None, str(stands_in_the_way))
        else:
            messages.success(request, _("Taken back."))
            return redirect(found)
    context = {"form": form, "deed": found, "is_writing": True}
    return render(request, "moderation/undo.html", context, status=422 if form.errors else 200)


@while_suspended
@signed_in
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """Once, by whom it met. Open to those who are suspended: it may be about that."""
    assert request.user.is_authenticated
    found = visible_deed(request, pk)
    if not rules.can_appeal(request.user, found):
        raise PermissionDenied
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.appeal_deed(found, by=request.user, words=form.cleaned_data["words"])
        messages.success(request, _("Somebody will look at it again, somebody else if we can."))
        return redirect(found)
    context = {"form": form, "deed": found, "is_writing": True}
    return render(request, "moderation/appeal.html", context, status=422 if form.errors else 200)


@signed_in
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    assert request.user.is_authenticated
    found = get_object_or_404(Appeal.objects.select_related("deed__post", "deed__by", "by"), pk=pk)
    if not rules.can_see_deed(request.user, found.deed):
        raise Http404
    if not rules.can_decide(request.user, found):
        raise PermissionDenied
    form = DecideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        is_granted = form.cleaned_data["is_granted"] == "yes"
        try:
            actions.decide_appeal(found, by=request.user, is_granted=is_granted, answer=form.cleaned_data["answer"])
        except actions.CannotUndo as stands_in_the_way:
            form.add_error(None, str(stands_in_the_way))
        else:
            return redirect(found.deed)
    context = {"form": form, "appeal": found, "is_writing": True}
    return render(request, "moderation/decide.html", context, status=422 if form.errors else 200)
