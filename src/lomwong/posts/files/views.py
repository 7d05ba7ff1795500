"""Hand out what hangs on a post, and take in what shall."""

import logging
import re
from typing import BinaryIO

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag, url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from lomwong.kit.access import public, signed_in
from lomwong.posts.files import shelf
from lomwong.posts.files.drafts import TooMany, attach_to_draft, room_left, set_alts, take_from_draft
from lomwong.posts.files.fields import LONGEST_ALT, kept_of, too_many
from lomwong.posts.files.kinds import EMPTY, WEBP, Unwelcome
from lomwong.posts.models import Draft, File

log = logging.getLogger(__name__)

MOST_AT_ONCE = 1 << 20  # bytes of a sound; the player asks for the next ones
RANGE = re.compile(r"bytes=([0-9]{1,15})?-([0-9]{1,15})?")


@public
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """To be saved, never to be shown: what somebody attached must not act as a page of ours."""
    found = readable_file(request, pk)
    response = FileResponse(
        opened(found, found.sha256), as_attachment=True, filename=found.name, content_type=found.media_type
    )
    response["Cache-Control"] = "private, no-store"
    return harmless(response)


@public
def picture(request: HttpRequest, pk: int) -> HttpResponseBase:
    """To be shown: it was made anew when it came. Asked for again each time, so what was taken back is gone."""
    return shown(request, pk, is_small=False)


@public
def picture_small(request: HttpRequest, pk: int) -> HttpResponseBase:
    return shown(request, pk, is_small=True)


@public
def sound(request: HttpRequest, pk: int) -> HttpResponseBase:
    """To be listened to, also from the middle: iPhones ask for nothing else."""
    found = readable_file(request, pk)
    if not found.is_sound:
        raise Http404
    stream = opened(found, found.sha256)
    response: HttpResponseBase = FileResponse(stream, filename=found.name, content_type=found.media_type)
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    if asked and (asked[1] or asked[2]):
        response = part_of(stream, found, asked)
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, no-cache"
    return harmless(response)


def shown(request: HttpRequest, pk: int, *, is_small: bool) -> HttpResponseBase:
    found = readable_file(request, pk)
    if not found.is_picture:
        raise Http404
    sha256, media_type = found.sha256, found.media_type
    if is_small and found.small_sha256:
        sha256, media_type = found.small_sha256, WEBP.media_type
    etag = quote_etag(sha256)
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        response = FileResponse(opened(found, sha256), filename=found.name, content_type=media_type)
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return harmless(response)


def readable_file(request: HttpRequest, pk: int) -> File:
    """404 for what does not exist and for what this viewer may not read, alike."""
    return get_object_or_404(File.objects.visible_to(request.user).defer("words_text"), pk=pk)


def opened(file: File, sha256: str) -> BinaryIO:
    try:
        return shelf.path_of(sha256).open("rb")
    except OSError:
        log.exception("file %s has lost its bytes", file.pk)
        raise Http404 from None


def harmless(response: HttpResponseBase) -> HttpResponseBase:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def part_of(stream: BinaryIO, file: File, asked: re.Match[str]) -> HttpResponse:
    """One range (RFC 9110, 14.1.2): from here, from here to there, or the last so many bytes."""
    with stream:
        size = stream.seek(0, 2)
        start = int(asked[1]) if asked[1] else max(0, size - int(asked[2]))
        end = min(size, int(asked[2]) + 1) if asked[1] and asked[2] else size
        if start >= end:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
        stream.seek(start)
        content = stream.read(min(end - start, MOST_AT_ONCE))
    response = HttpResponse(content, status=206, content_type=file.media_type)
    response["Content-Range"] = f"bytes {start}-{start + len(content) - 1}/{size}"
    return response


@signed_in
@require_POST
def draft_file_add(request: HttpRequest, key: str) -> JsonResponse:
    """One file, `file`, to one's own draft: 201 with what it has become, or 422 with what to do instead."""
    draft = get_object_or_404(Draft.objects.visible_to(request.user), key=key)
    upload = request.FILES.get("file")
    try:
        if upload is None:
            raise Unwelcome(EMPTY)
        if not room_left(draft):
            raise TooMany
        added = attach_to_draft(draft, [kept_of(upload)])[0]
    except Unwelcome as unwelcome:
        return JsonResponse({"error": str(unwelcome.reason)}, status=422)
    except TooMany:
        return JsonResponse({"error": too_many()}, status=422)
    return JsonResponse(described(added), status=201)


@signed_in
@require_POST
def draft_file_alt(request: HttpRequest, pk: int) -> JsonResponse:
    """`alt`: what is to be seen on the picture."""
    found = own_draft_file(request, pk)
    alt = " ".join(request.POST.get("alt", "").replace("\x00", "").split())[:LONGEST_ALT]
    set_alts({found.pk: alt}, [found])
    return JsonResponse(described(found))


@signed_in
@require_POST
def draft_file_remove(request: HttpRequest, pk: int) -> HttpResponse:
    take_from_draft(own_draft_file(request, pk))
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        return redirect(back)
    return JsonResponse({})


def own_draft_file(request: HttpRequest, pk: int) -> File:
    own = File.objects.filter(draft__in=Draft.objects.visible_to(request.user))
    return get_object_or_404(own.defer("words_text"), pk=pk)


def described(file: File) -> dict[str, object]:
    return {
        "id": file.pk,
        "name": file.name,
        "kind": file.kind_label,
        "is_picture": file.is_picture,
        "is_sound": file.is_sound,
        "alt": file.alt,
        "url": file.picture_url if file.is_picture else file.get_absolute_url(),
        "small": file.small_url if file.is_picture else "",
        "width": file.small_width,
        "height": file.small_height,
        "markdown": f"![](file:{file.pk})" if file.is_picture else "",
    }
