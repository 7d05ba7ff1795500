"""A sound without what programs write beside it: place, day, device, title, cover.

Such parts are wiped where they stand and marked as filling, so that nothing else moves and no offset goes wrong. Where
a format has no filling (tags before an MP3, comments of Ogg), mutagen takes them out.
"""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from lomwong.posts.files.remake import Video

PIECE = 1 << 16
BOXES_WITH_BOXES = {b"moov", b"trak", b"mdia", b"moof", b"traf", b"minf", b"edts"}  # ISO/IEC 14496-12
BOXES_WITH_TIMES = {b"mvhd", b"tkhd", b"mdhd"}
BOXES_BESIDE = {b"udta", b"meta", b"uuid", b"skip", b"free", b"wide", b"mfra", b"pdin", b"ID32"}
CHUNKS_OF_SOUND = {b"fmt ", b"data", b"fact", b"wavl", b"slnt", b"cue "}
SEGMENT, CLUSTER, INFO, TRACKS, TRACK = 0x18538067, 0x1F43B675, 0x1549A966, 0x1654AE6B, 0xAE  # RFC 9559
TRACK_TYPE, VOID = 0x83, 0xEC
ELEMENTS_WITH_ELEMENTS = {SEGMENT, CLUSTER, INFO, TRACKS, TRACK}
ELEMENTS_BESIDE = {
    0x1254C367,  # Tags
    0x1941A469,  # Attachments
    0x1043A770,  # Chapters
    0x7BA9,  # Title
    0x7384,  # SegmentFilename
    0x4461,  # DateUTC
    0x536E,  # Name of a track
}
IS_VIDEO = 1
LONGEST_HEAD = 12  # bytes of an element, before its content; what is shorter, at the end, is the rest of a cut
MOST_PARTS = 2_000_000


def clean(file: BinaryIO) -> None:
    """In place. Raises `Video`; anything else for what is no sound."""
    head = file.read(12)
    file.seek(0)
    if head[4:8] == b"ftyp":
        clean_mp4(file)
    elif head[:4] == b"RIFF":
        clean_wav(file)
    elif head[:4] == b"OggS":
        clean_ogg(file)
    elif head[:4] == b"\x1aE\xdf\xa3":
        clean_webm(file)
    else:
        clean_mp3(file)


def size_of(file: BinaryIO) -> int:
    return file.seek(0, 2)


def wipe(file: BinaryIO, start: int, end: int) -> None:
    file.seek(start)
    for at in range(start, end, PIECE):
        file.write(bytes(min(PIECE, end - at)))


# MP4


def clean_mp4(file: BinaryIO) -> None:
    has_sound = False
    for kind, start, inside, end in boxes(file, 0, size_of(file)):
        if kind == b"hdlr":
            file.seek(inside + 8)
            handler = file.read(4)
            if handler == b"vide":
                raise Video
            has_sound = has_sound or handler == b"soun"
        elif kind in BOXES_BESIDE:
            file.seek(start + 4)
            file.write(b"free")
            wipe(file, inside, end)
        elif kind in BOXES_WITH_TIMES:
            file.seek(inside)
            is_long = file.read(1) == b"\x01"
            wipe(file, inside + 4, min(end, inside + (20 if is_long else 12)))
    if not has_sound:
        raise ValueError("no sound in it")


def boxes(file: BinaryIO, start: int, end: int) -> Iterator[tuple[bytes, int, int, int]]:
    """(kind, where it begins, where its content begins, where it ends), those inside after the one around them."""
    while start + 8 <= end:
        file.seek(start)
        length, kind = int.from_bytes(file.read(4), "big"), file.read(4)
        inside = start + 8
        if length == 1:
            length, inside = int.from_bytes(file.read(8), "big"), start + 16
        after = start + length if length else end
        if after < inside or after > end:
            raise ValueError("a box reaches beyond the one around it")
        yield kind, start, inside, after
        if kind in BOXES_WITH_BOXES:
            yield from boxes(file, inside, after)
        start = after


# WAV


def clean_wav(file: BinaryIO) -> None:
    """RIFF chunks: a kind, a length, and as many bytes, to the next even place."""
    end, at, kinds = size_of(file), 12, set()
    while at + 8 <= end:
        file.seek(at)
        kind, length = file.read(4), int.from_bytes(file.read(4), "little")
        after = min(end, at + 8 + length)
        kinds.add(kind)
        if kind not in CHUNKS_OF_SOUND:
            file.seek(at)
            file.write(b"JUNK")
            wipe(file, at + 8, after)
        at = after + length % 2
    if not {b"fmt ", b"data"} <= kinds:
        raise ValueError("no sound in it")


# WebM


def clean_webm(file: BinaryIO) -> None:
    has_sound = False
    for kind, start, inside, end in elements(file):
        if kind == TRACK_TYPE:
            file.seek(inside)
            is_video = int.from_bytes(file.read(end - inside), "big") == IS_VIDEO
            if is_video:
                raise Video
            has_sound = True
        elif kind in ELEMENTS_BESIDE:
            void(file, start, end)
    if not has_sound:
        raise ValueError("no sound in it")


def elements(file: BinaryIO) -> Iterator[tuple[int, int, int, int]]:
    """(kind, where it begins, where its content begins, where it ends), in the order of the file."""
    whole, at = size_of(file), 0
    for _ in range(MOST_PARTS):
        if at + LONGEST_HEAD > whole:
            return
        file.seek(at)
        kind, _known = number(file, keeps_mark=True)
        length, is_known = number(file, keeps_mark=False)
        inside = file.tell()
        if kind in ELEMENTS_WITH_ELEMENTS:
            yield kind, at, inside, inside
            at = inside
            continue
        end = inside + length
        if not is_known or end > whole:
            return  # cut off, as a recording is that was stopped; what comes last is a block of sound
        yield kind, at, inside, end
        at = end
    raise ValueError("more parts than a sound has")


def number(file: BinaryIO, *, keeps_mark: bool) -> tuple[int, bool]:
    """A number of RFC 8794, section 4, whose first byte says how long it is; and whether it is a known one."""
    first = file.read(1)
    if not first or not first[0]:
        raise ValueError("no number")
    length = 9 - first[0].bit_length()
    value = int.from_bytes(first + file.read(length - 1), "big")
    if keeps_mark:
        return value, True
    value &= (1 << 7 * length) - 1
    return value, value != (1 << 7 * length) - 1


def void(file: BinaryIO, start: int, end: int) -> None:
    """An element of the same length that says nothing: its kind in one byte, its length in eight or in one."""
    inside = start + (9 if end - start >= 9 else 2)
    file.seek(start)
    length = (end - inside) | 1 << 56 if inside - start == 9 else (end - inside) | 1 << 7
    file.write(bytes([VOID]) + length.to_bytes(inside - start - 1, "big"))
    wipe(file, inside, end)


# Ogg and MP3


def clean_ogg(file: BinaryIO) -> None:
    from mutagen.oggopus import OggOpus
    from mutagen.oggvorbis import OggVorbis

    head = file.read(512)
    file.seek(0)
    if re.search(rb"\x80theora|\x01video", head):
        raise Video
    opened: Any = (OggOpus if b"OpusHead" in head else OggVorbis)(file)
    file.seek(0)
    opened.delete(file)


def clean_mp3(file: BinaryIO) -> None:
    from mutagen.apev2 import delete as delete_ape
    from mutagen.id3 import delete as delete_id3
    from mutagen.mp3 import MP3

    for delete in (delete_id3, delete_ape):
        file.seek(0)
        delete(file)
    file.seek(0)
    MP3(file)  # type: ignore[no-untyped-call]  # raises where no sound is
