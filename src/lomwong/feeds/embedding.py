"""What another site shows where somebody put a link to a public entry: oEmbed 1.0 (https://oembed.com)."""

from typing import Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.html import format_html
from django.utils.translation import gettext as _

from lomwong.feeds.channels import ANYBODY
from lomwong.feeds.entries import WITH_AUTHORS, authors_of, printable, whole
from lomwong.posts.models import Post

WIDTH = 600  # pixels, unless less is asked for


def post_at(address: str) -> Post | None:
    """The public entry, or reply, that is shown at the address; None for all others alike."""
    try:
        parts, ours = urlsplit(address), urlsplit(settings.PUBLIC_URL)
        match = resolve(parts.path) if parts.netloc == ours.netloc else None
    except (ValueError, Resolver404):
        return None
    if match is None or match.view_name != "posts:post":
        return None
    readable = Post.objects.visible_to(ANYBODY).select_related("author").prefetch_related(*WITH_AUTHORS)
    return readable.filter(pk=match.kwargs["number"]).first()


def embedded(post: Post, *, width: int) -> dict[str, Any]:
    """The fields of the answer. A quotation without scripts or frames: it works wherever HTML is shown."""
    address = whole(post.get_absolute_url())
    authors = ", ".join(authors_of(post))
    title, words = printable(post.label), printable(post.excerpt)
    quotation = format_html(
        '<blockquote cite="{0}"><p>{1}</p><p>{2}</p><footer>{3} · <a href="{0}">{4}</a></footer></blockquote>',
        address,
        title if post.title else "",
        words,
        authors,
        _("Lomwong"),
    ).replace("<p></p>", "")
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "author_name": authors,
        "provider_name": _("Lomwong"),
        "provider_url": whole("/"),
        "cache_age": 3600,
        "width": min(width, WIDTH),
        "height": None,
        "html": quotation,
    }


def as_xml(fields: dict[str, Any]) -> str:
    lines = [f"<{name}>{escape(str(value))}</{name}>" for name, value in fields.items() if value is not None]
    return '<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>' + "".join(lines) + "</oembed>\n"
