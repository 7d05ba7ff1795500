"""Typed reading of the environment. Every setting comes through here and stands in docs/operate/settings.md."""

import os
from collections.abc import Collection
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_noop


class BadSetting(ImproperlyConfigured):
    """A setting that cannot be used.

    `sentence` is English with named places for `values`: settings are read before Django has its catalogues.
    """

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence % values)
        self.sentence = sentence
        self.values = values


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool = False) -> bool:
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise BadSetting(gettext_noop("%(name)s must be 1 or 0, not “%(value)s”."), name=name, value=value)


def number(name: str, default: int, *, least: int, most: int) -> int:
    value = text(name)
    if not value:
        return default
    if value.isascii() and value.isdecimal() and least <= int(value[:9]) <= most:
        return int(value)
    raise BadSetting(
        gettext_noop("%(name)s must be a number from %(least)d to %(most)d, not “%(value)s”."),
        name=name,
        least=least,
        most=most,
        value=value,
    )


def choice(name: str, default: str, among: Collection[str]) -> str:
    """A misspelt word is refused rather than taken for the default."""
    value = text(name) or default
    if value not in among:
        raise BadSetting(
            gettext_noop("%(name)s must be one of %(among)s, not “%(value)s”."),
            name=name,
            among=", ".join(among),
            value=value,
        )
    return value


def names(name: str) -> list[str]:
    """A comma-separated list; empty when unset."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def address(name: str, default: str) -> str:
    """An http or https address, without the slash at its end."""
    value = (text(name) or default).rstrip("/")
    try:
        parts = urlsplit(value)
        is_good = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        is_good = False
    if not is_good:
        example = "https://lomwong.example.ac.th"
        raise BadSetting(
            gettext_noop("%(name)s must be an address such as %(example)s, not “%(value)s”."),
            name=name,
            example=example,
            value=value,
        )
    return value


def zone(name: str, default: str) -> str:
    value = text(name) or default
    try:
        ZoneInfo(value)
    except (ValueError, OSError, KeyError):  # KeyError: none of this name
        raise BadSetting(
            gettext_noop("%(name)s must be a time zone such as Asia/Bangkok, not “%(value)s”."), name=name, value=value
        ) from None
    return value


def folder(name: str, default: Path) -> Path:
    """Made when it is missing."""
    value = text(name)
    try:
        path = Path(value).expanduser().resolve() if value else default
        path.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError) as error:  # RuntimeError: a home of nobody, links in a ring
        raise BadSetting(
            gettext_noop("The folder %(path)s cannot be made: %(error)s. Name another with %(name)s."),
            path=value or default,
            error=str(getattr(error, "strerror", None) or error).rstrip("."),
            name=name,
        ) from None
    return path
