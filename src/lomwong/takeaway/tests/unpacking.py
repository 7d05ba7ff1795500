"""Opens what was taken away, as a person's own computer would."""

import io
import re
import zipfile
from dataclasses import dataclass
from html.parser import HTMLParser
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True)
class Unpacked:
    """`files`: by their names below the one folder of the zip."""

    files: dict[str, bytes]

    def text(self, name: str) -> str:
        return self.files[name].decode()

    def named(self, pattern: str) -> str:
        """The one name that fits."""
        [name] = [name for name in self.files if re.fullmatch(pattern, name)]
        return name

    @property
    def all_words(self) -> str:
        return "\n".join(content.decode("utf-8", "replace") for content in self.files.values())


def unpack(content: bytes) -> Unpacked:
    with zipfile.ZipFile(io.BytesIO(content)) as zipped:
        assert zipped.testzip() is None
        names = zipped.namelist()
        assert len(names) == len(set(names))
        tops = {name.partition("/")[0] for name in names}
        assert len(tops) == 1
        for name in names:
            assert ".." not in name.split("/")
            assert all(len(part.encode()) <= 255 for part in name.split("/"))
            assert not re.search(r'[<>:"|?*\\\x00-\x1f]', name)
        return Unpacked({name.partition("/")[2]: zipped.read(name) for name in names})


class Page(HTMLParser):
    def __init__(self, markup: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.tags: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src"}]


def lost_links(unpacked: Unpacked) -> list[tuple[str, str]]:
    """What the pages name beside them and is not there."""
    lost = []
    for name in unpacked.files:
        if not name.endswith(".html"):
            continue
        for address in Page(unpacked.text(name)).addresses:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc or not parts.path:
                continue
            if normpath(join(dirname(name), unquote(parts.path))) not in unpacked.files:
                lost.append((name, address))
    return lost
