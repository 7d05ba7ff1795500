"""What people come for, done as they would do it: in Thai, on a phone."""

import pytest
from playwright.sync_api import Page, expect

from lomwong.communities.models import Audience
from lomwong.people.tests.factories import make_person, make_unit
from lomwong.posts.models import Kind, Post

from .conftest import DESKTOP, OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def send(page: Page) -> None:
    """The page's one main action."""
    page.locator("main form button.main").last.click()


def test_start_a_circle_tell_a_story_talk_on(open_page: OpenPage) -> None:
    unit = make_unit("คณะพยาบาลศาสตร์")
    wanna, decha = make_person("วรรณา แก้วมณี", unit=unit), make_person("เดชา พรหมรักษ์")
    page = open_page(wanna)
    page.goto("/circles/start/")
    page.fill("input[name=name]", "พัสดุไม่ค้างปี")
    send(page)
    expect(page.locator("h1")).to_have_text("พัสดุไม่ค้างปี")
    page.goto("/stories/new/")
    page.fill("input[name=title]", "ย้ายทะเบียนครุภัณฑ์")
    page.fill("textarea[name=text]", "ทำเสร็จใน **สองสัปดาห์**\n\nไม่มีอะไรหาย")
    page.locator(".handles summary").first.click()
    page.check("input[name=communities]")
    send(page)
    expect(page.locator("h1")).to_have_text("ย้ายทะเบียนครุภัณฑ์")
    expect(page.locator(".prose strong")).to_have_text("สองสัปดาห์")
    story = page.url

    colleague = open_page(decha)
    colleague.goto("/circles/พัสดุไม่ค้างปี/")
    colleague.locator("main form button.main").first.click()
    colleague.goto(story)
    colleague.fill("textarea[name=text]", "ขอบคุณครับพี่ จะลองดู")
    send(colleague)
    expect(colleague.locator(".bubble").last).to_contain_text("จะลองดู")

    page.goto("/")
    expect(page.locator("article.post h2").first).to_have_text("ย้ายทะเบียนครุภัณฑ์")


def test_ask_answer_and_say_that_it_worked(open_page: OpenPage) -> None:
    asker, helper = make_person("กานต์ชนก"), make_person("วรรณา")
    page = open_page(asker)
    page.goto("/questions/new/")
    page.fill("input[name=title]", "ตรวจรับงานจ้างไม่ครบ รับบางส่วนได้ไหม")
    send(page)
    question = page.url.split("#")[0]

    colleague = open_page(helper)
    colleague.goto("/search/?q=งานจ้าง")
    colleague.locator("main a", has_text="ตรวจรับ").first.click()
    colleague.fill("textarea[name=text]", "เปิดสัญญาดูว่าแบ่งงวดไหม")
    send(colleague)
    expect(colleague.locator("article.answer")).to_contain_text("แบ่งงวด")

    page.goto(question)
    page.locator("article.answer button[name=works]").click()
    expect(page.locator("article.answer.best")).to_contain_text("แบ่งงวด")
    assert Post.objects.get(kind=Kind.QUESTION).accepted_answer is not None

    page.goto("/who-knows/?q=งานจ้างแบ่งงวด")
    expect(page.locator(".person h2").first).to_have_text("วรรณา")


def test_a_closed_circle_stays_closed_until_one_is_let_in(open_page: OpenPage) -> None:
    host, guest = make_person("เจ้าของวง"), make_person("แขก")
    page = open_page(host)
    page.goto("/circles/start/")
    page.fill("input[name=name]", "วงปิด")
    page.locator("details summary").click()
    page.check(f"input[value={Audience.MEMBERS}]")
    send(page)
    page.goto("/stories/new/?circle=วงปิด")
    page.fill("input[name=title]", "ความในใจ")
    page.fill("textarea[name=text]", "เรื่องนี้คุยกันในวง")
    page.check("input[name=communities]")
    send(page)
    story = page.url

    visitor = open_page(guest)
    answer = visitor.goto(story)
    assert answer is not None
    assert answer.status == 404
    visitor.goto("/circles/วงปิด/")
    expect(visitor.locator("main")).not_to_contain_text("ความในใจ")
    visitor.locator("main form button.main").first.click()

    page.goto("/circles/วงปิด/members/")
    page.locator("main form button").first.click()
    visitor.goto(story)
    expect(visitor.locator("h1")).to_have_text("ความในใจ")


def test_words_survive_a_form_that_is_not_complete(open_page: OpenPage) -> None:
    page = open_page(make_person("คนเขียน"))
    page.goto("/questions/new/")
    page.fill("textarea[name=text]", "เขียนมาตั้งนาน")
    page.evaluate("document.querySelectorAll('[required]').forEach(field => field.removeAttribute('required'))")
    send(page)
    expect(page.locator("textarea[name=text]")).to_have_value("เขียนมาตั้งนาน")
    expect(page.locator(".error").first).to_be_visible()


def test_language_and_colours_are_the_readers_choice(open_page: OpenPage) -> None:
    page = open_page(viewport=DESKTOP)
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "th")
    page.locator("button[name=language]").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator("button[name=theme]").first.click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
