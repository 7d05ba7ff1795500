"""The tick on the question's page: typed, kept, posted later, sent twice; what may not go along."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lomwong.communities.tests.factories import make_community
from lomwong.people.models import Person
from lomwong.people.tests.factories import make_person
from lomwong.posts import actions
from lomwong.posts.drafts.actions import schedule_draft
from lomwong.posts.drafts.tasks import FAULTY, publish_due
from lomwong.posts.drafts.typed import new_key
from lomwong.posts.models import Draft, Envelope, File, Post
from lomwong.posts.tests.factories import make_draft, make_question
from lomwong.posts.tests.papers import make_docx
from lomwong.posts.tests.pictures import photo

pytestmark = pytest.mark.django_db

NEW = "/questions/new/"
TITLE = "เซ็นไปแล้วของไม่ครบ ทำอย่างไร"


@pytest.fixture
def asker(client: Client) -> Person:
    person = make_person("ปริศนา ซ่อนนาม", email="prisana@u.example")
    client.force_login(person)
    return person


def send(client: Client, key: str = "", **fields: object):
    return client.post(NEW, {"draft": key or new_key(), "title": TITLE, "text": "", "is_unnamed": "on", **fields})


def test_the_tick_seals_and_without_it_the_name_stands(client, asker):
    assert send(client).status_code == 302
    client.post(NEW, {"draft": new_key(), "title": "บอกชื่อ", "text": ""})
    assert dict(Post.objects.values_list("title", "author")) == {TITLE: None, "บอกชื่อ": asker.pk}


def test_it_is_on_questions_alone(client, asker):
    assert 'name="is_unnamed"' in client.get(NEW).content.decode()
    for other in ("story_new", "journal_new"):
        address = reverse(f"posts:{other}")
        assert 'name="is_unnamed"' not in client.get(address).content.decode()
        client.post(address, {"draft": new_key(), "title": "t", "text": "เรื่อง", "is_unnamed": "on"})
    assert not Post.objects.filter(is_unnamed=True).exists()
    assert Post.objects.filter(author=asker).count() == 2


def test_the_draft_keeps_the_tick(client, asker):
    key = new_key()
    send(client, key, act="keep")
    page = client.get(f"{NEW}?draft={key}").content.decode()
    assert "checked" in page[page.index('name="is_unnamed"') :].split(">")[0]


def test_no_draft_is_left_and_a_second_sending_finds_the_question(client, asker):
    key = new_key()
    client.post(reverse("posts:draft_save"), {"draft": key, "kind": "question", "title": TITLE, "is_unnamed": "on"})
    first, second = send(client, key), send(client, key)
    assert Post.objects.count() == 1
    assert first["Location"] == second["Location"]
    assert not Draft.objects.exists()
    late = client.post(reverse("posts:draft_save"), {"draft": key, "kind": "question", "title": TITLE})
    assert late.status_code == 409
    assert late.json()["became"] == Post.objects.get().get_absolute_url()
    assert not Draft.objects.exists(), "what comes late leaves no trace of the words"
    assert client.get(f"{NEW}?draft={key}")["Location"] == Post.objects.get().get_absolute_url()


def test_the_key_of_an_envelope_is_no_way_in_for_others(client, asker):
    key = new_key()
    send(client, key)
    other = Client()
    other.force_login(make_person())
    assert other.get(f"{NEW}?draft={key}").status_code == 200
    other.post(NEW, {"draft": key, "title": TITLE, "text": ""})
    assert Post.objects.filter(author=None).count() == 1
    assert Post.objects.count() == 2


def test_going_back_and_changing_something_becomes_a_change(client, asker):
    key = new_key()
    send(client, key)
    again = send(client, key, title="เซ็นแล้วของขาด")
    assert Post.objects.count() == 1
    assert "/edit/" in again["Location"]


def test_changing_the_words_leaves_no_draft_either(client, asker):
    send(client)
    post, key = Post.objects.get(), new_key()
    edit = reverse("posts:post_edit", args=[post.pk])
    page = client.get(edit).content.decode()
    assert 'name="is_unnamed"' not in page
    assert 'name="licence"' not in page
    assert client.post(edit, {"draft": key, "title": "แก้แล้ว", "text": "x"}).status_code == 302
    post.refresh_from_db()
    assert (post.title, post.author_id, post.is_unnamed) == ("แก้แล้ว", None, True)
    assert not Draft.objects.exists()


def test_it_waits_for_its_hour_without_a_name(asker):
    draft = make_draft(asker, kind="question", title=TITLE, is_unnamed=["on"])
    schedule_draft(draft, timezone.now() - timedelta(minutes=1))
    assert publish_due() == 1
    assert Post.objects.get().author_id is None
    assert not Draft.objects.exists()


def test_one_too_many_waits_as_a_draft(asker):
    drafts = [make_draft(asker, kind="question", title=f"ข้อ {n}", is_unnamed=["on"]) for n in range(4)]
    for draft in drafts:
        schedule_draft(draft, timezone.now() - timedelta(minutes=1))
    assert publish_due() == 3
    assert Draft.objects.get().fault == FAULTY


def test_the_fourth_of_a_day_is_refused_kindly(client, asker):
    for n in range(3):
        assert send(client, title=f"ข้อ {n}").status_code == 302
    refused = send(client, title="ข้อสี่")
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "ข้อสี่" in page
    assert "วันหนึ่งถามแบบไม่บอกชื่อได้สามคำถาม" in page
    assert client.post(NEW, {"draft": new_key(), "title": "ข้อสี่", "text": ""}).status_code == 302


@pytest.mark.parametrize("words", ["ปริศนา  ซ่อนนาม", "ถามกลับที่ Prisana@u.example ได้"])
def test_ones_own_name_does_not_go_along(client, asker, words):
    assert send(client, text=words).status_code == 422
    assert send(client, title=words).status_code == 422
    assert not Post.objects.exists()
    assert send(client, text=words, is_unnamed="").status_code == 302


def test_papers_do_not_go_along_and_pictures_lose_their_names(client, asker):
    paper = SimpleUploadedFile("ปริศนา.docx", make_docx("ขั้นตอน"))
    assert send(client, attached=[paper]).status_code == 422
    assert not Post.objects.exists()
    assert send(client, attached=[SimpleUploadedFile("รูปของปริศนา.JPG", photo())]).status_code == 302
    file = File.objects.get(post__isnull=False)
    assert "ปริศนา" not in file.name
    assert file.is_picture


def test_a_paper_that_lies_with_the_draft_does_not_go_along_either(client, asker):
    key = new_key()
    paper = SimpleUploadedFile("บันทึก.docx", make_docx("ขั้นตอน"))
    client.post(NEW, {"draft": key, "title": TITLE, "text": "", "act": "keep", "attached": [paper]})
    assert Draft.objects.get().files.count() == 1
    assert send(client, key).status_code == 422
    paper_pk = Draft.objects.get().files.get().pk
    assert send(client, key, take_away=[paper_pk]).status_code == 302


def test_nor_does_it_go_along_with_a_picture(client, asker):
    key = new_key()
    client.post(
        NEW,
        {"draft": key, "title": TITLE, "text": "", "act": "keep", "attached": [SimpleUploadedFile("a.jpg", photo())]},
    )
    words = {f"alt_{Draft.objects.get().files.get().pk}": "โต๊ะของ ปริศนา ซ่อนนาม"}
    assert send(client, key, **words).status_code == 422
    assert not Post.objects.exists()
    assert send(client, key, **words, is_unnamed="").status_code == 302


def test_an_answer_without_a_name_is_looked_at_alike(client, asker):
    send(client)
    address = reverse("posts:reply_new", args=[Post.objects.get().pk])
    paper = SimpleUploadedFile("บันทึก.docx", make_docx("ขั้นตอน"))
    assert client.post(address, {"text": "ตามไฟล์", "attached": [paper]}).status_code == 422
    assert client.post(address, {"text": "ปริศนา ซ่อนนาม เอง"}).status_code == 422
    assert client.post(address, {"text": "ปริศนา ซ่อนนาม เอง", "with_name": "on"}).status_code == 302


def test_a_reply_sent_twice_stands_once(client, asker):
    send(client)
    question, key = Post.objects.get(), new_key()
    address = reverse("posts:reply_new", args=[question.pk])
    for _ in range(2):
        client.post(address, {"text": "ขอบคุณ", "draft": key})
    assert question.thread.count() == 1
    assert not Draft.objects.exists()


def test_small_circles_are_named_as_such(client, asker):
    make_community("วงใหญ่", people=[asker, *(make_person() for _ in range(8))])
    make_community("วงเล็ก", people=[asker])
    page = client.get(NEW).content.decode()
    hint = page[page.index('id="without-name"') :]
    assert "วงวงเล็ก" in hint
    assert "วงวงใหญ่" not in hint


def test_somebody_elses_draft_ends_as_before(client, asker):
    key = new_key()
    client.post(NEW, {"draft": key, "title": "บอกชื่อ", "text": ""})
    assert Draft.objects.get(key=key).became == Post.objects.get()
    assert not Envelope.objects.exists()


def test_a_mention_of_a_colleague_still_reaches_them(asker):
    colleague = make_person("วรรณา แก้วมณี")
    post = actions.write_post(kind="question", by=asker, title=TITLE, text="@วรรณา แก้วมณี ช่วยที", is_unnamed=True)
    assert [mention.person for mention in post.mentions.all()] == [colleague]
    itself = actions.write_post(
        kind="question", by=asker, title=TITLE, text=f"[@x](person:{asker.pk})", is_unnamed=True
    )
    assert not itself.mentions.exists()
    assert make_question(by=asker, text="@วรรณา แก้วมณี").mentions.exists()
