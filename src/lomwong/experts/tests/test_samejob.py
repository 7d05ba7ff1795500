"""The same-job map: who is counted, what stands open, what is a gap; and what must not show."""

import re
from collections.abc import Collection
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lomwong.communities.actions import sit_down, start_community
from lomwong.communities.models import Audience
from lomwong.experts.faculties import by_campus, faculties
from lomwong.experts.samejob.queries import Cell, Map, job_map
from lomwong.people.models import JobFunction, Person, Unit
from lomwong.people.tests.factories import job_function, make_person, make_unit
from lomwong.posts.models import Envelope, Kind, Post, State
from lomwong.posts.tests.factories import make_answer, make_post, make_question

pytestmark = pytest.mark.django_db


def worker(name: str, unit: Unit | None, *jobs: str, **fields: object) -> Person:
    person = make_person(name, unit=unit, **fields)
    person.job_functions.set([job_function(slug) for slug in jobs or ("it",)])
    return person


def map_for(viewer: Person, campus: Unit | None = None) -> Map:
    mine = list(viewer.job_functions.values_list("pk", flat=True))
    functions = list(JobFunction.objects.all())
    return job_map(viewer, functions, mine, house=faculties(), campus=campus.pk if campus else None)


def cell(found: Map, job: str, unit: Unit) -> Cell:
    (row,) = [row for row in found.rows if row.function.slug == job]
    return next(cell for cell in row.cells if cell.unit == unit)


def columns(found: Map) -> list[str]:
    return [unit.name for _campus, units in found.campuses for unit in units]


@pytest.fixture
def nursing() -> Unit:
    return make_unit("คณะพยาบาลศาสตร์", parent=make_unit("วิทยาเขตบ้านสวน", is_campus=True))


@pytest.fixture
def science(nursing: Unit) -> Unit:
    return make_unit("คณะวิทยาศาสตร์", parent=nursing.parent)


# Who is counted, and where


def test_people_of_departments_count_in_their_faculty(nursing: Unit, science: Unit) -> None:
    me = worker("ฉัน", nursing)
    worker("คนภาค", make_unit("ภาควิชาเคมี", parent=make_unit("สายกายภาพ", parent=science)))
    worker("คนคณะ", science)
    assert cell(map_for(me), "it", science).people == 2


def test_whoever_does_two_jobs_stands_in_both_rows(nursing: Unit) -> None:
    me = worker("ฉัน", nursing, "it", "personnel")
    found = map_for(me)
    assert cell(found, "it", nursing).people == cell(found, "personnel", nursing).people == 1


def test_hidden_and_gone_people_are_not_counted_nor_named(client: Client, nursing: Unit, science: Unit) -> None:
    me = worker("ฉัน", nursing)
    worker("เปิดเผย", science)
    hidden, gone = worker("ขอไม่ให้เจอ", science), worker("ลาออก", science)
    make_question("คำถามของคนที่ขอไม่ให้เจอ", by=hidden)
    make_post("เรื่องของคนที่ขอไม่ให้เจอ", by=hidden)
    assert cell(map_for(me), "it", science).people == 3
    assert cell(map_for(me), "it", science).open_questions == 1
    Person.objects.filter(pk=hidden.pk).update(is_findable=False)
    Person.objects.filter(pk=gone.pk).update(is_active=False)
    assert cell(map_for(me), "it", science).people == 1
    assert cell(map_for(me), "it", science).open_questions == 0
    client.force_login(me)
    for address in (f"/same-job/it/{science.pk}/", "/same-job/?job=it"):
        page = client.get(address).content.decode()
        assert "ขอไม่ให้เจอ" not in page
        assert "ลาออก" not in page


def test_whoever_is_hidden_themselves_is_not_told_that_they_are_counted(nursing: Unit) -> None:
    me = worker("ฉัน", nursing)
    assert cell(map_for(me), "it", nursing).is_mine
    me.is_findable = False
    me.save()
    assert not cell(map_for(me), "it", nursing).is_mine
    assert cell(map_for(me), "it", nursing).people == 0


def test_a_faculty_without_anybody_is_a_gap_with_its_own_page(client: Client, nursing: Unit, science: Unit) -> None:
    client.force_login(worker("ฉัน", nursing))
    page = client.get("/same-job/").content.decode()
    gaps = re.findall(rf'href="/same-job/it/{science.pk}/" class="gap"><span>[^<0-9]+</span></a>', page)
    assert len(gaps) == 1
    inside = client.get(f"/same-job/it/{science.pk}/").content.decode()
    assert "/questions/new/?title=" in inside
    assert f"/same-job/it/{nursing.pk}/" in inside  # somebody elsewhere does it


# What waits


def test_only_what_waits_for_an_answer_is_counted(nursing: Unit, science: Unit) -> None:
    me, asker = worker("ฉัน", nursing), worker("คนถาม", science)
    open_one = make_question("ยังค้าง", by=asker)
    make_answer(make_question("ตอบแล้ว", by=asker), by=me)
    Post.objects.filter(pk=make_question("ปิดแล้ว", by=asker).pk).update(is_locked=True)
    Post.objects.filter(pk=make_question("ซ่อนอยู่", by=asker).pk).update(state=State.HIDDEN)
    make_question("นานมาแล้ว", by=asker, at=timezone.now() - timedelta(days=400))
    assert cell(map_for(me), "it", science).open_questions == 1
    make_answer(open_one, by=me)
    assert cell(map_for(me), "it", science).open_questions == 0


def test_questions_of_a_closed_circle_are_there_for_those_inside_only(
    client: Client, nursing: Unit, science: Unit
) -> None:
    asker, insider, outsider = worker("คนถาม", science), worker("คนใน", nursing), worker("คนนอก", nursing)
    circle = start_community(name="วงปิด", by=asker, audience=Audience.MEMBERS)
    sit_down(circle, person=insider)
    make_question("เรื่องลับถามในวง", by=asker, communities=[circle])
    make_post("เรื่องลับเล่าในวง", by=asker, communities=[circle])
    for viewer, count in ((insider, 1), (outsider, 0)):
        assert cell(map_for(viewer), "it", science).open_questions == count
        client.force_login(viewer)
        for address in (f"/same-job/it/{science.pk}/", "/same-job/"):
            assert ("เรื่องลับถาม" in client.get(address).content.decode()) == bool(count)
        assert ("เรื่องลับเล่า" in client.get(f"/same-job/it/{science.pk}/").content.decode()) == bool(count)
        assert ("วงปิด" in client.get("/same-job/").content.decode()) == bool(count)


def test_what_was_asked_without_a_name_has_no_place_on_the_map(client: Client, nursing: Unit, science: Unit) -> None:
    me, asker = worker("ฉัน", nursing), worker("คนถาม", science)
    question = make_question("ถามแบบไม่ออกชื่อ", by=asker)
    assert cell(map_for(me), "it", science).open_questions == 1
    Post.objects.filter(pk=question.pk).update(author=None, is_unnamed=True)
    Envelope.objects.create(post=question, author=asker)
    for viewer in (me, asker):
        assert cell(map_for(viewer), "it", science).open_questions == 0
        client.force_login(viewer)
        for address in (f"/same-job/it/{science.pk}/", "/same-job/"):
            assert "ถามแบบไม่ออกชื่อ" not in client.get(address).content.decode()


def test_a_cell_shows_people_questions_and_stories_of_that_job_and_faculty(
    client: Client, nursing: Unit, science: Unit
) -> None:
    me, there, other = worker("ฉัน", nursing), worker("เดชา", science), worker("คนละงาน", science, "personnel")
    for person in (there, other):
        make_question(f"คำถามของ{person.name}", by=person)
        make_post(f"เรื่องของ{person.name}", by=person)
    client.force_login(me)
    page = client.get(f"/same-job/it/{science.pk}/").content.decode()
    assert "คำถามของเดชา" in page
    assert "เรื่องของเดชา" in page
    assert "คนละงาน" not in page
    assert page.count(f"{science.label}<") == 2  # where one is, and the heading; not again beside each name


# Order and shape


def test_own_row_and_own_faculty_come_first_and_nothing_is_summed(client: Client, nursing: Unit, science: Unit) -> None:
    seaside = make_unit("คณะประมง", parent=make_unit("วิทยาเขตริมเล", is_campus=True))
    me = worker("ฉัน", seaside, "student_service")
    for place in (nursing, science, science):
        worker("", place)
    found = map_for(me)
    assert found.rows[0].function.slug == "student_service"
    assert columns(found)[0] == "คณะประมง"
    assert [campus.name for campus, _units in found.campuses if campus] == ["วิทยาเขตริมเล", "วิทยาเขตบ้านสวน"]
    assert columns(map_for(me, nursing.parent)) == ["คณะพยาบาลศาสตร์", "คณะวิทยาศาสตร์"]  # by the alphabet, not by number
    client.force_login(me)
    assert "<tfoot" not in client.get("/same-job/").content.decode()


def test_a_campus_has_a_column_only_for_those_who_work_for_the_campus_itself(nursing: Unit) -> None:
    me = worker("ฉัน", nursing)
    assert nursing.parent is not None
    assert nursing.parent.name not in columns(map_for(me))
    worker("คนส่วนกลาง", nursing.parent)
    assert cell(map_for(me), "it", nursing.parent).people == 1
    assert cell(map_for(me), "it", nursing).people == 1


def names_of(units: Collection[int]) -> list[str]:
    house = faculties()
    return sorted({house.units[house.of[pk]].name for pk in units})


def test_faculties_in_other_trees() -> None:
    """A university over its campuses; none at all; a house that is one university."""
    university = make_unit("มหาวิทยาลัย")
    campus = make_unit("วิทยาเขต", parent=university, is_campus=True)
    faculty = make_unit("คณะ", parent=campus)
    leaf = make_unit("ภาค", parent=faculty)
    office = make_unit("สำนักงานอธิการบดี", parent=university)
    assert names_of([leaf.pk, faculty.pk]) == ["คณะ"]
    assert names_of([office.pk]) == ["สำนักงานอธิการบดี"]
    assert names_of([campus.pk]) == ["วิทยาเขต"]
    Unit.objects.filter(pk=campus.pk).update(is_campus=False)
    assert names_of([leaf.pk, faculty.pk]) == ["วิทยาเขต"]  # all below one roof: its children are the faculties
    make_unit("สถาบันอื่น")
    assert names_of([leaf.pk, office.pk]) == ["มหาวิทยาลัย"]


def test_a_tree_that_bites_its_tail_is_survived() -> None:
    one = make_unit("หนึ่ง")
    two = make_unit("สอง", parent=one)
    Unit.objects.filter(pk=one.pk).update(parent=two)
    house = faculties()
    assert set(house.of) == {one.pk, two.pk}
    assert by_campus(house, house.of.values(), None)


# The page


def test_from_ones_own_page_in_one_tap(client: Client, nursing: Unit) -> None:
    me = worker("ฉัน", nursing)
    client.force_login(me)
    assert 'href="/same-job/"' in client.get(f"/people/{me.pk}/").content.decode()


def test_five_are_dots_and_six_are_digits(client: Client, nursing: Unit, science: Unit) -> None:
    for _ in range(5):
        worker("", nursing)
    for _ in range(6):
        worker("", science)
    client.force_login(make_person("ฉัน"))
    page = client.get("/same-job/").content.decode()
    five = page.split(f'href="/same-job/it/{nursing.pk}/"')[1].split("</td>")[0]
    six = page.split(f'href="/same-job/it/{science.pk}/"')[1].split("</td>")[0]
    assert five.count("<i></i>") == 5
    assert six.count("<i></i>") == 0
    assert "6" in six


@pytest.mark.parametrize("query", ["", "job=it", "job=%00", "job=nothing&campus=999999999999999999999", "campus=x"])
def test_page_takes_any_address(client: Client, query: str, nursing: Unit) -> None:
    client.force_login(make_person())
    assert client.get(f"/same-job/?{query}").status_code == 200


@pytest.mark.parametrize("address", ["/same-job/it/999999/", "/same-job/none/1/", f"/same-job/it/{10**30}/"])
def test_a_place_that_is_not_there_is_not_found(client: Client, address: str, nursing: Unit) -> None:
    client.force_login(make_person())
    assert client.get(address).status_code == 404


def test_the_map_is_for_colleagues(client: Client, nursing: Unit) -> None:
    worker("เดชา", nursing)
    for address in ("/same-job/", f"/same-job/it/{nursing.pk}/"):
        assert client.get(address).status_code == 302


def test_people_of_a_cell_go_on_by_the_alphabet(client: Client, nursing: Unit) -> None:
    for number in range(35):
        worker(f"คน {number:02}", nursing)
    client.force_login(make_person())
    first = client.get(f"/same-job/it/{nursing.pk}/")
    further = first.context["page"].further
    second = client.get(f"/same-job/it/{nursing.pk}/", {"after": further})
    names = [person.name for page in (first, second) for person in page.context["page"].people]
    assert names == [f"คน {number:02}" for number in range(35)]
    assert second.context["page"].further == ""


def queries_for(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_queries_do_not_depend_on_how_many_units_people_and_questions(client: Client, nursing: Unit) -> None:
    me = worker("ฉัน", nursing)
    client.force_login(me)

    def fill(place: Unit) -> None:
        person = worker("", place)
        circle = start_community(name=f"วง {place.pk}", by=person)
        make_question("ค้าง", by=person)
        make_post("เรื่อง", by=person, kind=Kind.STORY, communities=[circle])

    fill(make_unit("คณะ 0", parent=nursing.parent))
    addresses = ["/same-job/", f"/same-job/it/{make_unit('คณะ ข', parent=nursing.parent).pk}/"]
    place = Unit.objects.get(name="คณะ ข")
    fill(place)
    few = [queries_for(client, address) for address in addresses]
    for number in range(29):
        fill(make_unit(f"คณะ {number + 1}", parent=nursing.parent))
        fill(place)
    assert [queries_for(client, address) for address in addresses] == few
