"""Entries written down as Atom 1.0 (RFC 4287) and as JSON Feed 1.1."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.feedgenerator import Atom1Feed, Enclosure, rfc3339_date
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.xmlutils import SimplerXMLGenerator

from lomwong.feeds.channels import Channel
from lomwong.feeds.entries import Entry, printable, tag_uri, whole

NOTHING_YET = datetime(2026, 1, 1, tzinfo=UTC)
JSON_FEED = "https://jsonfeed.org/version/1.1"


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above the entries. `own_address` is empty where it must not be passed on."""

    channel: Channel
    house: str
    own_address: str
    updated: datetime | None

    @property
    def title(self) -> str:
        name = printable(self.channel.title)
        return name if name == self.house else f"{name} · {self.house}"


class _Atom(Atom1Feed):
    """Django's, with the whole text, several authors, and licences."""

    def latest_post_date(self) -> datetime:
        updated: datetime = self.feed["updated"]
        return updated

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("icon", self.feed["icon"])

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        entry: Entry = item["entry"]
        return {"xml:lang": entry.language, "xml:base": entry.address}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        entry: Entry = item["entry"]
        for name in entry.authors:
            handler.startElement("author", AttributesImpl({}))
            handler.addQuickElement("name", name)
            handler.endElement("author")
        if entry.licence_address:
            handler.addQuickElement("link", "", {"rel": "license", "href": entry.licence_address})
        handler.addQuickElement("content", entry.html, {"type": "html"})


def atom(heading: Heading, entries: Sequence[Entry]) -> str:
    channel = heading.channel
    feed = _Atom(
        title=heading.title,
        link=whole(channel.address),
        description="",
        language=get_language(),
        author_name=heading.house,  # of entries whose author nobody knows
        subtitle=printable(channel.about) or None,
        feed_url=heading.own_address or None,
        feed_guid=tag_uri(f"feed/{channel.key}"),
        updated=heading.updated or NOTHING_YET,
        icon=icon(),
    )
    for entry in entries:
        feed.add_item(
            title=entry.label,
            link=entry.address,
            description=escape(entry.summary),
            pubdate=entry.created,
            updateddate=entry.updated,
            unique_id=entry.id,
            categories=entry.tags,
            item_copyright=entry.licence or None,
            enclosures=[Enclosure(file.address, str(file.size), file.media_type) for file in entry.files],
            entry=entry,
        )
    return feed.writeString("utf-8")


def json_feed(heading: Heading, entries: Sequence[Entry]) -> str:
    channel = heading.channel
    feed = {
        "version": JSON_FEED,
        "title": heading.title,
        "home_page_url": whole(channel.address),
        "feed_url": heading.own_address,
        "description": printable(channel.about),
        "icon": icon(),
        "language": get_language(),
        "items": [_item(entry) for entry in entries],
    }
    return json.dumps(_without_empty(feed), ensure_ascii=False)


def _item(entry: Entry) -> dict[str, Any]:
    item = {
        "id": entry.id,
        "url": entry.address,
        "title": entry.title,
        "content_html": entry.html,
        "summary": entry.summary,
        "image": entry.picture.address if entry.picture else "",
        "date_published": rfc3339_date(entry.created),
        "date_modified": rfc3339_date(entry.updated),
        "authors": [{"name": name} for name in entry.authors],
        "tags": list(entry.tags),
        "language": entry.language,
        "attachments": [
            {"url": file.address, "mime_type": file.media_type, "title": file.name, "size_in_bytes": file.size}
            for file in entry.files
        ],
        "_licence": {"name": entry.licence, "url": entry.licence_address} if entry.licence else None,
    }
    return _without_empty(item) | {"content_html": entry.html}  # which the format demands


def _without_empty(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value or name == "items"}


def icon() -> str:
    return whole(staticfiles_storage.url("lomwong/logo.svg"))


FORMS = {
    "atom": (atom, "application/atom+xml; charset=utf-8"),
    "json": (json_feed, "application/feed+json; charset=utf-8"),
}
