"""ใครรู้เรื่องนี้: a question in, people out, each with reasons that the reader may open."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lomwong.experts.finding import queries
from lomwong.kit.access import signed_in

LONGEST_QUESTION = 1000


@signed_in
def experts(request: HttpRequest) -> HttpResponse:
    assert request.user.is_authenticated
    question = request.GET.get("q", "").strip()[:LONGEST_QUESTION]
    found = queries.who_knows(question, viewer=request.user, leave_out=[request.user.pk]) if question else []
    return render(request, "experts/experts.html", {"question": question, "found": found})
