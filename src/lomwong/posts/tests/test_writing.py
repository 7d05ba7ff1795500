"""The writing pages: every word is kept, whatever is wrong."""

import pytest
from django.urls import reverse

from lomwong.communities import actions as circles
from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.kit.html import LONGEST_TEXT
from lomwong.people.tests.factories import make_person
from lomwong.posts.compose.prompts import PROMPTS
from lomwong.posts.models import Kind, Post
from lomwong.posts.tests.factories import make_answer, make_post, make_question, make_reply

pytestmark = pytest.mark.django_db

STORY, QUESTION, JOURNAL = (reverse(f"posts:{kind}_new") for kind in ("story", "question", "journal"))


@pytest.fixture
def me(client):
    person = make_person()
    client.force_login(person)
    return person


# Write


def test_write_a_story(client, me):
    mine, other = make_community(by=me), make_community(by=me)
    response = client.post(
        STORY,
        {
            "title": "  สลับเอกสาร  แค่ใบเดียว ",
            "text": "ตอนแรก\r\nตอนหลัง",
            "communities": [mine.pk],
            "tags": "เงินยืม, ตรวจรับ,, เงินยืม #พัสดุ C#",
        },
    )
    post = Post.objects.get()
    assert response["Location"] == post.get_absolute_url()
    assert (post.kind, post.title, post.text) == (Kind.STORY, "สลับเอกสาร แค่ใบเดียว", "ตอนแรก\nตอนหลัง")
    assert list(post.communities.all()) == [mine]
    assert other.placements.count() == 0
    assert {tag.name for tag in post.tags.all()} == {"เงินยืม", "ตรวจรับ", "พัสดุ C#"}


def test_two_lines_from_the_home_page_need_nothing_else(client, me):
    make_community(by=me)
    client.post(JOURNAL, {"text": "วันนี้เปิดห้องสมุดเร็วขึ้น"})
    post = Post.objects.get()
    assert (post.kind, post.title, post.audience) == (Kind.JOURNAL, "", Audience.ORGANISATION)
    assert not post.communities.exists()


def test_a_question_may_be_one_line(client, me):
    client.post(QUESTION, {"title": "ยืมข้ามคณะได้ไหม", "audience": "public"})
    post = Post.objects.get()
    assert (post.kind, post.text, post.audience) == (Kind.QUESTION, "", Audience.PUBLIC)
    assert client.get(post.get_absolute_url()).status_code == 200


def test_from_a_circle_its_box_is_ticked_and_a_title_comes_along(client, me):
    here = make_community(by=me)
    make_community(by=me)
    form = client.get(QUESTION, {"circle": here.slug, "title": "ที่พิมพ์ค้นหา"}).context["form"]
    assert list(form["communities"].initial) == [here]
    assert form["title"].initial == "ที่พิมพ์ค้นหา"
    page = client.get(reverse("posts:write"), {"circle": here.slug}).content.decode()
    assert page.count("/new/?circle=") == 3 + len(PROMPTS)  # two lines with a picture, a question, a story


def test_nobody_writes_into_a_circle_without_a_seat(client, me):
    closed = make_community("วงที่ไม่มีที่นั่ง", audience=Audience.MEMBERS)
    mine = make_community(by=me)
    circles.ask_to_sit(closed, person=me)
    response = client.post(JOURNAL, {"text": "แอบเขียน", "communities": [closed.pk, mine.pk]})
    assert response.status_code == 422
    assert "แอบเขียน" in response.content.decode()
    assert "วงที่ไม่มีที่นั่ง" not in client.get(JOURNAL).content.decode()
    assert not Post.objects.exists()


@pytest.mark.parametrize("url", [STORY, QUESTION, JOURNAL, reverse("posts:write")])
def test_visitors_are_led_to_the_door_and_back(client, url):
    response = client.get(url)
    assert response["Location"].startswith("/accounts/login/?next=")


KEPT = {"title": "ชื่อที่พิมพ์", "text": "เรื่องที่พิมพ์ไว้ยาวมาก", "tags": "ป้ายที่พิมพ์", "audience": "public"}


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        (STORY, {"title": "ย" * 301}),
        (STORY, {"text": ""}),
        (STORY, {"text": " \n\t "}),
        (STORY, {"text": "\u200b\ufeff"}),
        (STORY, {"text": "ก\x00ข"}),
        (STORY, {"text": "ย" * (LONGEST_TEXT + 1)}),
        (STORY, {"tags": ", ".join(f"ป้าย{number}" for number in range(11))}),
        (STORY, {"tags": "ป้ายยาว" * 12}),
        (STORY, {"audience": "members"}),
        (STORY, {"communities": ["999999"]}),
        (QUESTION, {"title": ""}),
        (QUESTION, {"title": "\u200b \u2060"}),
        (QUESTION, {"title": "ย" * 301}),
        (JOURNAL, {"text": ""}),
        (JOURNAL, {"text": "ย" * (LONGEST_TEXT + 1)}),
    ],
)
def test_a_faulty_form_comes_back_with_every_word(client, me, url, fault):
    make_community(by=me)
    given = {**KEPT, **fault}
    response = client.post(url, given)
    assert response.status_code == 422
    page = response.content.decode()
    fields = response.context["form"].fields
    for name, words in given.items():
        if name in fields and isinstance(words, str):
            assert words.strip(" \n\t") in page, name
    assert 'role="alert"' in page
    assert not Post.objects.exists()


def test_the_longest_text_goes_in(client, me):
    thai = "ก" * LONGEST_TEXT
    assert client.post(JOURNAL, {"text": thai}).status_code == 302
    assert Post.objects.get().text == thai


def test_the_browser_is_not_told_to_cut(client, me):
    page = client.get(STORY).content.decode()
    textarea = page[page.index("<textarea") :].split(">")[0]
    assert "maxlength" not in textarea


def test_what_is_too_big_for_any_form_gets_a_plain_word(client, me):
    response = client.post(JOURNAL, {"text": "ก" * 1_000_000})
    assert response.status_code == 400
    assert "แบ่งเป็นสองเรื่อง" in response.content.decode()


# Reply


def test_answer_and_comment(client, me):
    question = make_question()
    reply = reverse("posts:reply_new", args=[question.pk])
    client.post(reply, {"kind": "answer", "text": "ทำแบบนี้"})
    answer = Post.objects.get(kind=Kind.ANSWER)
    client.post(reverse("posts:reply_new", args=[answer.pk]), {"kind": "answer", "text": "ขอบคุณ"})
    comment = Post.objects.get(kind=Kind.COMMENT)
    response = client.post(reverse("posts:reply_new", args=[comment.pk]), {"text": "ยินดี"})
    deep = Post.objects.latest("number")
    assert (answer.parent, comment.parent, deep.parent) == (question, answer, comment)
    assert {post.root for post in (answer, comment, deep)} == {question}
    assert response["Location"] == f"{question.get_absolute_url()}#p{deep.pk}"


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "ย" * (LONGEST_TEXT + 1)])
def test_a_faulty_reply_comes_back_with_every_word_and_what_it_answers(client, me, text):
    parent = make_question("คำถามเดิม")
    response = client.post(reverse("posts:reply_new", args=[parent.pk]), {"kind": "answer", "text": text})
    assert response.status_code == 422
    page = response.content.decode()
    assert "คำถามเดิม" in page
    assert text.strip() in page
    assert 'name="kind" value="answer"' in page
    assert not parent.thread.exists()


def test_a_reply_page_for_words_without_author(client, me):
    gone = make_person()
    post = make_post(kind=Kind.JOURNAL, by=gone, text="---")
    gone.delete()
    assert client.get(reverse("posts:reply_new", args=[post.pk])).status_code == 200


# Edit


def test_edit_a_story_everywhere(client, me):
    old, new = make_community(by=me), make_community(by=me)
    post = make_post("ก่อน", by=me, text="ก่อน", communities=[old], tags=["ก่อน"])
    url = reverse("posts:post_edit", args=[post.pk])
    form = client.get(url).context["form"]
    assert (form["title"].initial, form["text"].initial, form["tags"].initial) == ("ก่อน", "ก่อน", "ก่อน")
    response = client.post(url, {"title": "หลัง", "text": "หลัง", "tags": "หลัง", "communities": [new.pk]})
    assert response["Location"] == post.get_absolute_url()
    post = Post.objects.get(pk=post.pk)
    assert (post.title, post.text, [tag.name for tag in post.tags.all()]) == ("หลัง", "หลัง", ["หลัง"])
    assert list(post.communities.all()) == [new]


def test_edit_a_reply(client, me):
    reply = make_reply(make_post(), by=me)
    response = client.post(reverse("posts:post_edit", args=[reply.pk]), {"text": "ใหม่"})
    assert response["Location"].endswith(f"#p{reply.pk}")
    reply.refresh_from_db()
    assert reply.text == "ใหม่"
    assert reply.edited_at


def test_editing_keeps_it_in_a_circle_where_i_no_longer_sit(client, me):
    left, staying = make_community(audience=Audience.MEMBERS, people=[me]), make_community(by=me)
    post = make_post(by=me, communities=[left])
    circles.get_up(left, person=me)
    url = reverse("posts:post_edit", args=[post.pk])
    assert client.post(url, {"title": "x", "text": "y"}).status_code == 302
    assert list(post.communities.all()) == [left]
    client.post(url, {"title": "x", "text": "y", "communities": [staying.pk]})
    assert set(post.communities.all()) == {left, staying}


def test_out_of_its_circles_it_goes_where_the_form_says(client, me):
    mine = make_community(by=me, audience=Audience.MEMBERS)
    post = make_post(by=me, communities=[mine])
    url = reverse("posts:post_edit", args=[post.pk])
    assert client.get(url).context["form"]["audience"].initial == Audience.ORGANISATION
    client.post(url, {"title": "x", "text": "y", "audience": "public"})
    post.refresh_from_db()
    assert (post.audience, list(post.communities.all())) == (Audience.PUBLIC, [])


def test_others_words_are_not_taken_out_of_the_circle(client, me):
    inner, outer = make_community(by=me, audience=Audience.MEMBERS), make_community(by=me)
    post = make_post(by=me, communities=[inner])
    circles.sit_down(inner, person=(colleague := make_person()))
    make_reply(post, by=colleague)
    url = reverse("posts:post_edit", args=[post.pk])
    for place in ({}, {"communities": [outer.pk]}, {"communities": [inner.pk, outer.pk]}):
        response = client.post(url, {"title": "ชื่อใหม่", "text": "คำใหม่", **place})
        assert response.status_code == 422
        assert "คำใหม่" in response.content.decode()
    assert list(post.communities.all()) == [inner]
    assert client.post(url, {"title": "x", "text": "y", "communities": [inner.pk]}).status_code == 302


def test_what_others_wrote_or_what_was_imported_is_not_mine_to_edit(client, me):
    imported = make_post(by=me)
    Post.objects.filter(pk=imported.pk).update(source="mail", source_id="<1@x>")
    for post in (imported, make_post(), make_reply(make_post())):
        url = reverse("posts:post_edit", args=[post.pk])
        assert client.get(url).status_code == 403
        assert client.post(url, {"title": "x", "text": "y"}).status_code == 403
        assert url not in client.get(post.get_absolute_url(), follow=True).content.decode()


# Accept


def test_accept_and_take_back(client, me):
    question = make_question(by=me)
    answer = make_answer(question)
    url = reverse("posts:answer_accept", args=[answer.pk])
    for works, expected in (("1", answer), ("1", answer), ("0", None), ("0", None)):
        response = client.post(url, {"works": works})
        assert response["Location"] == answer.get_absolute_url()
        question.refresh_from_db()
        assert question.accepted_answer == expected


def test_only_the_asker_accepts_and_only_answers(client, me):
    theirs = make_answer(make_question())
    mine = make_question(by=me)
    comment = make_reply(mine)
    for post in (theirs, comment, mine, make_post(by=me)):
        assert client.post(reverse("posts:answer_accept", args=[post.pk])).status_code == 403
    assert client.get(reverse("posts:answer_accept", args=[theirs.pk])).status_code == 405


def test_ones_own_reply_is_no_way_back_into_a_closed_circle(client, me):
    host = make_person()
    circle = make_community(audience=Audience.MEMBERS, by=host, people=[me])
    mine = make_reply(make_post(by=host, communities=[circle]), by=me)
    circles.get_up(circle, person=me)
    url = reverse("posts:reply_new", args=[mine.pk])
    assert client.get(url).status_code == 403
    assert client.post(url, {"text": "ขอแทรกหน่อย"}).status_code == 403
    assert not Post.objects.filter(parent=mine).exists()
