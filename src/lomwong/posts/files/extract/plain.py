"""Text in whatever charset it was saved."""

from collections.abc import Iterator
from typing import BinaryIO

from lomwong.kit.charsets import decode_table
from lomwong.posts.files.extract import MOST_BYTES


def words(stream: BinaryIO) -> Iterator[str]:
    yield decode_table(stream.read(MOST_BYTES))
