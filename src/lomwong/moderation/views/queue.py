"""What waits for those who look after a circle or the house."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lomwong.kit.access import signed_in
from lomwong.moderation import actions, queries, rules
from lomwong.moderation.verbs import verbs_for
from lomwong.posts.models import Post


@signed_in
def queue(request: HttpRequest) -> HttpResponse:
    """The oldest first. Whoever looks after nothing is told so kindly."""
    looks_after = rules.looks_after_something(request.user)
    context = {
        "looks_after": looks_after,
        "queue": queries.queue(request.user) if looks_after else None,
        "is_operator": rules.is_operator(request.user),
    }
    return render(request, "moderation/queue.html", context)


@signed_in
@require_POST
def held(request: HttpRequest) -> HttpResponse:
    """Let visitors' words in, or not: `one`, or all that are `chosen`."""
    assert request.user.is_authenticated
    if not rules.looks_after_something(request.user):
        raise PermissionDenied
    does, _, number = request.POST.get("does", "").partition(":")
    verb = {"let_in": actions.let_in, "turn_away": actions.turn_away}.get(does)
    numbers = [number] if number else request.POST.getlist("chosen")
    if verb is None:
        raise PermissionDenied
    done = [verb(post, by=request.user) for post in queries.chosen_held(numbers, request.user)]
    count = sum(1 for deed in done if deed)
    if does == "let_in":
        told = ngettext("%(count)d let in", "%(count)d let in", count)
    else:
        told = ngettext("%(count)d stays outside", "%(count)d stay outside", count)
    messages.success(request, told % {"count": count})
    return redirect("moderation:queue")


@signed_in
def about(request: HttpRequest, number: int) -> HttpResponse:
    """A post with what was done about it, for its authors and those who look after it: also while it is hidden."""
    posts = queries.waiting_posts(Post.objects.all(), request.user)
    post = get_object_or_404(posts, pk=number)
    if not rules.can_see_about(request.user, post):
        raise Http404
    looks_after = rules.looks_after(request.user, post)
    flags = post.flags.select_related("by").order_by("at", "pk") if looks_after else []
    is_own = rules.is_own(request.user, post)
    context = {
        "post": post,
        "is_own": is_own,
        "looks_after": looks_after,
        "is_operator": rules.is_operator(request.user),
        "flags": [] if is_own else flags,
        "verbs": verbs_for(request.user, post),
        "suspicions": queries.suspicion_words(post),
        "deeds": queries.deeds_on(post, request.user),
        "can_open_envelope": post.is_unnamed and not is_own and rules.can_open_envelopes(request.user),
        "openings": post.openings.select_related("asked_by") if rules.is_operator(request.user) and not is_own else [],
    }
    return render(request, "moderation/about.html", context)
