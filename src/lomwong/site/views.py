"""Home, and the page that tells a supervisor the house stands."""

from datetime import timedelta

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from lomwong.kit.access import public
from lomwong.posts import queries
from lomwong.site.home import mats_near, same_job, talking_count

LATELY = timedelta(days=180)  # of older questions the asker has found a way, or has gone


@public
def home(request: HttpRequest) -> HttpResponse:
    viewer = request.user
    mats = mats_near(viewer)
    context = {
        "mats": mats,
        "talking": talking_count(mats),
        "today": timezone.localdate(),
        "page": queries.feed(viewer, before=request.GET.get("before", "")),
        "same_job": same_job(viewer),
        "asked": queries.feed(
            viewer, queries.unanswered().filter(lifted_at__gt=timezone.now() - LATELY), limit=3
        ).posts,
    }
    return render(request, "home.html", context)


@public
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers; names the SQLite in use, because the system's own may be a faulty one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        version = cursor.fetchone()[0]
    return JsonResponse({"is_healthy": True, "database": connection.vendor, "version": version})
