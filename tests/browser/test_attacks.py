"""What a browser makes of hostile words: nothing runs, nothing is asked of another place, nothing opens by itself."""

import re
from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.kit.tests.attacks import ATTACKS, one_line, packed
from lomwong.people.tests.factories import make_person
from lomwong.posts import actions
from lomwong.posts.models import Kind
from lomwong.posts.planets.actions import make_planet
from lomwong.posts.stories.actions import change_blog, change_series
from lomwong.posts.tests.factories import make_draft
from lomwong.posts.warmth.actions import give_flower

from .conftest import DESKTOP, OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

CANARY = """
    window.ran = [];
    window.__hit = number => window.ran.push(`__hit ${number}`);
    for (const name of ["alert", "confirm", "prompt", "print", "open"]) window[name] = () => window.ran.push(name);
    document.addEventListener("securitypolicyviolation", found => window.ran.push(`${found.violatedDirective}`));
"""
TOUCH = """
    for (const one of document.querySelectorAll("main *")) {
        for (const kind of ["mouseover", "focus", "pointerenter", "toggle", "error", "load", "animationstart"])
            one.dispatchEvent(new Event(kind, { bubbles: false }));
        if (one.tagName == "DETAILS") one.open = true;
    }
"""
NASTIEST = [text.replace("\x00", "") for text in ATTACKS if "__hit" in text]


class Written:
    """The same words everywhere that words can stand."""

    def __init__(self) -> None:
        self.me, self.other = make_person("วรรณา"), make_person("\"><svg/onload=__hit(201)> '-__hit(202)-'")
        lines = packed(110, [one_line(text) for text in NASTIEST])
        circle = make_community(lines[0], audience=Audience.PUBLIC, by=self.me, purpose=" ".join(lines[:8]))
        self.blog = change_blog(actions.open_blog("x", by=self.me), name=lines[1], about=lines[2], licence="")
        self.series = actions.begin_series("x", by=self.me)
        change_series(self.series, name=lines[3], about=lines[4], is_finished=False, parts={})
        fields = {"by": self.me, "communities": [circle], "tags": [one_line(text)[:60] for text in NASTIEST[:9]]}
        self.story = actions.write_post(
            kind=Kind.STORY, title=lines[5], text="\n\n".join(NASTIEST), blog=self.blog, series=self.series, **fields
        )
        self.question = actions.write_post(kind=Kind.QUESTION, title=lines[6], text="\n\n> ".join(NASTIEST), **fields)
        for text in NASTIEST[:40]:
            comment = actions.reply(self.story, kind=Kind.COMMENT, by=self.other, text=f"{text}\n\n- {text}")
        actions.reply(self.question, kind=Kind.ANSWER, by=self.other, text="\n\n- ".join(NASTIEST))
        for post in (self.story, comment):
            give_flower(post, by=self.other if post == self.story else self.me, word=lines[7])
        self.planet = make_planet(name=lines[8], about=" ".join(lines[9:16]), audience="public", by=self.me)
        self.draft = make_draft(self.me, "\n\n".join(NASTIEST), title=lines[17])
        self.circle = circle

    def for_all(self) -> list[str]:
        places = [self.story, self.question, self.circle, self.blog, self.series, self.planet]
        tag = reverse("posts:tag", args=[self.story.tags.first().key])
        return [
            "/",
            "/yard/",
            "/questions/",
            "/planets/",
            "/circles/",
            tag,
            *(place.get_absolute_url() for place in places),
        ]

    def for_me(self) -> list[str]:
        number = self.story.pk
        return [
            "/blogs/", "/drafts/", "/news/", "/following/", "/write/", self.draft.get_absolute_url(),
            *(f"/posts/{number}/{part}/" for part in "edit history belonging authors flowers menu reply".split()),
            f"/posts/{number}/reply/?quote=1", f"/people/{self.other.pk}/", f"/people/{self.other.pk}/posts/",
            f"/planets/{self.planet.slug}/sources/", f"/planets/{self.planet.slug}/edit/",
            f"/blogs/{self.blog.slug}/edit/",
            f"/series/{self.series.pk}/edit/", "/search/?q=%3Cscript%3E__hit(203)%3C/script%3E",
            "/stories/new/?title=%22%3E%3Csvg/onload=__hit(204)%3E",
            "/?before=%22%3E%3Csvg/onload=__hit(205)%3E", "/nowhere/%3Csvg/onload=__hit(206)%3E/",
        ]  # fmt: skip


def guarded(page: Page) -> tuple[Page, list[str]]:
    """The page, and what happens on it that nobody of ours meant."""
    met: list[str] = []
    page.add_init_script(CANARY)
    page.on("dialog", lambda dialog: (met.append(dialog.message), dialog.dismiss()))
    page.on("popup", lambda opened: met.append(opened.url))
    page.on(
        "request",
        lambda asked: None if re.match(r"https?://(localhost|127\.0\.0\.1)[:/]", asked.url) else met.append(asked.url),
    )
    return page, met


def visit(page: Page, met: list[str], addresses: list[str]) -> None:
    for address in addresses:
        page.goto(address)
        where = page.url
        page.evaluate(TOUCH)
        page.wait_for_timeout(50)
        ran = page.evaluate("window.ran")
        assert (address, ran, met, page.url) == (address, [], [], where)
        assert page.evaluate("document.querySelector('#main').tagName") == "MAIN"
        assert (
            page.evaluate(
                "[...document.querySelectorAll('.prose form, .prose input, .prose script, .prose style')].length"
            )
            == 0
        )


@pytest.fixture
def written() -> Iterator[Written]:
    return Written()


def test_nothing_runs_for_who_is_signed_in(open_page: OpenPage, written: Written) -> None:
    page, met = guarded(open_page(written.me, viewport=DESKTOP))
    visit(page, met, [*written.for_all(), *written.for_me()])


def test_nothing_runs_for_visitors(open_page: OpenPage, written: Written) -> None:
    page, met = guarded(open_page())
    visit(page, met, written.for_all())


def test_the_preview_and_the_suggestions_run_nothing(open_page: OpenPage, written: Written) -> None:
    page, met = guarded(open_page(written.me, viewport=DESKTOP))
    page.goto("/stories/new/")
    page.fill("textarea[name=text]", "\n\n".join(NASTIEST))
    page.fill("input[name=title]", NASTIEST[0])
    page.get_by_role("button", name=re.compile("ดูก่อน|ตัวอย่าง|พรีวิว")).first.click()
    page.wait_for_timeout(500)
    page.fill("textarea[name=text]", '@"><svg')
    page.wait_for_timeout(500)
    page.fill("header input[type=search]", "<svg/onload=__hit(207)>")
    page.wait_for_timeout(500)
    page.evaluate(TOUCH)
    assert (page.evaluate("window.ran"), met) == ([], [])


def test_the_canary_sings(open_page: OpenPage) -> None:
    """What looks after the others: a page that does run something is noticed."""
    page, _met = guarded(open_page())
    page.goto("/")
    page.evaluate("window.__hit(1)")
    assert page.evaluate("window.ran") == ["__hit 1"]
