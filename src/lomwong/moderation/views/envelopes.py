"""Open the envelope of a post without a name, two together."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lomwong.kit.access import operator
from lomwong.moderation import queries, rules
from lomwong.moderation.actions import envelopes as actions
from lomwong.moderation.forms import OpeningForm
from lomwong.moderation.models import EnvelopeOpening
from lomwong.people.models import Person
from lomwong.posts.models import Post
from lomwong.posts.unnamed.queries import author_behind

SHOWN = 100


@operator
@never_cache
def envelopes(request: HttpRequest) -> HttpResponse:
    """What was asked, opened, left closed, and by whom. No names of authors."""
    found = EnvelopeOpening.objects.select_related("asked_by", "decided_by", "post__root")[:SHOWN]
    return render(request, "moderation/envelopes.html", {"openings": found})


@operator
@never_cache
def envelope_ask(request: HttpRequest, number: int) -> HttpResponse:
    """Ask another one who runs the house to open it together with oneself."""
    assert request.user.is_authenticated
    posts = queries.waiting_posts(Post.objects.filter(is_unnamed=True), request.user)
    post = get_object_or_404(posts, pk=number)
    if not rules.can_open_envelopes(request.user) or rules.is_own(request.user, post):
        raise PermissionDenied
    form = OpeningForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            opening = actions.ask_to_open(post, by=request.user, reason=form.cleaned_data["reason"])
        except actions.CannotOpen as stands_in_the_way:
            form.add_error(None, str(stands_in_the_way))
        else:
            return redirect(opening)
    others = Person.objects.active().filter(is_staff=True).exclude(pk=request.user.pk)
    context = {"form": form, "post": post, "is_alone": not others.exists(), "is_writing": True}
    return render(request, "moderation/envelope_ask.html", context, status=422 if form.errors else 200)


@operator
@never_cache
def envelope(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: agree, decline, take back; and afterwards, for those two alone, who wrote it."""
    assert request.user.is_authenticated
    rows = EnvelopeOpening.objects.select_related("asked_by", "decided_by")
    opening = get_object_or_404(rows, pk=pk)
    if request.method == "POST":
        return decide(request, opening)
    post = get_object_or_404(queries.waiting_posts(Post.objects.all(), request.user), pk=opening.post_id)
    context: dict[str, Any] = {
        "opening": opening,
        "post": post,
        "can_agree": rules.can_agree_to_open(request.user, opening),
        "can_take_back": rules.can_take_back_request(request.user, opening),
        "author": author_for(request.user, opening),
        "is_writing": True,
    }
    return render(request, "moderation/envelope.html", context)


def author_for(viewer: Person, opening: EnvelopeOpening) -> Person | None:
    """The only place of the house where a sealed name is read for somebody else's eyes."""
    if not rules.can_see_name(viewer, opening):
        return None
    people = Person.objects.filter(pk=author_behind(opening.post)).select_related("unit")
    found: Person | None = people.first()
    return found


def decide(request: HttpRequest, opening: EnvelopeOpening) -> HttpResponse:
    assert request.user.is_authenticated
    does = request.POST.get("does", "")
    try:
        if does == "agree":
            actions.agree_to_open(opening, by=request.user)
        elif does == "decline":
            actions.decline_to_open(opening, by=request.user, answer=request.POST.get("answer", "").strip()[:500])
        elif does == "take_back":
            actions.take_back_request(opening, by=request.user)
        else:
            raise PermissionDenied
    except actions.CannotOpen as stands_in_the_way:
        messages.error(request, str(stands_in_the_way))
    else:
        messages.success(request, _("Done, and noted in the trail."))
    return redirect(opening)
