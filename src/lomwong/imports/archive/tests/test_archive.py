import json
import stat
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lomwong.imports.archive.parse import ArchivePost, open_archive
from lomwong.imports.archive.write import ArchiveWriter
from lomwong.imports.problems import Problem, UnreadableFile
from lomwong.imports.times import ZONE

DATA = Path(__file__).resolve().parents[6] / "shared" / "data" / "experts"
MANIFEST = {"format": "lomwong-archive", "version": 1, "source": "demo", "name": "Demo"}
CREATED = datetime(2026, 1, 5, 10, 12, tzinfo=ZONE)


def a_post(**changes: object) -> dict[str, object]:
    return {"id": "p1", "kind": "story", "author": "u1", "created": CREATED, "text": "เล่า", **changes}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "archive"
    with ArchiveWriter(place, source="demo", name="สาธิต") as archive:
        archive.unit({"id": "n1", "name": "ริมเล", "is_campus": True})
        archive.unit({"id": 2, "name": "คณะวิทยาศาสตร์", "parent": "n1", "phone": "12"})
        archive.person({"id": "u1", "name": "มาลี", "email": "M@u.example", "unit": "2", "job_functions": ["พัสดุ"]})
        archive.community({"id": "c1", "name": "พัสดุ", "members": ["u1"], "created": CREATED, "audience": "members"})
        archive.post(a_post(parent=None, tags={"ข", "ก"}, communities=["c1"], score=3))
        archive.post(a_post(id="p2", kind="answer", parent="p9", text=None, html="<p>x</p>", accepted=True))
    (place / "files").mkdir()
    (place / "files" / "plan.png").write_bytes(b"picture")
    return place


def zipped(folder: Path, top: str = "") -> Path:
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for file in folder.rglob("*"):
            if file.is_file():
                target.write(file, top + file.relative_to(folder).as_posix())
    return path


@pytest.mark.parametrize("pack", [lambda folder: folder, zipped, lambda folder: zipped(folder, "my-archive/")])
def test_what_is_written_is_read(folder: Path, pack: Callable[[Path], Path]) -> None:
    with open_archive(pack(folder)) as archive:
        assert (archive.manifest.source, archive.manifest.name) == ("demo", "สาธิต")
        assert archive.manifest.created is not None
        campus, faculty = list(archive.units())
        (person,) = archive.people()
        (community,) = archive.communities()
        story, answer = list(archive.posts())
        assert not any(isinstance(each, Problem) for each in (campus, faculty, person, community, story, answer))
        assert (campus.is_campus, faculty.id, faculty.parent, faculty.extra) == (True, "2", "n1", {"phone": "12"})
        assert (person.email, person.unit, person.job_functions) == ("m@u.example", "2", ("พัสดุ",))
        assert (community.members, community.created, community.audience) == (("u1",), CREATED, "members")
        assert (story.created, story.tags, story.communities) == (CREATED, ("ก", "ข"), ("c1",))
        assert (story.extra, story.accepted, story.line) == ({"score": 3}, False, 1)
        assert (answer.parent, answer.text, answer.html, answer.accepted) == ("p9", None, "<p>x</p>", True)
        assert archive.file_names() == ["plan.png"]
        with archive.open_file("plan.png") as stream:
            assert stream.read() == b"picture"
        assert len(list(archive.posts())) == 2  # may be gone through again


def test_a_failure_leaves_no_archive_behind(tmp_path: Path) -> None:
    with (
        pytest.raises(TypeError, match="no place"),
        ArchiveWriter(tmp_path / "a", source="demo", name="Demo") as archive,
    ):
        archive.post(a_post(text=object()))
    with pytest.raises(UnreadableFile, match="not a Lomwong archive"):
        open_archive(tmp_path / "a")


def test_an_archive_is_not_overwritten(folder: Path) -> None:
    with pytest.raises(FileExistsError), ArchiveWriter(folder, source="demo", name="Demo"):
        pass


def bare(tmp_path: Path, *lines: object) -> Path:
    path = tmp_path / "my_list.jsonl"
    text = [line if isinstance(line, str) else json.dumps(line, default=str) for line in lines]
    path.write_text("\n".join(text), encoding="utf-8")
    return path


def test_a_bare_file_of_posts(tmp_path: Path) -> None:
    path = bare(
        tmp_path, a_post(author="u2"), a_post(id="p2", author="u1", author_name="มาลี"), a_post(id="p3", author=None)
    )
    with open_archive(path) as archive:
        assert (archive.manifest.source, archive.manifest.name) == ("my_list", "my_list")
        people = list(archive.people())
        assert [(person.id, person.name) for person in people if not isinstance(person, Problem)] == [
            ("u2", "u2"),
            ("u1", "มาลี"),
        ]
        assert len(list(archive.posts())) == 3
        assert list(archive.units()) == list(archive.communities()) == archive.file_names() == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{broken", "not a JSON object"),
        ("[1, 2]", "not a JSON object"),
        ("[" * 100_000, "not a JSON object"),
        ('{"id": ' + "9" * 5000 + "}", "not a JSON object"),
        (a_post(id=None), "no id"),
        (a_post(id=""), "no id"),
        (a_post(id="x" * 300), "longer than 250"),
        (a_post(id=["x"]), "another type"),
        (a_post(kind="poem"), "kind is none"),
        (a_post(kind="comment"), "belongs to"),
        (a_post(parent="p1"), "its own parent"),
        (a_post(created="soon"), "no readable `created`"),
        (a_post(created=None), "no readable `created`"),
        (a_post(text=None), "neither a text"),
        (a_post(text=5), "another type"),
        (a_post(title=[]), "another type"),
        (a_post(tags="one"), "another type"),
        (a_post(tags=[{}]), "another type"),
        (a_post(accepted=[]), "another type"),
        (a_post(text="x" * (9 * 2**20)), "longer than 8 MB"),
    ],
)
def test_a_line_that_cannot_be_used_is_reported_and_the_others_go_in(tmp_path: Path, line: object, words: str) -> None:
    with open_archive(bare(tmp_path, a_post(id="first"), line, "", a_post(id="last"))) as archive:
        first, bad, last = list(archive.posts())
    assert isinstance(first, ArchivePost)
    assert isinstance(last, ArchivePost)
    assert isinstance(bad, Problem)
    assert bad.where == "my_list.jsonl line 2"
    assert words in bad.reason
    assert last.line == 4


def test_what_no_database_stores_is_taken_out(tmp_path: Path) -> None:
    line = '{"id":"p1","kind":"story","created":"2026-01-05","text":"a\\u0000b\\ud800c\\u0e01","more":["\\u0000"]}'
    with open_archive(bare(tmp_path, "\ufeff" + line)) as archive:
        (post,) = archive.posts()
    assert isinstance(post, ArchivePost)
    assert (post.text, post.extra) == ("abcก", {"more": [""]})


@pytest.mark.parametrize(
    ("manifest", "words"),
    [
        (None, "not a Lomwong archive"),
        ("", "empty"),
        ("{", "cannot be understood"),
        ("[]", "cannot be understood"),
        (json.dumps({**MANIFEST, "format": "other"}), "cannot be understood"),
        (json.dumps({**MANIFEST, "version": 2}), "another version"),
        (json.dumps({**MANIFEST, "version": True}), "another version"),
        (json.dumps({**MANIFEST, "version": None}), "another version"),
        (json.dumps({**MANIFEST, "source": " "}), "cannot be understood"),
        (json.dumps({**MANIFEST, "source": 7}), "cannot be understood"),
    ],
)
def test_manifests_that_will_not_do(tmp_path: Path, manifest: str | None, words: str) -> None:
    (tmp_path / "posts.jsonl").write_text("{}")
    if manifest is not None:
        (tmp_path / "manifest.json").write_text(manifest)
    with pytest.raises(UnreadableFile, match=words):
        open_archive(tmp_path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not a text file"),
        (b"id,name\n1,a\n", "not a Lomwong archive"),
        (b"PK\x03\x04 but nothing more", "damaged"),
        (b"\x1f\x8b\x08\x00", "compressed"),
    ],
)
def test_wrong_files_are_refused_in_words(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=words):
        open_archive(path)


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="nothing at this place"):
        open_archive(tmp_path / "gone")


def a_zip(tmp_path: Path, *members: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("manifest.json", json.dumps(MANIFEST))
        for name, content in members:
            target.writestr(name, content, zipfile.ZIP_DEFLATED)
    return path


@pytest.mark.parametrize(
    "name",
    ["../evil.txt", "files/../../evil.txt", "/etc/evil", "C:/evil.txt", "C:\\evil.txt", "..\\evil.txt", "\\\\h\\x"],
)
def test_names_that_lead_outside_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableFile, match="outside"):
        open_archive(a_zip(tmp_path, (name, b"x")))


def test_links_are_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("files/link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with pytest.raises(UnreadableFile, match="link"):
        open_archive(a_zip(tmp_path, (link, b"/etc/passwd")))
    place = tmp_path / "folder"
    with ArchiveWriter(place, source="demo", name="Demo") as archive:
        archive.post(a_post())
    (place / "files").mkdir()
    (place / "files" / "link").symlink_to("/etc/passwd")
    with pytest.raises(UnreadableFile, match="link"):
        open_archive(place)


def test_bombs_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="unpacks to far more"):
        open_archive(a_zip(tmp_path, ("posts.jsonl", bytes(30 * 2**20))))
    many = [(f"files/{number}", bytes(9 * 2**20)) for number in range(3)]
    with pytest.raises(UnreadableFile, match="unpacks to far more"):
        open_archive(a_zip(tmp_path, *many))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="two files of one name"):
        open_archive(a_zip(tmp_path, ("posts.jsonl", b"{}"), ("posts.jsonl", b"{}")))


def test_a_locked_zip_is_refused(tmp_path: Path) -> None:
    path = a_zip(tmp_path, ("posts.jsonl", b"{}"))
    raw = bytearray(path.read_bytes())
    at = raw.rfind(b"PK\x01\x02")
    raw[at + 8] |= 1  # the flag of the last entry of the directory
    path.write_bytes(raw)
    with pytest.raises(UnreadableFile, match="password"):
        open_archive(path)


def test_a_damaged_member_is_said_in_words(tmp_path: Path) -> None:
    content = b"".join(json.dumps(a_post(id=str(n)), default=str).encode() + b"\n" for n in range(2000))
    path = a_zip(tmp_path, ("posts.jsonl", content))
    raw = bytearray(path.read_bytes())
    middle = len(raw) // 2
    raw[middle : middle + 50] = bytes(50)
    path.write_bytes(raw)
    with open_archive(path) as archive, pytest.raises(UnreadableFile, match="damaged"):
        list(archive.posts())


def test_a_fault_of_the_reader_is_not_called_damage(folder: Path) -> None:
    with (
        open_archive(zipped(folder)) as archive,
        pytest.raises(OSError, match="disk full"),
        archive.open_file("plan.png"),
    ):
        raise OSError("disk full")


def test_a_file_that_is_not_there(folder: Path) -> None:
    with open_archive(folder) as archive, pytest.raises(UnreadableFile, match="nothing at this place"):
        archive.open_file("../manifest.json")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
FIELDS = st.sampled_from(
    ["id", "kind", "parent", "author", "created", "title", "text", "html", "tags", "accepted", "x"]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(st.binary(max_size=40), st.dictionaries(FIELDS, JSON).map(lambda d: json.dumps(d).encode()))))
def test_no_line_raises_or_is_lost(tmp_path: Path, lines: list[bytes]) -> None:
    path = tmp_path / "fuzz.jsonl"
    path.write_bytes(b'{"id":"' + b"x" * 5000 + b'"}\n' + b"\n".join(lines))
    with open_archive(path) as archive:
        found = list(archive.posts())
        assert all(isinstance(person.name, str) for person in archive.people() if not isinstance(person, Problem))
    assert len(found) == sum(bool(line.strip()) for line in path.read_bytes().split(b"\n"))


@pytest.mark.parametrize(("name", "posts", "people"), [("quantum_se", 5082, 402), ("matheducators_se", 1896, 360)])
def test_the_real_sets(name: str, posts: int, people: int) -> None:
    path = DATA / f"{name}.jsonl"
    if not path.exists():
        pytest.skip(f"the public test set {name} is not beside the project (../shared/data/experts)")
    with open_archive(path) as archive:
        found = list(archive.posts())
        assert archive.manifest.source == name
        assert len(list(archive.people())) == people
    assert len(found) == posts
    assert all(isinstance(post, ArchivePost) for post in found)
    assert sum(post.accepted is True for post in found if isinstance(post, ArchivePost)) > 100
