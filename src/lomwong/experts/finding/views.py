"""ใครรู้เรื่องนี้: a question in, people out, each with reasons that the reader may open."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lomwong.experts.carrying.rules import can_invite
from lomwong.experts.faculties import faculties
from lomwong.experts.finding import forms, showing
from lomwong.experts.finding.queries import learnt_for, meant, who_knows
from lomwong.experts.tuning import FEWEST
from lomwong.kit.access import signed_in
from lomwong.people.models import Person
from lomwong.posts.models import Kind, Post
from lomwong.search import vocabulary
from lomwong.search.nearby import Topic

LONGEST_NUMBER = 18  # digits that any database takes
LONGEST_TITLE = 300  # of the question that may be asked instead


@signed_in
def experts(request: HttpRequest) -> HttpResponse:
    """`for`: the number of the question from which the reader comes, whose author may invite to answer."""
    assert request.user.is_authenticated
    about = question_named(request.GET.get("for", ""), request.user)
    question = (request.GET.get("q", "").strip() or (about.label if about else ""))[: forms.LONGEST_QUESTION]
    house = faculties()
    form = forms.WhoForm(request.GET, viewer=request.user, house=house)
    context: dict[str, Any] = {
        "question": question,
        "title": question[:LONGEST_TITLE],
        "about": about,
        "can_invite": about is not None and can_invite(request.user, about),
        "form": form,
        "conditions": forms.conditions(form, request.GET),
        "toggles": {name: forms.address(request.GET, **{name: 1}) for name in ("elsewhere", "available")},
    }
    if question:
        context |= people(request, request.user, question, form, about)
    return render(request, "experts/experts.html", context)


@signed_in
def how(request: HttpRequest) -> HttpResponse:
    """How those who know are found here, and what that learnt from questions that were answered."""
    assert request.user.is_authenticated
    return render(request, "experts/how.html", {"learnt": learnt_for(request.user), "fewest": FEWEST})


def question_named(text: str, viewer: Person) -> Post | None:
    """A question that the reader may read; None for anything else."""
    if not text.isdecimal() or len(text) > LONGEST_NUMBER:
        return None
    return Post.objects.visible_to(viewer).filter(pk=int(text), kind=Kind.QUESTION).first()


def people(
    request: HttpRequest, viewer: Person, question: str, form: forms.WhoForm, about: Post | None
) -> dict[str, Any]:
    shown, narrow = forms.shown_count(request.GET.get("n", "")), form.narrow()
    leave_out = [viewer.pk, *(there(about) if about else [])]
    found = who_knows(
        question,
        viewer=viewer,
        limit=min(shown + forms.STEP, forms.MOST),
        leave_out=leave_out,
        narrow=narrow,
        community=community_of(about),
    )
    marks, words = vocabulary.current().marks(question), meant(question, viewer=viewer)
    context: dict[str, Any] = {
        "meant": words,
        "meant_url": forms.address(request.GET, q=words),
        "marks": marks,
        "cards": showing.cards(found[:shown], Topic.of(question, viewer=viewer), form.house, about),
        "circles": showing.circles_around(found[:shown], viewer),
        "further": len(found) - shown,
        "further_url": forms.address(request.GET, n=shown + forms.STEP),
    }
    if not found:
        conditions = forms.conditions(form, request.GET)
        context["in_the_way"] = showing.in_the_way(question, narrow, conditions, viewer=viewer, leave_out=leave_out)
        context["unnarrowed"] = forms.address(request.GET, **dict.fromkeys(forms.FIELDS))
    return context


def there(question: Post) -> list[int]:
    """Who stands there with their name already. Nobody is left out for being behind an unnamed question: whoever
    compares would learn who it is."""
    said = Post.objects.shown().filter(root=question.pk).order_by().values_list("author_id", flat=True).distinct()
    return [pk for pk in (question.author_id, *said) if pk]


def community_of(about: Post | None) -> int | None:
    """The circle in which the question was asked; none when there are several, or none."""
    placed = list(about.placements.values_list("community_id", flat=True)[:2]) if about else []
    return placed[0] if len(placed) == 1 else None
