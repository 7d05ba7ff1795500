"""The files of an archive come to hang on its posts, once."""

import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from lomwong.activity.models import Event
from lomwong.imports.archive.files import MISSING, TOO_BIG, UNUSED, UNWELCOME
from lomwong.imports.archive.load import load_archive
from lomwong.imports.archive.parse import open_archive
from lomwong.imports.archive.write import ArchiveWriter
from lomwong.imports.problems import UnreadableFile
from lomwong.imports.report import Report
from lomwong.imports.tests.factories import archive_zip, post
from lomwong.people.tests.factories import make_person
from lomwong.posts.actions import edit_post
from lomwong.posts.files import shelf
from lomwong.posts.models import File, Post
from lomwong.posts.tasks import read_files
from lomwong.posts.tests.papers import make_docx, make_pdf

pytestmark = pytest.mark.django_db

FORM = make_docx("แบบฟอร์มเบิกค่าพาหนะ")


def load(path: Path, **options: Any) -> Report:
    with open_archive(path) as archive:
        return load_archive(archive, **options)


def on_shelf() -> set[str]:
    return {path.name for path in shelf.root().glob("*/*")}


def outcome(report: Report) -> tuple[int, int, int, dict[str, int]]:
    tally = report.of("files")
    assert tally.read == tally.new + tally.changed + tally.known + tally.left_out.total()
    return tally.read, tally.new, tally.known, dict(tally.left_out)


def archive(path: Path) -> Path:
    records = [
        post("p1", files=["a/form.docx", {"path": "files/b.pdf", "name": "ประกาศ ๒๕๖๙.pdf"}]),
        post("p2", "comment", parent="p1", files=["a/form.docx", "a/form.docx", "gone.pdf", "evil.pdf"]),
    ]
    files = {"a/form.docx": FORM, "b.pdf": make_pdf("ประกาศ"), "evil.pdf": b"MZ" + bytes(99), "left.txt": b"x"}
    return archive_zip(path, posts=records, extra={f"files/{name}": content for name, content in files.items()})


def test_files_hang_on_their_posts(tmp_path: Path) -> None:
    report = load(archive(tmp_path / "a.zip"))
    assert outcome(report) == (6, 3, 0, {MISSING: 1, UNWELCOME: 1, UNUSED: 1})
    found = File.objects.order_by("post__source_id", "pk").values_list("post__source_id", "name")
    assert list(found) == [("p1", "form.docx"), ("p1", "ประกาศ ๒๕๖๙.pdf"), ("p2", "form.docx")]
    assert len(on_shelf()) == 2
    read_files.call()
    assert set(File.objects.values_list("words_text", flat=True)) == {"แบบฟอร์มเบิกค่าพาหนะ", "ประกาศ"}


def test_again_changes_nothing(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip")
    load(path)
    read_files.call()
    before = [list(table.objects.order_by("pk").values()) for table in (File, Post, Event)]
    assert outcome(load(path)) == (6, 0, 3, {MISSING: 1, UNWELCOME: 1, UNUSED: 1})
    assert [list(table.objects.order_by("pk").values()) for table in (File, Post, Event)] == before


def test_files_come_to_posts_that_are_known(tmp_path: Path) -> None:
    load(archive_zip(tmp_path / "a.zip", posts=[post("p1"), post("p2", "comment", parent="p1")]))
    assert outcome(load(archive(tmp_path / "b.zip")))[1] == 3


def test_what_was_taken_away_here_stays_away(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip")
    load(path)
    story = Post.objects.get(source_id="p1")
    edit_post(story, by=make_person(), text="x", take_away=story.files.all())
    assert outcome(load(path))[1:3] == (0, 3)
    assert not story.files.exists()


def test_a_trial_leaves_no_file(tmp_path: Path) -> None:
    with transaction.atomic():
        report = load(archive(tmp_path / "a.zip"), is_trial=True)
        transaction.set_rollback(True)
    assert outcome(report) == (6, 3, 0, {MISSING: 1, UNWELCOME: 1, UNUSED: 1})
    assert on_shelf() == set()


def test_what_is_too_big_can_come_later(tmp_path: Path, settings: Any) -> None:
    path = archive(tmp_path / "a.zip")
    settings.FILE_BYTES = 200
    assert outcome(load(path))[3] == {MISSING: 1, TOO_BIG: 3, UNWELCOME: 1, UNUSED: 1}
    settings.FILE_BYTES = 10_000
    assert outcome(load(path))[1] == 3


def test_a_damaged_file_in_a_zip_stops_the_import(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip")
    with zipfile.ZipFile(path) as whole:
        start = whole.getinfo("files/a/form.docx").header_offset + 60
    content = bytearray(path.read_bytes())
    content[start : start + 100] = bytes(100)
    path.write_bytes(content)
    with pytest.raises(UnreadableFile), transaction.atomic():
        load(path)
    assert not Post.objects.exists()


def test_a_folder_written_by_us(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path / "archive", source="test", name="Test") as written:
        written.post(post("p1", files=[{"path": "x/form.docx", "name": "แบบฟอร์ม.docx"}]))
        written.file("x/form.docx", FORM)
    assert outcome(load(tmp_path / "archive")) == (1, 1, 0, {})
    assert File.objects.get().name == "แบบฟอร์ม.docx"


@pytest.mark.parametrize("wrong", ["a.pdf", [1], [{"name": "x"}], [{"path": 1}], [["a"]]])
def test_files_of_another_type_are_told(tmp_path: Path, wrong: object) -> None:
    report = load(archive_zip(tmp_path / "a.zip", posts=[post("p1", files=wrong)]))
    assert report.problems[0].where == "posts.jsonl line 1"
    assert report.of("posts").left_out.total() == 1
