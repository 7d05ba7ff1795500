"""Signs and choices on the page: what they find, and what they say."""

import html
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from hypothesis import HealthCheck, given, settings

from lomwong.communities.models import Audience
from lomwong.people.models import Person, Unit
from lomwong.posts.actions import write_post
from lomwong.posts.models import Kind
from lomwong.search.index import catch_up
from lomwong.search.matching import Within
from lomwong.search.narrowing import said
from lomwong.search.tests.asking import VISITOR, found, in_unit, labels, narrowed, notes, page
from lomwong.search.tests.factories import make_circle, make_person, make_reply, make_story
from lomwong.search.tests.test_typed import TYPED
from lomwong.search.typed import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client: Client) -> Person:
    person = make_person("ผู้อ่าน คนเดียว")
    client.force_login(person)
    return person


# Names


def test_an_author_by_first_name_by_both_and_without_quotation_marks() -> None:
    wanna, other, desk = make_person("วรรณา แก้วมณี"), make_person("วรรณา พรหมรักษ์"), make_person("เดชา แก้วมณี")
    first, second, third = (make_story("ลาพักผ่อน", person).number for person in (wanna, other, desk))
    catch_up()
    assert found("ลา author:วรรณา") == {first, second}
    assert found('ลาพักผ่อน ผู้เขียน:"วรรณา แก้วมณี"') == {first}
    assert found("ลาพักผ่อน ผู้เขียน: วรรณา แก้วมณี") == {first}
    assert found("ผู้เขียน:วรรณา แก้วมณี ลาพักผ่อน") == {first}
    assert found("ผู้เขียน:เดชา ลาพักผ่อน") == {third}
    assert narrowed("ผู้เขียน:วรรณา แก้วมณี ลาพักผ่อน").words == "ลาพักผ่อน"


def test_words_behind_a_name_stay_words_where_nobody_is_called_so() -> None:
    make_person("วรรณา ลาภเจริญ")
    assert narrowed("author:วรรณา ลา").words == "ลา"


def test_me() -> None:
    me = make_person("ฉันเอง")
    mine = make_story("ลาพักผ่อน", me).number
    make_story("ลาพักผ่อน")
    catch_up()
    assert found("author:me", me) == found("ผู้เขียน:ฉัน", me) == {mine}


def test_two_authors_are_either_and_a_circle_narrows_them() -> None:
    one, two = make_person("สมหญิง ใจดี"), make_person("สมชาย ใจดี")
    circle = make_circle(name="พัสดุริมเล")
    inside, outside = make_story("ลาพักผ่อน", one, circle).number, make_story("ลาพักผ่อน", two).number
    make_story("ลาพักผ่อน")
    catch_up()
    assert found("ลาพักผ่อน author:สมหญิง author:สมชาย") == {inside, outside}
    assert found("ลาพักผ่อน author:สมหญิง author:สมชาย วง:พัสดุ") == {inside}
    assert found("ลาพักผ่อน author:สมชาย", community=circle.pk) == set()


def test_a_unit_holds_those_below_it() -> None:
    campus = Unit.objects.create(name="วิทยาเขตริมเล", name_en="Rimlay Campus")
    office = Unit.objects.create(name="กองคลัง", parent=campus)
    below, at = make_story("ลาพักผ่อน", in_unit("ก", office)).number, make_story("ลาพักผ่อน", in_unit("ข", campus)).number
    make_story("ลาพักผ่อน", in_unit("ค", None))
    catch_up()
    assert found("ลาพักผ่อน หน่วยงาน:ริมเล") == found('unit:"rimlay campus"') == {below, at}
    assert found("ลาพักผ่อน", unit=office.pk) == {below}
    assert found("unit:ริมเล", VISITOR) == set()


def test_tags_in_any_spelling() -> None:
    by = make_person()
    post = write_post(kind=Kind.STORY, by=by, title="ก", text="ข", tags=["แนวปฏิบัติ"], audience=Audience.ORGANISATION)
    make_story("ข")
    catch_up()
    assert found("ป้าย:แนวปฎิบัติ") == {post.number}


def test_days_of_both_eras() -> None:
    old = make_story("ลาพักผ่อน", at=datetime.fromisoformat("2025-12-31T23:59:00+07:00")).number
    new = make_story("ลาพักผ่อน", at=datetime.fromisoformat("2026-01-01T00:00:00+07:00")).number
    catch_up()
    assert found("ลาพักผ่อน before:2569") == found("ลาพักผ่อน ก่อน:2026-01-01") == found("ปี:2568") == {old}
    assert found("ลาพักผ่อน after:2026") == found("ลาพักผ่อน ตั้งแต่: 1 ม.ค. 2569") == found("", year=2026) == {new}


def test_kinds_and_what_nobody_has_answered() -> None:
    waiting = make_story("ลาอย่างไร", kind=Kind.QUESTION).number
    answered = make_story("ลาอย่างไร", kind=Kind.QUESTION)
    answer = make_reply(answered, "ลาอย่างนี้", kind=Kind.ANSWER).number
    catch_up()
    assert found("ลา is:unanswered") == found("ลา เป็น:รอคำตอบ") == found("ลา", open=1) == {waiting}
    assert found("kind:question") == {waiting, answered.number}
    assert found("ประเภท:คำตอบ") == found("", kind="answer") == {answer}


def test_phrases_and_what_is_left_out() -> None:
    exact = make_story("ยื่นใบลาพักผ่อนข้ามปีไว้แล้ว").number
    make_story("ลาป่วยก็ได้ พักผ่อนก็ดี ข้ามปีไปเลย")
    catch_up()
    assert found('"ลาพักผ่อนข้ามปี"') == found("ข้ามปี -ลาป่วย") == {exact}


# What is said


def test_what_is_not_known_is_said_with_what_is_near() -> None:
    me = make_person("ผู้อ่าน")
    make_person("วรรณา แก้วมณี")
    make_circle(name="พัสดุไม่ค้างปี")
    story = make_story("วรรณี เล่าเรื่องลา").number
    catch_up()
    assert "วรรณา แก้วมณี" in notes("author:วรรณี", me)
    assert "พัสดุไม่ค้างปี" in notes("วง:พัสดุไม่ค่างปี", me)
    assert found("author:วรรณี", me) == {story}, "searched as a word"
    ((_, instead),) = narrowed("ลา author:วรรณี", me).notes[0].instead
    assert labels(instead.text) == ["Written by วรรณา แก้วมณี"]


def test_choices_that_mean_nothing_are_dropped() -> None:
    nonsense = {"kind": "x", "open": "2", "community": "0", "unit": "ก", "year": "9", "author": "9" * 30, "tag": "-1"}
    asked = narrowed("ลา", make_person(), **nonsense)
    assert asked.conditions == []
    assert asked.asked.address == "?q=%E0%B8%A5%E0%B8%B2"


def test_periods_in_the_readers_era() -> None:
    month = read("when:2026-03").signs[0].period
    year = read("when:2026").signs[0].period
    assert month is not None
    assert year is not None
    with translation.override("th"):
        assert [said(month), said(year)] == ["มีนาคม 2569", "ปี 2569"]
    with translation.override("en"):
        assert [said(month), said(year)] == ["March 2026", "Year 2026"]


def test_chips_take_one_thing_out_and_keep_the_rest(client: Client, reader: Person) -> None:
    make_person("วรรณา แก้วมณี")
    shown = page(client, q="ลา author:วรรณา -ป่วย", kind="story", sort="new")
    chips = [
        parse_qs(urlsplit(part.split('"')[0]).query) for part in shown.split('class="chip tall tone u1" href="')[1:4]
    ]
    assert [chip["q"] for chip in chips] == [["ลา -ป่วย"], ["ลา author:วรรณา"], ["ลา author:วรรณา -ป่วย"]]
    assert ["kind" in chip for chip in chips] == [True, True, False]
    assert all(chip["sort"] == ["new"] for chip in chips)


def test_pages_keep_what_was_chosen(client: Client, reader: Person) -> None:
    circle = make_circle(reader)
    for at in range(22):
        make_story(f"ตู้เย็น {at}", reader, circle)
        make_story(f"ตู้เย็น {at}", reader)
    catch_up()
    first = page(client, q="ตู้เย็น", community=circle.pk, sort="new")
    address = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    assert parse_qs(urlsplit(address).query)["community"] == [str(circle.pk)]
    second = html.unescape(client.get(reverse("search:search") + address).content.decode())
    assert second.count('<article class="person">') == 2


def test_newest_first(client: Client, reader: Person) -> None:
    near = make_story("ตู้เย็น ตู้เย็น", title="ตู้เย็น", at=datetime.fromisoformat("2020-01-01T00:00:00+07:00"))
    new = make_story("เรื่องทั่วไปยาวมากที่มีตู้เย็นอยู่ด้วยแค่คำเดียวจากทั้งหมดนี้")
    catch_up()
    by_nearness, by_time = page(client, q="ตู้เย็น"), page(client, q="ตู้เย็น", sort="new")
    assert by_nearness.index(near.get_absolute_url()) < by_nearness.index(new.get_absolute_url())
    assert by_time.index(new.get_absolute_url()) < by_time.index(near.get_absolute_url())


def test_an_empty_page_says_which_condition_empties_it(client: Client, reader: Person) -> None:
    make_person("เดชา เงียบกริบ")
    make_story("ลาพักผ่อน", reader)
    catch_up()
    shown = page(client, q="ลาพักผ่อน author:เดชา", kind="story")
    advice = shown.split('id="advice"')[1].split("</section>")[0]
    assert "เดชา เงียบกริบ" in advice
    assert "เรื่องเล่า" not in advice
    assert reverse("posts:question_new") + "?title=%E0%B8%A5%E0%B8%B2%E0%B8%9E" in shown
    assert reverse("experts:experts") + "?q=" in shown


def test_it_takes_all_of_them_to_be_left_out(client: Client, reader: Person) -> None:
    make_person("เดชา เงียบกริบ")
    make_story("ลาพักผ่อน", reader, kind=Kind.JOURNAL)
    catch_up()
    shown = page(client, q="ลาพักผ่อน author:เดชา", kind="story")
    assert 'href="?q=%E0%B8%A5%E0%B8%B2%E0%B8%9E%E0%B8%B1%E0%B8%81%E0%B8%9C%E0%B9%88%E0%B8%AD%E0%B8%99"' in shown


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TYPED)
def test_any_string_is_a_page(client: Client, text: str) -> None:
    page(client, q=text.encode("utf-8", "replace").decode())  # no address holds half a character


def test_nothing_chosen_is_everything() -> None:
    assert narrowed("ลา").within == Within()
