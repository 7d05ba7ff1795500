"""A reply or a flower laid into the page that is open, just as it would stand there after a reload."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lomwong.people.models import Person
from lomwong.posts.drafts.typed import new_key
from lomwong.posts.forms import ReplyForm
from lomwong.posts.models import Kind, Post, State
from lomwong.posts.threads.fragments import is_fragment, led_to
from lomwong.posts.threads.holes import fill
from lomwong.posts.threads.overlay import fillers_for
from lomwong.posts.threads.pieces import MEMBER, givers, surroundings
from lomwong.posts.threads.queries import (
    PAGE,
    Branch,
    branches,
    head_of,
    leaves_of,
    overlay_of,
    replies_below,
    said_by_number,
    standing,
)
from lomwong.posts.threads.saying import Talk
from lomwong.posts.threads.views import place_of
from lomwong.posts.unnamed.rules import is_mine


def said_in_place(request: HttpRequest, written: Post, parent: Post) -> HttpResponse | None:
    """None for a request that wants a page."""
    if not is_fragment(request):
        return None
    assert isinstance(request.user, Person)
    head = head_of(written.root_id or 0, request.user)
    if head is None or head.reply_count > PAGE:
        return led_to(request, place_of(written.number, written.root_id or 0))
    top = top_above(written, parent)
    said = said_by_number([written.number, parent.number])
    answers_to = said[parent.number] if parent.number not in (top, head.number) else None
    root = Post.objects.defer("text", "html", "extra").get(pk=head.number)
    talk = Talk(root, is_member=True)
    if files := list(written.files.defer("words_text")):
        talk.files[written.number] = files
    overlay = overlay_of(head, request.user)
    context = {
        "said": fill(talk.branch(Branch(said[written.number], answers_to)), fillers_for(request, head, overlay)),
        "into": f"below{top}" if top else ("answered" if written.kind == Kind.ANSWER else "said"),
        "is_answer": written.kind == Kind.ANSWER,
        "answer_count": root.thread.filter(kind=Kind.ANSWER, state=State.SHOWN).count() if top is None else 0,
        "is_solved": root.accepted_answer_id is not None,
        "is_besides": "besides" in request.POST,
        "parent": parent,
        "kind": written.kind,
        "key": new_key(),
        "user": request.user,
        "is_asker": head.author_id == request.user.pk or head.number in overlay.sealed,
        "is_unnamed": bool(overlay.sealed),
    }
    return render(request, "posts/_written.html", context)


def top_above(written: Post, parent: Post) -> int | None:
    """The first-level reply below which this one stands; None when it is one itself."""
    if parent.root_id is None:
        return None
    if parent.parent_id == parent.root_id:
        return parent.number
    tops = branches(standing(leaves_of(replies_below(Post(number=written.root_id)))))
    return next((top for top, below in tops.items() if parent.number in (top, *below)), parent.number)


def answer_box(request: HttpRequest, parent: Post, kind: str, form: ReplyForm) -> HttpResponse:
    """The box below one reply, or the one at the end of the page with what was wrong."""
    context: dict[str, Any] = {
        "parent": parent,
        "kind": kind,
        "form": form,
        "key": request.POST.get("draft") or new_key(),
        "is_besides": request.method == "GET" or "besides" in request.POST,
        "is_asker": is_mine(request.user, parent),
        "is_unnamed": "with_name" in form.fields,
    }
    assert request.user.is_authenticated
    box = "posts/_not_now.html" if request.user.is_suspended else "posts/_reply_form.html"
    return render(request, box, context, status=422 if form.errors else 200)


def flower_in_place(request: HttpRequest, post: Post) -> HttpResponse:
    """The button as it is now, and for the first post of a thread who thanked."""
    root = post if post.root_id is None else post.root
    assert root is not None
    assert isinstance(request.user, Person)
    post.refresh_from_db(fields=["flower_count"])
    head = head_of(root.number, request.user)
    if not is_fragment(request) or head is None:
        return led_to(request, post.get_absolute_url())
    fillers = fillers_for(request, head, overlay_of(head, request.user))
    context = surroundings(root, MEMBER) | {
        "number": post.number,
        "is_first": post.is_thread,
        "button": fillers["flower"](post.number, post.author_id or 0, post.flower_count),
    }
    if post.is_thread:
        context |= {"post": post, "givers": givers(post, MEMBER)}
    drawn = render(request, "posts/_flowered.html", context)
    drawn.content = fill(drawn.content.decode(), fillers).encode()
    return drawn
