"""Pages for readers who are nobody to us: the same for all of them, so a page made once serves for some seconds.

Such a page carries no cookie and no token; with its ETag and `s-maxage` a proxy or a browser need not even ask twice.
"""

import hashlib
import time
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

from lomwong.kit.access import View
from lomwong.kit.context import THEMES
from lomwong.kit.fragments import FRAGMENTS

SECONDS = 5
# Who has one of these may be somebody, or is being told something.
PERSONAL = ("messages", settings.SESSION_COOKIE_NAME)


class NotKept(Exception):
    """Goes out as it is: a redirect, an error, a page with a token in it."""

    def __init__(self, response: HttpResponseBase) -> None:
        self.response = response


def is_visitor(request: HttpRequest) -> bool:
    return not any(name in request.COOKIES for name in PERSONAL)


def kept_for_visitors(view: View) -> View:
    """For a page that says the same to every visitor who reads the same language. Below `@public`."""

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"} or not is_visitor(request):
            return view(request, *args, **kwargs)
        try:
            tagged = FRAGMENTS.get(key_of(request), lambda: made(view, request, *args, **kwargs))
        except NotKept as other:
            return other.response
        etag, _, body = tagged.partition("\n")
        response = HttpResponse(body)
        response.headers["ETag"] = etag
        patch_cache_control(response, public=True, max_age=0, s_maxage=SECONDS)
        patch_vary_headers(response, ["Save-Data"])
        return cast(HttpResponseBase, get_conditional_response(request, etag=etag, response=response) or response)

    return kept


def key_of(request: HttpRequest) -> tuple[Any, ...]:
    """Everything that a visitor's page depends on but the house itself."""
    theme = request.COOKIES.get("theme", "")
    language = getattr(request, "LANGUAGE_CODE", "")
    saves = request.headers.get("Save-Data", "") == "on"
    place = (request.scheme, request.get_host(), request.get_full_path())
    return ("page", *place, language, theme if theme in THEMES else "", saves, int(time.monotonic() / SECONDS))


def made(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
    """The page behind a line with its ETag."""
    response = view(request, *args, **kwargs)
    has_token = request.META.get("CSRF_COOKIE_NEEDS_UPDATE") or response.cookies
    if not isinstance(response, HttpResponse) or response.status_code != 200 or has_token:
        raise NotKept(response)
    digest = hashlib.blake2b(response.content, digest_size=12).hexdigest()
    return f'"{digest}"\n{response.content.decode()}'
