"""Whose request it is and in which language: their own choice, else Thai, else English if they never mention Thai."""

from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

SUPPORTED = dict(settings.LANGUAGES)


def language_of(request: HttpRequest) -> str:
    """Thai staff often work in an English browser that lists Thai further down: any mention of it is enough."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in SUPPORTED:
        return chosen
    accepted = request.headers.get("Accept-Language", "").lower()
    named = {part.strip().split(";")[0].split("-")[0] for part in accepted.split(",")}
    return "en" if "en" in named and "th" not in named else "th"


class ProxyMiddleware:
    """A reader's address is what the outermost proxy of ours has seen: limits and unique readers go by it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        told = request.headers.get("X-Forwarded-For", "").split(",")
        if 0 < settings.PROXIES <= len(told):
            with suppress(ValueError):
                request.META["REMOTE_ADDR"] = str(ip_address(told[-settings.PROXIES].strip()))
        return self.get_response(request)


class NulMiddleware:
    """PostgreSQL takes no NUL in a text: an address with one leads nowhere, a cookie with one is none.

    Forms refuse it by themselves. Stands before the sessions, which look for what the cookie says.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        for name in [name for name, value in request.COOKIES.items() if "\x00" in value]:
            del request.COOKIES[name]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        if "\x00" in request.path_info:
            raise Http404


class LocaleMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_of(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        if "Content-Language" not in response.headers:  # else a feed, which has one language for all
            patch_vary_headers(response, ["Accept-Language", "Cookie"])
            response.headers["Content-Language"] = language
        return response
