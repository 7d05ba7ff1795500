"""What lies near a post, and questions like the one that is being written: found, explained, never beyond rights."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lomwong.communities.models import Audience
from lomwong.people.models import Viewer
from lomwong.posts.actions import accept_answer, edit_post
from lomwong.posts.models import Kind, Post
from lomwong.search.index import catch_up
from lomwong.search.nearby import MOST_RELATED, related, similar
from lomwong.search.tests.factories import make_circle, make_person, make_reply, make_story

pytestmark = pytest.mark.django_db

PUMP = "เครื่องสูบน้ำบ่อบำบัดหลังอาคารเรียนรวม"


def numbers(post: Post, viewer: Viewer) -> list[int]:
    return [one.post.number for one in related(post, viewer)]


def asked(title: str, viewer: Viewer) -> list[int]:
    return [one.post.number for one in similar(title, viewer)]


def test_posts_of_any_kind_that_share_words_are_near() -> None:
    viewer = make_person()
    story = make_story(f"ซ่อม{PUMP} ใช้เวลาสองวัน", title="วันที่เครื่องสูบน้ำเสีย")
    question = make_story("", title=f"{PUMP} เสียงดัง", kind=Kind.QUESTION)
    entry = make_story(f"วันนี้เฝ้า{PUMP}", kind=Kind.JOURNAL, title="")
    make_story("เบิกเงินยืมทดรองจ่ายอย่างไร", title="เงินยืม")
    catch_up()
    assert set(numbers(story, viewer)) == {question.number, entry.number}
    assert "เครื่องสูบน้ำ" in "".join(related(story, viewer)[0].shared)


def test_neither_the_post_itself_nor_its_own_thread_is_near() -> None:
    viewer = make_person()
    question = make_story(PUMP, title=PUMP, kind=Kind.QUESTION)
    answer = make_reply(question, PUMP, kind=Kind.ANSWER)
    make_reply(question, PUMP)
    catch_up()
    assert numbers(question, viewer) == []
    assert numbers(answer, viewer) == []


def test_there_are_few_of_them() -> None:
    story, *_ = [make_story(PUMP, title=f"เรื่องที่ {number}") for number in range(8)]
    catch_up()
    assert len(related(story, make_person())) == MOST_RELATED


def test_what_is_said_daily_comes_once() -> None:
    story = make_story(PUMP, title="เครื่องสูบน้ำ")
    for _ in range(3):
        make_story(f"วันนี้เฝ้า{PUMP}", kind=Kind.JOURNAL, title="")
    catch_up()
    assert len(related(story, make_person())) == 1


def test_nothing_closed_is_near() -> None:
    member, outsider = make_person(), make_person()
    closed = make_circle(member)
    story = make_story(PUMP, title="เปิดให้ทุกคน", audience=Audience.PUBLIC)
    inside = make_story(PUMP, title="ในบ้าน")
    secret = make_story(PUMP, member, closed, title="ในวงปิด")
    catch_up()
    assert numbers(story, AnonymousUser()) == []
    assert numbers(story, outsider) == [inside.number]
    assert set(numbers(story, member)) == {inside.number, secret.number}


def test_what_was_closed_since_the_index_knows_is_not_near() -> None:
    author, outsider = make_person(), make_person()
    closed = make_circle(author)
    story, moved = make_story(PUMP, title="ก"), make_story(PUMP, author, title="ข")
    catch_up()
    assert numbers(story, outsider) == [moved.number]
    edit_post(moved, by=author, title="ข", text=PUMP, communities=[closed])
    assert numbers(story, outsider) == []
    assert asked(PUMP, outsider) == [story.number]


def test_a_question_like_it_is_found_while_the_title_is_half_typed() -> None:
    viewer = make_person()
    question = make_story("", title="ตรวจรับงานจ้างที่ส่งไม่ครบ รับบางส่วนได้ไหม", kind=Kind.QUESTION)
    make_story("", title="ขอห้องประชุมวันหยุดได้ไหม", kind=Kind.QUESTION)
    catch_up()
    assert asked("ตรวจรับงานจ้างที่ส่งไม่ครบ ต้อง", viewer) == [question.number]
    assert asked("ตรวจรับงานจ้", viewer) == [question.number]


def test_with_how_it_was_answered() -> None:
    asker, viewer = make_person(), make_person()
    question = make_story("", asker, title="ตรวจรับงานจ้างไม่ครบ", kind=Kind.QUESTION)
    make_reply(question, "ไม่ทราบเลย", kind=Kind.ANSWER)
    accept_answer(make_reply(question, "รับบางส่วนได้ถ้าสัญญาแบ่งงวด", kind=Kind.ANSWER), by=asker)
    make_reply(question, "ขอบคุณ", asker)
    catch_up()
    [near] = similar("ตรวจรับงานจ้าง", viewer)
    assert near.answer == "รับบางส่วนได้ถ้าสัญญาแบ่งงวด"
    assert near.answer_count == 2


@pytest.mark.parametrize("title", ["", " ", "\0", "\ud800", "ได้", "ก" * 5000, "' --", "🙂", "\u200b"])
def test_any_string_may_stand_in_the_title(title: str) -> None:
    make_story("", title="ขอห้องประชุมวันหยุดได้ไหม", kind=Kind.QUESTION)
    catch_up()
    assert asked(title, make_person()) == []


def test_nothing_closed_is_like_it() -> None:
    member, outsider = make_person(), make_person()
    closed = make_circle(member)
    secret = make_story("", member, closed, title="ลาออกยกแผนกทำอย่างไร", kind=Kind.QUESTION)
    accept_answer(make_reply(secret, "ยื่นพร้อมกัน", member, kind=Kind.ANSWER), by=member)
    catch_up()
    assert asked("ลาออกยกแผนก", outsider) == []
    assert asked("ลาออกยกแผนก", AnonymousUser()) == []
    assert asked("ลาออกยกแผนก", member) == [secret.number]


def test_what_is_alike_does_not_tell_which_words_stand_where_one_may_not_read() -> None:
    member, outsider = make_person(), make_person()
    question = make_story("", title="เครื่องพิมพ์ไม่ออก", kind=Kind.QUESTION)
    for _ in range(5):
        make_story("เครื่องพิมพ์")
    catch_up()
    title = "เครื่องพิมพ์กับกุ้งมังกร"
    before = asked(title, outsider)
    for _ in range(40):
        make_story("กุ้งมังกร", member, make_circle(member))
    catch_up()
    assert asked(title, outsider) == before == []
    assert question.number in asked(title, member)


# The pages


def test_what_htmx_gets_is_the_part_and_others_get_a_page(client: Client) -> None:
    story, other = make_story(PUMP, title="ก"), make_story(PUMP, title="<i>ข</i>")
    client.force_login(make_person())
    catch_up()
    address = reverse("search:related", args=[story.number])
    page = client.get(address)
    part = client.get(address, headers={"HX-Request": "true"})
    assert "<html" in page.content.decode()
    assert "<html" not in part.content.decode()
    assert "HX-Request" in part["Vary"]
    for response in (page, part):
        assert f'href="{other.get_absolute_url()}"' in response.content.decode()
        assert "&lt;i&gt;ข&lt;/i&gt;" in response.content.decode()


def test_the_post_page_has_a_way_to_what_is_near(client: Client) -> None:
    story = make_story(PUMP, title="ก")
    client.force_login(make_person())
    shown = client.get(story.get_absolute_url()).content.decode()
    assert f'<a href="{reverse("search:related", args=[story.number])}"' in shown


def test_of_a_closed_post_nothing_is_told(client: Client) -> None:
    secret = make_story(PUMP, make_person(), make_circle(make_person()))
    client.force_login(make_person())
    assert client.get(reverse("search:related", args=[secret.number])).status_code == 404
    assert client.get(reverse("search:related", args=[secret.number + 99])).status_code == 404


def test_the_question_being_written_may_be_looked_up_without_javascript(client: Client) -> None:
    question = make_story("", title="ตรวจรับงานจ้างไม่ครบ", kind=Kind.QUESTION)
    client.force_login(make_person())
    catch_up()
    form = client.get(reverse("posts:question_new")).content.decode()
    assert f'formaction="{reverse("search:similar")}"' in form
    typed = {"title": "ตรวจรับงานจ้าง", "text": "ยาวมาก " * 2000}
    assert question.get_absolute_url() in client.post(reverse("search:similar"), typed).content.decode()
    assert Post.objects.count() == 1


def test_a_part_without_anything_says_so_to_no_one(client: Client) -> None:
    client.force_login(make_person())
    part = client.get(reverse("search:similar"), {"title": "ไม่มีเลย"}, headers={"HX-Request": "true"})
    assert "<section" not in part.content.decode()


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_as_many_queries_for_one_as_for_three(client: Client, headers: dict[str, str]) -> None:
    client.force_login(make_person())
    story = make_story(PUMP, title="ก")

    def add(end: str) -> None:
        asker = make_person()
        question = make_story(
            "", asker, make_circle(asker, audience=Audience.PUBLIC), title=f"{PUMP} {end}", kind=Kind.QUESTION
        )
        accept_answer(make_reply(question, "ได้", kind=Kind.ANSWER), by=asker)

    def costs() -> list[int]:
        catch_up()
        counts = []
        for address in (reverse("search:related", args=[story.number]), f"{reverse('search:similar')}?title={PUMP}"):
            with CaptureQueriesContext(connection) as queries:
                assert PUMP in client.get(address, headers=headers).content.decode().replace("<mark>", "").replace(
                    "</mark>", ""
                )
            counts.append(len(queries))
        return counts

    add("ก")
    costs()
    one = costs()
    add("ข")
    add("ค")
    assert costs() == one


def test_what_is_the_same_said_otherwise_is_near() -> None:
    viewer = make_person()
    question = make_story("ต้องใช้เอกสารอะไร", title="ซ่อม computer ห้องประชุม", kind=Kind.QUESTION)
    make_story("ก", title="เงินยืมทดรอง", kind=Kind.QUESTION)
    catch_up()
    (near,) = similar("คอมพิวเตอร์เสีย", viewer)
    assert near.post.number == question.number
    assert ("computer", True) in near.title
    other = make_story("ลงโปรแกรมใหม่แล้ว", title="คอมพิวเตอร์ช้ามาก")
    catch_up()
    assert numbers(other, viewer) == [question.number]
    assert related(other, viewer)[0].shared == ["computer"]
