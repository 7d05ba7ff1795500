"""The writing pages on a phone: words and button at hand, no file lost by a closed tab, nothing left by who leaves."""

import io
import re
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from lomwong.communities.tests.factories import make_community
from lomwong.people.tests.factories import make_person
from lomwong.posts.models import File, Kind, Post
from lomwong.posts.tests.factories import make_post

from .conftest import OpenPage
from .test_every_page import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
SMALL = {"width": 320, "height": 640}
STORE = """async () => {
    const name = (await indexedDB.databases()).map((one) => one.name).find((one) => one.startsWith("lomwong-files-"));
    if (!name) return -1;
    const base = await new Promise((done) => (indexedDB.open(name).onsuccess = (event) => done(event.target.result)));
    const files = base.transaction("files").objectStore("files").count();
    return new Promise((done) => (files.onsuccess = () => (base.close(), done(files.result))));
}"""


def photo(name: str = "หลอดไฟ.jpg") -> dict[str, Any]:
    made = io.BytesIO()
    Image.new("RGB", (320, 240), (200, 180, 60)).save(made, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": made.getvalue()}


def note(name: str) -> dict[str, Any]:
    return {"name": name, "mimeType": "text/plain", "buffer": "รายการหลอดไฟ".encode()}


def text(page: Page) -> Locator:
    return page.locator("textarea[name=text]")


def lose_network(page: Page) -> None:
    page.wait_for_load_state("networkidle")  # with all that comes by itself a moment later
    page.wait_for_function("performance.getEntriesByType('resource').some((one) => one.name.includes('find.'))")
    page.context.set_offline(True)


@pytest.mark.parametrize("kind", ["stories", "journal", "questions"])
def test_words_and_button_are_on_the_first_screen(open_page: OpenPage, kind: str) -> None:
    page = open_page(make_person("เดชา"))
    page.goto(f"/{kind}/new/")
    expect(text(page)).to_be_in_viewport(ratio=0.9)
    expect(page.locator("form.write button.main")).to_be_in_viewport(ratio=1)
    page.set_viewport_size(SMALL)
    page.locator(".handles summary").last.click()
    page.locator(".handles .held [name=licence]").scroll_into_view_if_needed()
    expect(page.locator("form.write button.main")).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_handle_says_what_was_chosen_behind_it(open_page: OpenPage) -> None:
    person = make_person("เดชา")
    make_community("วงเปลี่ยนหลอดไฟ", by=person)
    page = open_page(person)
    page.goto("/stories/new/")
    place, tags = page.locator("[data-holds=place]"), page.locator("[data-holds=tags]")
    expect(place).to_have_text("ทุกคนในมหาวิทยาลัย")
    page.locator(".handles summary").first.focus()
    page.keyboard.press("Enter")
    page.get_by_label("วงเปลี่ยนหลอดไฟ").check()
    expect(place).to_have_text("วงเปลี่ยนหลอดไฟ")
    page.get_by_label("วงเปลี่ยนหลอดไฟ").uncheck()
    page.get_by_label("ใครก็ได้ ไม่ต้องเข้าระบบ").check()
    expect(place).to_have_text("ใครก็ได้ ไม่ต้องเข้าระบบ")
    page.locator("summary", has=tags).click()
    page.fill("[name=tags]", "หลอดไฟ, อาคาร")
    expect(tags).to_have_text("หลอดไฟ, อาคาร")
    text(page).fill("เปลี่ยนหลอดไฟทั้งชั้น")
    page.locator("form.write button.main").click()
    expect(page.locator("h1")).to_have_text("เปลี่ยนหลอดไฟทั้งชั้น")
    assert Post.objects.get().audience == "public"


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_what_lies_behind_the_handles_is_accessible_too(open_page: OpenPage, colours: str) -> None:
    person = make_person("เดชา")
    make_community("วงเปลี่ยนหลอดไฟ", by=person)
    page = open_page(person)
    page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
    for address in ("/stories/new/", "/stories/new/?prompt=scene", "/news/settings/"):
        page.goto(address)
        page.evaluate("document.querySelectorAll('main details').forEach((one) => (one.open = true))")
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_files_of_a_reply_are_named_and_can_be_taken_away(open_page: OpenPage) -> None:
    story, person = make_post("หลอดไฟ"), make_person("เดชา")
    page = open_page(person)
    page.goto(story.get_absolute_url())
    box = page.locator("form.compose:not(.quick)")
    box.locator("[name=attached]").focus()
    expect(box.locator("[name=attached]")).to_be_focused()
    box.locator("[name=attached]").set_input_files([note("ก.txt"), note("ข.txt")])
    expect(box.locator(".chosen li")).to_have_count(2)
    box.locator(".chosen button").first.click()
    expect(box.locator(".chosen li")).to_have_text([re.compile("ข.txt")])
    box.locator("textarea").fill("แนบรายการมาให้")
    box.locator("button.main").click()
    expect(page.locator(".say .files")).to_contain_text("ข.txt")
    assert [file.name for file in File.objects.all()] == ["ข.txt"]
    expect(page.locator("form.compose:not(.quick) .chosen")).to_be_hidden()


def test_a_picture_chosen_without_a_network_survives_a_closed_tab(open_page: OpenPage) -> None:
    page = open_page(make_person("เดชา"))
    page.goto("/journal/new/")
    lose_network(page)
    text(page).fill("ไฟดับทั้งตึก")
    page.locator("input[data-add]").first.set_input_files(photo())
    page.locator(".desk [name=attached]").set_input_files(note("รายการ.txt"))
    expect(page.locator("[data-laid] [data-kept] [data-again]")).to_have_count(2)
    context = page.context
    page.close(run_before_unload=False)
    context.set_offline(False)

    back = context.new_page()
    back.goto("/stories/new/")
    back.locator("[data-offer] [data-take]").click()
    back.wait_for_url("**draft=*")
    expect(text(back)).to_have_value(re.compile(r"ไฟดับทั้งตึก\s*!\[.*\]\(file:\d+\)"))
    expect(back.locator("[data-laid]")).to_contain_text("รายการ.txt")
    expect(back.locator("[data-laid] [data-waits]")).to_have_count(0)
    assert back.evaluate(STORE) == 0
    back.locator("form.write button.main").click()
    expect(back.locator(".prose img")).to_be_visible()
    post = Post.objects.get()
    assert post.kind == Kind.JOURNAL
    assert sorted(file.name for file in post.files.all()) == ["รายการ.txt", "หลอดไฟ.webp"]


def test_a_file_alone_is_offered_again(open_page: OpenPage) -> None:
    page = open_page(make_person("เดชา"))
    page.goto("/stories/new/?prompt=voice")
    lose_network(page)
    page.locator(".desk [name=attached]").set_input_files(note("ที่พูดไว้.txt"))
    expect(page.locator("[data-laid] [data-again]")).to_be_visible()
    context = page.context
    page.close()
    context.set_offline(False)
    back = context.new_page()
    back.goto("/write/")
    back.goto("/stories/new/")
    expect(back.locator("[data-offer]")).to_contain_text("ที่พูดไว้.txt")


def test_who_signs_out_leaves_nothing_unsent(open_page: OpenPage) -> None:
    person = make_person("เดชา")
    page = open_page(person)
    page.goto(person.get_absolute_url())
    page.evaluate(
        """async (me) => {
            for (const one of [me, 999999]) {
                localStorage.setItem(`lomwong-words:${one}:key`, "{}");
                await new Promise((done) => (indexedDB.open(`lomwong-files-${one}`).onsuccess = done));
            }
        }""",
        person.pk,
    )
    stores = "indexedDB.databases().then((found) => found.map((one) => one.name).sort())"
    page.reload()  # closes both

    asked: list[str] = []

    def stay(dialog: Any) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.once("dialog", stay)
    sign_out = page.locator("form[data-leaves] button")
    sign_out.click()
    page.wait_for_timeout(200)
    assert "ยังไม่ได้ส่ง" in asked[0]
    assert page.evaluate("Object.keys(localStorage).length") == 2
    page.once("dialog", lambda dialog: dialog.accept())
    sign_out.click()
    page.wait_for_url("**/")
    assert page.evaluate("Object.keys(localStorage)") == ["lomwong-words:999999:key"]
    assert page.evaluate(stores) == ["lomwong-files-999999"]
