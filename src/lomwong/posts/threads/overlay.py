"""What differs from viewer to viewer on the page of a thread, from one query."""

from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lomwong.kit.fragments import FRAGMENTS
from lomwong.people.models import Person, Viewer
from lomwong.posts.drafts.typed import new_key
from lomwong.posts.models import Kind, Post
from lomwong.posts.stories.queries import series_nav
from lomwong.posts.threads.holes import Filler, fill, hole
from lomwong.posts.threads.parts import form_of
from lomwong.posts.threads.queries import Head, Overlay
from lomwong.posts.threads.saying import posts_url

VALUES = ("number", "url", "count")


def fillers_for_visitor(head: Head, viewer: Viewer) -> dict[str, Filler]:
    return {"readers": lambda: readers(head), "series": lambda: series(head, viewer)}


def readers(head: Head) -> str:
    """Nothing while nobody has read it: a nought says only that it is new."""
    return form_of("_readers_said", ("count",)).format(count=head.reader_count) if head.reader_count else ""


def fillers_for(request: HttpRequest, head: Head, overlay: Overlay) -> dict[str, Filler]:
    viewer = request.user
    assert isinstance(viewer, Person)
    me = viewer.pk
    # Who asked here without a name: a flower carries the name of its giver.
    gives_none = viewer.is_suspended or bool(overlay.sealed)
    is_asker = head.author_id == me or head.number in overlay.sealed
    url = posts_url()
    buttons = [form_of("_flower_button", VALUES, is_given=is_given) for is_given in (False, True)]

    def flower(number: int, author: int, count: int) -> str:
        """On one's own words there is nothing to press, nor for who only reads for a time."""
        if author == me or gives_none:
            return form_of("_flower_thanks", VALUES).format(number=number, count=count) if count else ""
        return buttons[number in overlay.flowers].format(number=number, url=url, count=count or "")

    def thanks(number: int, author: int) -> str:
        form = form_of("_thanks_button", VALUES, is_given=number in overlay.flowers)
        return "" if author == me or gives_none else form.format(number=number, url=url)

    def accept(number: int, accepted: int) -> str:
        form = form_of("_accept_button", VALUES, is_accepted=number == accepted)
        return form.format(number=number, url=url) if is_asker else ""

    return fillers_for_visitor(head, viewer) | {
        "flower": flower,
        "thanks": thanks,
        "accept": accept,
        "follow": lambda: follow_button(request, head, overlay),
        "box": lambda: reply_box(request, head, is_asker=is_asker, is_unnamed=bool(overlay.sealed)),
        "more": lambda: _("Tell more") if is_asker else _("Ask back or add something"),
        "mine": lambda: own_words(head, viewer) if head.number in overlay.sealed else "",
    }


def own_words(head: Head, viewer: Person) -> str:
    """For who asked it without a name alone."""
    context = {"number": head.number, "is_suspended": viewer.is_suspended}
    key = ("own_words", get_language(), *context.values())
    return FRAGMENTS.get(key, lambda: get_template("posts/_unnamed_mine.html").render(context))


def follow_button(request: HttpRequest, head: Head, overlay: Overlay) -> str:
    if head.author_id is None or head.author_id == request.user.pk:
        return ""
    context: dict[str, Any] = {
        "kind": "person",
        "pk": head.author_id,
        "is_followed": overlay.follows_author,
        "next": reverse("posts:post", args=[head.number]),
        "csrf_token": hole("token"),
    }
    key = ("follow", get_language(), head.number, head.author_id, overlay.follows_author)
    kept = FRAGMENTS.get(key, lambda: get_template("posts/_follow.html").render(context))
    return fill(kept, {"token": lambda: get_token(request)})


def reply_box(request: HttpRequest, head: Head, *, is_asker: bool = False, is_unnamed: bool = False) -> str:
    """Its key is new each time: what is sent twice with one key is posted once."""
    assert isinstance(request.user, Person)
    if request.user.is_suspended:
        return get_template("posts/_not_now.html").render()
    name, hue = request.user.name, request.user.hue
    context: dict[str, Any] = {
        "parent": Post(number=head.number),
        "kind": Kind.ANSWER if head.kind == Kind.QUESTION else Kind.COMMENT,
        "key": hole("key"),
        "user": request.user,
        "is_asker": is_asker,
        "is_unnamed": is_unnamed,
        "csrf_token": hole("token"),
    }
    key = ("box", get_language(), head.number, context["kind"], name, hue, is_asker, is_unnamed)
    kept = FRAGMENTS.get(key, lambda: get_template("posts/_reply_form.html").render(context))
    return fill(kept, {"token": lambda: get_token(request), "key": new_key})


def series(head: Head, viewer: Viewer) -> str:
    """Which parts there are depends on what the viewer may read: asked each time, of entries in a series only."""
    if head.series_id is None:
        return ""
    post = Post.objects.select_related("series").get(pk=head.number)
    return get_template("posts/_series.html").render({"post": post, "series": series_nav(post, viewer)})
