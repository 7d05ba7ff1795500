"""The import commands, from their arguments to what they print."""

import argparse
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import translation

from lomwong.activity.models import Event
from lomwong.communities.models import Community, Membership
from lomwong.imports import cli
from lomwong.imports.tests.factories import MANIFEST, archive_zip, mail, mbox, post
from lomwong.kit.cli import Refusal
from lomwong.people.models import Identity, Person, Unit
from lomwong.posts.models import Placement, Post, Tag

pytestmark = pytest.mark.django_db
TABLES = (Community, Event, Identity, Membership, Person, Placement, Post, Tag, Unit)


@pytest.fixture(autouse=True)
def in_english() -> object:
    with translation.override("en"):
        yield


def run(*words: object) -> int:
    parser = argparse.ArgumentParser()
    cli.add_commands(parser.add_subparsers(required=True))
    arguments = parser.parse_args(["import", *map(str, words)])
    return arguments.run(arguments)


def is_nothing_written() -> bool:
    return not any(table.objects.exists() for table in TABLES)


def files(folder: Path) -> dict[str, list[object]]:
    """For each kind of import a small good file, as arguments."""
    people, ties, page = folder / "staff.csv", folder / "ties.csv", folder / "entry.txt"
    people.write_bytes("รหัส,ชื่อ,หน่วยงาน,งาน\n1,มาลี ใจดี,คณะสมมติ,พัสดุ\n".encode("cp874"))
    ties.write_text("from,to\n1,2\n")
    page.write_text("จอดับ\n\nเปิดเครื่องก่อน\n\nหมายเลขบันทึก: 4711 เขียนเมื่อ 19 พ.ย. 2549 09:44 น.\n", encoding="utf-8")
    return {
        "mail": [mbox(folder / "list", mail(1)), "--community", "AV"],
        "page": [page],
        "people": [people],
        "archive": [archive_zip(folder / "a.zip", posts=[post("p1", author="u1", tags=["x"])])],
        "ties": [ties],
    }


@pytest.mark.parametrize("kind", ["mail", "page", "people", "archive", "ties"])
def test_trial_leaves_nothing_and_tells_the_same(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = files(tmp_path)[kind]
    assert run(kind, *words, "--dry-run", "--json") == 0
    trial = json.loads(capsys.readouterr().out)
    assert is_nothing_written()
    assert run(kind, *words, "--json") == 0
    real = json.loads(capsys.readouterr().out)
    assert (trial.pop("dry_run"), real.pop("dry_run")) == (True, False)
    assert trial == real
    assert not is_nothing_written()


def test_what_is_told_in_thai(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with translation.override("th"):
        run("people", *files(tmp_path)["people"], "--dry-run")
    told = capsys.readouterr().out
    assert "ชื่อ → ชื่อ" in told
    assert "known" not in told


BAD_FILES: dict[str, Callable[[Path], object]] = {
    "missing": lambda path: path.unlink(missing_ok=True),
    "folder": lambda path: path.mkdir(),
    "empty": lambda path: path.write_bytes(b""),
    "binary": lambda path: path.write_bytes(bytes(range(256)) * 40),
    "packed": lambda path: path.write_bytes(b"\x1f\x8b\x08\x00" + bytes(100)),
}


@pytest.mark.parametrize("kind", ["mail", "page", "people", "archive", "ties"])
@pytest.mark.parametrize("bad", BAD_FILES)
def test_bad_file_is_refused_by_name_and_nothing_is_written(kind: str, bad: str, tmp_path: Path) -> None:
    path = tmp_path / "bad-one.txt"
    BAD_FILES[bad](path)
    options = ["--community", "AV"] if kind == "mail" else []
    with pytest.raises(Refusal, match=r"bad-one\.txt"):
        run(kind, path, *options)
    assert is_nothing_written()


@pytest.mark.parametrize("kind", ["mail", "page", "people", "ties"])
def test_one_bad_file_among_good_ones_keeps_all_out(kind: str, tmp_path: Path) -> None:
    good, *options = files(tmp_path)[kind]
    bad = tmp_path / "bad-one.txt"
    bad.write_bytes(b"")
    with pytest.raises(Refusal, match=r"bad-one\.txt"):
        run(kind, good, bad, *options)
    assert is_nothing_written()


@pytest.mark.parametrize("name", ["../outside.jsonl", "/etc/posts.jsonl", "..\\outside.jsonl", "C:\\posts.jsonl"])
def test_zip_that_leads_outside_is_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("manifest.json", json.dumps(MANIFEST))
        archive.writestr(name, "{}")
    with pytest.raises(Refusal, match=r"bad\.zip"):
        run("archive", path)
    assert is_nothing_written()
    assert [each.name for each in tmp_path.rglob("*")] == ["bad.zip"]


def test_folder_without_an_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="manifest"):
        run("archive", tmp_path)


def test_search_finds_it_at_once(tmp_path: Path) -> None:
    from lomwong.people.models import OPERATOR
    from lomwong.search.queries import search

    run("page", *files(tmp_path)["page"])
    assert search("เปิดเครื่อง", viewer=OPERATOR).hits


@pytest.mark.parametrize("name", ["", "  ", "\n"])
def test_circle_without_a_name_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="--community"):
        run("mail", mbox(tmp_path / "list", mail(1)), "--community", name)
    assert is_nothing_written()


def test_times_at_the_ends_of_the_calendar_are_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ends = ["0001-01-01T00:00:00+14:00", "0001-01-01", "9999-12-31T23:59:59-12:00"]
    path = archive_zip(tmp_path / "a.zip", posts=[post(f"p{n}", created=end) for n, end in enumerate(ends)])
    assert run("archive", path) == 0
    assert capsys.readouterr().out.count("no readable `created`") == 1 + len(ends)


def test_place_of_a_problem_is_told_in_thai(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "staff.csv").write_text("id,name,email\n1,A,badmail\n")
    with translation.override("th"):
        run("people", tmp_path / "staff.csv")
    assert "บรรทัด 2: " in capsys.readouterr().out
