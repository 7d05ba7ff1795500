"""Writing on a phone, in Thai: nothing that was typed is lost, whatever becomes of the network and the tab."""

import io
import re
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from lomwong.people.tests.factories import make_person
from lomwong.posts.models import Draft, File, Kind, Post

from .conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

WORDS = "ตู้เย็นของแล็บเสียตั้งแต่เช้า เลยขนตัวอย่างไปฝากแล็บข้าง ๆ"


def photo() -> dict[str, Any]:
    made = io.BytesIO()
    Image.new("RGB", (640, 480), (40, 120, 90)).save(made, "JPEG")
    return {"name": "ตู้.jpg", "mimeType": "image/jpeg", "buffer": made.getvalue()}


def send(page: Page) -> None:
    page.locator("form.write button.main").click()


def text(page: Page) -> Locator:
    return page.locator("textarea[name=text]")


def kept(page: Page) -> None:
    expect(page.locator("p.kept")).to_contain_text("เก็บไว้แล้ว")


def test_a_picture_a_lost_network_a_closed_tab_and_back(open_page: OpenPage) -> None:
    page = open_page(make_person("ฟาตีเมาะห์ ยูโซะ"))
    page.goto("/stories/new/")
    page.fill("input[name=title]", "ตู้เย็นเสีย")
    text(page).fill(WORDS)
    page.locator("input[data-add]").first.set_input_files(photo())
    expect(text(page)).to_have_value(re.compile(r"!\[.*\]\(file:\d+\)"))
    page.locator("[data-laid] [data-alt] input").fill("ตู้เย็นที่เปิดประตูทิ้งไว้")
    page.locator("[data-laid] [data-alt] input").blur()
    kept(page)

    page.context.set_offline(True)
    text(page).press("End")
    text(page).press_sequentially(" แล้วก็ไฟดับ")
    expect(page.locator("p.kept")).to_contain_text("ไม่มีเน็ต", timeout=20_000)
    send(page)
    expect(page.locator("p.kept")).to_contain_text("ไม่มีเน็ต")
    context = page.context
    page.close()

    context.set_offline(False)
    back = context.new_page()
    back.goto("/stories/new/")
    offer = back.locator("[data-offer]")
    expect(offer).to_contain_text("ตู้เย็นเสีย")
    offer.locator("[data-take]").click()
    back.wait_for_url("**draft=*")
    expect(text(back)).to_have_value(re.compile("แล้วก็ไฟดับ"))
    expect(back.locator("input[name=title]")).to_have_value("ตู้เย็นเสีย")
    send(back)
    expect(back.locator("h1")).to_have_text("ตู้เย็นเสีย")
    expect(back.locator(".prose img")).to_have_attribute("alt", "ตู้เย็นที่เปิดประตูทิ้งไว้")

    post = Post.objects.get()
    assert post.text.startswith(WORDS[:20])
    assert File.objects.get().post == post
    assert not Draft.objects.visible_to(post.author).exists()
    back.goto("/stories/new/")
    expect(back.locator("[data-offer]")).to_be_hidden()


def test_a_closed_tab_before_anything_was_sent(open_page: OpenPage) -> None:
    page = open_page(make_person("เดชา"))
    page.goto("/journal/new/")
    page.context.set_offline(True)
    text(page).press_sequentially("สองบรรทัด")
    context = page.context
    page.close()
    context.set_offline(False)
    back = context.new_page()
    back.goto("/questions/new/")  # offered wherever one writes next
    expect(back.locator("[data-offer]")).to_contain_text("สองบรรทัด")
    back.locator("[data-drop]").click()
    expect(back.locator("[data-offer]")).to_be_hidden()
    back.reload()
    expect(back.locator("[data-offer]")).to_be_hidden()
    assert not Post.objects.exists()


def test_somebody_else_on_this_device_is_offered_nothing(open_page: OpenPage) -> None:
    page = open_page(make_person("คนแรก"))
    page.goto("/journal/new/")
    page.context.set_offline(True)
    text(page).press_sequentially("ของคนแรก")
    text(page).blur()
    page.evaluate(r"""for (const [key, words] of Object.entries(localStorage)) {
        localStorage.setItem(key.replace(/:\d+:/, ":999999:"), words);
        localStorage.removeItem(key);
    }""")  # as if it were another's
    context = page.context
    page.close()
    context.set_offline(False)
    other = context.new_page()
    other.goto("/journal/new/")
    expect(other.locator("[data-status]")).to_have_count(1)
    expect(other.locator("[data-offer]")).to_be_hidden()


def test_kept_while_one_types_and_taken_up_on_another_device(open_page: OpenPage) -> None:
    person = make_person("วรรณา")
    page = open_page(person)
    page.goto("/stories/new/?prompt=scene")
    page.fill("textarea[name=box_scene]", "เช้าวันจันทร์")
    kept(page)
    other = open_page(person)
    other.goto("/drafts/")
    other.locator(".drafts a.btn").click()
    expect(other.locator("textarea[name=box_scene]")).to_have_value("เช้าวันจันทร์")


def test_a_colleague_is_named_without_a_space_before(open_page: OpenPage) -> None:
    person, wanna = make_person("เดชา พรหมรักษ์"), make_person("วรรณา แก้วมณี")
    page = open_page(person)
    page.goto("/journal/new/")
    text(page).press_sequentially("ขอบคุณ@วรร")
    page.locator("[role=option]", has_text="วรรณา").click()
    expect(text(page)).to_have_value(f"ขอบคุณ[@วรรณา แก้วมณี](person:{wanna.pk}) ")
    send(page)
    expect(page.locator(f"a[href='{wanna.get_absolute_url()}']").first).to_be_visible()


def test_marks_come_and_go_and_undo_takes_them_back(open_page: OpenPage) -> None:
    page = open_page(make_person("เดชา"))
    page.goto("/journal/new/")
    text(page).fill("งานเสร็จแล้ว")
    text(page).evaluate("field => field.setSelectionRange(0, 3)")
    page.locator("[data-mark='**']").click()
    expect(text(page)).to_have_value("**งาน**เสร็จแล้ว")
    page.locator("[data-mark='**']").click()
    expect(text(page)).to_have_value("งานเสร็จแล้ว")
    page.locator("[data-line='- ']").click()
    expect(text(page)).to_have_value("- งานเสร็จแล้ว")
    page.keyboard.press("Control+z")
    expect(text(page)).to_have_value("งานเสร็จแล้ว")
    page.locator("button[value=preview]").click()
    expect(page.locator("[data-look] .prose")).to_have_text("งานเสร็จแล้ว")


def test_an_input_method_is_not_disturbed(open_page: OpenPage) -> None:
    make_person("วรรณา แก้วมณี")
    page = open_page(make_person("เดชา"))
    page.goto("/journal/new/")
    text(page).focus()
    composing = page.context.new_cdp_session(page)
    composing.send("Input.imeSetComposition", {"text": "@วร", "selectionStart": 3, "selectionEnd": 3})
    page.wait_for_timeout(500)
    field = text(page)
    field.evaluate("""field => {
        for (const key of ["Enter", "ArrowDown", "Escape", "b"]) {
            const how = { key, isComposing: true, ctrlKey: key === "b", bubbles: true, cancelable: true };
            field.dispatchEvent(new KeyboardEvent("keydown", how));
        }
    }""")
    expect(field).to_have_value("@วร")
    composing.send("Input.insertText", {"text": "@วรรณะ"})
    expect(field).to_have_value("@วรรณะ")


def test_two_lines_on_a_phone_from_the_dock(open_page: OpenPage) -> None:
    page = open_page(make_person("ฟาตีเมาะห์"))
    page.goto("/questions/")
    page.locator(".dock button.write").click()
    page.locator("#quick textarea").fill("สองบรรทัดระหว่างรอรถ")
    page.locator("#quick button.main").click()
    expect(page.locator("main [role=status]")).to_be_visible()
    assert page.url.endswith("/questions/")
    assert Post.objects.get().kind == Kind.JOURNAL
