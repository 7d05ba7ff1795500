"""The rich way of writing: only when asked for, only where every word comes back the same, and never in the way."""

import re

import pytest
from playwright.sync_api import Page, expect

from lomwong.people.tests.factories import make_person
from lomwong.posts.models import Post

from .conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def story(open_page: OpenPage, words: str) -> Page:
    page = open_page(make_person())
    page.goto("/stories/new/")
    page.fill("input[name=title]", "ลองเขียน")
    page.fill("textarea[name=text]", words)
    return page


def test_what_is_written_so_is_posted_as_it_looked(open_page: OpenPage) -> None:
    page = story(open_page, "บรรทัดแรก\nบรรทัดสอง\n\n- ก\n- ข\n\n![](file:1)\n\nท้าย")
    scripts: list[str] = []
    page.on("request", lambda request: scripts.append(request.url))
    page.locator("[data-rich]").click()
    box = page.locator(".rich [role=textbox]")
    expect(box).to_be_focused()
    assert [url for url in scripts if "tiptap" in url]
    expect(box.locator("li")).to_have_count(2)
    expect(page.locator("textarea[name=text]")).to_be_hidden()
    page.keyboard.press("Control+End")
    page.keyboard.type(" แล้วก็จบ")
    page.keyboard.press("Shift+Home")
    page.locator("[data-do=bold]").click()
    expect(page.locator("[data-do=bold]")).to_have_attribute("aria-pressed", "true")
    page.locator("form.write button.main").click()
    page.wait_for_url(re.compile(r"/posts/\d+/"))
    post = Post.objects.get()
    assert post.text.replace("\r\n", "\n").startswith("บรรทัดแรก")
    assert "<strong>ท้าย แล้วก็จบ</strong>" in post.html
    assert "บรรทัดแรก<br>\nบรรทัดสอง" in post.html


def test_what_would_not_come_back_the_same_stays_in_the_plain_box(open_page: OpenPage) -> None:
    words = "| ก | ข |\n|---|---|\n| 1 | 2 |"
    page = story(open_page, words)
    page.locator("[data-rich]").click()
    expect(page.locator("[data-rich-status]")).to_contain_text("จะไม่เหมือนเดิม", timeout=15_000)
    expect(page.locator("textarea[name=text]")).to_have_value(words)
    expect(page.locator("textarea[name=text]")).to_be_visible()
    assert page.locator(".rich").count() == 0


def test_back_to_the_plain_box_with_every_word(open_page: OpenPage) -> None:
    page = story(open_page, "คำเดิม")
    page.locator("[data-rich]").click()
    expect(page.locator(".rich [role=textbox]")).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.type("กับคำใหม่")
    page.locator("[data-plain]").click()
    expect(page.locator("textarea[name=text]")).to_have_value("คำเดิมกับคำใหม่")
    expect(page.locator("textarea[name=text]")).to_be_focused()


def test_it_is_not_fetched_unless_asked_for(open_page: OpenPage) -> None:
    page = open_page(make_person())
    scripts: list[str] = []
    page.on("request", lambda request: scripts.append(request.url))
    page.goto("/stories/new/")
    expect(page.locator("[data-rich]")).to_be_visible()
    assert not [url for url in scripts if "tiptap" in url]
