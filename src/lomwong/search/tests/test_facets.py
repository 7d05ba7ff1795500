"""Facets: they count what choosing would leave, rank nobody, and tell nobody what they may not know."""

from datetime import datetime
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lomwong.communities.models import Audience
from lomwong.people.models import OPERATOR, Person, Unit
from lomwong.posts.actions import reply, write_post
from lomwong.posts.models import Kind
from lomwong.search.index import catch_up
from lomwong.search.names import meant
from lomwong.search.tests.asking import VISITOR, choices, found, in_unit, narrowed, notes, page
from lomwong.search.tests.factories import make_circle, make_person, make_story
from lomwong.search.typed import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client: Client) -> Person:
    person = make_person("ผู้อ่าน คนเดียว")
    client.force_login(person)
    return person


def test_no_more_is_counted_than_the_pages_show(client: Client, reader: Person) -> None:
    """Replies that only hang in such a thread fill a short first page, and nothing else."""
    story = make_story("ตู้เย็น")
    for _ in range(21):
        make_story("ตู้เย็น")
    reply(story, kind=Kind.COMMENT, by=reader, text="รับทราบ")
    catch_up()
    shown, after = 0, ""
    while True:
        response = client.get("/search/", {"q": "ตู้เย็น", "after": after})
        shown += len(response.context["found"])
        assert response.context["counted"] == 22
        if not response.context["further"]:
            break
        after = response.context["further"].rpartition("after=")[2].replace("%2C", ",")
    assert shown == 22


def test_facets_count_what_choosing_would_leave() -> None:
    campus = Unit.objects.create(name="วิทยาเขตริมเล")
    office, other = (Unit.objects.create(name=name, parent=campus) for name in ("กองคลัง", "กองแผน"))
    circle = make_circle(name="วงหนึ่ง")
    one, two = in_unit("หนึ่ง", office), in_unit("สอง", other)
    at = datetime.fromisoformat("2020-06-01T00:00:00+07:00")
    make_story("ตู้เย็น", one, circle, at=at)
    write_post(kind=Kind.STORY, by=two, title="ก", text="ตู้เย็น", tags=["ห้องแล็บ"], audience=Audience.ORGANISATION)
    question = make_story("ตู้เย็น", two, kind=Kind.QUESTION)
    catch_up()
    listed = choices(OPERATOR, "ตู้เย็น")
    assert listed["kind"] == {"Stories": 2, "Questions": 1, "Nobody has answered yet": 1}
    assert listed["community"] == {"วงหนึ่ง": 1}
    assert listed["unit"] == {"กองคลัง": 1, "กองแผน": 2, "วิทยาเขตริมเล": 3}
    assert listed["year"] == {str(question.created_at.year): 2, "2020": 1}
    assert listed["tag"] == {"ห้องแล็บ": 1}
    assert listed["author"] == {"สอง": None, "หนึ่ง": None}
    for name, facet in (("unit", office), ("community", circle), ("author", one)):
        assert len(found("ตู้เย็น", **{name: facet.pk})) == 1
    assert "unit" not in choices(OPERATOR, "ตู้เย็น", unit=campus.pk)


def test_another_value_can_be_chosen_in_place_of_one(client: Client, reader: Person) -> None:
    for kind, year in ((Kind.STORY, 2020), (Kind.STORY, 2021), (Kind.QUESTION, 2021), (Kind.JOURNAL, 2020)):
        make_story("ตู้เย็น", kind=kind, at=datetime.fromisoformat(f"{year}-06-01T00:00:00+07:00"))
    catch_up()
    shown = page(client, q="ตู้เย็น", kind="question", year=2021)
    fold = shown.split('class="facets"')[1]
    query = urlencode({"q": "ตู้เย็น"})
    assert f'href="?{query}&kind=story&year=2021"' in fold
    assert f'href="?{query}&year=2021"' in fold, "the chosen one leads back"
    assert "kind=journal" not in fold, "there is none in that year"
    assert "year=2020" not in fold
    waiting = page(client, q="ตู้เย็น", open=1)
    assert f'href="?{query}&kind=story"' in waiting, "what waits for an answer is one of the kinds"
    assert "kind=story" not in page(client, q="ตู้เย็น kind:question").split('class="facets"')[-1]


def test_what_can_be_chosen_instead_is_only_what_the_viewer_may_read(client: Client, reader: Person) -> None:
    member, _ = lived_in()
    shown = page(client, q="ตู้เย็น", kind="story")
    assert "kind=journal" in shown
    assert "kind=question" not in shown
    client.force_login(member)
    assert "kind=question" in page(client, q="ตู้เย็น", kind="story")


def test_people_are_listed_by_the_alphabet_whoever_writes_most() -> None:
    often, once = make_person("ฮานา"), make_person("กมล")
    for _ in range(3):
        make_story("ตู้เย็น", often)
    make_story("ตู้เย็น", once)
    catch_up()
    assert list(choices(OPERATOR, "ตู้เย็น")["author"].items()) == [("กมล", None), ("ฮานา", None)]


def test_years_of_the_readers_era(client: Client, reader: Person) -> None:
    for year in (2024, 2025):
        make_story("ตู้เย็น", at=datetime.fromisoformat(f"{year}-06-01T00:00:00+07:00"))
    catch_up()
    assert "<span>2568</span>" in page(client, q="ตู้เย็น")


# What must never be told


def lived_in() -> tuple[Person, Person]:
    """Words, people and places that only some may know of. Returns who may and who may not read the closed circle."""
    member, outsider = make_person("คนใน วงลับ"), make_person("คนนอก")
    unit = Unit.objects.create(name="หน่วยลับเฉพาะ")
    author = in_unit("ผู้เล่าลับ สุดยอด", unit)
    closed = make_circle(member, name="วงลับสุดยอด")
    write_post(kind=Kind.QUESTION, by=author, title="ตู้เย็น", text="ตู้เย็น", tags=["ป้ายลับมาก"], communities=[closed],
               at=datetime.fromisoformat("2011-06-01T00:00:00+07:00"))  # fmt: skip
    make_story("ตู้เย็น", audience=Audience.PUBLIC)
    make_story("ตู้เย็น", kind=Kind.JOURNAL, audience=Audience.PUBLIC)
    catch_up()
    return member, outsider


def test_facets_count_only_what_the_viewer_may_read() -> None:
    member, outsider = lived_in()
    seen = choices(member, "ตู้เย็น")
    assert {"ป้ายลับมาก", "หน่วยลับเฉพาะ", "ผู้เล่าลับ สุดยอด", "วงลับสุดยอด", "2011", "Questions"} <= {
        label for facet in seen.values() for label in facet
    }
    for viewer in (outsider, VISITOR):
        listed = {label for facet in choices(viewer, "ตู้เย็น").values() for label in facet}
        assert not {label for label in listed if "ลับ" in label or label in ("2011", "Questions")}, listed


def test_visitors_are_shown_no_people_and_no_units() -> None:
    lived_in()
    make_story("ตู้เย็น", in_unit("เปิดเผย", Unit.objects.create(name="หน่วยเปิด")), audience=Audience.PUBLIC)
    catch_up()
    assert set(choices(VISITOR, "ตู้เย็น")) & {"author", "unit"} == set()


@pytest.mark.parametrize(
    ("role", "name"),
    [
        (Role.COMMUNITY, "วงลับสุดยอด"), (Role.AUTHOR, "ผู้เล่าลับ"), (Role.UNIT, "หน่วยลับเฉพาะ"), (Role.TAG, "ป้ายลับมาก"),
        (Role.COMMUNITY, "วงลับสุดยอก"), (Role.AUTHOR, "ผู้เล่าลัพ"), (Role.UNIT, "หน่วยลับเฉพาก"), (Role.TAG, "ป้ายลับมา"),
    ],
)  # fmt: skip
def test_names_that_a_visitor_may_not_know_are_as_good_as_none(role: Role, name: str) -> None:
    member, _ = lived_in()
    assert meant(role, name, member).named or meant(role, name, member).near
    for_visitor, nobody = meant(role, name, VISITOR), meant(role, "ไม่มีใครชื่อนี้แน่", VISITOR)
    assert for_visitor == nobody
    assert "ลับสุดยอด" not in notes(f"{role}:{name}", VISITOR).replace(name, "")


def test_a_short_name_is_the_beginning_of_one() -> None:
    viewer = make_person("คนดู")
    make_person("ลาเต๊ะ หมานเส็น")
    make_person("เวลา ดวงดี")
    write_post(kind=Kind.STORY, by=viewer, title="ก", text="ข", tags=["ฉลาก"], audience=Audience.ORGANISATION)
    assert [name for _, name in meant(Role.AUTHOR, "ลา", viewer).named] == ["ลาเต๊ะ หมานเส็น"]
    assert meant(Role.TAG, "ลา", viewer).named == []
    assert [name for _, name in meant(Role.TAG, "ลาก", viewer).named] == ["ฉลาก"]


@pytest.mark.parametrize("spoken", ["พี่วรรณา", "คุณ วรรณา", "ผศ.ดร.วรรณา แก้วมณี", "Dr. วรรณา"])
def test_authors_as_people_speak_of_them(spoken: str) -> None:
    person = make_person("วรรณา แก้วมณี")
    named = make_person("พี่สมาน นามพี่")
    assert meant(Role.AUTHOR, spoken, named).ids == [person.pk]
    assert meant(Role.AUTHOR, "พี่สมาน", person).ids == [named.pk]


def test_a_tag_is_known_to_whom_something_so_tagged_is() -> None:
    member, outsider = lived_in()
    assert meant(Role.TAG, "ป้ายลับมาก", member).named
    assert meant(Role.TAG, "ป้ายลับมาก", outsider).named == []
    assert meant(Role.TAG, "ป้ายลับม่าก", outsider).near == []


def test_people_who_left_are_not_suggested() -> None:
    gone = make_person("สมหมาย จากไป")
    gone.is_active = False
    gone.save()
    viewer = make_person()
    assert meant(Role.AUTHOR, "สมหมาย", viewer).named == []
    assert meant(Role.AUTHOR, "สมหมาน", viewer).near == []
    assert narrowed("ลา", viewer, author=gone.pk).conditions == []


def test_the_page_tells_a_visitor_nothing(client: Client) -> None:
    member, _ = lived_in()
    circle = member.communities.get()
    for asked in (
        {"q": "ตู้เย็น", "community": circle.pk},
        {"q": "ตู้เย็น", "author": member.pk},
        {"q": "ตู้เย็น 2011"},
        {"q": "ตู้เย็น", "year": 2011},
        {"q": "ตู้เย็น", "kind": "question"},
        {"q": "ตู้เย็น is:unanswered"},
    ):
        shown = page(client, **asked)
        assert "ลับ" not in shown, asked
    assert "<article" not in page(client, q="ตู้เย็น", year=2011)


def test_advice_knows_only_what_the_viewer_may_read(client: Client, reader: Person) -> None:
    member, _ = lived_in()
    make_story("ครุภัณฑ์", member, member.communities.get())
    catch_up()
    assert "advice" not in page(client, q="ครุภัณฑ์", year=2011)
    client.force_login(member)
    assert "advice" in page(client, q="ครุภัณฑ์", year=2011)


def test_the_number_of_queries_does_not_grow_with_what_is_found(client: Client, reader: Person) -> None:
    campus = Unit.objects.create(name="วิทยาเขต")
    circle = make_circle(reader)

    def write(at: int) -> None:
        person = in_unit(f"วรรณา คนที่ {at}", Unit.objects.create(name=f"กอง {at}", parent=campus))
        post = write_post(
            kind=Kind.QUESTION, by=person, title="ก", text="ตู้เย็น", tags=[f"ป้าย {at}"], communities=[circle]
        )
        reply(post, kind=Kind.COMMENT, by=person, text="ตู้เย็น")

    def cost(**asked: object) -> int:
        catch_up()
        page(client, **asked)
        with CaptureQueriesContext(connection) as queries:
            page(client, **asked)
        return len(queries)

    asked: dict[str, object] = {"q": "ตู้เย็น author:วรรณา", "community": circle.pk, "sort": "new"}
    write(1)
    few = cost(**asked)
    for at in range(2, 12):
        write(at)
    assert cost(**asked) == few
