"""A saved GotoKnow entry as a story with comments."""

import re
from pathlib import Path

import pytest

from lomwong.communities.models import Audience, Community
from lomwong.imports.page.load import load_pages
from lomwong.imports.page.parse import read_page
from lomwong.imports.tests.factories import shared
from lomwong.kit.cli import Refusal
from lomwong.posts.models import Kind, Post

pytestmark = pytest.mark.django_db

PAGE = """<html><head><meta charset="utf-8"><title>{title} - GotoKnow</title></head><body>
<h1 class="post-title">{title}</h1><div class="post-author">ครูสมมติ</div>
<div class="post-body"><p>เปิดเครื่องก่อน<script>alert(1)</script> แล้ว<b>รอ</b>พัดลม</p></div>
<div>หมายเลขบันทึก: {number} เขียนเมื่อ 19 พ.ย. 2549 09:44 น.</div>
<div>คำสำคัญ: <a rel="tag" href="/t/1">ห้องเรียน</a> <a rel="tag" href="/t/2">เครื่องฉาย</a></div>
<h2>ความเห็น ({count})</h2>{comments}</body></html>"""
COMMENT = """<div class="comment-item"><a class="author" href="/profile/x">{author}</a>
<span class="date">20 พ.ย. 2549 10:00 น.</span><div class="comment-body"><p>{text}</p></div></div>"""


def page(path: Path, *comments: tuple[str, str], number: int = 4711, title: str = "จอดับ") -> Path:
    shown = "".join(COMMENT.format(author=author, text=text) for author, text in comments)
    path.write_text(PAGE.format(title=title, number=number, count=len(comments), comments=shown), encoding="utf-8")
    return path


def words(text: str) -> list[str]:
    return re.findall(r"\S+", text)


def test_real_entry_with_every_word_of_its_comments() -> None:
    path = shared("pages/gotoknow_61000.txt")
    read = read_page(path.read_bytes())
    report = load_pages([path])
    entry = Post.objects.get(source_id="61000")
    assert (entry.kind, entry.audience, entry.reply_count) == (Kind.STORY, Audience.ORGANISATION, 8)
    assert (entry.title, entry.extra["record_number"]) == (read.title, 61000)
    assert (report.of("entries").new, report.of("comments").new) == (1, 8)
    said = words(" ".join(entry.thread.order_by("number").values_list("text", flat=True)))
    source = path.read_text(encoding="utf-8")
    after = words(source[source.index("ความเห็น (8)") + len("ความเห็น (8)") :])
    assert said == after[: len(said)]
    assert len(after) - len(said) < 60  # the footer of the site


def test_again_changes_nothing() -> None:
    path = shared("pages/gotoknow_61000.txt")
    load_pages([path])
    before = list(Post.objects.values())
    report = load_pages([path])
    assert list(Post.objects.values()) == before
    assert (report.of("entries").known, report.of("comments").known) == (1, 8)


def test_html_entry(tmp_path: Path) -> None:
    path = page(tmp_path / "entry.html", ("สมหญิง", "ขอบคุณ ใช้ได้จริง"), ("สมหญิง", "ขอบคุณ ใช้ได้จริง"), ("วิทย์", "ลองแล้ว"))
    load_pages([path], audience="public")
    entry = Post.objects.get(source_id="4711")
    assert (entry.title, entry.author.name, entry.audience) == ("จอดับ", "ครูสมมติ", "public")
    assert entry.created_at.isoformat() == "2006-11-19T02:44:00+00:00"
    assert "<b>รอ</b>" in entry.html
    assert "script" not in entry.html
    assert set(entry.tags.values_list("name", flat=True)) == {"ห้องเรียน", "เครื่องฉาย"}
    comments = list(entry.thread.order_by("number").values_list("author__name", "text", "audience"))
    assert comments == [
        ("สมหญิง", "ขอบคุณ ใช้ได้จริง", "public"),
        ("สมหญิง", "ขอบคุณ ใช้ได้จริง", "public"),
        ("วิทย์", "ลองแล้ว", "public"),
    ]


def test_saved_again_with_one_more_comment(tmp_path: Path) -> None:
    load_pages([page(tmp_path / "entry.html", ("วิทย์", "หนึ่ง"), ("สมหญิง", "สอง"))])
    report = load_pages([page(tmp_path / "entry.html", ("ใหม่", "สาม"), ("วิทย์", "หนึ่ง"), ("สมหญิง", "สอง"))])
    assert (report.of("entries").known, report.of("comments").new, report.of("comments").known) == (1, 1, 2)
    assert Post.objects.get(source_id="4711").reply_count == 3


def test_entries_in_a_circle(tmp_path: Path) -> None:
    paths = [page(tmp_path / f"{number}.html", ("วิทย์", "หนึ่ง"), ("ก", "ข"), number=number) for number in (1, 2)]
    load_pages(paths, community="โสตทัศน์", audience="public")
    circle = Community.objects.get()
    assert (circle.name, circle.audience, circle.posts.count()) == ("โสตทัศน์", "public", 6)
    assert set(circle.members.values_list("name", flat=True)) == {"ครูสมมติ", "วิทย์", "ก"}


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02\x03" * 500, b"no entry at all"])
def test_no_entry_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "entry.txt"
    path.write_bytes(content)
    with pytest.raises(Refusal, match=r"entry\.txt"):
        load_pages([path])
