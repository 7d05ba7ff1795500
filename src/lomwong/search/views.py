"""One box for everything: what was written, who wrote it, where it is talked about."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lomwong.kit.access import public
from lomwong.posts.models import Kind
from lomwong.search import queries, showing
from lomwong.search.matching import clean

LONGEST_TYPED = 1000
KINDS = {
    "": _("Everything"),
    Kind.STORY: _("Stories"),
    Kind.JOURNAL: _("Journal"),
    Kind.QUESTION: _("Questions"),
    Kind.ANSWER: _("Answers"),
    Kind.COMMENT: _("Comments"),
}


@public
def search(request: HttpRequest) -> HttpResponse:
    """Results as plain links; the words come from the bar on top of every page, the kind from the chips."""
    query = clean(request.GET.get("q", "")).strip()[:LONGEST_TYPED]
    kind = request.GET.get("kind", "")
    if kind not in KINDS:
        kind = ""
    results = queries.search(
        query, viewer=request.user, kinds=[kind] if kind else None, after=request.GET.get("after", "")
    )
    is_first_page = not request.GET.get("after")
    context = {
        "query": query,
        "kind": kind,
        "kinds": list(KINDS.items()),
        "found": showing.found_posts(results.hits, query, request.user),
        "further": results.further,
        "is_complete": results.is_complete,
        "people": showing.people_named(query, request.user) if is_first_page and not kind else [],
        "circles": showing.communities_named(query, request.user) if is_first_page and not kind else [],
        "ask_url": f"{reverse('posts:question_new')}?{urlencode({'title': query[:300]})}",
        "people_url": f"{reverse('experts:experts')}?{urlencode({'q': query})}",
    }
    return render(request, "search/search.html", context)
