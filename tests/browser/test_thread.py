"""The page of a thread as somebody uses it on a phone."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from lomwong.communities.models import Audience
from lomwong.people.models import Person
from lomwong.people.tests.factories import make_person
from lomwong.posts.actions import reply, write_post
from lomwong.posts.models import Flower, Kind, Post
from lomwong.posts.tests.papers import make_docx

from .conftest import DESKTOP, PHONE, OpenPage, sign_in
from .test_every_page import NARROW, faults, runs_off

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
BOX = "form.compose:not(.quick):not(.besides)"
BESIDES = "form.compose.besides"


@pytest.fixture
def me() -> Iterator[Person]:
    return make_person("วรรณา แก้วมณี")


@pytest.fixture
def story(me: Person) -> Post:
    author = make_person("สุไลมาน หะยีสะแลแม")
    story = write_post(kind=Kind.STORY, by=author, title="สลับเอกสารแค่ใบเดียว", text="เล่าค้างไว้", audience=Audience.PUBLIC)
    first = reply(story, kind=Kind.COMMENT, by=make_person("เดชา"), text="ใบเสร็จต่างประเทศ แปลแค่สามช่อง")
    reply(first, kind=Kind.COMMENT, by=author, text="ขอบคุณครับพี่")
    return story


def opened(page: Page, post: Post) -> Page:
    page.goto(post.get_absolute_url())
    page.wait_for_selector(f"{BOX}[data-htmx-powered]")  # start.js fetches htmx after the page
    return page


def paper(folder: Path) -> Path:
    path = folder / "ใบตรวจรับ.docx"
    path.write_bytes(io.BytesIO(make_docx("ใบตรวจรับ")).read())
    return path


def test_a_comment_with_a_file(open_page: OpenPage, me: Person, story: Post, tmp_path: Path) -> None:
    page = opened(open_page(me), story)
    page.fill(f"{BOX} textarea", "แนบแบบฟอร์มที่ใช้จริงให้ดู")
    page.set_input_files(f"{BOX} input[type=file]", paper(tmp_path))
    page.click(f"{BOX} .btn.main")
    said = page.locator("#said > .say").last
    expect(said).to_contain_text("แนบแบบฟอร์มที่ใช้จริงให้ดู")
    expect(said.locator(".files")).to_contain_text("ใบตรวจรับ.docx")
    expect(page.locator(f"{BOX} textarea")).to_have_value("")
    assert runs_off(page) <= 0
    shown = said.inner_html()
    page.reload()
    assert page.locator("#said > .say").last.inner_html() == shown


def test_without_scripts_a_comment_with_a_file_goes_too(
    browser: Browser, live_server: LiveServer, me: Person, story: Post, tmp_path: Path
) -> None:
    context = browser.new_context(viewport=PHONE, locale="th-TH", base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, me)
    page.goto(story.get_absolute_url())
    page.fill(f"{BOX} textarea", "ไม่มีสคริปต์ก็คุยได้")
    page.set_input_files(f"{BOX} input[type=file]", paper(tmp_path))
    page.click(f"{BOX} .btn.main")
    expect(page.locator("#said > .say").last).to_contain_text("ใบตรวจรับ.docx")
    page.locator(".say .flower").first.click()
    expect(page.locator(".say .flower").first).to_have_attribute("aria-pressed", "true")
    page.locator(".say .more").first.click()
    page.get_by_role("link", name="ยกคำพูด").click()
    expect(page.locator("main textarea")).to_have_value(re.compile("^> ใบเสร็จต่างประเทศ"))
    context.close()


def test_thanks_with_a_word_and_taken_back(open_page: OpenPage, me: Person, story: Post) -> None:
    page = opened(open_page(me), story)
    page.locator(".a-word summary").click()
    page.locator(".a-word input").fill("พรุ่งนี้จะลองดู")
    page.locator("#thanks .flower").click()
    expect(page.locator("#thanks")).to_contain_text("วรรณา แก้วมณี ขอบคุณเรื่องนี้")
    assert Flower.objects.get().word == "พรุ่งนี้จะลองดู"
    comment = page.locator(".say .flower").first
    comment.click()
    expect(comment).to_have_attribute("aria-pressed", "true")
    comment.click()
    expect(comment).to_have_attribute("aria-pressed", "false")
    page.locator("#thanks .flower").click()
    expect(page.locator("#thanks .flower")).to_have_attribute("aria-pressed", "false")
    assert not Flower.objects.exists()


def test_a_menu_opens_with_keys_alone_and_a_reply_is_said_in_place(
    open_page: OpenPage, me: Person, story: Post
) -> None:
    page = opened(open_page(me, viewport=DESKTOP), story)
    more = page.locator(".say .more").first
    more.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".menu-here a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".menu-here")).to_have_count(0)
    expect(more).to_be_focused()
    page.keyboard.press("Enter")
    page.locator(".menu-here").get_by_role("link", name="ยกคำพูด").click()
    text = page.locator(f"{BESIDES} textarea")
    expect(text).to_be_focused()
    expect(text).to_have_value(re.compile("^> ใบเสร็จต่างประเทศ"))
    page.keyboard.type("ลองแล้วได้ผล")
    page.locator(f"{BESIDES} .btn.main").click()
    expect(page.locator(BESIDES)).to_have_count(0)
    said = page.locator(".say .say").last
    expect(said.locator("blockquote")).to_contain_text("ใบเสร็จต่างประเทศ")
    expect(said).to_contain_text("ลองแล้วได้ผล")


def test_a_few_chosen_words_are_quoted(open_page: OpenPage, me: Person, story: Post) -> None:
    page = opened(open_page(me), story)
    page.evaluate(
        """() => {
            const words = document.querySelector(".say .prose p").firstChild;
            const range = document.createRange();
            range.setStart(words, 0);
            range.setEnd(words, words.length);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }"""
    )
    page.locator("#quote").click()
    expect(page.locator(f"{BESIDES} textarea")).to_have_value("> ใบเสร็จต่างประเทศ แปลแค่สามช่อง\n\n")


def test_somebody_who_stays_is_counted_as_a_reader(browser: Browser, live_server: LiveServer, story: Post) -> None:
    context = browser.new_context(viewport=PHONE, base_url=live_server.url, user_agent="Mozilla/5.0 Chrome")
    page = context.new_page()
    with page.expect_response(re.compile("/read/$"), timeout=20_000):
        page.goto(story.get_absolute_url())
    assert context.cookies() == []
    context.close()
    story.refresh_from_db()
    assert story.reader_count == 1


@pytest.mark.parametrize("viewport", [NARROW, PHONE, DESKTOP])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_an_open_menu_and_an_open_box_are_accessible_and_fit(
    open_page: OpenPage, me: Person, story: Post, viewport: dict[str, int], colours: str
) -> None:
    page = open_page(me, viewport=viewport)
    page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
    opened(page, story)
    page.locator(".a-word summary").click()
    page.locator(".say .acts").first.get_by_role("link", name="ตอบ").click()
    expect(page.locator(BESIDES)).to_be_visible()
    page.locator(".say .more").last.click()
    expect(page.locator(".menu-here a").first).to_be_visible()
    assert runs_off(page) <= 0
    assert faults(page) == []
