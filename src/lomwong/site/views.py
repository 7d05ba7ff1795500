"""Home, and the page that tells a supervisor the house stands."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from lomwong.experts.carrying.queries import waiting_first
from lomwong.kit.access import public
from lomwong.kit.visitors import kept_for_visitors
from lomwong.posts import cards
from lomwong.posts.following.near import Nearness, could_help, last_visit
from lomwong.site.home import drawn, mats_near, same_job, talking_count


@public
@kept_for_visitors
def home(request: HttpRequest) -> HttpResponse:
    """What is alive around the reader: `show` is near (for those who have come in), following or all."""
    near = Nearness(request.user)
    mats = mats_near(near)
    asked = could_help(near)
    show, page = talk_around(request, near)
    carried = waiting_first(request.user) if "before" not in request.GET else None
    helpful = asked[0] if not carried and "before" not in request.GET and asked and asked[0].has_reason else None
    waiting = [one for one in asked if one is not helpful and not (carried and one.post == carried.row.question)]
    apart = carried.row.question if carried else helpful.post if helpful else None
    context = {
        "mats": drawn(mats),
        "talking": talking_count(mats),
        "today": timezone.localdate(),
        "show": show,
        "page": page.without(apart.pk) if apart else page,
        "same_job": same_job(near),
        "helpful": helpful,
        "carried": carried,
        "asked": waiting,
        "asked_key": tuple(one.key for one in waiting),
    }
    return render(request, "home.html", context)


def talk_around(request: HttpRequest, near: Nearness) -> tuple[str, cards.CardPage]:
    """What is shown, and its page. Where nothing is near, the whole house is."""
    if not request.user.is_authenticated:
        return "all", cards.page_of(request)
    seen_at = last_visit(request.user)
    wanted = request.GET.get("show", "")
    if wanted == "following":
        return wanted, cards.page_of(request, near.followed_threads(), seen_at=seen_at)
    if wanted != "all":
        page = cards.page_of(request, near.threads(), seen_at=seen_at)
        if page or wanted:
            return "near", page
    return "all", cards.page_of(request, seen_at=seen_at)


@public
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers; names the SQLite in use, because the system's own may be a faulty one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        version = cursor.fetchone()[0]
    return JsonResponse({"is_healthy": True, "database": connection.vendor, "version": version})
