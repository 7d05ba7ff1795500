"""Flowers, and the small request by which a page says that somebody has read it."""

from base64 import b64decode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from lomwong.kit.access import public, signed_in, while_suspended
from lomwong.posts.models import Flower, Post
from lomwong.posts.threads.answering import flower_in_place
from lomwong.posts.views.reading import readable_post
from lomwong.posts.warmth import actions, readers
from lomwong.posts.warmth.forms import FlowerForm
from lomwong.posts.warmth.rules import can_give_flower

PIXEL = b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
SHOWN = 200  # givers


@signed_in
def flowers(request: HttpRequest, number: int) -> HttpResponse:
    """Who gave a flower and what they said with it, by time; and the way to give one with a word."""
    post = readable_post(request, number)
    given = Flower.objects.filter(post=post).select_related("giver__unit").order_by("-given_at", "-pk")[:SHOWN]
    own = Flower.objects.filter(post=post, giver=request.user.pk).first()
    context = {
        "post": post,
        "flowers": given,
        "own": own,
        "form": FlowerForm(initial={"word": own.word if own else ""}),
        "can_give": can_give_flower(request.user, post),
    }
    return render(request, "posts/flowers.html", context)


@signed_in
@require_POST
def flower_give(request: HttpRequest, number: int) -> HttpResponse:
    assert request.user.is_authenticated
    post = readable_post(request, number)
    if not can_give_flower(request.user, post):
        raise PermissionDenied
    # On the page of a thread all flowers share one form: the word of this one is called by its number.
    form = FlowerForm({"word": request.POST.get("word") or request.POST.get(f"word-{number}", "")})
    word = form.cleaned_data["word"] if form.is_valid() else ""
    actions.give_flower(post, by=request.user, word=word)
    return flower_in_place(request, post)


@while_suspended
@signed_in
@require_POST
def flower_take_back(request: HttpRequest, number: int) -> HttpResponse:
    assert request.user.is_authenticated
    post = readable_post(request, number)
    actions.take_back_flower(post, by=request.user)
    return flower_in_place(request, post)


@while_suspended
@public
@csrf_exempt
def read(request: HttpRequest, number: int) -> HttpResponse:
    """Somebody has had the entry before their eyes for a while. POST by start.js; without JavaScript a picture one
    pixel large. It is not counted while the page is made: that page may come from a cache, and robots make pages too.
    """
    if not is_own_page(request) or readers.is_robot(request.headers.get("User-Agent", "")):
        return pixel()
    post = get_object_or_404(Post.objects.visible_to(request.user).threads().only("number", "author_id"), pk=number)
    if not readers.is_author(request.user.pk, post):
        readers.count_reader(post, readers.reader_of(request))
    return pixel()


def is_own_page(request: HttpRequest) -> bool:
    """Whether a page of ours asks, as far as the browser says; it says nothing over plain HTTP."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"


def pixel() -> HttpResponse:
    response = HttpResponse(PIXEL, content_type="image/gif")
    response["Cache-Control"] = "no-store"
    return response
