"""Blogs: one's own, anybody's."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lomwong.kit.access import public, signed_in
from lomwong.kit.visitors import kept_for_visitors
from lomwong.posts import actions, rules
from lomwong.posts.models import Blog
from lomwong.posts.stories import actions as stories
from lomwong.posts.stories import queries
from lomwong.posts.stories.forms import BlogForm


def visible_blog(request: HttpRequest, slug: str) -> Blog:
    """404 for one of which the viewer may read nothing, as for one that does not exist."""
    known = Blog.objects.visible_to(request.user).select_related("owner__unit")
    return get_object_or_404(known, slug=slug.replace("\x00", ""))  # which PostgreSQL does not take


def own_blog(request: HttpRequest, slug: str) -> Blog:
    found = visible_blog(request, slug)
    if not rules.can_change_own(request.user, found):
        raise PermissionDenied
    return found


@public
@kept_for_visitors
def blog(request: HttpRequest, slug: str) -> HttpResponse:
    """Its entries, the last written first."""
    found = visible_blog(request, slug)
    context = {
        "blog": found,
        "page": queries.entries(found, request.user, before=request.GET.get("before", "")),
        "can_change": rules.can_change_own(request.user, found),
    }
    return render(request, "posts/blog.html", context)


@signed_in
def blogs(request: HttpRequest) -> HttpResponse:
    """One's own blogs and series."""
    assert request.user.is_authenticated
    context = {
        "blogs": queries.blogs_of(request.user, request.user),
        "series_list": queries.series_of(request.user, request.user),
    }
    return render(request, "posts/blogs.html", context)


@signed_in
def blog_new(request: HttpRequest) -> HttpResponse:
    assert request.user.is_authenticated
    form = BlogForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect(actions.open_blog(by=request.user, **form.cleaned_data))
    context = {"form": form, "is_writing": True}
    return render(request, "posts/blog_new.html", context, status=422 if form.errors else 200)


@signed_in
def blog_edit(request: HttpRequest, slug: str) -> HttpResponse:
    found = own_blog(request, slug)
    name = found.name  # the form writes into the blog while it looks at what was typed
    form = BlogForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        return redirect(stories.change_blog(found, **form.cleaned_data))
    context = {"form": form, "blog": found, "name": name, "is_writing": True}
    return render(request, "posts/blog_edit.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def blog_delete(request: HttpRequest, slug: str) -> HttpResponse:
    found = own_blog(request, slug)
    if not stories.delete_blog(found):
        messages.error(request, _("There are entries in it. Move them first, or take them back."))
        return redirect(found)
    messages.success(request, _("The blog is gone."))
    return redirect("posts:blogs")
