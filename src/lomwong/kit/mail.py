"""Letters: plain and HTML in one, with headers that survive every mail program on the way."""

import base64
import hashlib
import unicodedata
from collections.abc import Iterator, Mapping
from email.utils import formataddr, parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

OCTETS = 39  # of an encoded word: with "Subject: " before it, a line of 73


class BadLetter(ValueError):
    """Something in it would break out of its header."""


class Letter(EmailMultiAlternatives):
    """The library's own encoded words come out one letter longer than RFC 2047 allows, and begin with lone marks."""

    def message(self, **options: Any) -> Any:
        made = super().message(**options)
        del made["Subject"]
        made["Subject"] = encoded(str(self.subject))
        return made


def send_letter(to: str, subject: str, *, connection: BaseEmailBackend | None = None, **parts: Any) -> None:
    """Send one letter now; `parts` as of `make_letter`. Call it in a job: OSError when no server takes it."""
    letter = make_letter(to, subject, **parts)
    letter.connection = connection
    letter.send()


def make_letter(
    to: str,
    subject: str,
    *,
    key: str,
    template: str = "",
    context: Mapping[str, Any] | None = None,
    plain: str = "",
    html: str = "",
    headers: Mapping[str, str] | None = None,
    reply_to: str = "",
    list_name: str = "",
    unsubscribe: str = "",
) -> Letter:
    """A letter in the language of the moment, from `<template>.txt` and `.html`, or from words given.

    The same `key` makes the same Message-ID, so that mail programs fold a double. `unsubscribe` is an address that
    takes a POST without more ado (RFC 8058). BadLetter when an address, the subject or a header holds a line break.
    """
    if template:
        plain, html = render_letter(template, context or {})
    own = {
        "Message-ID": message_id(key),
        "Auto-Submitted": "auto-generated",  # RFC 3834: no out-of-office note comes back
        **(headers or {}),
    }
    if list_name:
        own["List-Id"] = f"<{list_name}.{mail_host()}>"
    if unsubscribe:
        own |= {"List-Unsubscribe": f"<{unsubscribe}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    for value in (to, subject, reply_to, *own, *own.values()):
        refuse_breaks(value)
    letter = Letter(subject, plain, sender(), [to], headers=own, reply_to=[reply_to] if reply_to else None)
    if html:
        letter.attach_alternative(html, "text/html")
    return letter


def render_letter(template: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """(plain, HTML)"""
    about = {"site_url": settings.PUBLIC_URL, "language": get_language(), "style": letter_style(), **context}
    return render_to_string(f"{template}.txt", about).strip() + "\n", render_to_string(f"{template}.html", about)


def letter_style() -> SafeString:
    """Mail programs load no style sheets, and drop what they do not know: the pages are simple enough without."""
    return format_html("<style>{}</style>", mark_safe(render_to_string("mail/letter.css")))


def refuse_breaks(value: str) -> None:
    """Line breaks of every alphabet, and other characters that no header may have."""
    if any(unicodedata.category(character) in {"Cc", "Zl", "Zp", "Cs"} for character in value):
        raise BadLetter("A line break or control character in an address, a subject or a header.")


def one_line(text: str) -> str:
    """Somebody's words, fit for a header: no line breaks, no control characters."""
    return "".join(character for character in " ".join(text.split()) if unicodedata.category(character) != "Cc")


def encoded(text: str) -> str:
    """A header's text as RFC 2047 wants it: in words of at most 75 letters, no character cut."""
    if text.isascii() and "=?" not in text:
        return text
    return " ".join(f"=?utf-8?b?{base64.b64encode(part.encode()).decode()}?=" for part in _parts(text))


def _parts(text: str) -> Iterator[str]:
    """Pieces that fit into an encoded word; where possible none begins with a mark of the letter before."""
    part = ""
    for letter in _letters(text):
        if part and len((part + letter).encode()) > OCTETS:
            yield part
            part = ""
        part += letter
    yield part


def _letters(text: str) -> Iterator[str]:
    """Each with the marks above and below it, unless these are absurdly many."""
    letter = ""
    for character in text:
        joins = unicodedata.category(character) in {"Mn", "Mc", "Me", "Cf", "Sk"} or letter.endswith("\u200d")
        if letter and not (joins and len((letter + character).encode()) <= OCTETS):
            yield letter
            letter = ""
        letter += character
    yield letter


def message_id(key: str) -> str:
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{mail_host()}>"


def mail_host() -> str:
    """The name under which this house is known."""
    return urlsplit(settings.PUBLIC_URL).hostname or "localhost"


def sender() -> str:
    """The sender's address, with the name of the house when the host gave none."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name or gettext("Lomwong"), address))
