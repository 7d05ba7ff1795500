"""The page of a thread."""

import hashlib

from django.contrib.messages import get_messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language

from lomwong.kit import context
from lomwong.kit.access import public
from lomwong.kit.fragments import FRAGMENTS
from lomwong.people.models import Person
from lomwong.posts.models import Post, State
from lomwong.posts.threads.holes import fill
from lomwong.posts.threads.overlay import fillers_for, fillers_for_visitor
from lomwong.posts.threads.pieces import MEMBER, VISITOR, WRITER, kept_thread, root_of, talk_of, thread_for, together
from lomwong.posts.threads.queries import PAGE, Head, head_of, overlay_of, reads_by_place, thread_of

SHARED = "public, s-maxage=30, max-age=0"  # a shared cache asks again after half a minute, a browser each time
LONGEST_NUMBER = 18  # digits


@public
def post(request: HttpRequest, number: int) -> HttpResponse:
    """A thread: the story or question and all that was said below it. A reply's address leads to its place."""
    head = head_of(number, request.user)
    if head is None:
        return what_was_done(request, number)
    if head.root_id is not None:
        return redirect(place_of(head.number, head.root_id))
    if head.state == State.WITHDRAWN:
        return taken_back(request, head)
    start = request.GET.get("from", "")
    start_at = int(start) if start.isdecimal() and len(start) <= LONGEST_NUMBER else 0
    if isinstance(request.user, Person):
        return page_for_member(request, request.user, head, start_at)
    return page_for_visitor(request, head, start_at)


def what_was_done(request: HttpRequest, number: int) -> HttpResponse:
    """Whoever wrote something that is hidden is led to the reasons; so are those who run the house. 404 for others."""
    if isinstance(request.user, Person):
        hidden = Post.objects.filter(pk=number, state=State.HIDDEN)
        own = Q(author=request.user) | Q(envelope__author=request.user)
        if (hidden if request.user.is_staff else hidden.filter(own)).exists():
            return redirect("moderation:about", number)
    raise Http404


def place_of(number: int, root: int) -> str:
    """Where a reply stands: on a later page, when the thread is long."""
    is_long = Post.objects.filter(pk=root, reply_count__gt=PAGE).exists()
    return f"{reverse('posts:post', args=[root])}{f'?from={number}' if is_long else ''}#p{number}"


def page_for_member(request: HttpRequest, viewer: Person, head: Head, start: int) -> HttpResponse:
    overlay = overlay_of(head, viewer)
    is_own = head.author_id == viewer.pk or head.number in overlay.sealed
    is_writer = not head.source and (is_own or overlay.writes_along)
    by_place = reads_by_place(viewer, head, writes_along=overlay.writes_along)
    make = kept_thread if by_place else thread_for
    piece = make(head, WRITER if is_writer else MEMBER, viewer, start=start)
    main = fill(piece.main, fillers_for(request, head, overlay))
    context = piece._asdict() | {"main": main, "number": head.number, "kind": head.kind}
    response = render(request, "posts/post.html", context)
    response["Cache-Control"] = "private"
    return response


def page_for_visitor(request: HttpRequest, head: Head, start: int) -> HttpResponse:
    """The whole page is kept, and other caches may keep it for a moment."""

    def make() -> str:
        piece = kept_thread(head, VISITOR, request.user, start=start)
        return render_to_string("posts/post.html", piece._asdict() | {"number": head.number}, request)

    looks = context.page(request)
    key = ("page", head.number, head.version, get_language(), looks["theme"], looks["saves_data"], start)
    # A note to this reader alone, or an address with something more in it, which the page repeats.
    is_plain = not len(get_messages(request)) and request.META["QUERY_STRING"] == (f"from={start}" if start else "")
    page = fill(FRAGMENTS.get(key, make) if is_plain else make(), fillers_for_visitor(head, request.user))
    response = HttpResponse(page)
    response["Cache-Control"] = SHARED if is_plain else "private"
    response["ETag"] = f'"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
    patch_vary_headers(response, ["Save-Data"])
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def taken_back(request: HttpRequest, head: Head) -> HttpResponse:
    """The number stays, and so does what others said."""
    viewer = request.user
    who = MEMBER if isinstance(viewer, Person) else VISITOR
    root = root_of(head.number, who)
    thread = thread_of(root, viewer)
    talk = talk_of(root, who)
    said = together(talk, [*thread.answers, *thread.comments])
    fillers = fillers_for(request, head, overlay_of(head, viewer)) if isinstance(viewer, Person) else {}
    response = render(request, "posts/withdrawn.html", {"post": root, "said": fill(said, fillers)}, status=410)
    response["Cache-Control"] = "private"
    return response
