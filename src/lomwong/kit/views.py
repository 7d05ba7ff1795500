"""Language, colours, and the gallery of parts."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from lomwong.kit.access import public, while_suspended
from lomwong.kit.context import THEMES
from lomwong.kit.gallery import samples
from lomwong.kit.middleware import SUPPORTED

YEAR = 60 * 60 * 24 * 365


def back(request: HttpRequest) -> HttpResponseRedirect:
    """To the page the form stood on, when that is one of ours."""
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(target if is_ours else "/")


def from_here(request: HttpRequest) -> None:
    """These two forms stand on every page, and visitors get no cookie: the browser itself says where they came from."""
    site, origin = request.headers.get("Sec-Fetch-Site", ""), request.headers.get("Origin", "")
    is_ours = site in {"same-origin", "none"} if site else not origin or urlsplit(origin).netloc == request.get_host()
    if not is_ours:
        raise PermissionDenied


def remember(response: HttpResponse, name: str, value: str) -> HttpResponse:
    response.set_cookie(name, value, max_age=YEAR, samesite="Lax", secure=settings.IS_HTTPS, httponly=True)
    return response


@public
@while_suspended
@csrf_exempt
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    from_here(request)
    chosen = request.POST.get("language", "")
    response = back(request)
    return remember(response, settings.LANGUAGE_COOKIE_NAME, chosen) if chosen in SUPPORTED else response


@public
@while_suspended
@csrf_exempt
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    from_here(request)
    chosen = request.POST.get("theme", "")
    response = back(request)
    return remember(response, "theme", chosen) if chosen in THEMES else response


@public
def gallery(request: HttpRequest) -> HttpResponse:
    """Every part in its states, for those who build pages; only where debugging or showing."""
    if not settings.HAS_GALLERY:
        raise Http404
    return render(request, "kit/gallery.html", samples())
