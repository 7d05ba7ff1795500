import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lomwong.imports.html_text import html_text
from lomwong.imports.problems import UnreadableFile, refuse_unless_text
from lomwong.kit.charsets import codec_for, decode, decode_table

THAI = "สวัสดีครับ ประชุมเรื่องพัสดุวันจันทร์ 9.30 น. ขอบคุณมากค่ะ"


@pytest.mark.parametrize(
    "name", ["tis-620", "TIS620", "windows-874", "x-windows-874", "ISO-8859-11", "cp874", "ms874", '"TIS-620"']
)
def test_thai_charset_names_are_one_codec(name: str) -> None:
    assert codec_for(name) == "cp874"


@pytest.mark.parametrize("name", [None, "", "x-unknown", "base64", "rot13", "idna", "bad\x00name", "unicode_escape"])
def test_names_that_are_no_charset(name: str | None) -> None:
    assert codec_for(name) is None


@pytest.mark.parametrize("declared", [None, "us-ascii", "x-no-such", "tis-620", "windows-874"])
def test_thai_bytes_are_read_whatever_is_declared(declared: str | None) -> None:
    assert decode(THAI.encode("cp874"), declared) == THAI


def test_windows_quotation_marks_in_thai() -> None:
    assert decode("เขาว่า “ดี” …".encode("cp874"), "tis-620") == "เขาว่า “ดี” …"


@pytest.mark.parametrize("text", ["Angel Macías wrote", "für schöne Größe", "déjà vu à Orléans", "naïve café"])
def test_western_text_is_not_taken_for_thai(text: str) -> None:
    assert decode(text.encode("latin-1")) == text


def test_utf8_survives_a_cut_letter_and_a_wrong_declaration() -> None:
    cut = THAI.encode()[:-1]
    assert decode(cut).startswith(THAI[:-1])
    assert decode(THAI.encode(), "us-ascii") == THAI


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp874", "utf-8"])
def test_tables_in_every_charset_of_a_spreadsheet(charset: str) -> None:
    assert decode_table(("id,ชื่อ\n1," + THAI + "\n").encode(charset)) == "id,ชื่อ\n1," + THAI + "\n"


@given(st.binary(max_size=300), st.text(max_size=12))
def test_decode_never_raises(data: bytes, declared: str) -> None:
    assert isinstance(decode(data, declared), str)
    assert isinstance(decode_table(data), str)


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"", "empty"),
        (b"\n  \n", "empty"),
        (b"\x00" * 50, "empty"),
        (b"\x1f\x8b\x08", "compressed"),
        (b"PK\x03\x04abc", "compressed"),
        (b"PK\x03\x04 xl/workbook.xml", "workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "workbook"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "not a text file"),
        ("สวัสดี hello".encode("utf-16"), "UTF-16"),
    ],
)
def test_what_is_no_text_is_refused_in_words(head: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words):
        refuse_unless_text(head)


def test_html_keeps_paragraphs_and_lists_and_drops_scripts() -> None:
    markup = (
        "<style>p{}</style><p>หนึ่ง &amp; สอง</p><script>alert(1)</script>"
        "<ul><li>ก</li><li>ข</li></ul>a<br>b<pre>  x\n    y</pre>"
    )
    assert html_text(markup) == "หนึ่ง & สอง\n\n• ก\n• ข\n\na\nb\n\n  x\n    y"


@pytest.mark.parametrize(
    "markup",
    ["<" * 60_000, "<div>" * 60_000 + "x", "<a " * 30_000, "<!--" * 30_000 + ">", "&" * 60_000, "<" * 60_000 + ">"],
)
def test_hostile_html_is_read_quickly(markup: str) -> None:
    began = time.process_time()
    html_text(markup)
    assert time.process_time() - began < 5
