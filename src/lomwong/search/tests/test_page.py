"""The page: what it shows to whom, and that it costs the same however much it shows."""

from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lomwong.communities.models import Audience
from lomwong.people.models import Person
from lomwong.posts.models import File, Kind, Post, Reading
from lomwong.search.index import catch_up
from lomwong.search.queries import Hit, search
from lomwong.search.showing import communities_named, found_posts, people_named, text_of
from lomwong.search.tests.factories import make_circle, make_person, make_reply, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client: Client) -> Person:
    person = make_person("ผู้อ่าน คนเดียว")
    client.force_login(person)
    return person


def page(client: Client, **asked: str) -> str:
    response = client.get(reverse("search:search"), asked)
    assert response.status_code == 200
    return response.content.decode()


def test_hits_are_marked_and_linked(client: Client, reader: Person) -> None:
    question = make_story("ใครเคยย้ายบ้าง", title="ย้ายทะเบียนครุภัณฑ์", kind=Kind.QUESTION)
    answer = make_reply(question, "เราย้ายทะเบียนเล่มเก่าเป็นตาราง", kind=Kind.ANSWER)
    catch_up()
    shown = page(client, q="ทะเบียน")
    assert "<mark>ทะเบียน</mark>" in shown
    assert question.get_absolute_url() in shown
    assert answer.get_absolute_url() in shown
    assert 'value="ทะเบียน"' in shown


def test_nothing_found_leads_to_asking(client: Client, reader: Person) -> None:
    shown = page(client, q='กล่อง "ดำ" & <b>')
    ask = reverse("posts:question_new") + "?title=%E0%B8%81%E0%B8%A5%E0%B9%88%E0%B8%AD%E0%B8%87"
    assert ask in shown
    assert "<b>" not in shown.split("<main")[1].split("<mark>")[0].replace('<b class="', "")


def test_without_words_it_says_what_to_do(client: Client) -> None:
    assert "<article" not in page(client)
    assert "<article" not in page(client, q="  ")


def test_a_kind_keeps_the_words_and_leaves_names_out(client: Client, reader: Person) -> None:
    make_person("สมหญิง ใจดี")
    story = make_story("สมหญิงเล่าไว้")
    question = make_story("สมหญิงถาม", kind=Kind.QUESTION)
    catch_up()
    everything = page(client, q="สมหญิง")
    assert "ใจดี" in everything
    only_questions = page(client, q="สมหญิง", kind="question")
    assert question.get_absolute_url() in only_questions
    assert story.get_absolute_url() not in only_questions
    assert "ใจดี" not in only_questions
    assert story.get_absolute_url() in page(client, q="สมหญิง", kind="nonsense")


def test_further_down(client: Client, reader: Person) -> None:
    stories = [make_story(f"ตู้เย็นห้องแล็บ {at}") for at in range(25)]
    catch_up()
    results = search("ตู้เย็น", viewer=reader)
    first, second = page(client, q="ตู้เย็น"), page(client, q="ตู้เย็น", after=results.further)
    assert "after=" in first
    assert 'rel="next"' not in second
    links = [story.get_absolute_url() for story in stories]
    assert sum(f'"{link}"' in first for link in links) == 20
    assert sum(f'"{link}"' in second for link in links) == 5
    assert all((f'"{link}"' in first) != (f'"{link}"' in second) for link in links)


def test_visitors_see_open_things_only(client: Client) -> None:
    make_person("สมหญิง ใจดี")
    make_circle(name="วงสมหญิง")
    inside = make_story("สมหญิงเล่าไว้", title="เรื่องข้างใน")
    opened = make_story("สมหญิงเล่าไว้", title="เรื่องข้างนอก", audience=Audience.PUBLIC)
    catch_up()
    shown = page(client, q="สมหญิง")
    assert opened.get_absolute_url() in shown
    assert inside.get_absolute_url() not in shown
    assert "ข้างใน" not in shown
    assert "ใจดี" not in shown
    assert "วงสมหญิง" not in shown


def test_names_of_closed_circles_stay_inside_the_house(client: Client) -> None:
    closed, opened = make_circle(name="วงลับ"), make_circle(name="วงเปิด", audience=Audience.PUBLIC)
    story = make_story("ถังดับเพลิง", make_person(), closed, opened)
    catch_up()
    assert "วงลับ" not in page(client, q="ถังดับเพลิง")
    assert story.get_absolute_url() in page(client, q="ถังดับเพลิง")
    client.force_login(make_person())
    assert "วงลับ" in page(client, q="ถังดับเพลิง")


def test_the_number_of_queries_does_not_grow(client: Client, reader: Person) -> None:
    circle = make_circle(reader)

    def cost() -> int:
        catch_up()
        page(client, q="เครื่องถ่ายเอกสาร")  # which reads the names of those who came since
        with CaptureQueriesContext(connection) as queries:
            page(client, q="เครื่องถ่ายเอกสาร")
        return len(queries)

    def write() -> None:
        make_reply(make_story("เครื่องถ่ายเอกสาร", make_person(), circle), "เครื่องถ่ายเอกสาร")

    write()
    few = cost()
    for _ in range(15):
        write()
    assert cost() == few


def test_markup_of_a_post_never_reaches_the_page(client: Client, reader: Person) -> None:
    make_story("ข้อความ <script>alert(1)</script> &lt;img&gt; สคริปต์", title="<i>เอียง</i> สคริปต์")
    catch_up()
    shown = page(client, q="สคริปต์ script img")
    assert "<script>alert" not in shown
    assert "<i>เอียง" not in shown
    assert "<img>" not in shown


def test_an_unfinished_index_is_admitted(client: Client, reader: Person) -> None:
    story = make_story("ประตูรั้ว")
    shown = page(client, q="ประตู")
    assert story.get_absolute_url() in shown
    assert "i-clock" in shown


@pytest.mark.parametrize("name", ["ปฎิบัติ", "ปฏิบัติ"])
def test_circles_are_found_in_either_spelling(name: str) -> None:
    circle = make_circle(name=f"แนว{name}การเงิน")
    assert communities_named("ปฏิบัติ", make_person()) == [circle]
    assert communities_named("ปฎิบัติ การเงิน", make_person()) == [circle]
    assert communities_named("ปฏิบัติ พัสดุ", make_person()) == []


def test_people_are_found_by_every_part_of_what_was_typed() -> None:
    person = make_person("วรรณา แก้วมณี")
    other = make_person("วรรณา พรหมรักษ์")
    me = make_person("ก")
    assert set(people_named("วรรณา", me)) == {person, other}
    assert people_named("แก้ว วรรณา", me) == [person]
    assert people_named("ว", me) == []
    assert people_named("%", me) == []
    assert people_named("วรรณา" * 100, me) == []


def test_a_short_part_of_a_name_stands_where_a_name_begins() -> None:
    inside, begun = make_person("ดอเลาะ ยูโซ๊ะ"), make_person("สมาน ลาเต๊ะ")
    make_person("นพดล พลายแก้ว")
    assert people_named("ลา", make_person("ก")) == [begun]
    assert people_named("อเลาะ", make_person("ข")) == [inside]


@pytest.mark.parametrize("spoken", ["พี่อุไร", "คุณ อุไร", "อ.อุไร", "รศ.ดร.อุไร ศรีสุวรรณ"])
def test_people_are_found_as_one_speaks_of_them(spoken: str) -> None:
    person = make_person("อุไร ศรีสุวรรณ")
    make_person("พี่เลี้ยง ใจดี")
    assert people_named(spoken, make_person("ก")) == [person]


def test_a_short_entry_is_not_said_twice() -> None:
    journal = make_story("วันนี้ฝนตก", title="", kind=Kind.JOURNAL, audience=Audience.PUBLIC)
    catch_up()
    viewer = AnonymousUser()
    (found,) = found_posts(search("ฝน", viewer=viewer).hits, "ฝน", viewer)
    assert found.post.number == journal.number
    assert text_of(found.title) == "วันนี้ฝนตก"
    assert found.passage == []


def attach(post: Post, words: str) -> File:
    return File.objects.create(
        post=post,
        name="ระเบียบการลา.pdf",
        media_type="application/pdf",
        size=1,
        sha256="0" * 64,
        attached_at=timezone.now(),
        words_text=words,
        reading=Reading.DONE,
    )


def test_a_hit_inside_a_file_says_in_which(client: Client, reader: Person) -> None:
    attached = attach(make_story("แนบระเบียบไว้ให้แล้ว"), "หมวดหนึ่ง\nการลากิจให้ยื่นล่วงหน้า")
    secret = attach(make_story("ข้างใน", make_person(), make_circle()), "การลากิจลับ")
    catch_up()
    shown = page(client, q="ลากิจ")
    assert "<mark>ลากิจ</mark>" in shown
    assert attached.name in shown
    assert attached.get_absolute_url() in shown
    assert secret.get_absolute_url() not in shown
    assert "ลับ" not in shown


def test_a_file_is_not_named_where_the_words_stand_in_the_post(client: Client, reader: Person) -> None:
    attach(make_story("เรื่องลากิจ"), "การลากิจให้ยื่นล่วงหน้า")
    catch_up()
    assert "ระเบียบการลา.pdf" not in page(client, q="ลากิจ")


def test_other_ways_to_say_it_and_the_words_of_phrases_are_marked(client: Client, reader: Person) -> None:
    story = make_story("นัดแลกเปลี่ยนเรียนรู้กันวันศุกร์")
    catch_up()
    (found,) = found_posts([Hit(story.number, 1.0)], "ลปรร", reader)
    assert ("แลกเปลี่ยนเรียนรู้", True) in found.passage
    assert "<mark>แลกเปลี่ยนเรียนรู้</mark>" in page(client, q='"แลกเปลี่ยนเรียนรู้"')


def test_a_hit_by_a_part_of_another_way_to_say_it_is_marked(client: Client, reader: Person) -> None:
    make_story("อัตราแลกเปลี่ยนวันตัดบัตร")
    make_story("จัดประชุมต้องทำจัดซื้อก่อนไหม แล้วค่าจ้างล่ะ")
    catch_up()
    assert "<mark>แลกเปลี่ยน</mark>" in page(client, q="ลปรร")
    assert "<mark>จ้าง</mark>" in page(client, q="จัดซื้อจัดจ้าง")


def test_a_word_spelt_wrong_is_marked_as_it_is_spelt(client: Client, reader: Person) -> None:
    for at in range(3):
        make_story(f"ตรวจนับครุภัณฑ์ห้อง {at}")
    catch_up()
    shown = page(client, q="ครุพัณฑ์")
    assert "<mark>ครุภัณฑ์</mark>" in shown
    assert f'href="?{urlencode({"q": "ครุภัณฑ์"})}"' in shown


def test_the_other_keyboard_layout_is_said_and_can_be_taken_back(client: Client, reader: Person) -> None:
    story = make_story("สวัสดีเพื่อนร่วมงาน")
    catch_up()
    shown = page(client, q="l;ylfu")
    assert "<b>สวัสดี</b>" in shown
    assert story.get_absolute_url() in shown
    assert "literal=1" in shown
    assert story.get_absolute_url() not in page(client, q="l;ylfu", literal="1")
