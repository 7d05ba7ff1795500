"""What was asked of me, and what I can do with it; who may know, and asking them along."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lomwong.experts.carrying import actions, queries, rules
from lomwong.experts.carrying.forms import WordForm
from lomwong.experts.carrying.tasks import carry_further
from lomwong.experts.models import Carried
from lomwong.kit.access import signed_in
from lomwong.people.models import JobFunction, Person
from lomwong.posts.compose.asking import MOST_CALLED
from lomwong.posts.compose.mentions import people_like
from lomwong.posts.models import Kind, Post
from lomwong.posts.threads.fragments import is_fragment, layout
from lomwong.posts.threads.queries import LARGEST_NUMBER
from lomwong.posts.unnamed.rules import is_mine

LONGEST_NAME = 60


@signed_in
def asked(request: HttpRequest) -> HttpResponse:
    """Questions that were carried to the reader and wait: answer, pass on, not now."""
    assert request.user.is_authenticated
    page = queries.asked_of(request.user, after=request.GET.get("after", ""))
    return render(request, "experts/asked.html", {"page": page})


@signed_in
@require_POST
def not_now(request: HttpRequest, number: int) -> HttpResponse:
    """Nobody learns of it."""
    row = own_row(request, number)
    with transaction.atomic():  # both or neither: whoever declines once has nothing left to press again
        if actions.decline(row):
            carry_further.enqueue(number)
    messages.success(request, _("That is fine. Nobody is told"))
    return redirect(back_from(request) or reverse("experts:asked"))


@signed_in
def pass_on(request: HttpRequest, number: int) -> HttpResponse:
    """To one colleague, by name. `?q=` looks for one; POST: `person`, `word`."""
    assert request.user.is_authenticated
    row = own_row(request, number)
    form = WordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = chosen(request)
        try:
            actions.pass_on(row, person, word=form.cleaned_data["word"])
        except actions.Refused as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, _("%(name)s has it now. Thank you for showing the way") % {"name": person.name})
            return redirect("experts:asked")
    context = {
        "question": row.question,
        "number": number,
        "form": form,
        "words": name_typed(request),
        "found": people_like(request.user, name_typed(request)) if name_typed(request) else [],
        "perhaps": [one for one in queries.may_know(row.question, request.user) if one.is_here],
        "is_writing": True,
    }
    return render(request, "experts/pass_on.html", context, status=422 if request.method == "POST" else 200)


@signed_in
def invite(request: HttpRequest, number: int) -> HttpResponse:
    """Who may know, and asking them along: a page, or for htmx the part of the question's page. POST: `person`."""
    assert request.user.is_authenticated
    question = open_question(request, number)
    can_invite = rules.can_invite(request.user, question)
    if request.method == "POST":
        return invite_by_name(request, question) if can_invite else refuse()
    mine = queries.invited_by(request.user, question, is_asker=is_mine(request.user, question))
    typed = name_typed(request)
    context = {
        "question": question,
        "perhaps": [one for one in queries.may_know(question, request.user) if one.person not in mine],
        "invited": mine,
        "can_invite": can_invite,
        "words": typed,
        "found": [one for one in people_like(request.user, typed) if one not in mine] if typed else [],
        "jobs": queries.jobs_for(request.user) if rules.can_ask_job(request.user, question) else [],
        "layout": layout(request),
        "is_fragment": is_fragment(request),
    }
    response = render(request, "experts/invite.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def invite_by_name(request: HttpRequest, question: Post) -> HttpResponse:
    """Without a name of one's own, when it is one's own question without a name."""
    assert request.user.is_authenticated
    person = chosen(request)
    is_sealed = question.is_unnamed and is_mine(request.user, question)
    try:
        actions.invite(question, person, by=None if is_sealed else request.user.pk)
    except actions.Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("%(name)s is asked along. They may answer or not") % {"name": person.name})
    return redirect(question)


@signed_in
@require_POST
def ask_job(request: HttpRequest, number: int) -> HttpResponse:
    """All who do a job, once. POST: `job`, its slug."""
    question = open_question(request, number)
    if not rules.can_ask_job(request.user, question):
        raise PermissionDenied
    job = get_object_or_404(JobFunction, slug=request.POST.get("job", "").replace("\x00", ""))
    try:
        actions.ask_job(question, job)
    except actions.Refused as refused:
        messages.warning(request, str(refused))
    else:
        said = _("It goes to colleagues who do this job: %(job)s. Whoever has an answer writes below")
        messages.success(request, said % {"job": job.label})
    return redirect(question)


@signed_in
def may_know(request: HttpRequest) -> HttpResponse:
    """Who may know, while the question is being written: to be ticked, three at most."""
    assert request.user.is_authenticated
    title = request.GET.get("title", "").replace("\x00", "")[:300]
    numbers = [int(pk) for pk in request.GET.getlist("invite") if pk.isdecimal() and len(pk) < 16]
    ticked = list(Person.objects.visible_to(request.user).filter(pk__in=numbers[:MOST_CALLED]).select_related("unit"))
    context = {
        "title": title,
        "ticked": ticked,
        "perhaps": [one for one in queries.may_know_words(title, request.user) if one.person not in ticked],
        "layout": layout(request),
        "is_fragment": is_fragment(request),
    }
    response = render(request, "experts/may_know.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def own_row(request: HttpRequest, number: int) -> Carried:
    """What waits for the reader, and nobody else's; 404 for what they may not read any more."""
    assert request.user.is_authenticated
    return get_object_or_404(queries.with_all(queries.waiting_for(request.user)), question__number=in_range(number))


def open_question(request: HttpRequest, number: int) -> Post:
    asked = Post.objects.visible_to(request.user).filter(kind=Kind.QUESTION).threads()
    return get_object_or_404(asked.select_related("author"), pk=in_range(number))


def in_range(number: int) -> int:
    """A number larger than any database counts is nobody's."""
    return min(number, LARGEST_NUMBER)


def chosen(request: HttpRequest) -> Person:
    number = request.POST.get("person", "")
    people = Person.objects.visible_to(request.user).exclude(pk=request.user.pk)
    found: Person = get_object_or_404(people, pk=int(number) if number.isdecimal() and len(number) < 16 else 0)
    return found


def name_typed(request: HttpRequest) -> str:
    return " ".join((request.POST or request.GET).get("q", "").replace("\x00", "").split())[:LONGEST_NAME]


def back_from(request: HttpRequest) -> str:
    """The page of ours from which it was pressed."""
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return back if is_ours else ""


def refuse() -> HttpResponse:
    raise PermissionDenied
