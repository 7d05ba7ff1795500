"""Whoever is suspended reads, and sends nothing: asked here, once, for every view there is and will be."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from lomwong.people import rules

READING = {"GET", "HEAD", "OPTIONS"}
OF_ACCOUNTS = "allauth."


class SuspensionMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        _args: list[Any],
        _kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        """Only what is marked `while_suspended` goes on, and the pages of accounts: signing out, a new password."""
        if request.method in READING or not request.user.is_authenticated or rules.can_write(request.user):
            return None
        if getattr(view, "is_open_while_suspended", False) or view.__module__.startswith(OF_ACCOUNTS):
            return None
        return render(request, "people/suspended.html", status=403)
