"""What a browser fetches when somebody comes for the first time: headless Chromium, nothing kept."""

from typing import Any

CHROMIUM = "/usr/bin/chromium"


def first_visit(address: str) -> dict[str, Any] | None:
    """Requests and kB as sent, headers left out; fonts apart, because a page reads well before they are there."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(locale="th-TH").new_page()
        finished: list[Any] = []
        page.on("requestfinished", lambda one: finished.append(one))
        page.goto(address, wait_until="networkidle")
        rows = [(one.resource_type, one.sizes()["responseBodySize"], one.url) for one in finished]
        browser.close()
    fonts = [size for kind, size, _ in rows if kind == "font"]
    return {
        "requests": len(rows),
        "kB": sum(size for _, size, _ in rows) / 1000,
        "font requests": len(fonts),
        "font kB": sum(fonts) / 1000,
        "rows": [(kind, size, url.rpartition("/")[2] or url) for kind, size, url in rows],
    }
