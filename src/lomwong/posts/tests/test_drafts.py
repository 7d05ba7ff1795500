"""Drafts: nobody else sees them, nothing brings back what was posted, what waits for its hour is posted once."""

import io
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.kit.tests.attacks import ATTACKS
from lomwong.people.models import OPERATOR
from lomwong.people.tests.factories import make_person
from lomwong.posts.drafts import actions
from lomwong.posts.drafts.actions import DraftRefused, Typed
from lomwong.posts.drafts.typed import new_key
from lomwong.posts.files import shelf
from lomwong.posts.files.drafts import attach_to_draft
from lomwong.posts.models import Draft, Kind, Post
from lomwong.posts.tests.factories import make_draft, make_post, make_reply
from lomwong.posts.tests.papers import make_docx

pytestmark = pytest.mark.django_db

SAVE, LIST = reverse("posts:draft_save"), reverse("posts:drafts")
STORY, QUESTION, JOURNAL = (reverse(f"posts:{kind}_new") for kind in ("story", "question", "journal"))


@pytest.fixture
def me(client):
    person = make_person()
    client.force_login(person)
    return person


# Nobody else


def test_nobody_but_its_owner_sees_a_draft(client, me):
    secret = "ความลับในร่างที่ยังไม่เสร็จ"
    mine = make_draft(me, secret, title=secret)
    assert secret in client.get(LIST).content.decode()
    page = client.get(mine.get_absolute_url(), follow=True)
    assert page.context["form"].initial["text"] == secret
    for other in (make_person(), make_person(is_staff=True, is_superuser=True)):
        client.force_login(other)
        assert client.get(mine.get_absolute_url()).status_code == 404
        assert secret not in client.get(f"{STORY}?draft={mine.key}").content.decode()
        for deed in ("draft_discard", "draft_bring_back"):
            assert client.post(reverse(f"posts:{deed}", args=[mine.pk])).status_code == 404
        for place in (
            LIST,
            "/",
            reverse("posts:questions"),
            "/search/?q=ความลับในร่าง",
            reverse("posts:by", args=[me.pk]),
        ):
            assert secret not in client.get(place).content.decode()
        assert client.post(SAVE, {"draft": mine.key, "kind": "story", "text": "แทนที่"}).status_code == 409
    mine.refresh_from_db()
    assert mine.text == secret
    assert not Draft.objects.visible_to(OPERATOR).exists()
    assert not Draft.objects.visible_to(AnonymousUser()).exists()


def test_visitors_are_led_to_the_door(client):
    assert client.get(LIST)["Location"].startswith("/accounts/login/")
    assert client.post(SAVE, {"draft": new_key(), "kind": "story", "text": "x"})["Location"].startswith(
        "/accounts/login/"
    )
    assert not Draft.objects.exists()


# Keep


def test_words_are_kept_under_their_key_and_opened_again(client, me):
    circle, key = make_community(by=me), new_key()
    sent = {
        "draft": key,
        "kind": "story",
        "title": "ยังไม่จบ",
        "text": "ตอนแรก",
        "communities": [circle.pk],
        "audience": "public",
    }
    answer = client.post(SAVE, sent).json()
    assert answer["url"] == f"{STORY}?draft={key}"
    client.post(SAVE, {**sent, "text": "ตอนแรก ตอนหลัง"})
    assert Draft.objects.get().text == "ตอนแรก ตอนหลัง"
    form = client.get(answer["url"]).context["form"]
    assert form.initial["title"] == "ยังไม่จบ"
    assert form.initial["communities"] == [str(circle.pk)]
    assert form.initial["audience"] == "public"
    assert not Post.objects.exists()


def test_by_the_button_without_a_script(client, me):
    response = client.post(JOURNAL, {"draft": new_key(), "text": "ยังไม่ส่ง", "act": "keep"})
    assert response["Location"] == LIST
    page = client.get(LIST).content.decode()
    assert "ยังไม่ส่ง" in page
    assert not Post.objects.exists()


def test_how_it_will_look_without_a_script(client, me):
    response = client.post(STORY, {"draft": new_key(), "text": "ทำเสร็จใน **สองวัน**", "act": "preview"}, follow=True)
    page = response.content.decode()
    assert "<strong>สองวัน</strong>" in page
    assert "ทำเสร็จใน **สองวัน**" in page
    assert 'role="alert"' not in page


def test_a_faulty_page_leaves_its_words_with_the_draft(client, me):
    key = new_key()
    response = client.post(QUESTION, {"draft": key, "text": "เขียนมาตั้งนาน", "title": ""})
    assert response.status_code == 422
    assert Draft.objects.get(key=key).text == "เขียนมาตั้งนาน"
    client.post(QUESTION, {"draft": key, "text": "เขียนมาตั้งนาน", "title": "ได้ชื่อแล้ว"})
    assert Post.objects.get().title == "ได้ชื่อแล้ว"
    assert not Draft.objects.visible_to(me).exists()


def test_there_are_only_so_many_and_so_long(me, monkeypatch):
    monkeypatch.setattr(actions, "MOST_DRAFTS", 2)
    first = make_draft(me)
    make_draft(me)
    with pytest.raises(DraftRefused):
        make_draft(me)
    actions.save_draft(first.key, Typed("ใหม่"), by=me, kind=Kind.STORY)  # what is there may change
    with pytest.raises(DraftRefused):
        actions.save_draft(first.key, Typed("ก" * (actions.MOST_CHARACTERS + 1)), by=me, kind=Kind.STORY)
    actions.discard_draft(first)
    make_draft(me)
    with pytest.raises(DraftRefused):
        actions.bring_back(first)


@pytest.mark.parametrize("key", ["", "short", "../../etc/passwd", "ก" * 22, "x" * 33])
def test_only_keys_are_keys(client, me, key):
    assert client.post(SAVE, {"draft": key, "kind": "story", "text": "x"}).status_code == 409
    assert client.post(SAVE, {"draft": new_key(), "kind": "nonsense", "text": "x"}).status_code == 400
    assert not Draft.objects.exists()


def test_what_no_database_takes_is_left_out(client, me):
    client.post(SAVE, {"draft": new_key(), "kind": "story", "text": "ก\x00ข", "title": "\x00"})
    assert Draft.objects.get().text == "กข"


# Post


def test_a_late_save_does_not_bring_back_what_was_posted(client, me):
    key = new_key()
    client.post(SAVE, {"draft": key, "kind": "journal", "text": "สองบรรทัด"})
    client.post(JOURNAL, {"draft": key, "text": "สองบรรทัด"})
    answer = client.post(SAVE, {"draft": key, "kind": "journal", "text": "สองบรรทัด ช้าไป"})
    assert answer.status_code == 409
    assert answer.json()["became"] == Post.objects.get().get_absolute_url()
    assert not Draft.objects.visible_to(me).exists()
    assert Draft.objects.get().text == ""


def test_sent_twice_it_is_posted_once(client, me):
    key = new_key()
    first, second = (client.post(JOURNAL, {"draft": key, "text": "กดสองที"}) for _ in range(2))
    assert first["Location"] == second["Location"] == Post.objects.get().get_absolute_url()
    assert client.get(f"{JOURNAL}?draft={key}")["Location"] == first["Location"]


def test_going_back_and_changing_it_loses_no_word_and_posts_nothing_twice(client, me):
    key = new_key()
    client.post(STORY, {"draft": key, "title": "เดิม", "text": "เดิม"})
    response = client.post(STORY, {"draft": key, "title": "เดิม", "text": "เดิม และต่อ"}, follow=True)
    post = Post.objects.get()
    assert post.text == "เดิม"
    assert response.redirect_chain[0][0].startswith(reverse("posts:post_edit", args=[post.pk]))
    assert response.context["form"].initial["text"] == "เดิม และต่อ"


def test_a_change_sent_again_after_going_back_counts(client, me):
    post, key = make_post("เดิม", by=me), new_key()
    url = reverse("posts:post_edit", args=[post.pk])
    for text in ("หนึ่ง", "สอง", "สอง"):
        assert client.post(url, {"draft": key, "title": "เดิม", "text": text}).status_code == 302
        post.refresh_from_db()
        assert post.text == text


def test_somebody_elses_key_is_no_key(client, me):
    theirs = make_draft(make_person(), "ของเขา", kind=Kind.JOURNAL)
    client.post(JOURNAL, {"draft": theirs.key, "text": "ของฉัน"})
    assert Post.objects.get().text == "ของฉัน"
    theirs.refresh_from_db()
    assert (theirs.text, theirs.ended_at) == ("ของเขา", None)


def test_throw_away_and_take_back(client, me):
    draft = make_draft(me, "เผลอทิ้ง")
    client.post(reverse("posts:draft_discard", args=[draft.pk]))
    assert not Draft.objects.visible_to(me).exists()
    assert client.post(SAVE, {"draft": draft.key, "kind": "story", "text": "ช้าไป"}).status_code == 409
    assert "เผลอทิ้ง" in client.get(LIST).content.decode()
    response = client.post(reverse("posts:draft_bring_back", args=[draft.pk]))
    assert response["Location"].endswith(draft.key)
    assert Draft.objects.visible_to(me).get().text == "เผลอทิ้ง"


def test_ended_ones_are_forgotten_in_the_end(me):
    kept, gone = make_draft(me), make_draft(me)
    for draft in (kept, gone):
        actions.discard_draft(draft)
    Draft.objects.filter(pk=gone.pk).update(ended_at=timezone.now() - timedelta(days=15))
    make_draft(me)
    assert actions.forget_ended() == 1
    assert Draft.objects.filter(pk=kept.pk).exists()


def test_as_many_queries_for_thirty_as_for_one(client, me):
    counts = []
    for more in (1, 29):
        for at in range(more):
            make_draft(me, f"ร่าง {at}")
        actions.discard_draft(make_draft(me, "ทิ้ง"))
        client.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).content.decode().count("ร่าง ") >= more
        counts.append(len(queries))
    assert counts[0] == counts[1]


# Changes and replies


def test_a_change_is_kept_beside_what_stands(client, me):
    post = make_post("เดิม", by=me, text="เดิม")
    url, key = reverse("posts:post_edit", args=[post.pk]), new_key()
    answer = client.post(SAVE, {"draft": key, "kind": "story", "post": post.pk, "title": "ใหม่", "text": "ใหม่กว่า"})
    assert answer.json()["url"] == f"{url}?draft={key}"
    assert client.get(answer.json()["url"]).context["form"].initial["text"] == "ใหม่กว่า"
    post.refresh_from_db()
    assert post.text == "เดิม"
    client.post(url, {"draft": key, "title": "ใหม่", "text": "ใหม่สุด"})
    post.refresh_from_db()
    assert post.text == "ใหม่สุด"
    assert not Draft.objects.visible_to(me).exists()


def test_nobody_keeps_a_change_of_what_is_not_theirs(client, me):
    theirs = make_post()
    hidden = make_post(by=(host := make_person()), communities=[make_community(audience=Audience.MEMBERS, by=host)])
    for field, post, status in (("post", theirs, 403), ("post", hidden, 404), ("parent", hidden, 404)):
        sent = {"draft": new_key(), "kind": "story", "text": "x", field: post.pk}
        assert client.post(SAVE, sent).status_code == status
    assert not Draft.objects.exists()


def test_a_reply_is_kept_too(client, me):
    parent = make_reply(make_post())
    answer = client.post(SAVE, {"draft": new_key(), "kind": "comment", "parent": parent.pk, "text": "เดี๋ยวตอบ"}).json()
    assert answer["url"].startswith(reverse("posts:reply_new", args=[parent.pk]))
    assert "เดี๋ยวตอบ" in client.get(LIST).content.decode()


# Hostile words and files


def test_hostile_words_in_every_field_stay_words(client, me):
    hostile = "\n\n".join([*ATTACKS, "😀\u202e\x00\ufeff", "{{ 7*7 }}{% now 'Y' %}", "%(count)s %s %d"])
    names = ("title", "text", "tags", "later_on", "zone", "new_series", "language", "box_scene", "prompt")
    sent = {**dict.fromkeys(names, hostile), "draft": new_key(), "kind": "story"}
    assert client.post(SAVE, sent).status_code == 200
    look = client.post(reverse("posts:preview"), sent).content.decode()
    pages = [client.get(LIST), client.get(Draft.objects.get().get_absolute_url(), follow=True)]
    assert {page.status_code for page in pages} == {200}
    for shown in (look, *(page.content.decode() for page in pages)):
        assert [attack for attack in ATTACKS if "<" in attack and attack in shown] == []
    assert "javascript:" not in "".join(re.findall(r"<[a-z][^>]*>", look))


def test_files_of_a_draft_are_its_owners_alone(client, me):
    draft = make_draft(me, "มีไฟล์")
    (file,) = attach_to_draft(draft, [shelf.keep(io.BytesIO(make_docx("ลับ")), "ลับ.docx")])
    add = reverse("posts:draft_file_add", args=[draft.key])
    response = client.get(file.get_absolute_url())
    assert b"".join(response)
    assert "ลับ.docx" in client.get(draft.get_absolute_url(), follow=True).content.decode()
    for other in (make_person(), make_person(is_staff=True, is_superuser=True)):
        client.force_login(other)
        assert client.get(file.get_absolute_url()).status_code == 404
        assert client.post(add, {"file": SimpleUploadedFile("x.txt", b"x")}).status_code == 404
    client.force_login(me)
    client.post(JOURNAL, {"draft": draft.key, "text": "มีไฟล์"})
    assert Post.objects.get().files.get() == file


def test_a_chosen_file_stays_with_the_words_when_something_is_missing(client, me):
    key = new_key()
    chosen = SimpleUploadedFile("ขั้นตอน.docx", make_docx("ขั้นตอน"))
    page = client.post(QUESTION, {"draft": key, "title": "", "text": "มีไฟล์", "attached": [chosen]})
    assert page.status_code == 422
    assert "ขั้นตอน.docx" in page.content.decode()
    client.post(QUESTION, {"draft": key, "title": "ได้ชื่อแล้ว", "text": "มีไฟล์"})
    assert [file.name for file in Post.objects.get().files.all()] == ["ขั้นตอน.docx"]


@pytest.mark.parametrize("act", ["keep", "preview"])
def test_a_chosen_file_goes_to_the_draft_by_the_button(client, me, act):
    key, chosen = new_key(), SimpleUploadedFile("ขั้นตอน.docx", make_docx("ขั้นตอน"))
    client.post(STORY, {"draft": key, "title": "", "text": "มีไฟล์", "attached": [chosen], "act": act})
    draft = Draft.objects.get(key=key)
    assert "ขั้นตอน.docx" in client.get(draft.get_absolute_url(), follow=True).content.decode()
    client.post(STORY, {"draft": key, "text": "มีไฟล์", "take_away": [draft.files.get().pk], "act": "keep"})
    assert not draft.files.exists()


def test_no_room_for_one_more_is_said_beside_the_words(client, me, monkeypatch):
    monkeypatch.setattr(actions, "MOST_DRAFTS", 1)
    make_draft(me)
    for sent in ({"act": "keep"}, {"act": "preview"}, {"later_on": "2999-01-01"}):
        page = client.post(STORY, {"draft": new_key(), "title": "หนึ่ง", "text": "คำที่พิมพ์ไว้", **sent})
        assert page.status_code == 422
        assert "คำที่พิมพ์ไว้" in page.content.decode()
        assert 'role="alert"' in page.content.decode()
