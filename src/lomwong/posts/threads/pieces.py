"""What is kept of a thread's page: made once for each version of the thread, filled for each viewer."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.template.loader import get_template, render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from lomwong.kit.fragments import FRAGMENTS
from lomwong.people.models import OPERATOR, Viewer
from lomwong.posts.models import File, Flower, Post, State
from lomwong.posts.threads.holes import BREAK
from lomwong.posts.threads.queries import (
    Branch,
    Head,
    Thread,
    all_said,
    lay_out,
    lies_evenly,
    thread_of,
    with_files,
)
from lomwong.posts.threads.roots import have, whole
from lomwong.posts.threads.saying import Talk

VISITOR, MEMBER, WRITER = "visitor", "member", "writer"  # of whom a piece may know, and of nothing else
NAMED = 2  # people who gave a flower


class Piece(NamedTuple):
    title: str
    head: str  # for programs that read from outside; of a visitor's page alone
    main: str


def kept_thread(head: Head, who: str, viewer: Viewer, *, start: int = 0) -> Piece:
    """With holes. Kept, unless parts of the thread are for some readers only."""

    def make() -> str:
        root = root_of(head.number, who)
        leaves = all_said(root)
        return drawn(root, lay_out(root, leaves, start=start), who) if lies_evenly(root, leaves) else ""

    key = ("thread", head.number, head.version, get_language(), who, start)
    kept = FRAGMENTS.get(key, make)
    return parted(kept) if kept else thread_for(head, who, viewer, start=start)


def thread_for(head: Head, who: str, viewer: Viewer, *, start: int = 0) -> Piece:
    """The same, not kept: for somebody who may read less of it than others who read the first post."""
    root = root_of(head.number, who)
    return parted(drawn(root, thread_of(root, viewer, start=start), who))


def parted(drawn: str) -> Piece:
    return Piece(*drawn.split(BREAK))


def stand_in(who: str) -> Viewer:
    """The viewer as far as a piece may know them."""
    return AnonymousUser() if who == VISITOR else OPERATOR


def root_of(number: int, who: str) -> Post:
    return whole(number, stand_in(who))


def talk_of(root: Post, who: str) -> Talk:
    talk = Talk(root, is_member=who != VISITOR)
    numbers = with_files(root)
    if numbers:
        for file in File.objects.filter(post__in=numbers).defer("words_text"):
            talk.files.setdefault(file.post_id or 0, []).append(file)
    have(root, "files", File, talk.files.get(root.number, []))
    return talk


def drawn(root: Post, thread: Thread, who: str) -> str:
    talk = talk_of(root, who)
    context = surroundings(root, who) | {
        "thread": thread,
        "givers": givers(root, who),
        "answered": together(talk, thread.answers),
        "said": together(talk, thread.comments),
        "files": mark_safe(talk.hanging(root)),
    }
    head = render_to_string("feeds/_post_head.html", {"post": root}) if who == VISITOR else ""
    return BREAK.join([root.label, head, get_template("posts/_thread.html").render(context)])


def together(talk: Talk, branches: list[Branch]) -> str:
    return mark_safe("".join(map(talk.branch, branches)))


def surroundings(root: Post, who: str) -> dict[str, Any]:
    return {
        "post": root,
        "user": stand_in(who),
        "is_member": who != VISITOR,
        "can_edit": who == WRITER,
        "is_open": not root.is_locked and root.state == State.SHOWN,
    }


def givers(root: Post, who: str) -> list[str]:
    """The last ones who gave a flower, for colleagues to see."""
    if who == VISITOR or not root.flower_count:
        return []
    last = Flower.objects.filter(post=root.number).order_by("-given_at", "-pk")
    return list(last.values_list("giver__name", flat=True)[:NAMED])
