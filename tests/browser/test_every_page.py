"""Every page, at three widths: nothing runs off the side, nothing stands in the way of a screen reader."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from lomwong.communities.actions import start_community
from lomwong.discovery.models import FoundCircle, FoundSeat, Run
from lomwong.people.models import Person
from lomwong.people.tests.factories import job_function, make_person, make_unit
from lomwong.posts.actions import accept_answer, reply, write_post
from lomwong.posts.following.actions import follow
from lomwong.posts.models import Kind, Tag
from lomwong.posts.planets.actions import add_source, make_planet
from lomwong.search.models import Term

from .conftest import DESKTOP, PHONE, OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
NARROW = {"width": 320, "height": 700}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LONG = "มหาวิทยาลัยที่มีชื่อยาวมากจนต้องตัดบรรทัดหลายครั้งในหน้าจอเล็กVeryLongLatinWordWithoutAnySpaceAtAllInIt"


def house() -> tuple[Person, list[str]]:
    """A small lived-in house, and the addresses of all its pages."""
    campus = make_unit("วิทยาเขตริมเล", is_campus=True)
    unit = make_unit("คณะทรัพยากรธรรมชาติ", parent=campus)
    me, other = make_person("วรรณา แก้วมณี", unit=unit), make_person("เดชา พรหมรักษ์", unit=campus)
    me.is_staff = True
    me.save()
    me.job_functions.add(job_function("it"))
    other.job_functions.add(job_function("it"))
    circle = start_community(name="คนดูแลเครื่องแม่ข่าย", purpose=LONG, by=me)
    story = write_post(kind=Kind.STORY, by=me, title=LONG, text=f"## หัวเรื่อง\n\n- {LONG}\n\n> อ้าง", communities=[circle])
    comment = reply(story, kind=Kind.COMMENT, by=other, text=f"{LONG} " * 3)
    reply(comment, kind=Kind.COMMENT, by=me, text="ขอบคุณ")
    question = write_post(kind=Kind.QUESTION, by=me, title="เครื่องแม่ข่ายดับ", text="ทำอย่างไรดี", tags=["เครื่องแม่ข่าย"])
    answer = reply(question, kind=Kind.ANSWER, by=other, text="ดูที่ **ปลั๊ก** ก่อน เครื่องแม่ข่ายดับเพราะปลั๊กบ่อย")
    accept_answer(answer, by=me)
    write_post(kind=Kind.JOURNAL, by=other, text="วันนี้ฝนตก")
    found = FoundCircle.objects.create(
        run=Run.objects.create(level=0, position=0),
        kind="living",
        terms=["เครื่องแม่ข่าย", "ปลั๊ก"],
        exchanges=[answer.number],
        stability=0.9,
    )
    for person in (me, other):
        FoundSeat.objects.create(circle=found, person=person, weight=1)
    term = Term.objects.create(forms="ลปรร.\nแลกเปลี่ยนเรียนรู้")
    planet = make_planet(name=LONG, about=LONG, by=me, audience="organisation")
    for thing in (circle, other, Tag.objects.get()):
        follow(thing, by=me)
        add_source(planet, thing)
    kept = planet.get_absolute_url()
    pages = [
        "/?show=all", "/?show=following", "/yard/", "/following/", "/planets/", "/planets/new/", kept, f"{kept}edit/",
        f"{kept}sources/?q=เดชา", f"{kept}keepers/?q=เดชา", f"{kept}close/", f"/planets/put/person/{other.pk}/",
        "/", f"/posts/{story.number}/", f"/posts/{question.number}/", f"/posts/{comment.number}/reply/",
        f"/posts/{story.number}/edit/", "/questions/", "/write/", "/stories/new/", "/questions/new/", "/journal/new/",
        "/circles/", "/circles/mine/", "/circles/start/", circle.get_absolute_url(), f"/circles/{circle.slug}/members/",
        f"/circles/{circle.slug}/edit/", f"/people/{me.pk}/", f"/people/{other.pk}/posts/", "/people/units/",
        f"/people/units/{unit.pk}/", "/people/edit/", "/search/?q=เครื่องแม่ข่าย", "/search/?q=ไม่มีคำนี้แน่",
        "/search/?q=", "/search/?q=เครื่องแม่ข่าย author:เดชา -ไฟ before:xx&sort=new",
        f"/search/?q={LONG} วง:ไม่มี&kind=journal",
        "/search/terms/", "/search/terms/new/", "/search/terms/many/",
        f"/search/terms/{term.pk}/",
        "/who-knows/", "/who-knows/?q=เครื่องแม่ข่ายดับ", "/found/", "/dev/ui/", "/nowhere/", "/accounts/password/change/",
        "/news/", "/news/settings/",
    ]  # fmt: skip
    return me, pages


def runs_off(page: Page) -> int:
    """Pixels by which the page is wider than the window."""
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


def faults(page: Page) -> list[str]:
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")  # where bars that stay in sight cover nothing
    violations = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in violations]


@pytest.mark.parametrize("language", ["th-TH", "en-GB"])
def test_no_page_runs_off_the_side(open_page: OpenPage, language: str) -> None:
    me, pages = house()
    page = open_page(me, viewport=NARROW, language=language)
    wide = {}
    for address in pages:
        page.goto(address)
        if runs_off(page) > 0:
            wide[address] = runs_off(page)
    assert wide == {}


@pytest.mark.parametrize(("viewport", "colours"), [(PHONE, "light"), (DESKTOP, "dark")])
def test_every_page_is_accessible(open_page: OpenPage, viewport: dict[str, int], colours: str) -> None:
    me, pages = house()
    page = open_page(me, viewport=viewport)
    page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
    found = {}
    for address in pages:
        page.goto(address)
        if faults(page):
            found[address] = faults(page)
    assert found == {}


def test_pages_for_visitors_are_accessible(open_page: OpenPage) -> None:
    page = open_page()
    found = {}
    for address in (
        "/",
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/password/reset/",
        "/questions/",
        "/circles/",
    ):
        page.goto(address)
        if faults(page) or runs_off(page) > 0:
            found[address] = faults(page)
    assert found == {}
