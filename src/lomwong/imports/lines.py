"""Lines of a stream, one in memory at a time, however long the file or a line of it."""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from lomwong.imports.problems import refuse_unless_text

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_HEAD = 4096
_MARK = b"\xef\xbb\xbf"


def text_stream(stream: BinaryIO) -> io.BufferedReader:
    """The same bytes from the same place on, without a UTF-8 byte order mark.

    Raises `UnreadableFile` when their beginning is empty, packed, or no text.
    """
    head = stream.read(_HEAD)
    refuse_unless_text(head)
    return io.BufferedReader(_Rejoined(head.removeprefix(_MARK), stream))


def numbered_lines(stream: BinaryIO, longest: int) -> Iterator[tuple[int, bytes, bool]]:
    """(number from 1, line with its end, whether it is whole). Of a line over `longest` bytes the rest is left out."""
    number = 0
    while line := stream.readline(longest):
        number += 1
        is_whole = line.endswith(b"\n") or len(line) < longest
        rest = b"" if is_whole else stream.readline(longest)
        while rest and not rest.endswith(b"\n"):
            rest = stream.readline(longest)
        yield number, line, is_whole


class _Rejoined(io.RawIOBase):
    """A stream whose beginning was read already."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head = head
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer).cast("B")
        piece = self._head[: len(view)] or self._stream.read(len(view))
        self._head = self._head[len(piece) :]
        view[: len(piece)] = piece
        return len(piece)
