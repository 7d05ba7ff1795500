"""The operator's list of the organisation's own words."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lomwong.kit.access import operator
from lomwong.kit.jobs.lease import is_queued
from lomwong.search.models import Term
from lomwong.search.terms import actions, queries
from lomwong.search.terms.forms import ManyForm, TermForm
from lomwong.search.terms.tasks import reindex_touched


@operator
def terms(request: HttpRequest) -> HttpResponse:
    find = request.GET.get("find", "").replace("\0", "")
    page = queries.listed(request.user, find=find, after=request.GET.get("after", ""), is_waiting=is_waiting())
    return render(request, "search/terms.html", {"page": page, "find": find})


@operator
def term_new(request: HttpRequest) -> HttpResponse:
    form = TermForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            term = actions.add_term(form.cleaned_data["ways"])
        except actions.Taken as taken:
            form.add_error("ways", str(taken))
        else:
            messages.success(request, said(term))
            return redirect("search:terms")
    context = {"form": form, "is_writing": True}
    return render(request, "search/term_new.html", context, status=422 if form.errors else 200)


@operator
def term_edit(request: HttpRequest, pk: int) -> HttpResponse:
    term = get_object_or_404(Term, pk=pk)
    form = TermForm(request.POST or None, initial={"ways": term.forms})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_term(term, form.cleaned_data["ways"])
        except actions.Taken as taken:
            form.add_error("ways", str(taken))
        else:
            messages.success(request, said(term))
            return redirect("search:terms")
    listed = queries.one_listed(term, queries.Count.for_viewer(request.user, is_waiting=is_waiting()))
    context = {"form": form, "is_writing": True, "listed": listed}
    return render(request, "search/term_edit.html", context, status=422 if form.errors else 200)


@operator
@require_POST
def term_remove(request: HttpRequest, pk: int) -> HttpResponse:
    term = get_object_or_404(Term, pk=pk)
    actions.remove_term(term)
    messages.success(request, _("Removed: %(term)s") % {"term": term})
    return redirect("search:terms")


@operator
def terms_new(request: HttpRequest) -> HttpResponse:
    """Many at once: all of them or, when one line is wrong, none."""
    form = ManyForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            count = actions.add_terms(form.cleaned_data["groups"])
        except actions.Taken as taken:
            form.add_error("lines", str(taken))
        else:
            new = ngettext("%(count)d term is new or has grown.", "%(count)d terms are new or have grown.", count)
            messages.success(request, new % {"count": count})
            return redirect("search:terms")
    context = {"form": form, "is_writing": True}
    return render(request, "search/terms_new.html", context, status=422 if form.errors else 200)


def is_waiting() -> bool:
    return is_queued(reindex_touched.module_path)


def said(term: Term) -> str:
    return _("Search knows it from now on: %(term)s") % {"term": term}
