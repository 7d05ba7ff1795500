"""A zip that is written while it is read: memory holds one piece of it."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.utils import timezone

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

OLDEST = 1980  # the year in which a zip's calendar begins
READABLE = 0o644 << 16


@dataclass(frozen=True, slots=True)
class Member:
    """`pieces` are asked for when its turn comes. What is packed already is not packed twice."""

    name: str
    at: datetime
    pieces: Iterable[bytes]
    is_packed: bool = False


def text_member(name: str, at: datetime, text: str) -> Member:
    return Member(name, at, [text.encode()])


def packed(members: Iterable[Member]) -> Iterator[bytes]:
    """The zip, piece by piece."""
    sink = _Sink()
    with ZipFile(sink, "w") as zipped:
        for member in members:
            info = ZipInfo(member.name, _moment(member.at))
            info.compress_type = ZIP_STORED if member.is_packed else ZIP_DEFLATED
            info.external_attr = READABLE
            with zipped.open(info, "w") as target:
                for piece in member.pieces:
                    target.write(piece)
                    yield from sink.taken()
            yield from sink.taken()
    yield from sink.taken()


def _moment(at: datetime) -> tuple[int, int, int, int, int, int]:
    local = timezone.localtime(at)
    return (max(local.year, OLDEST), local.month, local.day, local.hour, local.minute, local.second)


class _Sink(io.RawIOBase):
    """Takes what the zip writes, until it is fetched. It cannot go back, which the zip notices."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: "ReadableBuffer") -> int:
        taken = bytes(piece)
        self._pieces.append(taken)
        return len(taken)

    def taken(self) -> Iterator[bytes]:
        pieces, self._pieces = self._pieces, []
        yield from pieces
