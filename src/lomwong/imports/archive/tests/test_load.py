"""An archive as people, circles, posts."""

import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from lomwong.activity.models import Event, Verb
from lomwong.communities.actions import get_up
from lomwong.communities.models import Community, Membership
from lomwong.imports.archive.load import HIDDEN_ORPHAN, ORPHAN, UNKNOWN_CIRCLE, load_archive
from lomwong.imports.archive.parse import open_archive
from lomwong.imports.archive.people import UNKNOWN_AUTHOR
from lomwong.imports.archive.write import ArchiveWriter
from lomwong.imports.problems import UnreadableFile
from lomwong.imports.report import Report
from lomwong.imports.tests.factories import archive_zip, lines, post, shared
from lomwong.people.models import Identity, Person, Unit
from lomwong.people.tests.factories import make_person
from lomwong.posts.models import Post

pytestmark = pytest.mark.django_db

PEOPLE = [
    {"id": "u1", "name": "มาลี", "email": "malee@u.example", "job_functions": ["พัสดุ"], "about": "ชั้นสอง"},
    {"id": "u2", "name": "สมศักดิ์", "shoe_size": 42},
]
CIRCLE = {"id": "c1", "name": "วงโสต", "audience": "members", "members": ["u1"], "hosts": ["u2"], "stage": "maturing"}


def load(path: Path, **options: Any) -> Report:
    with open_archive(path) as archive:
        return load_archive(archive, **options)


def posts() -> dict[str | None, Post]:
    return {each.source_id: each for each in Post.objects.select_related("author", "parent", "root")}


def test_round_trip(tmp_path: Path) -> None:
    at = datetime(2026, 1, 5, 3, 12, tzinfo=UTC)
    with ArchiveWriter(tmp_path / "archive", source="test", name="Test") as archive:
        archive.unit({"id": "f1", "name": "คณะสมมติ", "name_en": "Made-up Faculty", "parent": "k1"})
        archive.unit({"id": "k1", "name": "วิทยาเขตริมเล", "is_campus": True})
        archive.person({**PEOPLE[0], "unit": "f1"})
        archive.person(PEOPLE[1])
        archive.community(CIRCLE)
        archive.post({**post("p1", "question"), "author": "u1", "created": at, "title": "จอดับ", "tags": ["ห้องเรียน"],
                      "communities": ["c1"], "mood": "tired"})  # fmt: skip
        archive.post({**post("p2", "answer"), "parent": "p1", "author": "u2", "text": "กด**ค้าง**", "accepted": True})
        archive.post(
            {**post("p3", "comment"), "parent": "p2", "text": None, "html": "<p onclick=x>ได้<script>1</script>แล้ว"}
        )
    report = load(tmp_path / "archive")
    assert {thing: tally.new for thing, tally in report.tallies.items()} == {
        "units": 2, "people": 2, "communities": 1, "posts": 3,
    }  # fmt: skip
    assert report.problems == []
    found = posts()
    question, answer, comment = found["p1"], found["p2"], found["p3"]
    assert (question.title, question.created_at, question.extra) == ("จอดับ", at, {"mood": "tired"})
    assert question.accepted_answer == answer
    assert answer.html.strip() == "<p>กด<strong>ค้าง</strong></p>"
    assert (comment.parent, comment.root, comment.html) == (answer, question, "<p>ได้แล้ว</p>")
    malee, somsak = Person.objects.get(name="มาลี"), Person.objects.get(name="สมศักดิ์")
    assert (malee.unit.name, malee.unit.parent.is_campus, malee.about) == ("คณะสมมติ", True, "ชั้นสอง")
    assert [job.slug for job in malee.job_functions.all()] == ["procurement_finance"]
    assert somsak.extra == {"shoe_size": 42}
    circle = Community.objects.get()
    assert (circle.audience, circle.stage, circle.posts.count()) == ("members", "maturing", 3)
    assert dict(Membership.objects.values_list("person__name", "is_host")) == {"มาลี": False, "สมศักดิ์": True}
    assert set(Event.objects.filter(verb=Verb.ACCEPTED).values_list("actor_id", "target_id")) == {(malee.pk, somsak.pk)}


def test_again_changes_nothing(tmp_path: Path) -> None:
    path = archive_zip(
        tmp_path / "a.zip",
        people=PEOPLE,
        communities=[CIRCLE],
        posts=[post("p1", communities=["c1"]), post("p2", "comment", parent="p1", author="u2")],
    )
    load(path)
    tables = (Post, Person, Community, Membership, Event, Identity, Unit)
    before = [list(table.objects.order_by("pk").values()) for table in tables]
    report = load(path)
    assert {thing: (tally.new, tally.changed, tally.known) for thing, tally in report.tallies.items()} == {
        "people": (0, 0, 2), "communities": (0, 0, 1), "posts": (0, 0, 2),
    }  # fmt: skip
    assert [list(table.objects.order_by("pk").values()) for table in tables] == before


def test_later_archive_brings_people_up_to_date_and_leaves_circles_alone(tmp_path: Path) -> None:
    load(archive_zip(tmp_path / "a.zip", people=PEOPLE, communities=[CIRCLE]))
    circle = Community.objects.get()
    get_up(circle, person=Person.objects.get(name="มาลี"))
    newer = [{**PEOPLE[0], "name": "มาลี ใจดี"}, {"id": "u3", "name": "วิทย์"}]
    report = load(
        archive_zip(
            tmp_path / "b.zip", people=newer, communities=[{**CIRCLE, "audience": "public", "members": ["u1", "u3"]}]
        )
    )
    assert (report.of("people").new, report.of("people").changed) == (1, 1)
    assert Person.objects.get(email="malee@u.example").name == "มาลี ใจดี"
    circle.refresh_from_db()
    assert circle.audience == "members"
    assert set(circle.members.values_list("name", flat=True)) == {"สมศักดิ์", "วิทย์"}


def test_any_order(tmp_path: Path) -> None:
    records = [
        post("p4", "comment", parent="p3"),
        post("p3", "comment", parent="p2", author="u1"),
        post("p2", "answer", parent="p1", accepted=True, author="u2"),
        post("p1", "question", communities=["c1"], author="u1"),
    ]
    load(archive_zip(tmp_path / "a.zip", posts=records, communities=[CIRCLE], people=PEOPLE))
    found = posts()
    assert [found[id].parent.source_id for id in ("p2", "p3", "p4")] == ["p1", "p2", "p3"]
    assert {found[id].root.source_id for id in ("p2", "p3", "p4")} == {"p1"}
    assert found["p1"].reply_count == 3
    assert [found[id].reply_count for id in ("p2", "p3", "p4")] == [0, 0, 0]
    assert found["p1"].accepted_answer == found["p2"]
    assert Event.objects.filter(verb=Verb.REPLIED).count() == 3
    assert Event.objects.get(post_number=found["p2"].number, verb=Verb.REPLIED).target_id == found["p1"].author_id
    assert Post.objects.visible_to(make_person()).count() == 0
    assert Post.objects.visible_to(found["p1"].author).count() == 4


@pytest.mark.parametrize("is_late", [True, False])
def test_reply_is_read_by_those_who_read_its_thread(tmp_path: Path, is_late: bool) -> None:
    records = [
        post("p1", communities=["c1"]),
        post("p2", "comment", parent="p1", audience="public", communities=["c2"]),
    ]
    circles = [CIRCLE, {"id": "c2", "name": "วงเปิด", "audience": "public"}]
    load(
        archive_zip(tmp_path / "a.zip", posts=records[::-1] if is_late else records, communities=circles, people=PEOPLE)
    )
    assert Post.objects.visible_to(make_person()).count() == 0
    assert [circle.name for circle in posts()["p2"].communities.all()] == ["วงโสต"]


def test_reply_without_its_thread_is_read_by_its_author_only(tmp_path: Path) -> None:
    records = [post("p2", "answer", parent="gone", author="u1")]
    report = load(archive_zip(tmp_path / "a.zip", posts=records, communities=[CIRCLE], people=PEOPLE))
    orphan = Post.objects.get()
    assert (orphan.kind, orphan.parent, [problem.reason for problem in report.problems]) == (
        "story",
        None,
        [HIDDEN_ORPHAN],
    )
    assert Post.objects.visible_to(make_person()).count() == 0
    assert Post.objects.visible_to(orphan.author).count() == 1


def test_post_of_an_unknown_circle_is_read_by_its_author_only(tmp_path: Path) -> None:
    records = [post("p1", communities=["gone"], author="u1")]
    report = load(archive_zip(tmp_path / "a.zip", posts=records, people=PEOPLE))
    assert [problem.reason for problem in report.problems] == [UNKNOWN_CIRCLE]
    assert Post.objects.visible_to(make_person()).count() == 0


def test_posts_that_answer_each_other_in_a_ring(tmp_path: Path) -> None:
    records = [
        post("a", "comment", parent="b"),
        post("b", "comment", parent="c"),
        post("c", "comment", parent="a"),
        post("d", "comment", parent="c"),
    ]
    report = load(archive_zip(tmp_path / "a.zip", posts=records))
    assert [problem.reason for problem in report.problems] == [ORPHAN]
    root = Post.objects.get(parent__isnull=True)
    assert root.reply_count == 3
    assert Post.objects.filter(root=root).count() == 3


def test_unknown_author_is_made_and_told(tmp_path: Path) -> None:
    records = [post("p1", author="u9"), post("p2", author="u9"), post("p3", author="u8", author_name="วิภา")]
    report = load(archive_zip(tmp_path / "a.zip", posts=records, people=PEOPLE))
    assert [problem.reason for problem in report.problems] == [UNKNOWN_AUTHOR, UNKNOWN_AUTHOR]
    assert Post.objects.get(source_id="p2").author.name == "u9"
    assert Post.objects.get(source_id="p3").author.name == "วิภา"


def test_unusable_lines_are_told_and_the_others_go_in(tmp_path: Path) -> None:
    path = archive_zip(tmp_path / "a.zip", extra={"posts.jsonl": "{no json\n" + lines([post("p1"), {"id": "p2"}])})
    report = load(path)
    assert (report.of("posts").read, report.of("posts").new, report.of("posts").left_out.total()) == (3, 1, 2)
    assert report.problems[0].where == "posts.jsonl line 1"


def test_damaged_zip_leaves_nothing(tmp_path: Path) -> None:
    path = archive_zip(
        tmp_path / "a.zip", people=PEOPLE, posts=[post(f"p{n}", text=f"{n * 7919}" * 50) for n in range(5000)]
    )
    with zipfile.ZipFile(path) as archive:
        middle = archive.getinfo("posts.jsonl").header_offset + archive.getinfo("posts.jsonl").compress_size // 2
    content = bytearray(path.read_bytes())
    content[middle : middle + 200] = bytes(200)
    path.write_bytes(content)
    with pytest.raises(UnreadableFile), transaction.atomic():
        load(path)
    assert (Post.objects.count(), Person.objects.count()) == (0, 0)


def test_bare_file_into_a_circle(tmp_path: Path) -> None:
    path = tmp_path / "site.jsonl"
    path.write_text(lines([post("p1", "question", author="u1", author_name="มาลี"), post("p2", "answer", parent="p1")]))
    load(path, community="จากเว็บ", audience="public")
    circle = Community.objects.get()
    assert (circle.name, circle.audience, circle.posts.count()) == ("จากเว็บ", "public", 2)
    assert Person.objects.get().name == "มาลี"


def test_real_site() -> None:
    report = load(shared("experts/matheducators_se.jsonl"))
    tally = report.of("posts")
    assert tally.read == tally.new + tally.left_out.total() > 1000
    assert Post.objects.filter(accepted_answer__isnull=False).count() > 50
