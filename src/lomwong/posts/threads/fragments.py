"""Answers to htmx: parts of a page in place of the page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


def is_fragment(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def layout(request: HttpRequest) -> str:
    """What to draw around the answer: nothing for htmx."""
    return "posts/_bare.html" if is_fragment(request) else "base.html"


def led_to(request: HttpRequest, address: str) -> HttpResponse:
    """To another page, or to this one made anew."""
    if not is_fragment(request):
        return redirect(address)
    page, _hash, _place = address.partition("#")
    shown = request.headers.get("HX-Current-URL", "").partition("#")[0]
    return HttpResponse(headers={"HX-Refresh": "true"} if shown.endswith(page) else {"HX-Redirect": address})
