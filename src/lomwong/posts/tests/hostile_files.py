"""Files made to harm whoever takes them in: to run as a page, to fill the memory, to last for ever, to mislead."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from lomwong.posts.tests import sounds
from lomwong.posts.tests.papers import make_docx, make_pdf, packed
from lomwong.posts.tests.pictures import chunk, draw, photo, png_that_says, saved

SCRIPT = b"<script>alert('ATTACK')</script>"
RIGHT_TO_LEFT = "\u202e"


@dataclass(frozen=True, slots=True)
class Attack:
    """`is_taken`: it may hang on a post, because what was harmful in it is gone or is never run."""

    title: str
    name: str
    content: Callable[[], bytes]
    is_taken: bool


def gif_that_is_a_program() -> bytes:
    """Its size is the beginning of a remark of JavaScript."""
    picture = saved(draw(40, 30), "GIF")
    return picture[:-1] + b"\x21\xfe\x20" + b"*/=1;alert('ATTACK');/*".ljust(32) + b"\x00\x3b"


def picture_with_a_zip_behind() -> bytes:
    return saved(draw(), "PNG") + packed({"ATTACK.html": SCRIPT})


def picture_with_words() -> bytes:
    return photo()[:2] + b"\xff\xfe" + struct.pack(">H", len(SCRIPT) + 2) + SCRIPT + photo()[2:]


def paper_that_is_a_page() -> bytes:
    return b"<!doctype html>" + SCRIPT + b"<!--\n" + make_pdf("x") + b"-->"


def flat_png(width: int, height: int) -> bytes:
    """As many dots as it says, all of them black."""
    at_once = next(rows for rows in range(min(height, 400), 0, -1) if height % rows == 0)
    rows = b"\x78\x9c" + often(bytes((3 * width + 1) * at_once), height // at_once)
    whole = png_that_says(width, height)
    start = whole.index(b"IDAT") - 4
    return whole[:start] + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def often(block: bytes, times: int) -> bytes:
    """Compressed as if it stood there so often; it is done once."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    once = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    return once * times + zlib.compressobj(9, zlib.DEFLATED, -15).flush()


def png_with_words(megabytes: int) -> bytes:
    """Compressed remarks and a profile that grow."""
    bomb = zlib.compress(bytes(megabytes * 2**20), 9)
    beside = chunk(b"iCCP", b"a\x00\x00" + bomb) + chunk(b"zTXt", b"a\x00\x00" + bomb) * 20
    whole = saved(draw(), "PNG")
    return whole[:33] + beside + whole[33:]


def moving_gif(frames: int, width: int, height: int) -> bytes:
    """Many frames of one colour each, larger than any screen."""
    whole = saved(draw(40, 30, "P"), "GIF")
    frame = whole[whole.index(b"\x2c\x00\x00\x00\x00") : -1]
    return whole[:6] + struct.pack("<HH", width, height) + whole[10:-1] + frame * (frames - 1) + b"\x3b"


def jpeg_that_says(width: int, height: int, progressive: bool = False) -> bytes:
    whole = photo(progressive=progressive)
    mark = b"\xff\xc2" if progressive else b"\xff\xc0"
    at = whole.index(mark) + 5
    return whole[:at] + struct.pack(">HH", height, width) + whole[at + 4 :]


def webp_that_says(width: int, height: int) -> bytes:
    bits = struct.pack("<I", (width - 1) | (height - 1) << 14)
    body = b"WEBPVP8L" + struct.pack("<I", 105) + b"\x2f" + bits + bytes(100)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def docx_of(gigabytes: int) -> bytes:
    """Blanks, in as many parts: small as it comes, large as it says."""
    data, whole, table = often(b" " * 2**26, 16), b"", b""
    for at in range(gigabytes):
        name = b"word/document.xml" if at == 0 else b"word/header%d.xml" % at
        sizes = struct.pack("<III", 0, len(data), 2**30)
        fixed = struct.pack("<HHHHH", 20, 0, 8, 0, 33)
        table += b"PK\x01\x02\x14\x00" + fixed + sizes
        table += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, len(whole)) + name
        whole += b"PK\x03\x04" + fixed + sizes + struct.pack("<HH", len(name), 0) + name + data
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, gigabytes, gigabytes, len(table), len(whole), 0)
    return whole + table + tail


def docx_of_docx(levels: int) -> bytes:
    inside = make_docx("x")
    for _ in range(levels):
        inside = packed({"word/document.xml": inside, "word/embeddings/a.docx": inside})
    return inside


def docx_of_many(parts: int) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as package:
        for at in range(parts):
            package.writestr(f"word/header{at}.xml", b"<a/>")
        package.writestr("word/document.xml", b"<a/>")
    return memory.getvalue()


def nested_boxes(depth: int) -> bytes:
    inside = b""
    for _ in range(depth):
        inside = struct.pack(">I", len(inside) + 8) + b"moov" + inside
    return b"\x00\x00\x00\x10ftypM4A \x00\x00\x00\x00" + inside


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + SCRIPT + b"</svg>"
ATTACKS = (
    # to run as a page
    Attack("GIF that is JavaScript", "a.gif", gif_that_is_a_program, is_taken=True),
    Attack("JPEG with a script in a remark", "a.jpg", picture_with_words, is_taken=True),
    Attack("PNG with a zip behind it", "a.png", picture_with_a_zip_behind, is_taken=True),
    Attack("PDF that is a page", "a.pdf", paper_that_is_a_page, is_taken=True),
    Attack("PDF called a page", "a.pdf.html", lambda: make_pdf("x"), is_taken=True),
    Attack("JPEG called a program", "a.php", photo, is_taken=True),
    Attack("JPEG whose name reads backwards", f"a{RIGHT_TO_LEFT}gpj.exe", photo, is_taken=True),
    Attack("SVG", "a.svg", lambda: SVG, is_taken=False),
    Attack("SVG called PNG", "a.png", lambda: SVG, is_taken=False),
    Attack("page called JPEG", "a.jpg", lambda: SCRIPT, is_taken=False),
    Attack("page in UTF-16 called text", "a.html", lambda: SCRIPT.decode().encode("utf-16"), is_taken=False),
    Attack("program called JPEG", "a.jpg", lambda: b"MZ" + bytes(600), is_taken=False),
    Attack("MP4 with a zip behind it", "a.m4a", lambda: sounds.M4A + packed({"a.html": SCRIPT}), is_taken=False),
    Attack("PostScript called JPEG", "a.jpg", lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n" + bytes(99), is_taken=False),
    Attack("TIFF", "a.tif", lambda: saved(draw(), "TIFF"), is_taken=False),
    # to fill the memory
    Attack("PNG of 60,000 x 60,000, cut off", "a.png", lambda: png_that_says(60_000, 60_000, bytes(10**7)), False),
    Attack("PNG of 60,000 x 60,000, all of it", "a.png", lambda: flat_png(60_000, 60_000), is_taken=False),
    Attack("PNG of 6,300 x 6,300, all of it", "a.png", lambda: flat_png(6_300, 6_300), is_taken=False),
    Attack("PNG of 40,000,000 x 1", "a.png", lambda: flat_png(40_000_000, 1), is_taken=False),
    Attack("PNG with remarks of 1 GB", "a.png", lambda: png_with_words(50), is_taken=False),
    Attack("JPEG of 65,000 x 65,000", "a.jpg", lambda: jpeg_that_says(65_000, 65_000), is_taken=False),
    Attack("JPEG of 6,300 x 6,300 in passes", "a.jpg", lambda: jpeg_that_says(6_300, 6_300, True), is_taken=False),
    Attack("GIF of 65,000 x 65,000", "a.gif", lambda: moving_gif(1, 65_000, 65_000), is_taken=False),
    Attack("GIF of 5,000 frames", "a.gif", lambda: moving_gif(5_000, 3_000, 3_000), is_taken=True),
    Attack("WebP of 16,000 x 16,000", "a.webp", lambda: webp_that_says(16_000, 16_000), is_taken=False),
    Attack("Word of 10 GB", "a.docx", lambda: docx_of(10), is_taken=True),
    Attack("Word in Word in Word", "a.docx", lambda: docx_of_docx(12), is_taken=True),
    Attack("Word of 50,000 parts", "a.docx", lambda: docx_of_many(50_000), is_taken=True),
    Attack("MP4 of 20,000 boxes in each other", "a.m4a", lambda: nested_boxes(20_000), is_taken=False),
    # to trip somebody up
    Attack("half a JPEG", "a.jpg", lambda: half(photo()), is_taken=False),
    Attack("half a PNG", "a.png", lambda: half(saved(draw(), "PNG")), is_taken=False),
    Attack("half a WebP", "a.webp", lambda: half(saved(draw(), "WEBP")), is_taken=False),
    Attack("half an AVIF", "a.avif", lambda: half(saved(draw(), "AVIF", speed=10)), is_taken=False),
    Attack("half a GIF", "a.gif", lambda: half(saved(draw(), "GIF")), is_taken=False),
    Attack("half an M4A", "a.m4a", lambda: half(sounds.M4A), is_taken=False),
    Attack("nothing", "a.jpg", bytes, is_taken=False),
)
