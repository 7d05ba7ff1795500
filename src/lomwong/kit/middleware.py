"""Language of the page: the reader's own choice, else Thai, else English for browsers that never mention Thai."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
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


class LocaleMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_of(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        response.headers.setdefault("Content-Language", language)
        return response
