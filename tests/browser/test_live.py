"""Suggestions, things near a post, questions like one's own: by keys alone, by ear, by thumb, without JavaScript."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from lomwong.people.models import Person
from lomwong.people.tests.factories import make_person
from lomwong.posts.actions import accept_answer, reply, write_post
from lomwong.posts.models import Kind, Post
from lomwong.search.index import catch_up

from .conftest import DESKTOP, PHONE, OpenPage
from .test_every_page import NARROW, faults, runs_off

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
BOX = ".find input"
OPTIONS = "#suggestions [role=option]"
LATE = '<p data-said hidden>1</p><a role="option" id="late" href="/">late</a>'


@pytest.fixture
def me() -> Iterator[Person]:
    return make_person("วรรณา แก้วมณี")


@pytest.fixture
def story(me: Person) -> Post:
    story = write_post(kind=Kind.STORY, by=me, title="ย้ายทะเบียนครุภัณฑ์", text="ทะเบียนเล่มเก่า", tags=["ทะเบียน"])
    write_post(kind=Kind.STORY, by=me, title="ทะเบียนครุภัณฑ์หาย", text="หาอยู่สามวัน")
    question = write_post(kind=Kind.QUESTION, by=me, title="ทะเบียนครุภัณฑ์ต้องเก็บกี่ปี", text="")
    accept_answer(reply(question, kind=Kind.ANSWER, by=make_person("เดชา"), text="เก็บสิบปี"), by=me)
    catch_up()
    return story


def type_in(page: Page, words: str) -> None:
    page.locator(BOX).press_sequentially(words)
    expect(page.locator(OPTIONS).first).to_be_visible()


def test_with_keys_alone(open_page: OpenPage, me: Person, story: Post) -> None:
    page = open_page(me, viewport=DESKTOP)
    page.goto("/questions/")
    box = page.locator(BOX)
    box.focus()
    type_in(page, "ย้ายทะเบียนครุ")
    chosen = page.locator("#suggestions [aria-selected=true]")
    expect(chosen).to_have_count(0)
    page.keyboard.press("ArrowDown")
    expect(chosen).to_have_count(1)
    expect(box).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(chosen).to_have_count(0)
    page.keyboard.press("ArrowUp")
    expect(chosen).to_contain_text("ย้ายทะเบียนครุภัณฑ์")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{story.get_absolute_url()}")


def test_enter_with_nothing_chosen_searches_for_what_was_typed(open_page: OpenPage, me: Person, story: Post) -> None:
    page = open_page(me)
    page.goto("/questions/")
    type_in(page, "ทะเบ")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    expect(page.locator(BOX)).to_have_value("ทะเบ")
    expect(page.locator("#suggestions")).to_be_hidden()


def test_escape_and_tab_close_the_list_and_keep_the_words(open_page: OpenPage, me: Person, story: Post) -> None:
    page = open_page(me, viewport=DESKTOP)
    page.goto("/questions/")
    type_in(page, "ทะเบ")
    page.keyboard.press("Escape")
    expect(page.locator("#suggestions")).to_be_hidden()
    expect(page.locator(BOX)).to_have_value("ทะเบ")
    page.keyboard.press("ArrowDown")
    expect(page.locator(OPTIONS).first).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator("#suggestions")).to_be_hidden()
    expect(page.locator(BOX)).to_have_value("ทะเบ")
    expect(page.locator(BOX)).not_to_be_focused()


def test_what_a_screen_reader_is_told(open_page: OpenPage, me: Person, story: Post) -> None:
    page = open_page(me)
    page.goto("/questions/")
    box = page.locator(BOX)
    expect(box).to_have_attribute("role", "combobox")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_attribute("aria-controls", "suggestions")
    expect(box).to_have_attribute("aria-autocomplete", "list")
    type_in(page, "ทะเบ")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#suggested")).to_have_text(re.compile(r"^มีคำแนะนำ \d รายการ$"))
    page.keyboard.press("ArrowDown")
    first = page.locator(OPTIONS).first
    expect(box).to_have_attribute("aria-activedescendant", first.get_attribute("id") or "none")
    page.keyboard.type("ี")
    expect(box).not_to_have_attribute("aria-activedescendant", re.compile("."))


@pytest.mark.parametrize("viewport", [NARROW, PHONE, DESKTOP])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_open_list_is_accessible_and_fits(
    open_page: OpenPage, me: Person, story: Post, viewport: dict[str, int], colours: str
) -> None:
    page = open_page(me, viewport=viewport)
    page.emulate_media(color_scheme=colours, reduced_motion="reduce")  # type: ignore[arg-type]
    page.goto("/questions/")
    type_in(page, "ทะเบ")
    page.keyboard.press("ArrowDown")
    assert faults(page) == []
    assert runs_off(page) == 0
    room = page.locator("#suggestions").bounding_box()
    assert room is not None
    assert room["x"] >= 0
    assert room["x"] + room["width"] <= viewport["width"]
    assert min(one.bounding_box()["height"] for one in page.locator(OPTIONS).all()) >= 44  # type: ignore[index]


def test_a_tap_goes_there(open_page: OpenPage, me: Person, story: Post) -> None:
    page = open_page(me)
    page.goto("/questions/")
    type_in(page, "ย้ายทะเบียน")
    page.locator(OPTIONS, has_text="ย้ายทะเบียนครุภัณฑ์").last.click()
    page.wait_for_url(f"**{story.get_absolute_url()}")
    page.go_back()
    expect(page.locator("#suggestions")).to_be_hidden()


def test_keys_belong_to_an_input_method_while_it_composes(open_page: OpenPage, me: Person, story: Post) -> None:
    page = open_page(me, viewport=DESKTOP)
    page.goto("/questions/")
    type_in(page, "ทะเบ")
    composer = page.context.new_cdp_session(page)
    composer.send("Input.imeSetComposition", {"text": "ียน", "selectionStart": 3, "selectionEnd": 3})
    expect(page.locator(BOX)).to_have_value("ทะเบียน")
    page.locator(BOX).dispatch_event("keydown", {"key": "ArrowDown", "isComposing": True, "bubbles": True})
    expect(page.locator("#suggestions [aria-selected=true]")).to_have_count(0)
    composer.send("Input.insertText", {"text": "ียน"})
    expect(page.locator(BOX)).to_have_value("ทะเบียน")
    expect(page.locator(OPTIONS, has_text="ย้ายทะเบียนครุภัณฑ์")).to_be_visible()


def test_a_slow_answer_to_earlier_words_is_dropped(open_page: OpenPage, me: Person, story: Post) -> None:
    page = open_page(me)
    page.goto("/questions/")
    held: list[Route] = []
    asked = "**/search/suggest/?q=*"

    def hold_the_first(route: Route) -> None:
        if held:
            route.fallback()
        else:
            held.append(route)

    page.route(asked, hold_the_first)
    with page.expect_request(asked):
        page.locator(BOX).press_sequentially("ทะเบียน")
    page.locator(BOX).fill("หาย")
    expect(page.locator(OPTIONS, has_text="ทะเบียนครุภัณฑ์หาย")).to_be_visible()
    held[0].fulfill(body=LATE, content_type="text/html")
    page.wait_for_timeout(500)
    expect(page.locator("#late")).to_have_count(0)


def test_no_answer_comes_into_a_box_that_was_emptied(open_page: OpenPage, me: Person, story: Post) -> None:
    page = open_page(me)
    page.goto("/questions/")
    held: list[Route] = []
    page.route("**/search/suggest/?q=*", lambda route: held.append(route))
    with page.expect_request("**/search/suggest/?q=*"):
        page.locator(BOX).press_sequentially("ทะเบียน")
    page.locator(BOX).fill("")
    page.wait_for_timeout(300)
    held[0].fulfill(body=LATE, content_type="text/html")
    page.wait_for_timeout(500)
    expect(page.locator("#suggestions")).to_be_hidden()


def test_things_near_a_post_come_by_themselves(open_page: OpenPage, me: Person, story: Post) -> None:
    page = open_page(me)
    page.goto(story.get_absolute_url())
    page.locator("footer").scroll_into_view_if_needed()
    expect(page.locator("#near")).to_be_visible()
    near = page.locator("section[aria-labelledby=near] li")
    expect(near.filter(has_text="ทะเบียนครุภัณฑ์หาย")).to_be_visible()
    assert faults(page) == []


def test_questions_like_it_appear_while_one_writes(open_page: OpenPage, me: Person, story: Post) -> None:
    page = open_page(me)
    page.goto("/questions/new/")
    page.locator("#id_title").press_sequentially("ทะเบียนครุภัณฑ์เก็บนานไหม")
    found = page.locator(".similar li")
    expect(found.filter(has_text="ต้องเก็บกี่ปี")).to_contain_text("ผู้ถามบอกว่าใช้ได้")
    expect(page.locator("#similar-said")).to_have_text(re.compile(r"\d"))
    expect(page.locator("#id_title")).to_be_focused()
    expect(page.locator("#id_title")).to_have_value("ทะเบียนครุภัณฑ์เก็บนานไหม")
    expect(page.get_by_role("button", name="เคยมีคนถามหรือยัง")).to_be_hidden()
    assert faults(page) == []
    assert runs_off(page) == 0
    page.fill("#id_text", "เล่าไปแล้วครึ่งหน้า")
    with page.context.expect_page() as opened:
        found.get_by_role("link").first.click()
    expect(opened.value.locator("h1")).to_contain_text("ทะเบียน")
    expect(page.locator("#id_text")).to_have_value("เล่าไปแล้วครึ่งหน้า")
    page.fill("#id_title", "")
    expect(page.locator(".similar")).to_have_count(0)


def test_a_title_that_was_brought_along_is_looked_up_at_once(open_page: OpenPage, me: Person, story: Post) -> None:
    page = open_page(me)
    page.goto("/questions/new/?title=ทะเบียนครุภัณฑ์")
    expect(page.locator(".similar li").first).to_be_visible()


def test_everything_works_without_javascript(open_page: OpenPage, me: Person, story: Post) -> None:
    signed_in = open_page(me)
    browser = signed_in.context.browser
    assert browser is not None
    base = signed_in.evaluate("location.origin")
    context = browser.new_context(
        java_script_enabled=False,
        locale="th-TH",
        viewport=PHONE,
        base_url=base,
        storage_state=signed_in.context.storage_state(),  # type: ignore[arg-type]
    )
    page = context.new_page()
    page.goto("/questions/")
    page.fill(BOX, "ทะเบียน")
    page.keyboard.press("Enter")
    page.locator("main a", has_text="ย้ายทะเบียนครุภัณฑ์").first.click()
    page.get_by_role("link", name="เรื่องใกล้เคียง").click()
    expect(page.locator("h1")).to_have_text("เรื่องใกล้เคียง")
    expect(page.locator("main")).to_contain_text("ทะเบียนครุภัณฑ์หาย")
    page.goto("/questions/new/")
    page.fill("#id_title", "ทะเบียนครุภัณฑ์เก็บนานไหม")
    page.fill("#id_text", "เล่าไปแล้วครึ่งหน้า")
    with context.expect_page() as opened:
        page.get_by_role("button", name="เคยมีคนถามหรือยัง").click()
    expect(opened.value.locator("main")).to_contain_text("ทะเบียนครุภัณฑ์ต้องเก็บกี่ปี")
    expect(page.locator("#id_text")).to_have_value("เล่าไปแล้วครึ่งหน้า")
    context.close()
