"""Keep, list, open, throw away, take back. Everything starts from the writer's own drafts."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lomwong.kit.access import signed_in, while_suspended
from lomwong.people.models import Person
from lomwong.posts import rules
from lomwong.posts.compose.prompts import PROMPTS
from lomwong.posts.drafts.actions import DraftRefused, bring_back, discard_draft, save_draft
from lomwong.posts.drafts.typed import alts_in, typed_in
from lomwong.posts.files.drafts import set_alts
from lomwong.posts.models import Draft, Kind, Post

MOST_THROWN_AWAY = 20


@while_suspended
@signed_in
@require_POST
def draft_save(request: HttpRequest) -> JsonResponse:
    """The fields of a writing page as they stand now; besides them `draft` (the key), `kind`, `post` or `parent`."""
    assert request.user.is_authenticated
    if request.POST.get("kind") not in Kind.values:
        return JsonResponse({"error": _("What kind of writing is it?")}, status=400)
    belonging = belongs_to(request.POST, request.user)
    try:
        draft = save_draft(
            request.POST.get("draft", ""),
            typed_in(request.POST),
            by=request.user,
            kind=request.POST["kind"],
            **belonging,
        )
        set_alts(alts_in(request.POST), draft.files.defer("words_text"))
    except DraftRefused as refused:
        where = refused.became.get_absolute_url() if refused.became else ""
        return JsonResponse({"error": str(refused), "became": where}, status=409)
    return JsonResponse({"saved": draft.saved_at.isoformat(), "url": page_of(draft)})


def belongs_to(sent: QueryDict, writer: Person) -> dict[str, Post]:
    """The post that is changed, or replied to. PermissionDenied for one that is not the writer's to change."""
    number = sent.get("post") or sent.get("parent") or ""
    if not number.isdecimal() or len(number) > 15:
        return {}
    post = get_object_or_404(Post.objects.visible_to(writer), pk=int(number))
    if not sent.get("post"):
        return {"parent": post}
    if not rules.can_edit_post(writer, post):
        raise PermissionDenied
    return {"post": post}


def page_of(draft: Draft) -> str:
    """The writing page, filled."""
    asked = {"draft": draft.key}
    if draft.post_id:
        page = reverse("posts:post_edit", args=[draft.post_id])
    elif draft.parent_id:
        page = reverse("posts:reply_new", args=[draft.parent_id])
    else:
        page = reverse(f"posts:{draft.kind}_new")
        if (prompt := draft.fields.get("prompt", [""])[-1]) in PROMPTS:
            asked["prompt"] = prompt
    return f"{page}?{urlencode(asked)}"


@signed_in
def drafts(request: HttpRequest) -> HttpResponse:
    """All of them: there are never more than fifty."""
    own = Draft.objects.filter(owner=request.user.pk)
    context = {
        "drafts": own.open(),
        "thrown_away": own.thrown_away().order_by("-ended_at", "-pk")[:MOST_THROWN_AWAY],
    }
    return render(request, "posts/drafts.html", context)


@signed_in
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    return redirect(page_of(get_object_or_404(Draft.objects.visible_to(request.user), pk=pk)))


@while_suspended
@signed_in
@require_POST
def draft_discard(request: HttpRequest, pk: int) -> HttpResponse:
    discard_draft(get_object_or_404(Draft.objects.visible_to(request.user), pk=pk))
    messages.success(request, _("Thrown away. You can take it back for two weeks."))
    return redirect("posts:drafts")


@while_suspended
@signed_in
@require_POST
def draft_bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Draft.objects.filter(owner=request.user.pk).thrown_away(), pk=pk)
    try:
        bring_back(found)
    except DraftRefused as refused:
        messages.error(request, str(refused))
        return redirect("posts:drafts")
    return redirect(page_of(found))
