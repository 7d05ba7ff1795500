"""What one asked without a name; put the name to it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lomwong.kit.access import signed_in
from lomwong.posts.unnamed import actions, queries, rules
from lomwong.posts.views.reading import readable_post


@signed_in
@never_cache
def unnamed(request: HttpRequest) -> HttpResponse:
    """One's own list, that nobody else ever sees."""
    assert request.user.is_authenticated
    return render(request, "posts/unnamed.html", {"asked": queries.own_list(request.user)})


@signed_in
@never_cache
def unnamed_show(request: HttpRequest, number: int) -> HttpResponse:
    """Asks once, on a page of its own: what has been read with a name cannot be unread. 404 for all others, alike."""
    assert request.user.is_authenticated
    post = readable_post(request, number)
    if not rules.can_show_name(request.user, post):
        raise Http404
    if request.method == "POST":
        actions.show_name(post, by=request.user)
        messages.success(request, _("Your name stands there now."))
        return redirect(post)
    root = post.root or post
    context = {"post": post, "count": len(queries.sealed_in(root, request.user)), "is_writing": True}
    return render(request, "posts/unnamed_show.html", context)
