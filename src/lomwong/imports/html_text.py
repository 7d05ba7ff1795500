"""HTML to plain text with its paragraphs kept, in time linear in its length however broken it is."""

import html
import re
from collections.abc import Iterator

_BLOCKS = {
    "p", "div", "blockquote", "pre", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "section",
    "article", "header", "footer", "dl",
}  # fmt: skip
_LINES = {"br", "tr", "dt", "dd"}
_DROPPED = {"script", "style", "title", "template", "textarea", "select", "noscript"}
_TAG_NAME = re.compile(r"/?([A-Za-z][A-Za-z0-9]*)")


def html_text(markup: str) -> str:
    """The words of `markup`: blocks apart by an empty line, list items after "• ", no scripts, styles or tags."""
    parts: list[str] = []
    preformatted = 0
    for tag, words in _pieces(markup):
        if words:
            _add_words(parts, html.unescape(words), is_preformatted=preformatted > 0)
        name = tag.removeprefix("/")
        if name == "pre":
            preformatted = max(0, preformatted + (-1 if tag.startswith("/") else 1))
        if name in _BLOCKS:
            parts.append("\n\n")
        elif name in _LINES and tag == name:
            parts.append("\n")
        elif tag == "li":
            parts.append("\n• ")
        elif tag in {"td", "th"}:
            parts.append("\t")
    lines = [line.rstrip() for line in "".join(parts).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _add_words(parts: list[str], words: str, *, is_preformatted: bool) -> None:
    if is_preformatted:
        parts.append(words)
        return
    joined = re.sub(r"\s+", " ", words)
    begins_line = not parts or parts[-1].endswith(("\n", "• "))
    joined = joined.lstrip() if begins_line else joined
    if joined:
        parts.append(joined)


def _pieces(markup: str) -> Iterator[tuple[str, str]]:
    """(name of a tag in lower case, with "/" when it ends an element; the words before it); "" for the end."""
    lowered = markup.lower()
    position = words_from = 0
    close = -1  # of the nearest ">"; kept, so that a row of "<" does not search for it again each time
    while (start := markup.find("<", position)) >= 0:
        if close < start:
            close = markup.find(">", start)
        if close < 0:
            break
        if lowered.startswith("<!--", start):
            end = markup.find("-->", start)
            end = close + 1 if end < 0 else end + 3
            name = ""
        else:
            found = _TAG_NAME.match(lowered, start + 1)
            if not found and lowered[start + 1] not in "!?":
                position = start + 1  # a "<" of the text itself
                continue
            name = found[0] if found else ""
            end = close + 1
            if name in _DROPPED:
                end = _end_of(lowered, name, end)
        yield name, markup[words_from:start]
        position = words_from = end
    yield "", markup[words_from:]


def _end_of(lowered: str, name: str, start: int) -> int:
    """Where the contents of an element that is dropped end: before its end tag, or with the text."""
    end = lowered.find(f"</{name}", start)
    return len(lowered) if end < 0 else end
