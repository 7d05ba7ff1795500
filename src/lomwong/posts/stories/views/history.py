"""Earlier versions, and taking back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lomwong.kit.access import signed_in, while_suspended
from lomwong.posts import rules
from lomwong.posts.models import Post, Revision, State
from lomwong.posts.stories import actions as stories
from lomwong.posts.stories import queries


def remembered_post(request: HttpRequest, number: int) -> Post:
    """404 for whoever may not see what stood there before, readers included."""
    found = Post.objects.select_related("author", "root").filter(pk=number).first()
    if found is None or not rules.can_see_history(request.user, found):
        raise Http404
    return found


@signed_in
def history(request: HttpRequest, number: int) -> HttpResponse:
    """Every version, and what changed in one of them, by words."""
    post = remembered_post(request, number)
    context = {
        "post": post,
        "history": queries.history_of(post, request.GET.get("version", "")),
        "can_restore": rules.can_edit_post(request.user, post),
        "can_erase": rules.can_erase_revision(request.user, post),
    }
    return render(request, "posts/history.html", context)


@signed_in
@require_POST
def revision_restore(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    assert request.user.is_authenticated
    post = remembered_post(request, number)
    if not rules.can_edit_post(request.user, post):
        raise PermissionDenied
    revision = get_object_or_404(Revision.objects.select_related("post"), post=post, pk=pk)
    stories.restore_revision(revision, by=request.user)
    messages.success(request, _("The earlier words stand there again."))
    return redirect("posts:history", number)


@signed_in
@while_suspended
def revision_erase(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Asks once, on a page of its own: it cannot be undone."""
    post = remembered_post(request, number)
    if not rules.can_erase_revision(request.user, post):
        raise PermissionDenied
    revision = get_object_or_404(Revision, post=post, pk=pk)
    if request.method == "POST":
        stories.erase_revision(revision)
        messages.success(request, _("That version is gone for good."))
        return redirect("posts:history", number)
    return render(request, "posts/revision_erase.html", {"post": post, "revision": revision, "is_writing": True})


@signed_in
@while_suspended
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take back what one wrote. Asks once, on a page of its own."""
    assert request.user.is_authenticated
    post = get_object_or_404(Post.objects.select_related("root"), pk=number)
    if not rules.can_withdraw_post(request.user, post):
        raise Http404
    if request.method == "POST":
        stories.withdraw_post(post, by=request.user)
        messages.success(request, _("You have taken it back."))
        return redirect(after_withdrawing(request, post))
    replies = Post.objects.filter(state=State.SHOWN).filter(parent=post).exclude(author=request.user)
    context = {"post": post, "has_replies": replies.exists(), "is_writing": True}
    return render(request, "posts/withdraw.html", context)


def after_withdrawing(request: HttpRequest, post: Post) -> Post | str:
    """To the thread it lay in; from a first post home."""
    if post.is_thread:
        return "home"
    return post.root if post.root and post.root.state == State.SHOWN else "home"
