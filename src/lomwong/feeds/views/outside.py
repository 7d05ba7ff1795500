"""For search engines and for sites that show a link to us."""

from collections.abc import Iterator
from typing import TypeVar

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import translation

from lomwong.feeds import embedding, sitemaps
from lomwong.feeds.entries import whole
from lomwong.kit.access import public

Answer = TypeVar("Answer", HttpResponse, StreamingHttpResponse)
HOUR = 3600
LONGEST_NUMBER = 12  # digits of a part, of a width
CLOSED = ("/accounts/", "/admin/", "/search/", "/feeds/private/", "/people/", "/news/", "/care/", "/take-away/")


@public
def oembed(request: HttpRequest) -> HttpResponse:
    form = request.GET.get("format", "json")
    if form not in {"json", "xml"}:
        return HttpResponse(status=501)  # as the format wants it
    with translation.override(settings.LANGUAGE_CODE):
        post = embedding.post_at(request.GET.get("url", ""))
        if post is None:
            raise Http404
        fields = embedding.embedded(post, width=_width(request.GET.get("maxwidth", "")))
    if form == "xml":
        return _for_all(HttpResponse(embedding.as_xml(fields), content_type="text/xml; charset=utf-8"), 300)
    return _for_all(JsonResponse(fields, json_dumps_params={"ensure_ascii": False}), 300)


def _width(text: str) -> int:
    is_number = text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
    return max(1, int(text)) if is_number else embedding.WIDTH


@public
def sitemap(request: HttpRequest) -> StreamingHttpResponse:
    return _xml(sitemaps.index())


@public
def sitemap_part(request: HttpRequest, part: str) -> StreamingHttpResponse:
    if part == "pages":
        return _xml(sitemaps.pages())
    name, _, number = part.partition("-")
    is_ours = name == "posts" and number.isascii() and number.isdecimal() and len(number) <= LONGEST_NUMBER
    listed = sitemaps.posts(int(number)) if is_ours else None
    if listed is None:
        raise Http404
    return _xml(listed)


@public
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *[f"Disallow: {place}" for place in CLOSED]]
    lines += ["", f"Sitemap: {whole(reverse('feeds:sitemap'))}", ""]
    return _for_all(HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8"), HOUR)


def _xml(written: Iterator[str]) -> StreamingHttpResponse:
    return _for_all(StreamingHttpResponse(written, content_type="application/xml; charset=utf-8"), HOUR)


def _for_all(response: Answer, seconds: int) -> Answer:
    """The same for everybody, so it varies by nothing."""
    response["Cache-Control"] = f"public, max-age={seconds}, s-maxage={seconds}"
    response["Content-Language"] = settings.LANGUAGE_CODE
    return response
