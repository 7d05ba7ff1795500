"""Suggestions: what is offered for what was typed, in which order, and never anything that the viewer may not read."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lomwong.communities.actions import change_community, get_up, sit_down
from lomwong.communities.models import Audience, Community
from lomwong.people.models import OPERATOR, Person, Viewer
from lomwong.posts.actions import edit_post, write_post
from lomwong.posts.models import Kind, Post
from lomwong.search.index import catch_up, rewrite
from lomwong.search.suggest import MOST, Typed, marked, read, suggest
from lomwong.search.terms.actions import add_term
from lomwong.search.tests.factories import make_circle, make_person, make_story
from lomwong.text.own_words import OwnWords

pytestmark = pytest.mark.django_db


def offered(text: str, viewer: Viewer) -> list[tuple[str, str]]:
    """(what it is, its words) of every suggestion, in order."""
    return [
        (str(one.what), "".join(piece for piece, _ in one.pieces))
        for group in suggest(text, viewer)
        for one in group.suggestions
    ]


def of_kind(what: str, text: str, viewer: Viewer) -> list[str]:
    return [words for kind, words in offered(text, viewer) if kind == what]


def read_plain(text: str) -> Typed:
    return read(text, OwnWords())


def words_for(text: str, viewer: Viewer) -> list[str]:
    return of_kind("คำ", text, viewer)


def tagged(tag: str, *circles: Community, title: str = "เรื่องเล่า", by: Person | None = None) -> Post:
    return write_post(
        kind=Kind.STORY, by=by or make_person(), title=title, text="เนื้อความ", tags=[tag], communities=circles
    )


def test_an_unfinished_word_is_finished(client: Client) -> None:
    viewer = make_person()
    make_story("ครุภัณฑ์", title="ย้ายทะเบียนครุภัณฑ์")
    catch_up()
    assert words_for("ทะเ", viewer) == ["ทะเบียน"]
    assert words_for("ครุภั", viewer) == ["ครุภัณฑ์"]
    assert words_for("ครุภัณฑ์", viewer) == []
    assert words_for("ครุภั ", viewer) == []


@pytest.mark.parametrize("typed", ["ทะเบียนครุ", "ทะเบียน ครุ", "ย้ายทะเบียนครุภั"])
def test_only_the_end_of_what_was_typed_changes(typed: str) -> None:
    viewer = make_person()
    make_story("ครุภัณฑ์", title="ย้ายทะเบียนครุภัณฑ์")
    catch_up()
    assert words_for(typed, viewer) == [typed[: typed.rindex("ครุ")] + "ครุภัณฑ์"]


def test_words_that_never_stand_together_are_not_put_together() -> None:
    viewer = make_person()
    make_story("ของเล่น", title="ซ่อมลิฟต์")
    make_story("ของกิน", title="ทะเบียนครุภัณฑ์")
    catch_up()
    assert words_for("ซ่อมครุ", viewer) == []
    assert words_for("ทะเบียนครุ", viewer) == ["ทะเบียนครุภัณฑ์"]


def test_a_word_is_shown_as_people_write_it() -> None:
    viewer = make_person()
    make_story("ฐานข้อมูล", title="ย้ายไป PostgreSQL แล้ว")
    catch_up()
    assert words_for("postg", viewer) == ["PostgreSQL"]
    assert words_for("POSTG", viewer) == ["PostgreSQL"]


def test_words_of_texts_come_when_titles_have_none() -> None:
    viewer = make_person()
    make_story("กระชังปลาหลุด", title="วันฝนตก")
    catch_up()
    assert words_for("กระชั", viewer) == ["กระชัง"]


def test_the_commonest_among_the_readable_comes_first() -> None:
    viewer = make_person()
    for title in ("ประชุมเช้า", "ประกาศผล", "ประกาศรับสมัคร"):
        make_story("ก", title=title)
    closed = make_circle(make_person())
    for _ in range(5):
        make_story("ก", make_person(), closed, title="ประชุมลับ")
    catch_up()
    assert words_for("ประ", viewer)[:2] == ["ประกาศ", "ประชุม"]
    assert words_for("ประ", OPERATOR)[:2] == ["ประชุม", "ประกาศ"]


def test_keys_of_the_other_layout_are_understood() -> None:
    viewer = make_person()
    make_story("ก", title="ย้ายทะเบียนครุภัณฑ์")
    make_story("ก", title="ย้ายไป PostgreSQL แล้ว")
    catch_up()
    assert words_for("mtg[up", viewer) == ["ทะเบียน"]
    assert words_for("ยนหะเ", viewer) == ["PostgreSQL"]
    assert offered("zzzz", viewer) == []


def test_people_by_the_beginning_of_either_name() -> None:
    viewer = make_person("มานี")
    make_person("วรรณา แก้วมณี")
    make_person("แก้ว สุวรรณา")
    catch_up()
    assert of_kind("คน", "วรรณ", viewer) == ["วรรณา แก้วมณี"]
    assert of_kind("คน", "แก้ว", viewer) == ["แก้ว สุวรรณา", "วรรณา แก้วมณี"]
    assert of_kind("คน", "วรรณา แก้", viewer) == ["วรรณา แก้วมณี"]
    assert of_kind("คน", "วรรณ", AnonymousUser()) == []


def test_people_as_one_speaks_of_them() -> None:
    viewer = make_person("มานี")
    make_person("อุไร ศรีสุวรรณ")
    assert of_kind("คน", "พี่อุ", viewer) == ["อุไร ศรีสุวรรณ"]


def test_own_words_are_one_word() -> None:
    viewer = make_person()
    make_story("ก", title="นัดเสือกระจูดวันศุกร์")
    add_term(["เสือกระจูด"])
    catch_up()
    rewrite(Post.objects.values_list("number", flat=True))
    assert words_for("เสือกระ", viewer) == ["เสือกระจูด"]


def test_circles_that_begin_so_come_before_those_that_have_it_inside() -> None:
    viewer = make_person()
    make_circle(name="งานพัสดุ")
    make_circle(name="พัสดุไม่ค้างปี")
    assert of_kind("วง", "พัสดุ", viewer) == ["พัสดุไม่ค้างปี", "งานพัสดุ"]
    assert of_kind("วง", "พั", viewer) == ["พัสดุไม่ค้างปี"]
    assert of_kind("วง", "พัสดุ", AnonymousUser()) == []


def test_titles_lead_to_their_posts() -> None:
    viewer = make_person()
    story = make_story("ก", title="ย้ายทะเบียนครุภัณฑ์")
    catch_up()
    groups = suggest("ทะเบียนครุ", viewer)
    assert [one.url for one in groups[-1].suggestions] == [story.get_absolute_url()]
    assert of_kind("เรื่องเล่า", "ทะเบียนครุ", viewer) == ["ย้ายทะเบียนครุภัณฑ์"]


def test_there_are_never_too_many_and_some_of_each() -> None:
    viewer = make_person()
    for number in range(5):
        make_person(f"กระชัง คนที่{number}")
        make_circle(name=f"กระชังวงที่ {number}", audience=Audience.ORGANISATION)
        tagged(f"กระชัง{number}", title=f"กระชังปลาแบบที่ {number} กระชับ กระชาย กระชอน")
    catch_up()
    found = offered("กระช", viewer)
    assert len(found) == MOST
    assert {what for what, _ in found} == {"คำ", "คน", "วง", "ป้าย", "เรื่องเล่า"}


@pytest.mark.parametrize(
    "text", ["", " ", "…", "\0", "\ud800", "ก" * 5000, "เ", "์", "' OR 1=1 --", "a:b AND (", "🙂", "%", "_"]
)
def test_takes_any_string(text: str) -> None:
    make_story("ก", title="กกกก a b")
    catch_up()
    suggest(text, make_person())


def test_without_an_index_the_names_are_still_offered() -> None:
    make_circle(name="พัสดุไม่ค้างปี")
    assert offered("พัสดุ", make_person()) == [("วง", "พัสดุไม่ค้างปี")]


# Rights


def secret_house() -> tuple[Person, Person, Community]:
    """A member, an outsider, and a closed circle where something was said that nobody said elsewhere."""
    member, outsider = make_person("สมาชิก"), make_person("คนนอก")
    closed = make_circle(member, name="วงปิด")
    tagged("ลาออกหมู่", closed, title="ลาออกยกแผนก zebrafish", by=make_person())
    make_story("เนื้อความ xylophone", make_person(), closed, title="ลาออกยกแผนก")
    tagged("ลาบวช", title="ลาบวชกี่วัน zeppelin")
    catch_up()
    return member, outsider, closed


def test_nothing_of_a_closed_circle_is_offered_outside() -> None:
    member, outsider, _ = secret_house()
    for typed in ("ลาออ", "zebra", "xylo", "ลาออกยกแ"):
        assert offered(typed, outsider) == []
        assert offered(typed, AnonymousUser()) == []
        assert offered(typed, member) != []
        assert offered(typed, OPERATOR) != []
    assert "ลาออกหมู่" not in dict(map(reversed, offered("ลา", outsider)))
    assert "ลาออกหมู่" in of_kind("ป้าย", "ลา", member)


def test_what_is_hidden_changes_neither_choice_nor_order() -> None:
    outsider = make_person("คนนอก")
    for title in ("ประชุมเช้า", "ประกาศผล", "ประกาศรับสมัคร", "ประตูพัง", "ประวัติงาน"):
        tagged(f"ประ{title[3:6]}", title=title)
    catch_up()
    seen = [offered(typed, outsider) for typed in ("ประ", "ป", "ประก", "ประชุม")]
    assert all(seen)
    closed = make_circle(make_person())
    for number in range(30):
        tagged(f"ประก{number}", closed, title=f"ประวัติลับ ประกันลับ{number} ประชุมลับ ประตูลับ")
    catch_up()
    assert [offered(typed, outsider) for typed in ("ประ", "ป", "ประก", "ประชุม")] == seen


def test_who_leaves_the_circle_is_offered_nothing_of_it_any_more() -> None:
    member, _, closed = secret_house()
    get_up(closed, person=member)
    assert offered("zebra", member) == []
    sit_down(closed, person=member)
    change_community(closed, by=member, name=closed.name, purpose="", audience=Audience.PUBLIC, stage=closed.stage)
    assert offered("zebra", AnonymousUser()) != []


def test_what_was_moved_or_reworded_is_gone_before_the_index_knows() -> None:
    author, outsider = make_person(), make_person("คนนอก")
    closed = make_circle(author)
    story = tagged("zebratag", title="zebrafish หนี", by=author)
    catch_up()
    assert {what for what, _ in offered("zebra", outsider)} == {"คำ", "ป้าย", "เรื่องเล่า"}
    edit_post(story, by=author, title=story.title, text=story.text, communities=[closed])
    assert offered("zebra", outsider) == []


def test_another_sees_nothing_of_what_only_its_author_may_read() -> None:
    author, outsider = make_person(), make_person("คนนอก")
    closed = make_circle(make_person())
    tagged("zebratag", closed, title="zebrafish", by=author)
    catch_up()
    assert offered("zebra", author) != []
    assert offered("zebra", outsider) == []


def test_visitors_are_offered_what_is_public_alone() -> None:
    make_story("ก", title="zebra ข้างใน")
    make_story("ก", title="zeppelin ข้างนอก", audience=Audience.PUBLIC)
    catch_up()
    assert words_for("ze", AnonymousUser()) == ["zeppelin"]


# The page


def test_the_list_for_the_box(client: Client) -> None:
    story = make_story("ก", title="<b>zebra</b> & ม้าลาย")
    viewer = make_person()
    client.force_login(viewer)
    catch_up()
    shown = client.get(reverse("search:suggest"), {"q": "zeb"}).content.decode()
    assert shown.count('role="option"') == 2
    assert f'href="{story.get_absolute_url()}"' in shown
    assert "&lt;b&gt;<mark>zeb</mark>ra&lt;/b&gt; &amp; ม้าลาย" in shown
    assert "มีคำแนะนำ 2 รายการ" in shown
    assert client.get(reverse("search:suggest"), {"q": "ไม่มีเลย"}).content.decode().strip() == ""


def test_as_many_queries_for_one_as_for_three(client: Client) -> None:
    client.force_login(make_person())
    address = reverse("search:suggest")

    def cost() -> int:
        catch_up()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address, {"q": "กระช"}).content.decode().count("group") == 5
        return len(queries)

    def add(number: int) -> None:
        make_person(f"กระชัง คนที่{number}")
        make_circle(name=f"กระชังวงที่ {number}")
        tagged(f"กระชัง{number}", title=f"กระชังปลาแบบที่ {number}")

    add(1)
    cost()
    one = cost()
    add(2)
    add(3)
    assert cost() == one


def test_marks_never_cut_a_letter_from_its_marks() -> None:
    assert marked("กินข้าว", ["กิ"]) == [("กิ", True), ("นข้าว", False)]
    assert marked("ที่นี่", ["ที"]) == [("ที่", True), ("นี่", False)]
    assert marked("ได้ไหมครับ รับไหม", ["รับ"]) == [("ได้ไหมครับ ", False), ("รับ", True), ("ไหม", False)]
    assert marked("PostgreSQL", ["postg"]) == [("Postg", True), ("reSQL", False)]
    assert marked("", ["ก"]) == []


def test_every_way_to_read_the_end_as_a_beginning() -> None:
    assert read_plain("ตรวจรับงานจ้").tails[-1][1] == "จ้"
    assert read_plain("ตรวจรับงานจ้").tails[0][1] == "ตรวจรับงานจ้"
    assert read_plain("ตรวจรับ ").tails == ()
    assert [letters for _, letters, _ in read_plain("เบิกเงิน ยื").tails] == ["ยื"]
