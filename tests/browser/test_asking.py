"""A question finds its way, as people live it: in Thai, on a phone; the worker's part is done between their taps."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from lomwong.experts.models import Carried, CarriedState, Expertise, TopicState
from lomwong.experts.tests.asking import TOPIC, ask, make_knower, settle
from lomwong.experts.topics import tasks as topics
from lomwong.notifications import actions as news
from lomwong.people.tests.factories import make_person

from .conftest import DESKTOP, PHONE, OpenPage
from .test_every_page import RULES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def send(page: Page) -> None:
    page.locator("main form button.main").last.click()


def worker() -> None:
    """What the house does by itself."""
    settle()
    news.take_in()
    topics.take_in()


def test_ask_carried_passed_on_answered_thanked_and_a_topic_drafted(open_page: OpenPage) -> None:
    asker, first = make_person("กานต์ชนก ทองดี"), make_knower("วรรณา แก้วมณี", title="ตรวจรับงานจ้างไม่ครบ")
    friend = make_person("สมหญิง ใจดี")
    worker()

    page = open_page(asker)
    page.goto("/questions/new/")
    page.fill("input[name=title]", "ตรวจรับงานจ้างส่งมาไม่ครบ รับบางส่วนได้ไหม")
    page.locator("summary", has_text="ป้าย").click()
    page.fill("input[name=tags]", "ตรวจรับงานจ้าง")
    send(page)
    expect(page.locator("h1")).to_contain_text("ตรวจรับงานจ้าง")
    question = page.url.split("#")[0]
    worker()
    page.goto(question)
    expect(page.locator("main")).to_contain_text("เราพาคำถามไปหาคนที่น่าจะรู้แล้ว")
    expect(page.locator("main")).not_to_contain_text("วรรณา แก้วมณี ")

    knower = open_page(first)
    knower.goto("/")
    card = knower.locator("article.ask", has_text="คำถามนี้คุณน่าจะช่วยได้")
    expect(card).to_contain_text("คุณเคยตอบ")
    card.get_by_role("link", name="ฉันรู้ว่าใครรู้").click()
    knower.fill("main input[name=q]", "สมหญิง")
    knower.locator("main form[role=search] button").click()
    knower.fill("input[name=word]", "เธอเพิ่งทำมา")
    knower.get_by_role("button", name="ส่งต่อ").click()
    expect(knower.locator("h1")).to_have_text("ถามมาถึงฉัน")
    expect(knower.locator("main article")).to_have_count(0)
    worker()

    helper = open_page(friend)
    helper.goto("/news/")
    helper.locator("ul.news a", has_text="วรรณา แก้วมณี บอกว่าคุณน่าจะรู้").click()
    box = helper.locator("#carried")
    expect(box).to_contain_text("เธอเพิ่งทำมา")
    box.get_by_role("link", name="ตอบ").click()
    helper.fill("#answer textarea[name=text]", "ตรวจรับงานจ้างเป็นงวดได้ ถ้าสัญญาแบ่งงวดไว้")
    helper.locator("#answer button.main").click()
    expect(helper.locator("article.answer")).to_contain_text("แบ่งงวด")
    worker()
    assert Carried.objects.get(person=friend).state == CarriedState.ANSWERED

    page.goto(question)
    page.locator("article.answer button[name=works]").click()
    expect(page.locator("article.answer.best")).to_contain_text("แบ่งงวด")
    page.locator("article.answer button.flower").first.click()
    expect(page.locator("article.answer button.flower[aria-pressed=true]")).to_be_visible()
    worker()

    helper.goto("/who-knows/me/")
    draft = Expertise.objects.filter(person=friend, state=TopicState.DRAFT).first()
    assert draft is not None
    expect(helper.locator(f"#topic-{draft.pk} h3")).to_have_text(draft.label)


def test_those_who_may_know_come_to_the_side_and_are_invited(open_page: OpenPage) -> None:
    """On a desktop beside the question; on a phone above the box to answer in."""
    asker, knower = make_person("กานต์ชนก"), make_knower("วรรณา แก้วมณี", per_week=9)
    question = ask("ปลูกกล้วยไม้หน้าตึกอย่างไรให้ออกดอก", by=asker)
    question.title = TOPIC
    question.save()
    page = open_page(asker, viewport=DESKTOP)
    page.goto(f"/posts/{question.number}/")
    side = page.locator("aside .side", has_text="คนที่น่าจะรู้เรื่องนี้")
    expect(side).to_contain_text(knower.name)
    phone = open_page(make_person(), viewport=PHONE)
    phone.goto(f"/posts/{question.number}/")
    near = phone.locator(".stack-l .side.phone-only")
    near.scroll_into_view_if_needed()
    expect(near).to_contain_text(knower.name)
    side.get_by_role("button", name="ชวนมาตอบ").click()
    expect(page.locator("main")).to_contain_text("เราพาคำถามไปหาคนที่น่าจะรู้แล้ว")
    assert Carried.objects.get().invited_by == asker


def test_who_may_know_is_offered_while_one_types_and_stays_ticked(open_page: OpenPage) -> None:
    knower = make_knower("วรรณา แก้วมณี")
    make_knower("เดชา พรหมรักษ์", title="โปรเจกเตอร์ภาพสั่น")
    settle()
    page = open_page(make_person("กานต์ชนก"))
    page.goto("/questions/new/")
    page.wait_for_load_state("networkidle")  # what looks things up while one types has arrived
    page.locator("input[name=title]").press_sequentially("ตรวจรับงานจ้าง")
    page.locator("label.choice", has_text=knower.name).click()
    page.locator("input[name=title]").press_sequentially(" กับโปรเจกเตอร์ภาพสั่น")
    expect(page.locator("label.choice", has_text="เดชา")).to_be_visible()
    expect(page.locator("label.choice", has_text=knower.name).locator("input")).to_be_checked()
    send(page)
    expect(page.locator("h1")).to_contain_text("ตรวจรับ")
    settle()
    assert Carried.objects.get(person=knower).is_invited


def test_the_pages_are_for_everybody(open_page: OpenPage) -> None:
    """Nothing stands in the way of a screen reader, and nothing runs off the side of a narrow phone."""
    asker, knower = make_person("กานต์ชนก"), make_knower("วรรณา แก้วมณี", per_week=9)
    question = ask(by=asker)
    unknown = ask("ปลูกกล้วยไม้หน้าตึกอย่างไรให้ออกดอก", by=asker)
    pages = {
        knower: [
            "/who-knows/asked/",
            "/",
            f"/posts/{question.number}/",
            f"/who-knows/asked/{question.number}/pass-on/?q=กานต์",
        ],
        asker: [
            f"/who-knows/invite/{unknown.number}/?q=วรรณา",
            f"/posts/{unknown.number}/",
            f"/posts/{question.number}/",
        ],
    }
    for person, paths in pages.items():
        for viewport in ({"width": 320, "height": 700}, DESKTOP):
            page = open_page(person, viewport=viewport)
            for path in paths:
                page.goto(path)
                found = Axe().run(page, options={"runOnly": RULES["runOnly"]})
                assert found.response["violations"] == [], path
                assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], path
