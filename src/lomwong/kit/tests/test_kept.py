"""Pieces that are kept, and parts of a page that are."""

import pytest
from django.template import engines
from django.utils import translation

from lomwong.kit.fragments import FRAGMENTS, Fragments
from lomwong.kit.templatetags.ui import shallow


def drawn(template: str, **context: object) -> str:
    return engines["django"].from_string(template).render(context)


def test_a_piece_is_made_once_for_each_key() -> None:
    made: list[str] = []
    kept = Fragments()
    for key in ("a", "a", ("b", 1), ("b", 2), ("b", 1)):
        kept.get(key, lambda key=key: made.append(str(key)) or str(key))  # type: ignore[func-returns-value, misc]
    assert made == ["a", "('b', 1)", "('b', 2)"]


def test_what_was_used_last_stays_when_room_runs_out() -> None:
    kept = Fragments(most=30)
    for key in ("a", "b", "c"):
        kept.get(key, lambda: "x" * 10)
    kept.get("a", lambda: "never")
    kept.get("d", lambda: "x" * 10)
    assert kept.get("a", lambda: "anew") == "x" * 10
    assert kept.get("b", lambda: "anew") == "anew"


def test_an_old_piece_is_made_anew() -> None:
    kept = Fragments(seconds=0)
    assert [kept.get("a", lambda: "one"), kept.get("a", lambda: "two")] == ["one", "two"]


def test_a_piece_may_be_wanted_newer_than_the_others() -> None:
    kept = Fragments()
    kept.get("a", lambda: "one")
    assert (kept.get("a", lambda: "two"), kept.get("a", lambda: "two", seconds=0)) == ("one", "two")


def test_a_kept_part_is_drawn_once_for_each_language_and_value() -> None:
    template = '{% kept "part" shade %}{{ word }}{% endkept %}'
    with translation.override("th"):
        assert drawn(template, shade="light", word="first") == "first"
        assert drawn(template, shade="light", word="second") == "first"
        assert drawn(template, shade="dark", word="second") == "second"
    with translation.override("en"):
        assert drawn(template, shade="light", word="third") == "third"
    FRAGMENTS.clear()
    assert drawn(template, shade="light", word="fourth") == "fourth"


@pytest.mark.parametrize(
    ("path", "expected"), [("/", "/"), ("/questions/", "/questions/"), ("/posts/12/", ""), ("/people/3/posts/", "")]
)
def test_only_pages_of_the_menus_have_an_address_to_mark(path: str, expected: str) -> None:
    assert shallow(path) == expected
