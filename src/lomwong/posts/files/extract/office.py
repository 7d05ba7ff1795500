"""The words of .docx, .pptx and .xlsx, straight from the XML in the zip.

Office writes no document type declaration, so one is a sign of an attack (entities that grow, or that fetch something)
and the file is refused at that place. Nothing is unpacked to disk, and no more than READ_AT_MOST of it is looked at.
"""

import re
from collections.abc import Callable, Iterator
from typing import BinaryIO
from xml.parsers import expat
from zipfile import ZipFile

READ_AT_MOST = 128 * 2**20  # bytes of XML, unpacked
PIECE = 1 << 16
MOST_PARTS = 2_000  # slides, sheets, headers
BREAKS = {"p": "\n", "br": "\n", "cr": "\n", "tab": "\t", "tc": "\t"}
NUMBERS = re.compile(r"\d+")


class DocumentType(Exception):
    """A declaration that no office program writes."""


class Package:
    """The zip, and how much of it was read."""

    def __init__(self, stream: BinaryIO) -> None:
        self.zip = ZipFile(stream)
        self.left = READ_AT_MOST

    def parts(self, pattern: str) -> list[str]:
        """Names that fit, slide 2 before slide 10."""
        names = {name for name in self.zip.namelist() if re.fullmatch(pattern, name)}
        return sorted(names, key=lambda name: ([int(number[:9]) for number in NUMBERS.findall(name)], name))[
            :MOST_PARTS
        ]

    def pieces(self, part: str) -> Iterator[bytes]:
        with self.zip.open(part) as stream:
            while piece := stream.read(PIECE):
                self.left -= len(piece)
                if self.left < 0:
                    raise MemoryError("unpacks to too much")
                yield piece


class Part:
    """Parses one part; what its handlers put into `found` is passed on piece by piece.

    `start` and `end` get the local name of an element. `is_text` is set while letters are to be taken.
    """

    def __init__(self) -> None:
        self.found: list[str] = []
        self.is_text = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        self.is_text = name == "t"

    def end(self, name: str) -> None:
        self.is_text = False
        self.found.append(BREAKS.get(name, ""))

    def text(self, letters: str) -> None:
        if self.is_text:
            self.found.append(letters)

    def words(self, pieces: Iterator[bytes]) -> Iterator[str]:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = refuse
        parser.StartElementHandler = lambda name, attributes: self.start(name.rpartition(" ")[2], attributes)
        parser.EndElementHandler = lambda name: self.end(name.rpartition(" ")[2])
        parser.CharacterDataHandler = self.text
        for piece in pieces:
            parser.Parse(piece)
            yield self.taken()
        parser.Parse(b"", True)
        yield self.taken()

    def taken(self) -> str:
        words, self.found = "".join(self.found), []
        return words


def refuse(*_: object) -> None:
    raise DocumentType


class Strings(Part):
    """xl/sharedStrings.xml: the words that cells name by their place in `items`. Reading aids are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.items: list[str] = []
        self._is_aid = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        self._is_aid = self._is_aid or name == "rPh"
        self.is_text = name == "t" and not self._is_aid

    def end(self, name: str) -> None:
        self.is_text = False
        if name == "rPh":
            self._is_aid = False
        elif name == "si":
            self.items.append(self.taken())


class Sheet(Part):
    """Rows as lines, cells parted by tabs; of a formula its last value."""

    def __init__(self, strings: list[str]) -> None:
        super().__init__()
        self._strings = strings
        self._type = ""
        self._cell: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._type = attributes.get("t", "")
        self.is_text = name in ("v", "t")

    def text(self, letters: str) -> None:
        if self.is_text:
            self._cell.append(letters)

    def end(self, name: str) -> None:
        self.is_text = False
        if name == "c":
            value, self._cell = "".join(self._cell), []
            if self._type == "s" and value.isdecimal():
                at = int(value[:9])
                value = self._strings[at] if at < len(self._strings) else ""
            self.found.append(value + "\t" if value else "")
        elif name == "row":
            self.found.append("\n")


def word(stream: BinaryIO) -> Iterator[str]:
    package = Package(stream)
    for part in package.parts(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml"):
        yield from Part().words(package.pieces(part))


def powerpoint(stream: BinaryIO) -> Iterator[str]:
    package = Package(stream)
    for part in package.parts(r"ppt/slides/slide\d+\.xml") + package.parts(r"ppt/notesSlides/notesSlide\d+\.xml"):
        yield from Part().words(package.pieces(part))


def excel(stream: BinaryIO) -> Iterator[str]:
    package = Package(stream)
    strings = Strings()
    for part in package.parts(r"xl/sharedStrings\.xml"):
        for _ in strings.words(package.pieces(part)):
            pass
    for part in package.parts(r"xl/worksheets/sheet\d+\.xml"):
        yield from Sheet(strings.items).words(package.pieces(part))


READERS: dict[str, Callable[[BinaryIO], Iterator[str]]] = {
    "wordprocessingml.document": word,
    "presentationml.presentation": powerpoint,
    "spreadsheetml.sheet": excel,
}
