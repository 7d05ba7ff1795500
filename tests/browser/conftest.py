"""A real browser on a real server. Without Chromium these tests are skipped, unless LOMWONG_REQUIRE_BROWSER is set."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from lomwong.people.models import Person
from lomwong.people.tests.factories import PASSWORD

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}

# The browser's library runs an event loop in this thread, which Django would take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        if os.environ.get("LOMWONG_REQUIRE_BROWSER"):
            pytest.fail("Chromium is required here and not installed: apt-get install chromium")
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer) -> Iterator[OpenPage]:
    """`open_page(person)`: a page of a browser of one's own, signed in as that person, in Thai, on a phone.

    Anything the browser complains about (a script or style that the Content-Security-Policy stops) fails the test.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def start(person: Person | None = None, *, viewport: dict[str, int] = PHONE, language: str = "th-TH") -> Page:
        context = browser.new_context(viewport=viewport, locale=language, base_url=live_server.url)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on(
            "console",
            lambda message: (
                complaints.append(message.text)
                if message.type == "error" and "Failed to load resource" not in message.text
                else None
            ),
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if person is not None:
            sign_in(page, person)
        return page

    yield start
    for context in contexts:
        context.close()
    wait_until_answered()
    assert complaints == []


def wait_until_answered() -> None:
    """A page that was closed may have asked for something still: the server's threads share the test's database."""
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=10)


def sign_in(page: Page, person: Person) -> None:
    page.goto("/accounts/login/")
    page.fill("input[name=login]", person.email or "")
    page.fill("input[name=password]", PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_url("**/")
