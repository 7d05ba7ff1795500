"""What a member takes home is an archive that this house, and any other, reads."""

from pathlib import Path

import pytest

from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.imports.archive.load import load_archive
from lomwong.imports.archive.parse import open_archive
from lomwong.imports.problems import Problem
from lomwong.people.tests.factories import make_person
from lomwong.posts.models import File, Kind, Post, State
from lomwong.posts.tests.factories import hang, make_answer, make_post, make_question
from lomwong.takeaway.contents import members_of, packed

pytestmark = pytest.mark.django_db


def zip_of(person, path: Path) -> Path:
    path.write_bytes(b"".join(packed(members_of(person))))
    return path


def test_every_line_can_be_used(tmp_path):
    person = make_person("มาลี", email="malee@u.example", about="พัสดุ")
    circle = make_community("วงพัสดุ", audience=Audience.MEMBERS, by=person)
    story = make_post("ยืมเงิน", by=person, text="**เริ่ม**", communities=[circle], tags=["เงิน"])
    file = hang(story, "แบบฟอร์ม.docx")
    make_post(kind=Kind.JOURNAL, text="ฝนตก", by=person, audience=Audience.PUBLIC)
    answer = make_answer(make_question("คนอื่นถาม"), "ตอบ", by=person)
    with open_archive(zip_of(person, tmp_path / "x.zip")) as archive:
        posts, people, circles = list(archive.posts()), list(archive.people()), list(archive.communities())
        assert not [each for each in (*posts, *people, *circles) if isinstance(each, Problem)]
        assert [(each.name, each.email, each.about) for each in people] == [("มาลี", "malee@u.example", "พัสดุ")]
        assert [(each.name, each.audience) for each in circles] == [("วงพัสดุ", "members")]
        first, second, third = posts
        assert (first.id, first.title, first.text, first.tags) == (str(story.number), "ยืมเงิน", "**เริ่ม**", ("เงิน",))
        assert (first.created, first.author) == (story.created_at, str(person.pk))
        assert (second.kind, second.audience) == ("journal", "public")
        assert (third.id, third.parent) == (str(answer.number), str(answer.parent_id))
        [kept] = first.files
        assert kept.path == f"{story.number}/แบบฟอร์ม.docx"
        with archive.open_file(kept.path) as stream:
            assert len(stream.read()) == file.size
        assert archive.file_names() == [kept.path]


def test_it_can_be_imported(tmp_path):
    person = make_person("มาลี")
    story = make_post("ยืมเงิน", by=person, text="**เริ่ม**")
    hang(story, "แบบฟอร์ม.docx")
    with open_archive(zip_of(person, tmp_path / "x.zip")) as archive:
        load_archive(archive)
        again = load_archive(archive)
    copy = Post.objects.exclude(source="").get()
    assert (copy.title, copy.html, copy.created_at) == (story.title, story.html, story.created_at)
    assert File.objects.filter(post=copy).count() == 1
    assert again.of("posts").new == 0


def test_what_was_hidden_here_is_not_shown_by_a_house_that_takes_it_in(tmp_path):
    person = make_person()
    hidden = make_post("ที่ซ่อน", by=person)
    make_post("ที่เห็น", by=person)
    Post.objects.filter(pk=hidden.pk).update(state=State.HIDDEN)
    with open_archive(zip_of(person, tmp_path / "x.zip")) as archive:
        assert [post.title for post in archive.posts()] == ["ที่เห็น"]
