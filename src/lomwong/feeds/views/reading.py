"""Feeds for readers: public ones for anybody, private ones for whoever has a key."""

import hashlib

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _

from lomwong.feeds import actions
from lomwong.feeds.channels import ANYBODY, Channel, channel_of
from lomwong.feeds.entries import Mark, entries_of, newest, printable, whole
from lomwong.feeds.writing import FORMS, Heading
from lomwong.kit.access import public
from lomwong.people.models import Viewer

FRESH = 300  # seconds for which a cache between us and the readers may answer


@public
def feed(request: HttpRequest, form: str, kind: str = "all", key: str = "") -> HttpResponseBase:
    """The same for everybody, in the language of the house. 404 for what is not public and for what is not, alike."""
    with translation.override(settings.LANGUAGE_CODE):
        channel = _channel_or_404(form, kind, key, ANYBODY)
        marks = newest(channel, ANYBODY)
        etag = _etag(form, channel, marks)
        changed_at = max((mark.at for mark in marks), default=None)
        last_modified = int(changed_at.timestamp()) if changed_at else None
        response = get_conditional_response(request, etag=etag, last_modified=last_modified)
        if response is None:
            response = _written(form, channel, marks, ANYBODY, own_address=whole(request.path))
    response["ETag"] = etag
    if last_modified:
        response["Last-Modified"] = http_date(last_modified)
    response["Cache-Control"] = f"public, max-age={FRESH}, s-maxage={FRESH}"
    response["Content-Language"] = settings.LANGUAGE_CODE
    return response


@public
def private_feed(request: HttpRequest, code: str, form: str, kind: str = "all", key: str = "") -> HttpResponse:
    """What the owner of the key may read at this moment; whoever asks is not signed in."""
    feed_key = actions.open_feed_key(code)
    if feed_key is None:
        raise Http404
    with translation.override(settings.LANGUAGE_CODE):
        channel = _channel_or_404(form, kind, key, feed_key.person)
        marks = newest(channel, feed_key.person)
        response = _written(form, channel, marks, feed_key.person, own_address="")  # it would be passed on
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    response["Content-Language"] = settings.LANGUAGE_CODE
    return response


def _channel_or_404(form: str, kind: str, key: str, viewer: Viewer) -> Channel:
    channel = channel_of(kind, key, viewer) if form in FORMS else None
    if channel is None:
        raise Http404
    return channel


def _written(form: str, channel: Channel, marks: list[Mark], viewer: Viewer, *, own_address: str) -> HttpResponse:
    write, content_type = FORMS[form]
    updated = max((mark.at for mark in marks), default=None)
    heading = Heading(channel, printable(_("Lomwong")), own_address, updated)
    response = HttpResponse(write(heading, entries_of(marks, viewer)), content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _etag(form: str, channel: Channel, marks: list[Mark]) -> str:
    told = repr((form, channel.title, channel.about, [(mark.number, mark.version, mark.author) for mark in marks]))
    return f'W/"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'
