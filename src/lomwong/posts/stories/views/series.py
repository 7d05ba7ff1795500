"""Series, and to which series, blog and licence an entry belongs."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lomwong.kit.access import public, signed_in
from lomwong.kit.visitors import kept_for_visitors
from lomwong.posts import actions, rules
from lomwong.posts.models import Series
from lomwong.posts.queries import with_cards
from lomwong.posts.stories import actions as stories
from lomwong.posts.stories import queries
from lomwong.posts.stories.fields import story_choices
from lomwong.posts.stories.forms import BelongingForm, SeriesForm
from lomwong.posts.views.reading import readable_post


def own_series(request: HttpRequest, pk: int) -> Series:
    found = get_object_or_404(Series.objects.visible_to(request.user), pk=pk)
    if not rules.can_change_own(request.user, found):
        raise PermissionDenied
    return found


@public
@kept_for_visitors
def series(request: HttpRequest, pk: int) -> HttpResponse:
    """All parts that the viewer may read, in order. Without any, the series does not exist for them."""
    found = get_object_or_404(Series.objects.visible_to(request.user).select_related("owner__unit"), pk=pk)
    parts = list(with_cards(queries.parts_of(found, request.user), request.user)[: queries.MOST_PARTS])
    last = parts[-1] if parts else None
    context = {
        "series": found,
        "parts": parts,
        "coming": last.part + 1 if last and last.part and last.is_continued and not found.is_finished else None,
        "can_change": rules.can_change_own(request.user, found),
    }
    return render(request, "posts/series.html", context)


@signed_in
def series_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Its name, whether it is finished, the order of its parts."""
    found = own_series(request, pk)
    name, parts = found.name, list(queries.parts_of(found, request.user)[: queries.MOST_PARTS])
    form = SeriesForm(request.POST or None, instance=found, parts=parts)
    if request.method == "POST" and form.is_valid():
        given = {field: form.cleaned_data[field] for field in ("name", "about", "is_finished", "parts")}
        return redirect(stories.change_series(found, **given))
    context = {"form": form, "series": found, "name": name, "has_parts": bool(parts), "is_writing": True}
    return render(request, "posts/series_edit.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def series_delete(request: HttpRequest, pk: int) -> HttpResponse:
    found = own_series(request, pk)
    if not stories.delete_series(found):
        messages.error(request, _("It has parts. Take them out first."))
        return redirect(found)
    messages.success(request, _("The series is gone."))
    return redirect("posts:blogs")


@signed_in
def belonging(request: HttpRequest, number: int) -> HttpResponse:
    """Blog, series, licence of an entry; also of one that was imported and keeps its words."""
    assert request.user.is_authenticated
    post = readable_post(request, number)
    if not rules.can_place_post(request.user, post):
        raise PermissionDenied
    form = BelongingForm(request.POST or None, writer=request.user, post=post)
    if request.method == "POST" and form.is_valid():
        return redirect(actions.change_belonging(post, by=request.user, **story_choices(form.cleaned_data)))
    context = {"form": form, "post": post, "is_writing": True}
    return render(request, "posts/belonging.html", context, status=422 if form.errors else 200)
