"""Finding the person who knows, and who does the same work elsewhere, as one does it: in Thai, on a phone."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from lomwong.people.models import Person
from lomwong.people.tests.factories import job_function, make_person, make_unit
from lomwong.posts.tests.factories import make_answer, make_post, make_question

from .conftest import DESKTOP, PHONE, OpenPage, sign_in
from .test_every_page import LONG, NARROW, faults, runs_off

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def house() -> tuple[Person, Person]:
    """The reader, and somebody at the seaside who knows."""
    land, sea = make_unit("วิทยาเขตบ้านสวน", is_campus=True), make_unit("วิทยาเขตริมเล", is_campus=True)
    me = make_person("วรรณา แก้วมณี", unit=make_unit("คณะพยาบาลศาสตร์", parent=land))
    hakim = make_person("ฮากีม หะยีสาและ", unit=make_unit("คณะประมงและเทคโนโลยีทางทะเล", parent=sea))
    near = make_person("เดชา พรหมรักษ์", unit=me.unit)
    for person in (me, hakim):
        person.job_functions.add(job_function("procurement_finance"))
    near.job_functions.add(job_function("it"))
    for person in (hakim, near):
        make_answer(make_question("ครุภัณฑ์หายทำอย่างไร"), "ครุภัณฑ์หายให้แจ้งในเจ็ดวัน", by=person)
    return me, hakim


def names(page: Page) -> list[str]:
    return page.locator(".person h2").all_inner_texts()


def find_narrow_and_ask(page: Page, hakim: Person) -> None:
    page.goto("/who-knows/")
    page.fill("main input[name=q]", "ครุภัณฑ์หาย")
    page.locator("main form button").first.click()
    expect(page.locator(".person h2")).to_have_count(2)
    page.locator("main .fold summary").click()
    page.select_option("select[name=job]", "procurement_finance")
    page.locator("main details button").click()
    assert names(page) == ["ฮากีม หะยีสาและ"]
    page.locator("main .chip.tone").first.click()
    assert len(names(page)) == 2
    page.locator("main a.chip", has_text="คนละคณะ").click()
    assert names(page) == ["ฮากีม หะยีสาและ"]
    page.locator(".person a.btn").first.click()
    expect(page.locator("input[name=title]")).to_have_value("ครุภัณฑ์หาย")
    assert f"invite={hakim.pk}" in page.url


def test_find_who_knows_narrow_and_ask(open_page: OpenPage) -> None:
    me, hakim = house()
    find_narrow_and_ask(open_page(me), hakim)


def test_the_same_without_a_script(browser: Browser, live_server: LiveServer) -> None:
    me, hakim = house()
    context = browser.new_context(
        viewport=PHONE, locale="th-TH", base_url=live_server.url, java_script_enabled=False
    )  # fmt: skip
    page = context.new_page()
    sign_in(page, me)
    find_narrow_and_ask(page, hakim)
    context.close()


def test_from_ones_own_page_to_a_colleague_of_the_same_work(open_page: OpenPage) -> None:
    me, hakim = house()
    make_post("ย้ายเล่มทะเบียน", by=hakim)
    make_question("ค่าขนของข้ามเกาะลงหมวดไหน", by=hakim)
    page = open_page(me)
    page.goto("/people/me/")
    page.locator('main a[href="/same-job/"]').click()
    expect(page.locator("tr.mine th")).to_have_text(me.job_functions.get().label)
    expect(page.locator("main")).to_contain_text("ค่าขนของข้ามเกาะ")
    assert runs_off(page) == 0
    page.locator("tr.mine a", has_text="ถามค้าง 1").click()
    expect(page.locator("h1")).to_contain_text("คณะประมง")
    expect(page.locator("main")).to_contain_text("ย้ายเล่มทะเบียน")
    page.locator("main a", has_text="ฮากีม").first.click()
    expect(page).to_have_url(re.compile(rf"/people/{hakim.pk}/$"))


def test_an_open_place_asks_who_it_is(open_page: OpenPage) -> None:
    me, _hakim = house()
    page = open_page(me)
    page.goto("/same-job/")
    page.locator("a.gap").first.click()
    page.locator("main .note a.btn").first.click()
    assert page.locator("input[name=title]").input_value().startswith("ใครทำ")


@pytest.mark.parametrize(("viewport", "colours"), [(NARROW, "light"), (DESKTOP, "dark")])
def test_long_names_and_many_faculties_stay_on_the_page(
    open_page: OpenPage, viewport: dict[str, int], colours: str
) -> None:
    me, hakim = house()
    campus = make_unit(f"วิทยาเขต{LONG}", is_campus=True)
    for number in range(20):
        make_person(LONG, unit=make_unit(f"{LONG} {number}", parent=campus)).job_functions.add(job_function("it"))
    hakim.name = LONG
    hakim.save()
    question = make_question("ครุภัณฑ์หายอีกแล้ว", by=me)
    page = open_page(me, viewport=viewport)
    page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
    addresses = [
        "/who-knows/?q=ครุภัณฑ์หาย&available=1",
        f"/who-knows/?for={question.number}",
        f"/who-knows/?q=ครุภัณฑ์หาย&campus={campus.pk}&job=it",
        f"/who-knows/?q={LONG}",
        "/same-job/",
        f"/same-job/?campus={campus.pk}",
        f"/same-job/it/{me.unit_id}/",
        f"/same-job/it/{Person.objects.filter(name=LONG).last().unit_id}/",  # type: ignore[union-attr]
        f"/same-job/student_service/{me.unit_id}/",
    ]
    found = {}
    for address in addresses:
        page.goto(address)
        if faults(page) or runs_off(page) > 0:
            found[address] = (runs_off(page), faults(page))
    assert found == {}
