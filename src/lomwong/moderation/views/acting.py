"""Point something out; do something about it; take the pen from somebody for a time."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from lomwong.kit.access import operator, signed_in
from lomwong.moderation import actions, rules
from lomwong.moderation.forms import FlagForm, SuspendForm
from lomwong.moderation.verbs import VERBS
from lomwong.people.models import Person
from lomwong.people.rules import can_suspend
from lomwong.posts.models import Post


@signed_in
def flag(request: HttpRequest, number: int) -> HttpResponse:
    """Once a person and post; who said it stays with the operators."""
    assert request.user.is_authenticated
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("author", "root"), pk=number)
    if rules.is_own(request.user, post):
        raise PermissionDenied
    has_flagged = post.flags.filter(by=request.user).exists()
    form = FlagForm(request.POST or None)
    if request.method == "POST" and not has_flagged and form.is_valid():
        actions.flag_post(post, by=request.user, **form.cleaned_data)
        messages.success(request, _("Thank you. Somebody who looks after this will look at it."))
        return redirect(post)
    context = {"form": form, "post": post, "has_flagged": has_flagged, "is_writing": True}
    return render(request, "moderation/flag.html", context, status=422 if form.errors else 200)


@signed_in
def act(request: HttpRequest, number: int, verb: str) -> HttpResponse:
    """One of the verbs, with its reason."""
    assert request.user.is_authenticated
    doing = VERBS.get(verb)
    post = get_object_or_404(Post.objects.select_related("author", "root"), pk=number)
    if doing is None or not rules.looks_after(request.user, post):
        raise Http404
    if not doing.may(request.user, post):
        raise PermissionDenied
    form = doing.form_for(request.user, post, request.POST or None)
    if request.method == "POST" and form.is_valid():
        deed = doing.do(post, request.user, form.cleaned_data)
        messages.success(request, _("Done, and noted in the trail. It can be taken back there."))
        return redirect(deed)
    context = {"form": form, "post": post, "doing": doing, "is_writing": True}
    return render(request, "moderation/act.html", context, status=422 if form.errors else 200)


@operator
def suspend(request: HttpRequest, pk: int) -> HttpResponse:
    assert request.user.is_authenticated
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    if not can_suspend(request.user, person):
        raise PermissionDenied
    form = SuspendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        deed = actions.suspend_person(person, by=request.user, reason=given["reason"], ends_at=given["until"])
        return redirect(deed)
    context = {"form": form, "person": person, "is_writing": True}
    return render(request, "moderation/suspend.html", context, status=422 if form.errors else 200)
