"""An entry saved as HTML. Themes change over the years, so parts are found by what their classes and links say."""

import re
from collections import defaultdict
from datetime import datetime

from bs4 import BeautifulSoup, Tag

from lomwong.imports.html_text import html_text
from lomwong.imports.page.entry import (
    COMMENTS_HEADING,
    Details,
    Page,
    PageComment,
    entry_time,
    read_details,
    split_tags,
)
from lomwong.imports.page.plain import NOT_ENTRY, read_plain
from lomwong.imports.problems import Problem, UnreadableFile, mark
from lomwong.imports.times import read_iso, read_time

NO_BODY = mark("The page does not mark where the entry begins; what stands above it on the page was kept too.")

_POST_ADDRESS = re.compile(r"/(?:posts?|blog/[^/\"]+|blog/posts)/(\d{1,12})(?![\d/])")
_SITE_SUFFIX = re.compile(r"\s*[-|–·»]\s*(?:www\.)?gotoknow(?:\.org)?\s*$", re.IGNORECASE)
_BODY_CLASSES = (
    re.compile(r"(?:post|entry|blog|article)[-_]?(?:body|content|text|detail)", re.IGNORECASE),
    re.compile(r"^(?:body|content|entry|article|post)$", re.IGNORECASE),
)
_COMMENT = re.compile(r"comment", re.IGNORECASE)
_NOT_COMMENT = re.compile(r"form|count|number|button|link|respond|reply-?(?:box|to)|new[-_]", re.IGNORECASE)
_CONTAINER = re.compile(r"comments|comment[-_]?(?:list|area|section|box|wrapper)", re.IGNORECASE)
_NEVER_COMMENT = {"form", "a", "span", "time", "textarea", "input", "button", "label", "h2", "h3", "h4", "body", "html"}
_AUTHOR = re.compile(r"author|owner|user|name|byline|profile", re.IGNORECASE)
_TIME = re.compile(r"date|time|posted|created|when|meta", re.IGNORECASE)
_WORDS = re.compile(r"body|content|text|detail|message", re.IGNORECASE)
_TAG_CLASS = re.compile(r"^(?:tags?|keywords?)(?:[-_](?:list|item|link))?$", re.IGNORECASE)
_PROFILE = re.compile(r"/(?:profile|profiles|user|users|member|members|~)/?[^/]", re.IGNORECASE)


def read_html(text: str) -> Page:
    """Raises `UnreadableFile` when neither a record number, a body nor a comment can be found."""
    soup = BeautifulSoup(_closed(text), "html.parser")
    for dropped in soup.find_all(["script", "style", "noscript", "template"]):
        dropped.extract()
    # Comments and their form are taken out first, so that what they say is not read as the entry's.
    stated = _stated(soup)
    comments = _take_comments(soup, stated)
    _remove_rest_of_comments(soup)
    details = read_details(html_text(str(soup)))
    body = _body(soup)
    number = details.number or _number_in_links(soup)
    if body is None:
        return _as_plain(text, soup, comments)
    if number is None and not comments:
        raise UnreadableFile(NOT_ENTRY)
    page = Page(
        title=_title(soup),
        text=html_text(str(body)),
        html=body.decode_contents().strip(),
        record_number=number,
        written_at=details.written_at or _stated_time(soup),
        edited_at=details.edited_at,
        author=_author(soup, details),
        tags=_tags(soup, details),
        licence=_licence(soup, details),
        comments=comments,
        stated_comments=stated,
    )
    page.check()
    return page


def _as_plain(text: str, soup: BeautifulSoup, comments: list[PageComment]) -> Page:
    """A page whose entry no class marks is read by its labels, as plain text is; exact comments are kept."""
    page = read_plain(html_text(text))
    page.title = _title(soup) or page.title
    page.problems.clear()
    if comments:
        page.comments = comments
    page.check()
    page.problems.append(Problem("page", NO_BODY))
    return page


def _closed(text: str) -> str:
    """Without tags that are opened and never closed: the parser would go through the rest of the file for each."""
    end = text.rfind(">") + 1
    return text[:end] + text[end:].replace("<", "&lt;")


def _words_of(element: Tag) -> str:
    return " ".join(element.get_text(" ").split())


def _names_of(element: Tag) -> list[str]:
    """Its classes and its id."""
    classes = element.get_attribute_list("class")
    return [str(each) for each in [*classes, element.get("id")] if each]


def _has_name(element: Tag, pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(name) for name in _names_of(element))


def _first(root: Tag, pattern: re.Pattern[str]) -> Tag | None:
    return next((element for element in root.find_all(True) if _has_name(element, pattern)), None)


def _take_comments(soup: Tag, stated: int | None) -> list[PageComment]:
    """Reads and removes the elements that are one comment each; answers within a comment are comments of their own."""
    comments = []
    for element in reversed(_comment_elements(soup, stated)):  # the inner ones first
        element.extract()
        comment = _comment(element)
        if comment.text:
            comments.append(comment)
    return comments[::-1]


def _comment_elements(soup: Tag, stated: int | None) -> list[Tag]:
    """Of the kinds of elements called "comment": the one as numerous as the page states, else the most numerous."""
    kinds: dict[tuple[str, str], list[Tag]] = defaultdict(list)
    for element in soup.find_all(True):
        classes = [str(each) for each in element.get_attribute_list("class") if each]
        named = [name for name in classes if _COMMENT.search(name) and not _NOT_COMMENT.search(name)]
        if named and element.name not in _NEVER_COMMENT and next(element.stripped_strings, ""):
            kinds[(element.name, re.sub(r"\d+", "", min(named, key=len)))].append(element)
    exact = [group for group in kinds.values() if len(group) == stated]
    candidates = exact or list(kinds.values())
    most = max((len(group) for group in candidates), default=0)
    # Among equals the widest holds name and time too: a comment as a whole, not only its words.
    widest = max((group for group in candidates if len(group) == most), key=_size, default=[])
    # Without a number stated a lone element may be the list of all comments rather than one.
    return [] if not exact and most == 1 and _has_name(widest[0], _CONTAINER) else widest


def _size(group: list[Tag]) -> int:
    return sum(len(_words_of(each)) for each in group[:5])


def _comment(element: Tag) -> PageComment:
    author_element = _author_element(element)
    time_element = _time_element(element)
    words = next(
        (
            each
            for each in element.find_all(True)
            if _has_name(each, _WORDS) and _words_of(each) and each not in (author_element, time_element)
        ),
        None,
    )
    author = _words_of(author_element) if author_element else ""
    at = _time_in(time_element) if time_element else None
    if words is None:
        for head in (author_element, time_element):
            if head is not None:
                head.extract()
        words = element
    return PageComment(author or None, at, html_text(words.decode_contents()), exact=True)


def _author_element(element: Tag) -> Tag | None:
    named = [each for each in element.find_all(True) if _has_name(each, _AUTHOR) and _words_of(each)]
    linked = [each for each in element.find_all("a", href=_PROFILE) if _words_of(each)]
    inside = [each for each in linked if any(parent in named for parent in each.parents)]
    short = [each for each in [*inside, *named, *linked] if len(_words_of(each)) <= 80]
    return min(short, key=lambda each: len(_words_of(each)), default=None) if not inside else inside[0]


def _time_element(element: Tag) -> Tag | None:
    for each in element.find_all(True):
        if (each.name == "time" or _has_name(each, _TIME)) and _time_in(each):
            return each
    return None


def _time_in(element: Tag) -> datetime | None:
    stamp = element.get("datetime") or element.get("title")
    if isinstance(stamp, str) and (found := read_time(stamp)):
        return found
    words = re.sub(r"^.*?เมื่อ\s*", "", _words_of(element))
    return entry_time(words) if len(words) <= 80 else None


def _stated(soup: Tag) -> int | None:
    for line in soup.get_text("\n").split("\n"):
        found = COMMENTS_HEADING.match(line)
        if found:
            return int((found[1] or found[2]).replace(",", ""))
    # A heading whose number has an element of its own.
    for heading in soup.find_all(["h1", "h2", "h3", "h4", "h5", "h6", "legend"]):
        found = COMMENTS_HEADING.match(_words_of(heading))
        if found:
            return int((found[1] or found[2]).replace(",", ""))
    return None


def _remove_rest_of_comments(soup: Tag) -> None:
    for element in soup.find_all(True):
        if (_has_name(element, _COMMENT) and element.name not in {"html", "body"}) or element.name == "form":
            element.extract()


def _body(soup: Tag) -> Tag | None:
    for pattern in _BODY_CLASSES:
        found = [element for element in soup.find_all(["div", "section", "article"]) if _has_name(element, pattern)]
        if found:
            return max(found, key=lambda element: len(_words_of(element)))
    return soup.find("article") or soup.find("main")


def _title(soup: BeautifulSoup) -> str:
    named = _first(soup, re.compile(r"(?:post|entry|blog)[-_]?(?:title|heading)", re.IGNORECASE))
    og = soup.find("meta", property="og:title")
    for words in (
        _words_of(named) if named else "",
        str(og.get("content") or "") if og else "",
        *(_words_of(heading) for heading in soup.find_all("h1")),
        _words_of(soup.title) if soup.title else "",
    ):
        title = _SITE_SUFFIX.sub("", words).strip()
        if title:
            return title
    return ""


def _number_in_links(soup: BeautifulSoup) -> int | None:
    canonical = [each.get("href") for each in soup.find_all("link", rel="canonical")]
    graph = [each.get("content") for each in soup.find_all("meta", property="og:url")]
    for address in [*canonical, *graph]:
        found = _POST_ADDRESS.search(str(address or ""))
        if found:
            return int(found[1])
    return None


def _stated_time(soup: BeautifulSoup) -> datetime | None:
    stamp = soup.find("meta", property="article:published_time")
    if stamp and (found := read_iso(str(stamp.get("content") or ""))):
        return found
    return next((found for each in soup.find_all("time") if (found := _time_in(each))), None)


def _author(soup: BeautifulSoup, details: Details) -> str | None:
    meta = soup.find("meta", attrs={"name": "author"})
    element = soup.find(rel="author") or _first(soup, re.compile(r"author|owner|byline", re.IGNORECASE))
    for words in (str(meta.get("content") or "") if meta else "", _words_of(element) if element else ""):
        if words.strip() and len(words) <= 120 and "gotoknow" not in words.lower():
            return re.sub(r"^(?:เขียนโดย|โดย|by)\s*:?\s*", "", words.strip(), flags=re.IGNORECASE)
    return details.author


def _tags(soup: BeautifulSoup, details: Details) -> tuple[str, ...]:
    links = [_words_of(each) for each in soup.find_all("a", rel="tag")]
    if not links:
        boxes = [each for each in soup.find_all(True) if _has_name(each, _TAG_CLASS)]
        links = [_words_of(link) for box in boxes for link in (box.find_all("a") or [box])]
    return split_tags("\n".join(links)) or details.tags


def _licence(soup: BeautifulSoup, details: Details) -> str:
    link = soup.find(rel="license")
    if link is None:
        return details.licence
    picture = link.find("img")
    return _words_of(link) or str((picture.get("alt") if picture else "") or link.get("href") or "")
