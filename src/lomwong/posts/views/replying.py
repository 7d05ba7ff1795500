"""Answer, comment, say what worked."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from lomwong.kit.access import signed_in
from lomwong.posts import actions, rules
from lomwong.posts.compose.posting import tidy_files
from lomwong.posts.drafts.actions import post_once
from lomwong.posts.drafts.typed import fill
from lomwong.posts.forms import ReplyForm
from lomwong.posts.models import Draft, Kind, Post, State
from lomwong.posts.threads.answering import answer_box, said_in_place
from lomwong.posts.threads.fragments import is_fragment, layout, led_to
from lomwong.posts.threads.views import place_of
from lomwong.posts.unnamed.rules import can_show_name, is_mine, speaks_unnamed
from lomwong.posts.views.reading import readable_post
from lomwong.posts.views.writing import asked_draft, desk, keep, posted_at

LONGEST_QUOTE = 600  # letters of what is quoted: the rest can be read above


@signed_in
def reply_new(request: HttpRequest, number: int) -> HttpResponse:
    """Answer or comment. As a page of its own it shows what is being replied to; `?quote=1` lays its words ready.

    Who is suspended sees until when; whatever they send is stopped on its way here (people.middleware)."""
    assert request.user.is_authenticated
    parent = readable_post(request, number)
    if not request.user.is_suspended and not rules.can_reply(request.user, parent):
        raise PermissionDenied
    asked = asked_draft(request)
    if stands_at := posted_at(request, asked):
        return stands_at
    initial = {"text": quoted(parent)} if request.GET.get("quote") else {}
    asker = request.user if speaks_unnamed(request.user, parent.root or parent) else None
    form = ReplyForm(request.POST or None, request.FILES or None, draft=asked, initial=initial, asker=asker)
    kind = actions.reply_kind(parent, is_answer=request.POST.get("kind") == Kind.ANSWER)
    if request.method == "POST":
        if not request.POST.get("act") and form.is_valid():
            written = reply_by_form(request, form, parent, kind)
            return said_in_place(request, written, parent) or redirect(place_of(written.number, written.root_id or 0))
        if kept := keep(request, form, kind, parent=parent):
            return kept
    elif asked:
        fill(form, asked)
    if is_fragment(request):
        return answer_box(request, parent, kind, form)
    return desk(request, "posts/reply_new.html", form, kind, draft=asked, parent=parent)


def quoted(parent: Post) -> str:
    """The words as a quotation to be trimmed."""
    words = parent.text.strip()
    if len(words) > LONGEST_QUOTE:
        words = f"{words[:LONGEST_QUOTE].rstrip()} …"
    return "".join(f"> {line}\n" for line in words.splitlines()) + "\n"


def reply_by_form(request: HttpRequest, form: ReplyForm, parent: Post, kind: str) -> Post:
    """Once, however often the same page is sent."""
    assert request.user.is_authenticated
    by = request.user

    def write(draft: Draft | None) -> Post:
        tidy_files(form, draft)
        given = form.cleaned_data
        further = {"files": given["attached"], "draft": draft, "is_unnamed": form.is_sealed}
        return actions.reply(parent, kind=kind, by=by, text=given["text"], **further)

    key, text = request.POST.get("draft", ""), form.cleaned_data["text"]
    return post_once(key, write, by=by, kind=kind, text=text, parent=parent)


@signed_in
@require_POST
def answer_accept(request: HttpRequest, number: int) -> HttpResponse:
    """The asker says whether it works: `works=1` or `works=0`, which opens the question again."""
    assert request.user.is_authenticated
    answer = readable_post(request, number)
    if not rules.can_accept_answer(request.user, answer):
        raise PermissionDenied
    if request.POST.get("works") == "0":
        actions.take_back_accepted(answer, by=request.user)
    else:
        actions.accept_answer(answer, by=request.user)
    return led_to(request, place_of(answer.number, answer.root_id or 0))


@signed_in
def post_menu(request: HttpRequest, number: int) -> HttpResponse:
    """What one can do about a post, fetched when "more" is opened; a page of its own without JavaScript."""
    post = readable_post(request, number)
    context = {
        "post": post,
        "layout": layout(request),
        "is_fragment": is_fragment(request),
        "can_reply": rules.can_reply(request.user, post),
        "can_edit": rules.can_edit_post(request.user, post),
        "can_place": rules.can_place_post(request.user, post),
        "is_co_author": rules.is_co_author(request.user, post),
        "can_withdraw": rules.can_withdraw_post(request.user, post),
        "can_see_history": rules.can_see_history(request.user, post) and post.state == State.SHOWN,
        "is_own": is_mine(request.user, post),
        "can_show_name": can_show_name(request.user, post),
        "place": place_of(post.number, post.root_id) if post.root_id else post.get_absolute_url(),
    }
    response = render(request, "posts/post_menu.html", context)
    response["Vary"] = "HX-Request"
    return response
