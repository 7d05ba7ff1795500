"""Files of every kind that we take, made from words: small, whole, and the same each time."""

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument"
DOCX, PPTX, XLSX = (
    f"{MAIN}.{kind}" for kind in ("wordprocessingml.document", "presentationml.presentation", "spreadsheetml.sheet")
)
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde\x00\x00\x00\x0c"
    b"IDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\x0d\xefF\xb8\x00\x00\x00\x00IEND\xaeB`\x82"
)


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return memory.getvalue()


def office(main: str, kind: str, parts: Mapping[str, str | bytes], overrides: Mapping[str, str] = {}) -> bytes:
    """A package whose main part is `main`, of content type `kind`; `overrides` name the types of further parts."""
    types = {main: f"{kind}.main+xml", **overrides}
    listed = "".join(f'<Override PartName="/{part}" ContentType="{type}"/>' for part, type in types.items())
    head = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="rels" ContentType="application/vnd.'
        f'openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{listed}'
        "</Types>",
        "_rels/.rels": relations({"officeDocument": main}),
    }
    return packed({**head, **parts})


def relations(targets: Mapping[str, str]) -> str:
    """{"slide1": "slides/slide1.xml"}: the type is the name without its number."""
    listed = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{name.rstrip("0123456789")}" Target="{target}"/>'
        for name, target in targets.items()
    )
    return f'<Relationships xmlns="{RELATIONS}">{listed}</Relationships>'


def make_docx(*paragraphs: str, before: str = "") -> bytes:
    """`before` comes in front of the root element of the text."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    lines = "".join(f"<w:p><w:r><w:t>{escape(each)}</w:t></w:r></w:p>" for each in paragraphs)
    text = f'{before}<w:document xmlns:w="{space}"><w:body>{lines}</w:body></w:document>'
    return office("word/document.xml", DOCX, {"word/document.xml": text})


def make_pptx(*slides: str) -> bytes:
    space = "http://schemas.openxmlformats.org/drawingml/2006/main"
    shows = "http://schemas.openxmlformats.org/presentationml/2006/main"
    names = {f"slide{at}": f"slides/slide{at}.xml" for at in range(1, len(slides) + 1)}
    ids = "".join(f'<p:sldId id="{256 + at}" r:id="{name}"/>' for at, name in enumerate(names))
    parts = {
        "ppt/presentation.xml": f'<p:presentation xmlns:p="{shows}" xmlns:r="{OFFICE}"><p:sldIdLst>{ids}</p:sldIdLst>'
        '<p:sldSz cx="9144000" cy="6858000"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>',
        "ppt/_rels/presentation.xml.rels": relations(names),
    }
    for target, words in zip(names.values(), slides, strict=True):
        parts[f"ppt/{target}"] = (
            f'<p:sld xmlns:p="{shows}" xmlns:a="{space}"><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/>'
            '<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/><p:sp><p:nvSpPr><p:cNvPr id="2" name="T"/><p:cNvSpPr/>'
            '<p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="600000" y="600000"/><a:ext cx="7900000" cy="3000000"/>'
            '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr/>'
            + "".join(f"<a:p><a:r><a:t>{escape(line)}</a:t></a:r></a:p>" for line in words.split("\n"))
            + "</p:txBody></p:sp></p:spTree></p:cSld></p:sld>"
        )
    slide_type = f"{MAIN}.presentationml.slide+xml"
    return office("ppt/presentation.xml", PPTX, parts, {f"ppt/{target}": slide_type for target in names.values()})


def make_xlsx(*rows: Sequence[str | int]) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    words = list(dict.fromkeys(cell for row in rows for cell in row if isinstance(cell, str)))
    lines = "".join(
        "<row>"
        + "".join(
            f'<c t="s"><v>{words.index(cell)}</v></c>' if isinstance(cell, str) else f"<c><v>{cell}</v></c>"
            for cell in row
        )
        + "</row>"
        for row in rows
    )
    shared = "".join(f"<si><t>{escape(word)}</t></si>" for word in words)
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{space}" xmlns:r="{OFFICE}"><sheets><sheet name="1" sheetId="1" '
        'r:id="worksheet1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            {"worksheet1": "worksheets/sheet1.xml", "sharedStrings1": "sharedStrings.xml"}
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{space}"><sheetData>{lines}</sheetData></worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{space}">{shared}</sst>',
    }
    kinds = {
        "xl/worksheets/sheet1.xml": f"{MAIN}.spreadsheetml.worksheet+xml",
        "xl/sharedStrings.xml": f"{MAIN}.spreadsheetml.sharedStrings+xml",
    }
    return office("xl/workbook.xml", XLSX, parts, kinds)


def make_pdf(*lines: str, actual: Mapping[str, str] = {}, pages: int = 1) -> bytes:
    """Each letter a glyph that says which letter it is. Letters that are keys of `actual` are glyphs that do not;
    what is meant stands in /ActualText, as Thai programs write it."""
    glyphs = {letter: at for at, letter in enumerate(dict.fromkeys("".join(lines)), start=1)}
    known = "".join(
        f"<{at:04x}> <{letter.encode('utf-16-be').hex()}>\n" for letter, at in glyphs.items() if letter not in actual
    )
    mapping = f"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange {len(glyphs)} beginbfchar\n{known}"
    shown = []
    for at, line in enumerate(lines):
        shown.append(f"1 0 0 1 72 {760 - 24 * at} Tm")
        for letter in line:
            glyph = f"<{glyphs[letter]:04x}> Tj"
            meant = ("\ufeff" + actual[letter]).encode("utf-16-be").hex() if letter in actual else ""
            shown.append(f"/Span <</ActualText <{meant}>>> BDC {glyph} EMC" if meant else glyph)
    content = zlib.compress(f"BT /F1 16 Tf {' '.join(shown)} ET".encode())
    kids = " ".join(f"{6 + at} 0 R" for at in range(pages))
    objects = [
        b"<</Type /Catalog /Pages 2 0 R>>",
        f"<</Type /Pages /Kids [{kids}] /Count {pages}>>".encode(),
        b"<</Type /Font /Subtype /Type0 /BaseFont /Nameless /Encoding /Identity-H /ToUnicode 4 0 R /DescendantFonts "
        b"[<</Type /Font /Subtype /CIDFontType2 /BaseFont /Nameless /DW 600 "
        b"/CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>>>>]>>",
        stream(f"{mapping}endbfchar endcmap".encode()),
        stream(content, b"/Filter /FlateDecode "),
        *[b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources <</Font <</F1 3 0 R>>>>>>"]
        * pages,
    ]
    return with_table(objects)


def stream(content: bytes, extra: bytes = b"") -> bytes:
    return b"<<" + extra + b"/Length %d>>\nstream\n" % len(content) + content + b"\nendstream"


def with_table(objects: Sequence[bytes]) -> bytes:
    """A PDF of these objects, the first of which is the catalogue."""
    written, places = b"%PDF-1.5\n", []
    for at, each in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n" % at + each + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        written
        + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        + table
        + b"trailer\n<</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(written))
    )
