"""Take the pictures of docs/screenshots from a running demo: `python scripts/screenshots.py [ADDRESS]`.

Needs Debian's chromium and the developers' packages. Everybody and everything in the pictures is made up.
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

FOLDER = Path(__file__).parent.parent / "docs/screenshots"
EMAIL, PASSWORD = "wanna.kaewmani@rimlay.example", "lomwong-demo"
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
PAGES = {
    "home": "/",
    "search": "/search/?q=วีซ่าอาจารย์ต่างชาติ&kind=question",
    "people": "/who-knows/?q=วีซ่าอาจารย์ต่างชาติหมดอายุ",
    "circles": "/found/",
    "write": "/stories/new/?prompt=scene",
    "news": "/news/",
    "knowing": "/who-knows/me/",
    "asked": "/who-knows/asked/",
    "jobs": "/same-job/",
}
FIRST_OF = {  # the first result of a search
    "thread": "/search/?q=ไฟ switch กะพริบ&kind=question",
    "story": "/search/?q=เรื่องที่ค้างโต๊ะเดิมทุกเดือน&kind=story",
}
TYPED = {  # what is shown while somebody types: the page, the field, the words
    "suggestions": ("/", "form.find input", "เบิกเงิ"),
    "similar": ("/questions/new/", "[name=title]", "กรรมการลาคลอด ตรวจรับได้ไหม"),
}
PAUSE = 1500  # milliseconds


def take(browser: Browser, address: str, size: str) -> None:
    width, height = SIZES[size]
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": height}, locale="th-TH", color_scheme="light"
    )
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("input[name=login]", EMAIL)
    page.fill("input[name=password]", PASSWORD)
    page.locator("main form button").first.click()
    for name, path in PAGES.items():
        page.goto(path)
        page.screenshot(path=FOLDER / f"{name}-{size}.png")
    for name, (path, field, words) in TYPED.items():
        page.goto(path)
        page.locator(field).press_sequentially(words, delay=30)
        page.wait_for_timeout(PAUSE)
        page.screenshot(path=FOLDER / f"{name}-{size}.png")
    for name, path in FIRST_OF.items():
        page.goto(path)
        page.locator("main article h2 a, main article h3 a").first.click()
        page.wait_for_timeout(PAUSE)
        page.screenshot(path=FOLDER / f"{name}-{size}.png")
    context.close()


def main(address: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for size in SIZES:
            take(browser, address, size)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
