"""Who writes along: ask, answer, part."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from lomwong.kit.access import signed_in
from lomwong.people.models import Person
from lomwong.posts import actions, rules
from lomwong.posts.models import Post
from lomwong.posts.stories import actions as stories
from lomwong.posts.stories import queries


def shared_post(request: HttpRequest, number: int) -> Post:
    """For its author, and for whoever is asked to write along, even where they cannot read it yet."""
    found = Post.objects.shown().threads().select_related("author__unit", "root").filter(pk=number).first()
    if found is None or not rules.can_see_invitation(request.user, found):
        raise Http404
    return found


@signed_in
def authors(request: HttpRequest, number: int) -> HttpResponse:
    """Who writes along, who was asked; for the author a search for colleagues."""
    assert request.user.is_authenticated
    post = shared_post(request, number)
    is_author = rules.can_place_post(request.user, post)
    rows = queries.authors_of(post)
    words = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    context = {
        "post": post,
        "rows": rows,
        "own": next((row for row in rows if row.person_id == request.user.pk), None),
        "is_author": is_author,
        "can_read": is_readable(request, post),
        "q": words,
        "found": queries.colleagues_named(words, request.user, post) if is_author else [],
    }
    return render(request, "posts/authors.html", context)


@signed_in
@require_POST
def author_invite(request: HttpRequest, number: int) -> HttpResponse:
    assert request.user.is_authenticated
    post = shared_post(request, number)
    if not rules.can_place_post(request.user, post):
        raise PermissionDenied
    people = Person.objects.visible_to(request.user)
    asked = get_object_or_404(people, pk=whole_number(request.POST.get("person", "")))
    actions.invite_authors(post, [asked], by=request.user)
    return redirect("posts:authors", number)


@signed_in
@require_POST
def author_answer(request: HttpRequest, number: int) -> HttpResponse:
    """`yes=1` writes along; `yes=0` says no, or steps out later."""
    assert request.user.is_authenticated
    post = shared_post(request, number)
    if request.POST.get("yes") == "1":
        stories.write_along(post, person=request.user)
        return redirect(post)
    stories.part_company(post, person=request.user)
    return redirect(post if is_readable(request, post) else "home")


@signed_in
@require_POST
def author_part(request: HttpRequest, number: int) -> HttpResponse:
    """The author parts company with somebody, or takes an invitation back."""
    post = shared_post(request, number)
    if not rules.can_place_post(request.user, post):
        raise PermissionDenied
    person = get_object_or_404(Person, pk=whole_number(request.POST.get("person", "")))
    stories.part_company(post, person=person)
    return redirect("posts:authors", number)


def is_readable(request: HttpRequest, post: Post) -> bool:
    return Post.objects.visible_to(request.user).filter(pk=post.pk).exists()


def whole_number(text: str) -> int:
    """0 for what is no number of ours."""
    return int(text) if text.isdecimal() and len(text) < 19 else 0
