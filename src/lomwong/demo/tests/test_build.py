"""The made-up university as an archive: the same every time, whole, and with its truth beside it."""

import json
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from lomwong.demo import accounts
from lomwong.demo.build import DAYS, build_university
from lomwong.demo.calendar import ZONE
from lomwong.demo.university import JOB_FUNCTIONS
from lomwong.imports.archive.parse import ArchiveCommunity, ArchivePerson, ArchivePost, ArchiveUnit, open_archive

END = datetime(2026, 3, 11, 15, 30, tzinfo=ZONE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("university") / "archive"
    build_university(folder, end=END)
    return folder


@pytest.fixture(scope="module")
def people(folder: Path) -> dict[str, ArchivePerson]:
    return {record.id: record for record in read(folder, "people", ArchivePerson)}


@pytest.fixture(scope="module")
def posts(folder: Path) -> list[ArchivePost]:
    return read(folder, "posts", ArchivePost)


def read(folder: Path, name: str, kind: type) -> list[Any]:
    """Every record of a file; a line that the parser cannot use fails the test."""
    with open_archive(folder) as archive:
        records = list(getattr(archive, name)())
    assert [record for record in records if not isinstance(record, kind)] == []
    return records


def load_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_same_seed_and_end_give_the_same_files(folder: Path, tmp_path: Path) -> None:
    build_university(tmp_path / "again", end=END)
    assert files_of(tmp_path / "again") == files_of(folder)


def test_another_seed_gives_other_people(folder: Path, tmp_path: Path) -> None:
    build_university(tmp_path / "other", end=END, seed=7)
    assert files_of(tmp_path / "other")["people.jsonl"] != files_of(folder)["people.jsonl"]


def test_a_folder_that_holds_an_archive_is_left_alone(folder: Path) -> None:
    before = files_of(folder)
    with pytest.raises(FileExistsError):
        build_university(folder, end=END)
    assert files_of(folder) == before


def test_staff(folder: Path, people: dict[str, ArchivePerson]) -> None:
    units = {unit.id for unit in read(folder, "units", ArchiveUnit)}
    assert len(people) == 600
    assert len({person.name for person in people.values()}) == 600
    assert len({person.email for person in people.values()}) == 600
    assert all(person.email == f"{person.id}@rimlay.example" for person in people.values())
    assert all(person.email.isascii() for person in people.values())
    assert all(person.unit in units for person in people.values())


def test_units_stand_on_three_campuses(folder: Path) -> None:
    units = read(folder, "units", ArchiveUnit)
    campuses = {unit.id for unit in units if unit.is_campus}
    assert len(campuses) == 3
    assert all(unit.parent in campuses for unit in units if not unit.is_campus)
    assert all(unit.name_en for unit in units)
    assert sum(unit.name.startswith("คณะ") for unit in units) == 12


def test_every_faculty_has_every_job(folder: Path, people: dict[str, ArchivePerson]) -> None:
    for unit in read(folder, "units", ArchiveUnit):
        if unit.name.startswith("คณะ"):
            jobs = {job for person in people.values() if person.unit == unit.id for job in person.job_functions}
            assert jobs == set(JOB_FUNCTIONS.values()), unit.name


def test_posts_are_about_three_thousand_and_in_the_order_of_time(posts: list[ArchivePost]) -> None:
    assert 2800 <= len(posts) <= 3300
    assert len({post.id for post in posts}) == len(posts)
    assert [post.created for post in posts] == sorted(post.created for post in posts)
    assert posts[-1].created <= END
    assert posts[0].created >= END - timedelta(days=DAYS + 20)


def test_parents_come_first_and_authors_are_known(posts: list[ArchivePost], people: dict[str, ArchivePerson]) -> None:
    seen: dict[str, ArchivePost] = {}
    for post in posts:
        assert post.author in people
        if post.parent:
            assert post.created > seen[post.parent].created
            assert (post.communities, post.audience) == (seen[post.parent].communities, seen[post.parent].audience)
        seen[post.id] = post


def test_both_audiences_appear_outside_communities(posts: list[ArchivePost]) -> None:
    outside = Counter(post.audience for post in posts if not post.communities)
    assert set(outside) == {"public", "organisation"}
    assert all(not post.audience for post in posts if post.communities)


def test_last_days_are_lively(posts: list[ArchivePost]) -> None:
    assert len({root_of(post) for post in posts if post.created > END - timedelta(days=2)}) >= 10
    assert sum(post.parent is None and post.created > END - timedelta(days=2) for post in posts) >= 4


@pytest.mark.parametrize("end", ["2026-03-15T03:10+07:00", "2026-04-13T23:59+07:00", "2026-01-01T00:00+07:00"])
def test_lively_also_at_night_and_on_holidays(end: str, tmp_path: Path) -> None:
    at = datetime.fromisoformat(end)
    build_university(tmp_path / "archive", end=at)
    recent = [
        post for post in read(tmp_path / "archive", "posts", ArchivePost) if post.created > at - timedelta(days=2)
    ]
    assert len({root_of(post) for post in recent}) >= 8
    assert max(post.created for post in recent) <= at


def root_of(post: ArchivePost) -> str:
    return post.id.split(".")[0]


def test_files_that_posts_show_are_there(folder: Path, posts: list[ArchivePost]) -> None:
    shown = [file.path for post in posts for file in post.files]
    with open_archive(folder) as archive:
        assert sorted(shown) == archive.file_names()
    assert len({path.rpartition(".")[2] for path in shown}) >= 4


def test_communities_have_their_members_and_hosts(
    folder: Path, posts: list[ArchivePost], people: dict[str, ArchivePerson]
) -> None:
    communities = read(folder, "communities", ArchiveCommunity)
    assert {community.origin for community in communities} == {"natural", "established"}
    for community in communities:
        talk = [post for post in posts if community.id in post.communities]
        assert {post.author for post in talk} < set(community.members) <= set(people)
        assert set(community.hosts) <= set(community.members)
        assert community.created <= talk[0].created


def test_the_resting_circle_fell_silent_long_ago(folder: Path, posts: list[ArchivePost]) -> None:
    resting = [one for one in read(folder, "communities", ArchiveCommunity) if one.stage == "resting"]
    assert len(resting) == 1
    talk = [post.created for post in posts if resting[0].id in post.communities]
    assert max(talk) < END - timedelta(days=365)


def test_small_talk_stays_at_home(posts: list[ArchivePost], people: dict[str, ArchivePerson]) -> None:
    talk = [post for post in posts if post.id.startswith("talk-")]
    assert 600 <= len(talk) <= 1000
    houses = {(root_of(post), people[post.author or ""].unit) for post in talk}
    assert len(houses) == len({root_of(post) for post in talk})
    assert all("{" not in (post.text or "") for post in talk)


def test_truth_is_spread_over_units(folder: Path, people: dict[str, ArchivePerson]) -> None:
    truth = load_json(folder / "truth.json")
    assert len(truth) >= 14
    for practice, members in truth.items():
        assert len({people[member].unit for member in members}) >= 6, practice
    planted = [member for members in truth.values() for member in members]
    assert len(planted) == len(set(planted))


def test_questions_name_people_of_the_truth(folder: Path) -> None:
    truth = load_json(folder / "truth.json")
    questions = load_json(folder / "questions.json")
    assert len(questions) >= 60
    for asked in questions:
        assert set(asked["right"]) <= set(truth[asked["practice"]]), asked["q"]


def test_latent_practice_is_answered_next_door(posts: list[ArchivePost], people: dict[str, ArchivePerson]) -> None:
    talk = [post for post in posts if post.id.startswith("internship-")]
    assert len({people[post.author or ""].unit for post in talk if not post.parent}) >= 10
    for post in talk:
        root = next(other for other in talk if other.id == root_of(post))
        assert people[post.author or ""].unit == people[root.author or ""].unit


def test_ready_accounts_are_people_of_the_university(people: dict[str, ArchivePerson]) -> None:
    ready = [
        accounts.PERSONNEL_OFFICER,
        accounts.FACILITATOR,
        accounts.IT_PERSON,
        accounts.FOREIGN_LECTURER,
        accounts.VICE_PRESIDENT.id,
        accounts.OPERATOR.id,
    ]
    assert set(ready) <= set(people)
