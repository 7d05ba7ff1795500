"""What lies in the zip, and what must not."""

import json
import tracemalloc
from datetime import UTC, datetime

import pytest
from django.utils import timezone, translation

from lomwong.communities.models import Audience, Membership
from lomwong.communities.tests.factories import make_community
from lomwong.people.models import Person
from lomwong.people.tests.factories import make_person
from lomwong.posts import actions
from lomwong.posts.models import (
    Authorship,
    Blog,
    Draft,
    Flower,
    Kind,
    Licence,
    Post,
    Series,
    State,
)
from lomwong.posts.tests import pictures
from lomwong.posts.tests.factories import hang, make_answer, make_post, make_question, make_reply
from lomwong.posts.tests.papers import make_docx
from lomwong.takeaway.contents import Member, members_of, packed
from lomwong.takeaway.contents.names import slug
from lomwong.takeaway.tests.unpacking import Page, Unpacked, lost_links, unpack

pytestmark = pytest.mark.django_db


def taken(person: Person, language: str = "th") -> Unpacked:
    with translation.override(language):
        return unpack(b"".join(packed(members_of(person))))


def front_matter(text: str) -> dict[str, object]:
    """YAML as we write it: a name, and JSON."""
    head = text.split("---\n")[1]
    return {name: json.loads(value) for name, _, value in (line.partition(": ") for line in head.splitlines())}


def lines(unpacked: Unpacked, name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in unpacked.text(name).split("\n") if line]


def test_an_entry(settings):
    settings.PUBLIC_URL = "https://km.example"
    person, along = make_person("มาลี"), make_person("สมชาย")
    circle = make_community("วงพัสดุ", people=[person])
    post = make_post("ยืมเงิน: ทำอย่างไร?", by=person, text="เริ่มที่ **หน่วยการเงิน**", communities=[circle], tags=["เงิน"])
    series = Series.objects.create(owner=person, name="เรื่องเงิน", created_at=timezone.now())
    blog = Blog.objects.create(owner=person, name="บล็อกมาลี", slug="b", created_at=timezone.now())
    edited = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
    Post.objects.filter(pk=post.pk).update(licence=Licence.CC_BY, edited_at=edited, series=series, part=2, blog=blog)
    Authorship.objects.create(post=post, person=along, invited_at=timezone.now(), accepted_at=timezone.now())
    found = taken(person)
    name = found.named(r"entries/.*\.md")
    assert name == f"entries/{post.number:04}-ยืมเงิน-ทำอย่างไร.md"
    text = found.text(name)
    told = front_matter(text)
    assert (told["number"], told["title"], told["kind"]) == (post.number, "ยืมเงิน: ทำอย่างไร?", "story")
    assert (told["licence"], told["tags"], told["circles"]) == ("cc-by", ["เงิน"], ["วงพัสดุ"])
    assert (told["series"], told["part"], told["blog"]) == ("เรื่องเงิน", 2, "บล็อกมาลี")
    assert (told["edited"], told["authors"]) == ("2026-02-03T04:05:06+00:00", ["มาลี", "สมชาย"])
    assert text.endswith("# ยืมเงิน: ทำอย่างไร?\n\nเริ่มที่ **หน่วยการเงิน**\n")
    page = found.text(name.replace(".md", ".html"))
    assert "<strong>หน่วยการเงิน</strong>" in page
    assert "CC BY 4.0" in page
    assert f"https://km.example/posts/{post.number}/" in page
    assert name.replace(".md", ".html").rpartition("/")[2].split("-")[0] in found.text("index.html")
    assert lost_links(found) == []


def test_files_and_pictures_lie_beside(settings):
    settings.PUBLIC_URL = "https://km.example"
    person, colleague = make_person(), make_person("สมชาย")
    post = make_post("มีรูป", by=person)
    document = hang(post, "แบบ ฟอร์ม [1].docx")
    twin = hang(post, "แบบ ฟอร์ม [1].docx", content=make_docx("อีกฉบับ"))
    picture = hang(post, "ภาพ.jpg", pictures.photo())
    words = f"![ประตู](file:{picture.pk})\n\nดู [แบบ](file:{document.pk}) ถาม [@สมชาย](person:{colleague.pk})"
    actions.edit_post(post, by=person, title=post.title, text=words)
    found = taken(person)
    assert found.files[f"files/{post.number}/แบบ ฟอร์ม [1].docx"].startswith(b"PK")
    assert f"files/{post.number}/{twin.pk}-แบบ ฟอร์ม [1].docx" in found.files
    picture_name = found.named(rf"files/{post.number}/.*\.jpg")
    page = found.text(found.named(r"entries/.*\.html"))
    assert lost_links(found) == []
    shown = [address for address in Page(page).addresses if address.endswith(".jpg")]
    assert shown
    assert all(address.startswith("../files/") for address in shown)
    assert f"https://km.example/people/{colleague.pk}/" in page
    text = found.text(found.named(r"entries/.*\.md"))
    assert f"](https://km.example/people/{colleague.pk}/)" in text
    assert "file:" not in text
    assert picture_name.rpartition("/")[2] in taken(person).text("posts.jsonl")


def test_replies_with_one_line_of_what_they_answer():
    person = make_person("มาลี")
    question = make_question("เครื่องฉายไม่ติด", by=make_person("สมชาย"), text="ยาว " * 500)
    answer = make_answer(question, "กดค้าง**ห้าวินาที**", by=person, at=datetime(2024, 5, 1, tzinfo=UTC))
    other = make_reply(question, "คำของคนอื่นที่ไม่ได้ตอบ", by=make_person("อารี"))
    make_reply(other, "ขอบคุณ", by=person, at=datetime(2025, 5, 1, tzinfo=UTC))
    hang(answer, "รูปปุ่ม.docx")
    found = taken(person)
    assert {name for name in found.files if name.startswith("replies/")} == {
        f"replies/{year}.{suffix}" for year in (2024, 2025) for suffix in ("md", "html")
    }
    assert "> สมชาย: เครื่องฉายไม่ติด\n\nกดค้าง**ห้าวินาที**" in found.text("replies/2024.md")
    assert "<strong>ห้าวินาที</strong>" in found.text("replies/2024.html")
    assert "อารี: คำของคนอื่นที่ไม่ได้ตอบ" in found.text("replies/2025.html")
    assert "ยาว ยาว ยาว" not in found.all_words, "of others one line, no more"
    assert f"files/{answer.number}/รูปปุ่ม.docx" in found.files
    assert lost_links(found) == []


def test_the_line_is_short():
    person = make_person()
    journal = make_post(kind=Kind.JOURNAL, text="คำ " * 300)
    make_reply(journal, "จริง", by=person)
    [quoted] = [line for line in taken(person).all_words.splitlines() if line.startswith("> ")]
    assert len(quoted) < 170


def test_nothing_of_others_and_nothing_unreadable():
    person, other = make_person("มาลี"), make_person("สมชาย")
    closed = make_community("วงปิด", audience=Audience.MEMBERS, by=other, people=[person])
    inside = make_post("หัวข้อในวงปิด", by=other, text="คำในวงปิด", communities=[closed])
    mine_inside = make_reply(inside, "คำของฉันในวงปิด", by=person)
    hidden = make_post("หัวข้อที่ซ่อน", by=other, text="คำที่ซ่อน")
    make_reply(hidden, "ตอบเรื่องที่ซ่อน", by=person)
    taken_back = make_post("หัวข้อที่ถอน", by=other, text="คำที่ถอน")
    make_reply(taken_back, "ตอบเรื่องที่ถอน", by=person)
    held = make_reply(make_post("เรื่องของฉัน", by=person), "ความเห็นที่รออยู่", by=other)
    make_reply(make_post("อีกเรื่องของฉัน", by=person), "ความเห็นของคนอื่น", by=other)
    Post.objects.filter(pk=hidden.pk).update(state=State.HIDDEN)
    Post.objects.filter(pk=taken_back.pk).update(state=State.WITHDRAWN)
    Post.objects.filter(pk=held.pk).update(state=State.HELD)
    hang(inside, "ของคนอื่น.docx")
    own = make_post("ถอนแล้วของฉัน", by=person)
    Post.objects.filter(pk=own.pk).update(state=State.WITHDRAWN)
    unanswered = make_post("เขียนร่วมที่ยังไม่ตอบรับ", by=other)
    Authorship.objects.create(post=unanswered, person=person, invited_at=timezone.now())
    Draft.objects.create(
        owner=other, key="k", kind=Kind.STORY, title="ร่างของคนอื่น", text="ร่างของคนอื่น", saved_at=timezone.now()
    )
    Membership.objects.filter(person=person).delete()
    words = taken(person).all_words
    for kept in ("คำของฉันในวงปิด", "ตอบเรื่องที่ซ่อน", "ตอบเรื่องที่ถอน", "เรื่องของฉัน"):
        assert kept in words
    leaks = ["หัวข้อในวงปิด", "คำในวงปิด", "หัวข้อที่ซ่อน", "คำที่ซ่อน", "หัวข้อที่ถอน", "คำที่ถอน", "ความเห็นที่รออยู่"]
    leaks += ["ความเห็นของคนอื่น", "ของคนอื่น.docx", "ถอนแล้วของฉัน", "เขียนร่วมที่ยังไม่ตอบรับ", "ร่างของคนอื่น"]
    assert [leak for leak in leaks if leak in words] == []
    assert f'"id": "{mine_inside.number}"' in words


def test_ones_own_hidden_words_are_ones_own():
    person = make_person()
    post = make_post("ถูกซ่อน", by=person)
    Post.objects.filter(pk=post.pk).update(state=State.HIDDEN)
    found = taken(person)
    assert front_matter(found.text(found.named(r"entries/.*\.md")))["state"] == "hidden"


def test_written_along(client):
    person, author = make_person("มาลี"), make_person("สมชาย")
    post = make_post("เขียนด้วยกัน", by=author)
    Authorship.objects.create(post=post, person=person, invited_at=timezone.now(), accepted_at=timezone.now())
    found = taken(person)
    assert front_matter(found.text(found.named(r"entries/.*\.md")))["authors"] == ["สมชาย", "มาลี"]
    assert {line["name"] for line in lines(found, "people.jsonl")} == {"สมชาย", "มาลี"}
    assert author.email not in found.all_words
    Post.objects.filter(pk=post.pk).update(state=State.HIDDEN)
    assert "เขียนด้วยกัน" not in taken(person).all_words


def test_flowers_with_their_words():
    person = make_person()
    post, withdrawn = make_post("ของฉัน", by=person), make_post(by=person)
    Post.objects.filter(pk=withdrawn.pk).update(state=State.WITHDRAWN)
    for where, word in [(post, "ช่วยได้มาก"), (withdrawn, "คำที่หายไป"), (make_post(), "ให้คนอื่น")]:
        Flower.objects.create(post=where, giver=make_person("อารี"), word=word, given_at=timezone.now())
    found = taken(person)
    text = found.text("flowers.md")
    assert "อารี: ช่วยได้มาก" in text
    assert "คำที่หายไป" not in found.all_words
    assert "ให้คนอื่น" not in found.all_words
    assert "flowers.md" in Page(found.text("index.html")).addresses


def test_ones_drafts():
    person = make_person()
    Draft.objects.create(
        owner=person, key="k", kind=Kind.STORY, title="ยังไม่เสร็จ", text="ครึ่งเดียว", saved_at=timezone.now()
    )
    found = taken(person)
    assert found.text(found.named(r"drafts/.*\.md")).endswith("# ยังไม่เสร็จ\n\nครึ่งเดียว\n")
    assert "ครึ่งเดียว" not in found.text("posts.jsonl")
    assert lost_links(found) == []


HOSTILE = [
    *("../../etc/passwd", "CON", "a" * 300, "]]>", "<script>alert(1)</script>"),
    *("---\ntitle: x", "\u0007\u2028\ufeff", "🙂/\\:*?"),
]


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_people_write_it_opens(words):
    person = make_person(words[:150])
    circle = make_community(f"ว {words}"[:120], by=person)
    post = make_post(words, by=person, text=words, communities=[circle], tags=[f"t{words}"])
    make_reply(post, words, by=person)
    Flower.objects.create(post=post, giver=make_person(words[:150]), word=words[:200], given_at=timezone.now())
    found = taken(person)
    text = found.text(found.named(r"entries/.*\.md"))
    title = front_matter(text).get("title", "")
    assert title == post.title
    for name in found.files:
        if name.endswith(".html"):
            assert "script" not in Page(found.text(name)).tags
    assert lost_links(found) == []
    assert len(lines(found, "posts.jsonl")) == 2


def test_in_both_languages():
    person = make_person("มาลี")
    make_post(by=person)
    thai, english = taken(person, "th"), taken(person, "en")
    assert "What มาลี wrote" in english.text("index.html")
    assert "What มาลี wrote" not in thai.text("index.html")
    for found in (thai, english):
        assert "เรื่องที่คุณเขียนไว้" in found.text("README.md")
        assert "what you wrote" in found.text("README.md")


def test_lost_bytes_stop_nothing():
    from lomwong.posts.files import shelf

    person = make_person()
    post = make_post(by=person)
    shelf.path_of(hang(post).sha256).unlink()
    assert not [name for name in taken(person).files if name.startswith("files/")]


def test_names():
    assert slug("ยืมเงิน: ทำอย่างไร? (2)") == "ยืมเงิน-ทำอย่างไร-2"
    assert slug("../..") == ""
    assert len(slug("ก" * 300)) <= 41


def test_as_many_queries_for_thirty_as_for_one(django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    person = make_person()

    def fill(count: int) -> None:
        for _ in range(count):
            post = make_post(by=person, tags=["ก"])
            hang(post)
            make_reply(make_post(), by=person)

    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            taken(person)
        return len(counted)

    fill(1)
    for_one = queries()
    fill(29)
    assert queries() == for_one


def test_memory_does_not_grow_with_the_files():
    at = timezone.now()

    def members(count: int):
        for number in range(count):
            yield Member(f"x/{number}", at, (b"\x00" * 100_000 for _ in range(50)), is_packed=True)

    def peak(count: int) -> int:
        tracemalloc.start()
        size = sum(len(piece) for piece in packed(members(count)))
        assert size > count * 5_000_000
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(1)
    assert peak(10) < 2_000_000
