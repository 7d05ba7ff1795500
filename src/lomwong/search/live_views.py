"""What comes while one types or reads: suggestions, related posts, similar questions. Each is a plain page as well."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers

from lomwong.kit.access import public
from lomwong.posts.models import Post
from lomwong.search import nearby
from lomwong.search.suggest import suggest as suggested

FRAGMENT, PAGE = "search/_fragment.html", "base.html"


def is_fragment(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def layout(request: HttpRequest) -> str:
    """What to draw around the answer: nothing for htmx, which lays it into the page that asked."""
    return FRAGMENT if is_fragment(request) else PAGE


@public
def suggest(request: HttpRequest) -> HttpResponse:
    """Options for the list under the search box (find.js)."""
    groups = suggested(request.GET.get("q", ""), request.user)
    count = sum(len(group.suggestions) for group in groups)
    return render(request, "search/suggest.html", {"groups": groups, "count": count})


@public
def related(request: HttpRequest, number: int) -> HttpResponse:
    """What else lies near a post."""
    post = get_object_or_404(Post.objects.visible_to(request.user), pk=number)
    context = {
        "post": post,
        "near": nearby.related(post, request.user),
        "layout": layout(request),
        "is_fragment": is_fragment(request),
    }
    response = render(request, "search/related.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@public
def similar(request: HttpRequest) -> HttpResponse:
    """Whether a question was asked before. Without JavaScript the form that is being filled in posts itself here."""
    title = (request.POST or request.GET).get("title", "")
    context = {
        "title": title,
        "near": nearby.similar(title, request.user),
        "layout": layout(request),
        "is_fragment": is_fragment(request),
    }
    response = render(request, "search/similar.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response
