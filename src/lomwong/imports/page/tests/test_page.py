import contextlib
import random
import time
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lomwong.imports.page.entry import read_details
from lomwong.imports.page.parse import Page, read_page
from lomwong.imports.page.plain import cut_comments
from lomwong.imports.problems import UnreadableFile
from lomwong.imports.times import ZONE

DATA = Path(__file__).resolve().parents[6] / "shared" / "data" / "pages" / "gotoknow_61000.txt"

PLAIN = """เครื่องฉายในห้องเรียนรวม (1)


เปิดไม่ติดสามสัปดาห์ แล้วก็รู้ว่าเป็นที่ปลั๊ก

เรื่องมีอยู่ว่า ห้อง 2101 ไฟกะพริบอย่างเดียว
     ช่างมาดูแล้วบอกให้กดค้างไว้ห้าวินาที

คำสำคัญ (Tags): #ห้องเรียน #เครื่องฉาย
หมายเลขบันทึก: 70123เขียนเมื่อ 5 มกราคม 2549 09:44 น. ()แก้ไขเมื่อ 11 กุมภาพันธ์ 2012 16:24 น. ()สัญญาอนุญาต: \
สงวนสิทธิ์ทุกประการจำนวนที่อ่านจำนวนที่อ่าน: 12

ความเห็น (4)
  • น่าสนใจครับ
  • ที่คณะก็เป็น
ขอบคุณค่ะ เดี๋ยวลองดู

สวัสดีค่ะ

ขออนุญาตนำไปใช้

เห็นด้วยทุกประการ
ลองแล้วได้ผลจริง
พบปัญหาการใช้งานกรุณาแจ้ง LINE ID @gotoknow
ClassStart
ระบบจัดการการเรียนการสอนผ่านอินเทอร์เน็ต
"""


def texts(page: Page) -> list[str]:
    return [comment.text for comment in page.comments]


def reasons(page: Page) -> str:
    return " ".join(f"{problem.reason} {problem.detail}" for problem in page.problems)


def test_an_entry_saved_as_text() -> None:
    page = read_page(PLAIN.encode())
    assert page.title == "เครื่องฉายในห้องเรียนรวม (1)"
    assert page.text.startswith("เปิดไม่ติดสามสัปดาห์")
    assert page.text.endswith("กดค้างไว้ห้าวินาที")
    assert page.html is None
    assert page.record_number == 70123
    assert page.written_at == datetime(2006, 1, 5, 9, 44, tzinfo=ZONE)
    assert page.edited_at == datetime(2012, 2, 11, 16, 24, tzinfo=ZONE)
    assert page.licence == "สงวนสิทธิ์ทุกประการ"
    assert page.tags == ("ห้องเรียน", "เครื่องฉาย")
    assert page.problems == []


def test_its_comments_are_cut_where_the_text_allows() -> None:
    page = read_page(PLAIN.encode())
    assert page.stated_comments == 4
    assert texts(page) == [
        "• น่าสนใจครับ\n• ที่คณะก็เป็น",
        "ขอบคุณค่ะ เดี๋ยวลองดู",
        "สวัสดีค่ะ\n\nขออนุญาตนำไปใช้\n\nเห็นด้วยทุกประการ",
        "ลองแล้วได้ผลจริง",
    ]
    assert not any(comment.exact or comment.author or comment.at for comment in page.comments)


def test_a_count_that_differs_is_reported() -> None:
    page = read_page(PLAIN.replace("ความเห็น (4)", "ความเห็น (40)").encode())
    assert "40 / 6" in reasons(page)
    assert "".join("".join(texts(page)).split()) == "".join("".join(texts(read_page(PLAIN.encode()))).split())


@pytest.mark.parametrize("charset", ["utf-8-sig", "cp874", "utf-16"])
def test_the_same_in_other_charsets(charset: str) -> None:
    page = read_page(PLAIN.encode(charset))
    assert page.title == "เครื่องฉายในห้องเรียนรวม (1)"
    assert len(page.comments) == 4


def test_comments_whose_name_and_time_were_saved() -> None:
    text = PLAIN.split("ความเห็น (4)")[0] + (
        "ความเห็น (2)\n\nมาลี\nเขียนเมื่อ 6 ม.ค. 2549 @ 10:30 (99)\nดีค่ะ\n\nมาก\n\nสมชาย\nเขียนเมื่อ 7 ม.ค. 2549\n• ครับ\n"
    )
    page = read_page(text.encode())
    assert [(comment.author, comment.text) for comment in page.comments] == [("มาลี", "ดีค่ะ\n\nมาก"), ("สมชาย", "• ครับ")]
    assert page.comments[0].at == datetime(2006, 1, 6, 10, 30, tzinfo=ZONE)
    assert page.problems == []


def test_an_entry_without_comments_and_one_without_a_number() -> None:
    assert read_page(PLAIN.split("ความเห็น (4)")[0].encode()).comments == []
    page = read_page("ชื่อ\n\nเนื้อความ\n\nความเห็น (1)\nดีครับ\n".encode())
    assert texts(page) == ["ดีครับ"]
    assert "no record number" in reasons(page)
    assert "when it was written" in reasons(page)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00", "not a text file"),
        ("แค่ข้อความธรรมดา\nไม่มีอะไร\n".encode(), "No GotoKnow entry"),
        (b"<html><body><p>Sign in</p></body></html>", "No GotoKnow entry"),
        (b"PK\x03\x04word/document.xml", "office document"),
    ],
)
def test_wrong_files_are_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words):
        read_page(data)


def test_details_that_run_into_each_other() -> None:
    details = read_details("หมายเลขบันทึก : ๗๐๑เขียนเมื่อ ๑๙ พ.ย. ๒๕๔๙ @ ๑๐:๓๐เขียนโดย มาลีดอกไม้: 3")
    assert (details.number, details.author) == (701, "มาลี")
    assert details.written_at == datetime(2006, 11, 19, 10, 30, tzinfo=ZONE)


LINES = st.sampled_from(["", "• ก", "• ข", "ขอบคุณค่ะ", "สวัสดีครับ ผมเอง", "ยาวหน่อย", "- ขีด", "1. หนึ่ง", "เมื่อ 5 ม.ค. 2549"])


@settings(max_examples=200, deadline=None)
@given(st.lists(LINES, max_size=14), st.one_of(st.none(), st.integers(0, 9)))
def test_every_word_of_the_comments_is_kept(lines: list[str], stated: int | None) -> None:
    comments = cut_comments(lines, stated)
    if any(comment.at for comment in comments):  # heads: the time is a field there
        return
    assert " ".join(comment.text for comment in comments).split() == " ".join(lines).split()
    if stated:
        assert len(comments) <= stated


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)), st.booleans())
def test_random_bytes_never_raise_anything_else(data: bytes, as_html: bool) -> None:
    try:
        page = read_page(b"<html><body>" + data if as_html else data)
    except UnreadableFile:
        return
    assert all(comment.text for comment in page.comments)


def test_the_real_entry() -> None:
    if not DATA.exists():
        pytest.skip("the public test page is not beside the project (../shared/data/pages)")
    data = DATA.read_bytes()
    page = read_page(data)
    assert page.record_number == 61000
    assert page.written_at == datetime(2006, 11, 19, 9, 44, tzinfo=ZONE)
    assert page.edited_at == datetime(2012, 2, 11, 16, 24, tzinfo=ZONE)
    assert page.stated_comments == len(page.comments) == 8
    assert page.problems == []
    assert "ClassStart" not in page.comments[-1].text
    saved = data.decode().split("ความเห็น (8)")[1].split("พบปัญหาการใช้งาน")[0]
    assert " ".join(texts(page)).split() == saved.split()


HTML = """<!DOCTYPE html><html lang="th"><head><meta charset="{charset}"><title>เครื่องฉาย - GotoKnow</title>
<link rel="canonical" href="https://example.org/posts/70123"></head><body>
<nav><a href="/profile/visitor">เข้าระบบ</a></nav>
<div class="post"><h1 class="post-title">เครื่องฉายในห้องเรียนรวม (1)</h1>
<p class="post-author">โดย <a href="/profile/malee">มาลี ใจดี</a></p>
<div class="post-body"><p>เปิดไม่ติด<b>สามสัปดาห์</b></p><p>เขียนเมื่อวานก็ยังไม่ติด</p><script>track()</script></div>
<div class="post-tags"><a rel="tag" href="/t/1">ห้องเรียน</a> <a rel="tag" href="/t/2">เครื่องฉาย</a></div>
<div class="post-meta">หมายเลขบันทึก: 70123 เขียนเมื่อ <span>5 มกราคม 2549 09:44 น.</span>
แก้ไขเมื่อ 11 กุมภาพันธ์ 2012 16:24 น. สัญญาอนุญาต: <a rel="license" href="/cc">ครีเอทีฟคอมมอนส์ แบบ by-nc</a></div></div>
<div id="comments" class="comments"><h3>ความเห็น (3)</h3>{comments}
<form class="new_comment"><label>ชื่อ</label><textarea>ความเห็นของคุณ</textarea></form></div>
<footer>พบปัญหาการใช้งานกรุณาแจ้ง</footer></body></html>"""

DIVS = """
<div class="comment odd" id="comment-1"><div class="comment-header">
<a class="comment-author" href="/profile/somchai">สมชาย</a>
<span class="comment-date">เขียนเมื่อ 6 ม.ค. 2549 @ 10:30 น. (99)</span></div>
<div class="comment-body"><p>น่าสนใจครับ</p><ul><li>ที่คณะก็เป็น</li></ul></div></div>
<div class="comment even" id="comment-2"><div class="comment-header">
<a class="comment-author" href="/profile/x">อารี</a> <time datetime="2006-01-07T08:00:00+07:00">7 ม.ค.</time></div>
<div class="comment-body"><p>ขอบคุณค่ะ</p><p>เดี๋ยวลองดู</p></div></div>
<div class="comment" id="comment-3"><div class="comment-body">ไม่มีชื่อ</div></div>"""

ITEMS = """<ol class="comment-list">
<li class="comment-item comment-11"><h4><a href="/profile/somchai">สมชาย</a></h4>
<small class="when">6 ม.ค. 2549 10:30</small>
<p>น่าสนใจครับ</p><ul><li>ที่คณะก็เป็น</li></ul></li>
<li class="comment-item comment-12"><h4><a href="/profile/x">อารี</a></h4>
<small class="when">7 มกราคม 2006 08:00 น.</small>
<p>ขอบคุณค่ะ</p><p>เดี๋ยวลองดู</p></li>
<li class="comment-item comment-13"><p>ไม่มีชื่อ</p></li></ol>"""

NESTED = """
<article class="comment"><a class="author" href="/profile/s">สมชาย</a> <time datetime="2006-01-06T10:30">6 ม.ค.</time>
<div class="content"><p>น่าสนใจครับ</p><ul><li>ที่คณะก็เป็น</li></ul></div>
<article class="comment"><a class="author" href="/profile/x">อารี</a> <time datetime="2006-01-07T08:00">7 ม.ค.</time>
<div class="content"><p>ขอบคุณค่ะ</p><p>เดี๋ยวลองดู</p></div></article></article>
<article class="comment"><div class="content">ไม่มีชื่อ</div></article>"""


@pytest.mark.parametrize("comments", [DIVS, ITEMS, NESTED], ids=["divs", "items", "nested"])
@pytest.mark.parametrize("charset", ["utf-8", "tis-620", "windows-874"])
def test_an_entry_saved_as_html(comments: str, charset: str) -> None:
    data = HTML.format(charset=charset, comments=comments)
    page = read_page(data.encode("utf-8" if charset == "utf-8" else "cp874"))
    assert page.title == "เครื่องฉายในห้องเรียนรวม (1)"
    assert page.text == "เปิดไม่ติดสามสัปดาห์\n\nเขียนเมื่อวานก็ยังไม่ติด"
    assert page.html is not None
    assert "<b>สามสัปดาห์</b>" in page.html
    assert "script" not in page.html
    assert (page.record_number, page.author) == (70123, "มาลี ใจดี")
    assert page.written_at == datetime(2006, 1, 5, 9, 44, tzinfo=ZONE)
    assert page.edited_at == datetime(2012, 2, 11, 16, 24, tzinfo=ZONE)
    assert page.tags == ("ห้องเรียน", "เครื่องฉาย")
    assert page.licence == "ครีเอทีฟคอมมอนส์ แบบ by-nc"
    assert [(comment.author, comment.text, comment.exact) for comment in page.comments] == [
        ("สมชาย", "น่าสนใจครับ\n\n• ที่คณะก็เป็น", True),
        ("อารี", "ขอบคุณค่ะ\n\nเดี๋ยวลองดู", True),
        (None, "ไม่มีชื่อ", True),
    ]
    assert [comment.at for comment in page.comments] == [
        datetime(2006, 1, 6, 10, 30, tzinfo=ZONE),
        datetime(2006, 1, 7, 8, 0, tzinfo=ZONE),
        None,
    ]
    assert page.stated_comments == 3
    assert page.problems == []


def test_html_of_an_unknown_theme_is_read_by_its_labels() -> None:
    page = read_page(
        """<html><body><h1>เครื่องฉาย</h1><p>เปิดไม่ติด</p><p>หมายเลขบันทึก: 70123 เขียนเมื่อ 5 ม.ค. 2549</p>
        <p>ความเห็น (2)</p><p>ขอบคุณค่ะ</p><p>สวัสดีครับ</p></body></html>""".encode()
    )
    assert (page.title, page.text, page.record_number) == ("เครื่องฉาย", "เปิดไม่ติด", 70123)
    assert texts(page) == ["ขอบคุณค่ะ", "สวัสดีครับ"]
    assert "does not mark" in reasons(page)


def test_html_without_comments() -> None:
    page = read_page(HTML.format(charset="utf-8", comments="").replace("ความเห็น (3)", "ความเห็น (0)").encode())
    assert page.comments == []
    assert page.problems == []


def test_hostile_html_is_read_quickly_or_refused() -> None:
    random.seed(1)
    tags = ["<div class='comment'>", "</div>", "<p>", "<a href=x", "<!--", "<", "&", "<table><tr>", "x "]
    for markup in (
        "<div>" * 5000,
        "<div class=comment>x" * 2000,
        "<" * 50_000,
        "<a " * 20_000,
        "".join(random.choices(tags, k=10_000)),
    ):
        began = time.process_time()
        with contextlib.suppress(UnreadableFile):
            read_page(("<html><body>หมายเลขบันทึก: 1 " + markup).encode())
        assert time.process_time() - began < 5
