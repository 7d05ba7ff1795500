"""Reads feeds as a strict reader would: RFC 4287 and JSON Feed 1.1, checked by hand."""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)")


def is_whole(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and address.isascii() and " " not in address


def read_atom(body: bytes) -> ET.Element:
    """The feed, when RFC 4287 has nothing against it."""
    feed = ET.fromstring(body)
    assert feed.tag == f"{ATOM}feed"
    assert feed.get(f"{XML}lang")
    for name in ("id", "title", "updated"):
        assert len(feed.findall(ATOM + name)) == 1, name
    check_times(feed.findall(f"{ATOM}updated"))
    own = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert len(own) <= 1
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))
    for entry in feed.findall(f"{ATOM}entry"):
        check_entry(entry, has_feed_author=feed.find(f"{ATOM}author") is not None)
    return feed


def check_entry(entry: ET.Element, *, has_feed_author: bool) -> None:
    for name in ("id", "title", "updated"):
        assert len(entry.findall(ATOM + name)) == 1, name
    for name in ("published", "content", "summary", "rights"):
        assert len(entry.findall(ATOM + name)) <= 1, name
    assert has_feed_author or entry.findall(f"{ATOM}author")
    for author in entry.findall(f"{ATOM}author"):
        assert author.findtext(f"{ATOM}name")
    assert urlsplit(entry.findtext(f"{ATOM}id") or "").scheme
    check_times([*entry.findall(f"{ATOM}updated"), *entry.findall(f"{ATOM}published")])
    links = entry.findall(f"{ATOM}link")
    assert len([link for link in links if link.get("rel", "alternate") == "alternate"]) == 1
    for link in links:
        assert is_whole(link.get("href") or ""), link.attrib
    for category in entry.findall(f"{ATOM}category"):
        assert category.get("term")
    content = entry.find(f"{ATOM}content")
    assert content is not None
    assert content.get("type") == "html"


def check_times(elements: Iterable[ET.Element]) -> None:
    for element in elements:
        assert RFC3339.fullmatch(element.text or ""), element.text
        datetime.fromisoformat(element.text or "")


def read_json(body: bytes) -> dict[str, Any]:
    """The feed, when version 1.1 has nothing against it."""
    feed: dict[str, Any] = json.loads(body)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert isinstance(feed["items"], list)
    for name in ("home_page_url", "feed_url", "icon"):
        assert name not in feed or is_whole(feed[name])
    assert "author" not in feed, "since 1.1 it is authors"
    ids = [item["id"] for item in feed["items"]]
    assert len(ids) == len(set(ids))
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        assert "content_html" in item or "content_text" in item
        assert is_whole(item["url"])
        for name in ("date_published", "date_modified"):
            assert RFC3339.fullmatch(item[name])
        for author in item.get("authors", []):
            assert author["name"]
        assert all(isinstance(tag, str) for tag in item.get("tags", []))
        for attachment in item.get("attachments", []):
            assert is_whole(attachment["url"])
            assert attachment["mime_type"]
    return feed


def titles(body: bytes) -> list[str]:
    return [entry.findtext(f"{ATOM}title") or "" for entry in read_atom(body).findall(f"{ATOM}entry")]
