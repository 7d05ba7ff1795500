"""A picture, made anew from its dots alone: turned upright, in sRGB, no larger than screens are."""

import io
from dataclasses import dataclass
from math import ceil, floor
from typing import BinaryIO

from PIL import AvifImagePlugin, Image

from lomwong.posts.files.remake import FULL, MOST_DOTS, SMALL, Huge

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
ORIENTATION = 0x0112  # Exif 2.32, 4.6.4
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
BAND, MARGIN = 64, 6  # rows
# A JPEG that comes in passes holds all of them in memory, beside the dots.
MOST_IN_PASSES, MOST_IN_PASSES_WHOLE = 16_000_000, 6_000_000  # dots
FEW_COLOURS, MOST_SHARP = 8192, 2_500_000  # a drawing or a screen of so many dots keeps its letters sharp

Image.MAX_IMAGE_PIXELS = None  # `measured` is stricter
AvifImagePlugin.DEFAULT_MAX_THREADS = 1


@dataclass(frozen=True, slots=True)
class Made:
    """`small` is empty where the picture itself is small."""

    width: int
    height: int
    media_type: str
    full: bytes
    small: bytes


def remake(stream: BinaryIO) -> Made:
    """Raises `Huge` before a dot is looked at; anything else for what is no picture."""
    picture = Image.open(stream, formats=FORMATS)
    size = fitting(picture.size, most_of(picture))
    turn = picture.getexif().get(ORIENTATION, 1)
    profile = picture.info.get("icc_profile")
    if picture.mode not in {"RGB", "RGBA"} or not isinstance(profile, bytes):
        profile = b""
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    picture.draft("RGB", size)
    shown = shrunk(picture, size, mode)
    picture.close()
    del picture
    if profile:
        to_srgb(shown, profile)
    if turn in UPRIGHT:
        shown = shown.transpose(UPRIGHT[turn])
    media_type, full = encoded(shown)
    small = b""
    if max(shown.size) > SMALL:
        small = webp(shrunk(shown, fitting(shown.size, SMALL), mode))
    return Made(*shown.size, media_type, full, small)


def most_of(picture: Image.Image) -> int:
    """How long the longer side may be. Raises `Huge`, before a dot is looked at."""
    dots = picture.width * picture.height
    in_passes = "progressive" in picture.info
    if dots > (MOST_IN_PASSES if in_passes else MOST_DOTS):
        raise Huge
    return min(FULL, max(picture.size) // 2) if in_passes and dots > MOST_IN_PASSES_WHOLE else FULL


def fitting(size: tuple[int, int], most: int) -> tuple[int, int]:
    scale = min(1.0, most / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def shrunk(picture: Image.Image, size: tuple[int, int], mode: str) -> Image.Image:
    """In bands, so that little more than the picture and the new one are in memory at a time."""
    width, height = size
    scale = picture.height / height
    made = Image.new(mode, size)
    for top in range(0, height, BAND):
        bottom = min(height, top + BAND)
        above, below = max(0, top - MARGIN), min(height, bottom + MARGIN)
        first = floor(above * scale)
        rows = picture.crop((0, first, picture.width, min(picture.height, ceil(below * scale))))
        box = (0, above * scale - first, rows.width, min(below * scale - first, rows.height))
        if rows.mode != mode:
            rows = eight_bits(rows).convert(mode)
        band = rows.resize((width, below - above), Image.Resampling.LANCZOS, box)
        made.paste(band.crop((0, top - above, width, bottom - above)), (0, top))
    return made


def eight_bits(picture: Image.Image) -> Image.Image:
    if not picture.mode.startswith("I"):
        return picture
    return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")


def to_srgb(picture: Image.Image, profile: bytes) -> None:
    """A profile that cannot be read is as if there were none."""
    from PIL import ImageCms  # large, and seldom needed

    try:
        given = ImageCms.getOpenProfile(io.BytesIO(profile))
        ImageCms.profileToProfile(picture, given, ImageCms.createProfile("sRGB"), inPlace=True)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return


def encoded(picture: Image.Image) -> tuple[str, bytes]:
    """JPEG for a photograph: every program opens it. WebP where JPEG would blur, or has no way to be transparent."""
    dots = picture.width * picture.height
    if dots <= MOST_SHARP and picture.getcolors(min(FEW_COLOURS, dots // 8)):
        return "image/webp", saved(picture, "WEBP", lossless=True, quality=20, method=0)
    if picture.mode == "RGBA":
        return "image/webp", webp(picture)
    return "image/jpeg", saved(picture, "JPEG", quality=84, optimize=True, progressive=True)


def webp(picture: Image.Image) -> bytes:
    return saved(picture, "WEBP", quality=80, method=2)


def saved(picture: Image.Image, format: str, **how: int) -> bytes:
    picture.info.clear()  # nothing but dots goes into the new file
    memory = io.BytesIO()
    picture.save(memory, format, **how)
    return memory.getvalue()
