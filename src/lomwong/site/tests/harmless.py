"""Reads a page as a browser would, and says what on it could run, load or lead away that we did not put there."""

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Any

from lomwong.kit import html

Shape = tuple[str, frozenset[str]]  # an element's name, the names of its attributes

RUNS = {"applet", "base", "embed", "frame", "frameset", "iframe", "math", "object", "portal", "style", "xml"}
LEADS = {"href", "xlink:href"}
LOADS = {
    "action",
    "background",
    "data",
    "formaction",
    "poster",
    "src",
    "hx-get",
    "hx-post",
    "data-suggest",
    "data-find",
}
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")
OWN = re.compile(r"(?:/(?![/\\])|\?|#|$)[^\s<>\"]*")
FROM_MARKDOWN = html.ALLOWED_TAGS | html.PICTURE_TAGS
OF_MARKDOWN = {"lang", "href", "title", "rel", "colspan", "rowspan", "start", *html.PICTURE_ATTRIBUTES["img"]}


class Page(HTMLParser):
    """`faults` is empty for a page on which nothing of somebody else's is alive; `shapes` are all of its elements."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[tuple[str, dict[str, str | None]]] = []
        self.shapes: set[Shape] = set()
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.shapes.add((tag, frozenset(given)))
        if tag in RUNS or (tag == "script" and not is_our_script(given)) or (tag == "meta" and "http-equiv" in given):
            self.faults.append((tag, given))
        if any(is_alive(name, value or "") for name, value in attrs) or len(given) < len(attrs):
            self.faults.append((tag, given))

    def handle_comment(self, data: str) -> None:
        self.faults.append(("!", {data: None}))

    unknown_decl = handle_pi = handle_comment


def is_our_script(given: dict[str, str | None]) -> bool:
    is_data = given.get("type") == "application/ld+json" and set(given) == {"type"}
    return is_data or (given.get("src") or "").startswith("/static/")


def is_alive(name: str, value: str) -> bool:
    if name.startswith("on") or name in {"style", "srcdoc", "ping", "is", "slot", "manifest"}:
        return True
    if name in LEADS:
        bare = re.sub(r"[\x00-\x20]", "", value).lower()  # as browsers read it
        return bool(SCHEME.match(bare)) and not bare.startswith(("http://", "https://", "mailto:"))
    if name == "srcset":
        return not all(OWN.fullmatch(part.split()[0]) for part in value.split(",") if part.split())
    return name in LOADS and not OWN.fullmatch(value)


def read(response: Any) -> Page:
    return Page(words_of(response))


def words_of(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return str(content.decode())


def shapes(pages: Iterable[Page]) -> set[Shape]:
    return set().union(*(page.shapes for page in pages))


def strange(found: set[Shape], known: set[Shape]) -> list[Shape]:
    """Elements that stand on no page where people wrote plain words, and that no Markdown makes either."""
    return sorted(
        ((tag, names) for tag, names in found - known if tag not in FROM_MARKDOWN or names - OF_MARKDOWN),
        key=str,
    )
