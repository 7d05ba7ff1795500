"""Help while writing: mentions, tags, the preview, prompts, two lines in passing."""

import pytest
from django.urls import reverse

from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.people.tests.factories import make_person
from lomwong.posts import actions
from lomwong.posts.compose.mentions import mention_of, with_mentions
from lomwong.posts.models import Kind, Mention, Post
from lomwong.posts.tests.factories import make_post, make_reply

pytestmark = pytest.mark.django_db

STORY, JOURNAL, PREVIEW = reverse("posts:story_new"), reverse("posts:journal_new"), reverse("posts:preview")
PEOPLE, TAGS = reverse("posts:mention_suggest"), reverse("posts:tag_suggest")


@pytest.fixture
def me(client):
    person = make_person("อุไร ศรีสุวรรณ")
    client.force_login(person)
    return person


# Mentions


def test_a_name_behind_an_at_is_a_mention(me):
    wanna = make_person("วรรณา แก้วมณี")
    make_person("วรรณา แก้ว")
    text = with_mentions("ขอบคุณ@วรรณา แก้วมณีมากเลย", me)
    assert text == f"ขอบคุณ[@วรรณา แก้วมณี](person:{wanna.pk})มากเลย"
    assert with_mentions(text, me) == text


@pytest.mark.parametrize(
    "text",
    [
        "@วรรณา",  # a first name could be anybody's
        "@ซ้ำ ชื่อ",  # two colleagues
        "@จากไป แล้ว",  # has left
        "mail@วรรณา แก้วมณี",
        "`@วรรณา แก้วมณี`",
        "```\n@วรรณา แก้วมณี\n```",
        "[@วรรณา แก้วมณี](https://example.org/)",
        "https://example.org/@วรรณา แก้วมณี",
        "@ วรรณา แก้วมณี",
        "@",
        "@@@@",
        "",
    ],
)
def test_what_is_no_mention_stays_as_typed(me, text):
    make_person("วรรณา แก้วมณี")
    make_person("ซ้ำ ชื่อ")
    make_person("ซ้ำ ชื่อ")
    make_person("จากไป แล้ว", is_active=False)
    assert with_mentions(text, me) == text


def test_who_is_named_is_noted_once_and_anew_with_each_change(me):
    wanna, decha = make_person("วรรณา แก้วมณี"), make_person("เดชา พรหมรักษ์")
    post = make_post(by=me, text=f"@วรรณา แก้วมณี {mention_of(wanna)} {mention_of(me)} [@ใคร](person:99999999)")
    assert [mention.person for mention in post.mentions.all()] == [wanna]
    actions.edit_post(post, by=me, text=f"ไม่ใช่ แต่เป็น {mention_of(decha)}", title="x")
    assert [mention.person for mention in post.mentions.all()] == [decha]
    actions.edit_post(post, by=me, text="ไม่มีใคร", title="x")
    assert not Mention.objects.exists()
    reply = make_reply(post, "ถาม @เดชา พรหมรักษ์ ดู", by=me)
    assert [mention.person for mention in reply.mentions.all()] == [decha]
    assert f"(person:{decha.pk})" in Post.objects.get(pk=reply.pk).text


def test_a_mention_leads_to_the_person(client, me):
    wanna = make_person("วรรณา แก้วมณี")
    post = make_post(by=me, text="ถาม @วรรณา แก้วมณี")
    assert wanna.get_absolute_url() in Post.objects.get(pk=post.pk).html


def test_words_without_an_at_cost_nothing(me, django_assert_num_queries):
    with django_assert_num_queries(0):
        with_mentions("ไม่มีใครถูกเอ่ยถึง", me)


def test_colleagues_are_suggested_by_any_part_of_their_name(client, me):
    wanna = make_person("วรรณา แก้วมณี")
    make_person("วรรณา จากไป", is_active=False)
    for words in ("วร", "แก้ว", "วรรณา แ"):
        page = client.get(PEOPLE, {"q": words}).content.decode()
        assert mention_of(wanna) in page
        assert "จากไป" not in page
    for words in ("", "   ", "\x00", "%", "อุไร", "ยาว" * 100):
        assert "role=" not in client.get(PEOPLE, {"q": words}).content.decode()
    client.logout()
    assert client.get(PEOPLE, {"q": "วร"}).status_code == 302


def test_a_name_full_of_marks_is_no_markup(me):
    odd = make_person("[x](javascript:alert) `*_<b>")
    assert mention_of(odd) == f"[@x(javascript:alert) b](person:{odd.pk})"


# Tags


def test_tags_that_begin_so_of_what_one_may_read(client, me):
    make_post(tags=["พัสดุ", "พักร้อน"])
    host = make_person()
    make_post(by=host, communities=[make_community(audience=Audience.MEMBERS, by=host)], tags=["พับลับ"])
    page = client.get(TAGS, {"q": "พั"}).content.decode()
    assert "พัสดุ" in page
    assert "พักร้อน" in page
    assert "พับลับ" not in page
    assert "role=" not in client.get(TAGS, {"q": "  "}).content.decode()


# The preview


def test_the_preview_shows_what_will_be_and_keeps_nothing(client, me):
    wanna = make_person("วรรณา แก้วมณี")
    page = client.post(PREVIEW, {"text": "**หนา** @วรรณา แก้วมณี <script>alert(1)</script>"}).content.decode()
    assert "<strong>หนา</strong>" in page
    assert wanna.get_absolute_url() in page
    assert "<script" not in page
    assert not Post.objects.exists()
    boxes = client.post(PREVIEW, {"prompt": "aar", "box_next": "ทำใหม่"}).content.decode()
    assert "ทำใหม่" in boxes
    assert boxes.count("<h2") == 1


# Prompts


@pytest.mark.parametrize("prompt", ["scene", "aar", "photo", "voice", "nonsense"])
def test_each_prompt_is_a_page(client, me, prompt):
    page = client.get(STORY, {"prompt": prompt})
    assert page.status_code == 200
    assert page.context["form"]["title"]


def test_boxes_become_one_story_and_empty_ones_leave_no_heading(client, me):
    sent = {"prompt": "scene", "title": "ฉากเดียว", "box_scene": "เช้าวันจันทร์", "box_problem": "  ", "box_outcome": "จบดี"}
    client.post(f"{STORY}?prompt=scene", sent)
    post = Post.objects.get()
    assert post.kind == Kind.STORY
    assert post.text.count("## ") == 2
    assert post.text.endswith("จบดี")


def test_empty_boxes_are_no_story_and_keep_the_title(client, me):
    response = client.post(f"{STORY}?prompt=aar", {"prompt": "aar", "title": "ทบทวน", "box_meant": " "})
    assert response.status_code == 422
    assert "ทบทวน" in response.content.decode()
    assert 'name="box_next"' in response.content.decode()


def test_words_in_boxes_come_back_when_the_title_is_too_long(client, me):
    response = client.post(STORY, {"prompt": "scene", "title": "ย" * 301, "box_deed": "ลองโทรไปถาม"})
    assert response.status_code == 422
    assert "ลองโทรไปถาม" in response.content.decode()


def test_speaking_offers_the_phones_recorder(client, me):
    page = client.get(STORY, {"prompt": "voice"}).content.decode()
    assert 'accept="audio/*"' in page
    assert "capture" in page


# Two lines in passing


def test_two_lines_lead_back_to_where_one_was(client, me):
    response = client.post(JOURNAL, {"text": "สองบรรทัด", "next": "/questions/?open=1"})
    assert response["Location"] == "/questions/?open=1"
    assert Post.objects.get().kind == Kind.JOURNAL


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\x00"])
def test_nobody_is_led_elsewhere(client, me, back):
    response = client.post(JOURNAL, {"text": "สองบรรทัด", "next": back})
    assert response["Location"] == Post.objects.get().get_absolute_url()


def test_nothing_typed_in_passing_is_asked_for_on_a_page_that_still_leads_back(client, me):
    page = client.post(JOURNAL, {"text": " ", "next": "/questions/"}).content.decode()
    assert 'name="next" value="/questions/"' in page


def test_from_a_circle_two_lines_go_into_it(client, me):
    circle = make_community(by=me)
    page = client.get(reverse("posts:write"), {"circle": circle.slug}).content.decode()
    assert f'name="communities" value="{circle.pk}"' in page
    closed = make_community(audience=Audience.MEMBERS)
    assert 'name="communities"' not in client.get(reverse("posts:write"), {"circle": closed.slug}).content.decode()
