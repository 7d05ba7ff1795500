"""Lists of threads: what is asked, tagged, begun by somebody, said in the yard."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from lomwong.communities.models import Community
from lomwong.kit.access import public, signed_in
from lomwong.kit.visitors import kept_for_visitors
from lomwong.people.models import Person
from lomwong.posts import actions, cards, queries
from lomwong.posts.following.near import YARD
from lomwong.posts.following.targets import Targets, listed_from
from lomwong.posts.listing import Listing, Threads
from lomwong.posts.models import Tag
from lomwong.posts.stories.queries import blogs_of, series_of

QUESTIONS = {is_open: Listing(Threads(partial(queries.questions, is_open=is_open))) for is_open in (False, True)}


@public
@kept_for_visitors
def questions(request: HttpRequest) -> HttpResponse:
    is_open = request.GET.get("open") == "1"
    page = cards.page_of(request, QUESTIONS[is_open])
    return render(request, "posts/questions.html", {"page": page, "is_open": is_open})


@public
@kept_for_visitors
def tag(request: HttpRequest, key: str) -> HttpResponse:
    """What is tagged so. A tag of which the viewer may read nothing does not exist for them."""
    found = get_object_or_404(Tag, key=actions.tag_key(key))
    page = cards.page_of(request, listed_from(Targets(tag=frozenset([found.pk]))))
    if not page:
        raise Http404
    return render(request, "posts/tag.html", {"tag": found, "page": page})


@signed_in
def by(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody began to talk about, and where they sit, as far as the viewer may know."""
    person = get_object_or_404(Person.objects.visible_to(request.user).select_related("unit"), pk=pk)
    context = {
        "person": person,
        "circles": Community.objects.readable_by(request.user).of(person),
        "blogs": blogs_of(person, request.user),
        "series_list": series_of(person, request.user),
        "page": cards.page_of(request, listed_from(Targets(person=frozenset([person.pk])))),
    }
    return render(request, "posts/by.html", context)


@public
@kept_for_visitors
def yard(request: HttpRequest) -> HttpResponse:
    """The common board of the house: what lies in no circle."""
    return render(request, "posts/yard.html", {"page": cards.page_of(request, YARD)})
