"""Pictures of every format that we take, drawn for tests; and what cameras write into them."""

import io
import struct
import zlib

from PIL import Image, ImageCms

PLACE = (b"N", (7, 0, 22.68), b"E", (100, 29, 46.32))  # a campus by the sea
CAMERA = "SECRETCAMERA"


def draw(width: int = 120, height: int = 80, mode: str = "RGB") -> Image.Image:
    """Left half red, so that a turn is seen; on the right slopes of all colours, the greens growing downwards."""
    down = Image.linear_gradient("L").resize((width, height))
    across = Image.linear_gradient("L").rotate(90).resize((width, height))
    round_it = Image.radial_gradient("L").resize((width, height))
    picture = Image.merge("RGB", (across, down, round_it))
    picture.paste("red", (0, 0, width // 2, height))
    return picture.convert(mode)


def saved(picture: Image.Image, format: str, **how: object) -> bytes:
    memory = io.BytesIO()
    picture.save(memory, format, **how)  # type: ignore[arg-type]
    return memory.getvalue()


def exif(turn: int = 1) -> Image.Exif:
    """As a telephone writes it: which way up, what camera, where and when."""
    written = Image.Exif()
    written[0x0112] = turn
    written[0x010F] = CAMERA
    written[0x9003] = "2026:11:23 08:00:00"
    place = written.get_ifd(0x8825)
    place.update({1: PLACE[0].decode(), 2: PLACE[1], 3: PLACE[2].decode(), 4: PLACE[3]})
    return written


def photo(turn: int = 1, width: int = 120, height: int = 80, **how: object) -> bytes:
    """A JPEG with everything that a camera and a photo program put beside the dots."""
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>SECRETXMP</x:xmpmeta>"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    beside = {"exif": exif(turn), "xmp": xmp, "comment": b"SECRETCOMMENT", "icc_profile": profile}
    return saved(draw(width, height), "JPEG", quality=90, **beside, **how)


def png_that_says(width: int, height: int, rows: bytes = b"") -> bytes:
    """Its head promises so many dots; `rows` is what there is."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
