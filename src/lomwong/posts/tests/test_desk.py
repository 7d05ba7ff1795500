"""The writing pages: the words first, all else on one line; nothing to write in for who only reads for a time."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lomwong.communities.tests.factories import make_community
from lomwong.people.actions import suspend
from lomwong.people.tests.factories import make_person
from lomwong.posts.models import Draft, Post, Series
from lomwong.posts.tests.factories import make_draft, make_post, make_question, make_reply

pytestmark = pytest.mark.django_db
STORY, JOURNAL, QUESTION = (reverse(f"posts:{kind}_new") for kind in ("story", "journal", "question"))
HANDLES = re.compile(r'<div class="handles">.*?</details>\s*</div>', re.DOTALL)
SHEET = re.compile(r'<div class="desk">.*?<div class="handles">', re.DOTALL)
OPEN = re.compile(r'<details class="handle" open>')


@pytest.fixture
def me(client):
    person = make_person("อุไร ศรีสุวรรณ")
    client.force_login(person)
    return person


def page(client, url: str) -> str:
    return client.get(url).content.decode()


# One line below the words


@pytest.mark.parametrize("url", [STORY, JOURNAL, QUESTION, f"{STORY}?prompt=scene", f"{STORY}?prompt=photo"])
def test_the_words_lie_on_the_sheet_and_all_else_is_folded(client, me, url):
    make_community("วงพัสดุ", by=me)
    html = page(client, url)
    sheet, line = SHEET.search(html)[0], HANDLES.search(html)[0]
    assert 'name="attached"' in sheet
    for name in ("communities", "audience", "tags", "licence", "later_on"):
        assert f'name="{name}"' in line
        assert f'name="{name}"' not in sheet
        assert len(re.findall(rf'<(?:input|select)[^>]* name="{name}"', html)) == (2 if name == "audience" else 1)
    assert not OPEN.search(line)
    assert html.index('class="handles"') < html.index('class="btn main big"')


def test_the_handle_says_where_it_goes(client, me):
    circle, other = make_community("วงพัสดุไม่ค้างปี", by=me), make_community("วงเปลี่ยนหลอดไฟ", by=me)
    assert "ทุกคนในมหาวิทยาลัย</b>" in page(client, STORY)
    assert "วงพัสดุไม่ค้างปี</b>" in page(client, f"{STORY}?circle={circle.slug}")
    sent = {
        "title": "ย" * 301,
        "text": "ก",
        "communities": [circle.pk, other.pk],
        "audience": "public",
        "tags": "หลอดไฟ",
    }
    html = client.post(STORY, sent).content.decode()
    assert re.search(r'data-holds="place">วง\S+ และ วง\S+</b>', html)
    assert "หลอดไฟ</span></summary>" in html
    html = client.post(STORY, {"title": "ย" * 301, "text": "ก", "audience": "public"}).content.decode()
    assert "ใครก็ได้ ไม่ต้องเข้าระบบ</b>" in html


@pytest.mark.parametrize(
    "fault",
    [{"tags": "ย" * 200}, {"audience": "ผิด"}, {"later_at": "99:99"}, {"licence": "ผิด"}, {"new_blog": "ย" * 200}],
)
def test_what_is_wrong_stands_open(client, me, fault):
    answer = client.post(STORY, {"title": "ชื่อ", "text": "เนื้อ", **fault})
    assert answer.status_code == 422
    line = HANDLES.search(answer.content.decode())[0]
    assert len(OPEN.findall(line)) == 1
    assert 'class="error"' in OPEN.split(line)[1]


def test_a_series_that_was_asked_for_is_seen(client, me):
    series = Series.objects.create(owner=me, name="หลอดไฟ", created_at=timezone.now())
    assert OPEN.search(HANDLES.search(page(client, f"{STORY}?series={series.pk}"))[0])


def test_whoever_writes_along_finds_only_what_is_theirs_to_change(client, me):
    post = make_post("เรื่อง", by=make_person())
    post.authorships.create(person=me, invited_at=timezone.now(), accepted_at=timezone.now())
    html = page(client, reverse("posts:post_edit", args=[post.number]))
    assert 'name="tags"' in html
    assert 'name="audience"' not in html
    assert 'name="licence"' not in html


# A story needs no name


def test_a_story_without_a_name_is_called_by_its_first_words(client, me):
    answer = client.post(STORY, {"text": "เปลี่ยนหลอดไฟทั้งชั้นในวันเดียว\n\nแล้วก็มืดอีก", "audience": "organisation"})
    post = Post.objects.get()
    assert answer["Location"] == post.get_absolute_url()
    assert post.label.startswith("เปลี่ยนหลอดไฟทั้งชั้น")
    assert "เปลี่ยนหลอดไฟทั้งชั้น" in page(client, post.get_absolute_url())
    assert "เปลี่ยนหลอดไฟทั้งชั้น" in page(client, reverse("posts:yard"))


def test_the_preview_has_the_name_too(client, me):
    answer = client.post(reverse("posts:preview"), {"title": "หลอดไฟ <3", "text": "เนื้อ"}).content.decode()
    assert "<h2>หลอดไฟ &lt;3</h2>" in answer
    draft = make_draft(me, "เนื้อ", title="หลอดไฟในร่าง")
    looked = page(client, f"{STORY}?draft={draft.key}&preview=1")
    assert re.search(r"data-look>.*<h2>หลอดไฟในร่าง</h2>", looked, re.DOTALL)
    assert "<h2>หลอดไฟในร่าง</h2>" not in page(client, f"{STORY}?draft={draft.key}")


# Two lines, once


@pytest.mark.parametrize("url", [reverse("posts:yard"), "/", "/questions/"])
def test_two_lines_sent_twice_are_posted_once(client, me, url):
    keys = re.findall(r'name="draft" value="(\w{22})"', page(client, url))
    assert keys
    for key in keys:
        sent = {"text": f"สองบรรทัด {key}", "draft": key, "next": url}
        assert client.post(JOURNAL, sent)["Location"] == url
        assert client.post(JOURNAL, sent)["Location"] == url
    assert Post.objects.count() == len(keys)
    assert len(set(keys)) == len(keys)
    assert not set(keys) & set(re.findall(r'name="draft" value="(\w{22})"', page(client, url)))


# Who only reads for a time


@pytest.fixture
def resting(client, me):
    suspend(me, by=make_person(is_staff=True), reason="ด่ากัน", ends_at=timezone.now() + timedelta(days=3))
    return me


def test_there_is_nothing_to_write_in_but_an_end(client, resting):
    story, question = make_post("เรื่องของคนอื่น"), make_question("คำถามของคนอื่น")
    reply = make_reply(story, "ความเห็นของคนอื่น", by=make_person())
    own = make_post("เรื่องของตัวเอง", by=resting)
    pages = [STORY, JOURNAL, QUESTION, reverse("posts:write"), reverse("posts:yard"), "/", story.get_absolute_url()]
    pages += [question.get_absolute_url(), reverse("posts:post_edit", args=[own.number])]
    pages += [reverse("posts:reply_new", args=[number]) for number in (story.number, reply.number)]
    for url in pages:
        answer = client.get(url)
        html = answer.content.decode()
        assert answer.status_code == 200, url
        assert html.count("พ้นวันนั้นก็เขียนได้เหมือนเดิม") == 1, url  # said once, on top of every page
        assert "<textarea" not in html, url
    box = client.get(reverse("posts:reply_new", args=[reply.number]), headers={"HX-Request": "true"}).content.decode()
    assert "<textarea" not in box
    assert reverse("posts:drafts") in box
    assert "/flower/" not in page(client, story.get_absolute_url())


def test_what_they_had_begun_can_be_read_and_nothing_can_be_sent(client, resting):
    draft = make_draft(resting, "คำที่เริ่มไว้", title="ชื่อร่าง")
    html = page(client, f"{STORY}?draft={draft.key}")
    assert "คำที่เริ่มไว้" in html
    assert "ชื่อร่าง" in html
    story = make_post()
    for url in (STORY, JOURNAL, reverse("posts:reply_new", args=[story.number])):
        assert client.post(url, {"text": "ก", "title": "ข", "audience": "organisation"}).status_code == 403
    assert Post.objects.count() == 1
    assert Draft.objects.open().count() == 1


def test_a_closed_talk_stays_closed_for_those_who_may_write(client, me):
    locked = make_post("คุยจบแล้ว")
    Post.objects.filter(pk=locked.number).update(is_locked=True)
    assert client.get(reverse("posts:reply_new", args=[locked.number])).status_code == 403


def test_nobody_reads_by_a_reply_page_what_is_not_theirs_to_read(client, resting):
    shut = make_post("ในวงปิด", communities=[make_community("วงปิด", audience="members")])
    assert client.get(reverse("posts:reply_new", args=[shut.number])).status_code == 404


def test_who_only_reads_for_a_time_is_told_so_once(client, me):
    suspend(me, by=make_person(is_staff=True), reason="ด่ากัน", ends_at=timezone.now() + timedelta(days=3))
    question = make_question(by=make_person())
    for path in (question.get_absolute_url(), "/", reverse("posts:write"), reverse("posts:question_new")):
        html = client.get(path, HTTP_ACCEPT_LANGUAGE="en").content.decode()
        assert html.count("you read here and do not write") + html.count("You read here and do not write") == 1, path
