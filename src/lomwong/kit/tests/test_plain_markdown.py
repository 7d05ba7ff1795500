"""Text without a sign of markup is not sent through the Markdown parser: with the same outcome."""

import random
import re

import pytest

from lomwong.kit import html

PIECES = [
    "งานพัสดุ", "เครื่องฉาย", "word", "Tender 2569", " ", "  ", "\n", "\n\n", "\n\n\n", "1.", "12)", "3", "-", "--", "+",
    "=", ":", "!", "?", "(x)", '"', "'", ",", "ๆ", "ฯลฯ", "%", "$", "^", "@", "a@b.example", "\t", "\u00a0", "\u200b",
    "\u2028", "https", "x:y", "…", "“คำ”", "{}", "/", ";", "|", "*", "_", "`", "#", ">", "<b>", "&amp;", "[a]", "\\",
    "~~", "http://a.example/b",
]  # fmt: skip


def parsed(text: str) -> str:
    shown = html.clean(html._markdown().render(text))
    return shown if html.to_plain(shown) else html.from_plain(text)


def same_form(markup: str) -> str:
    for name, letter in (("&quot;", '"'), ("&#x27;", "'"), ("&nbsp;", "\u00a0")):
        markup = markup.replace(name, letter)
    return re.sub(r"[ \t]*\n[ \t]*", "", markup)


@pytest.mark.parametrize("seed", range(20))
def test_plain_text_is_shown_as_the_parser_shows_it(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(300):
        text = "".join(dice.choices(PIECES, k=dice.randint(1, 8)))
        assert same_form(html.from_markdown(text)) == same_form(parsed(text)), repr(text)


@pytest.mark.parametrize("text", ["สวัสดี\nบรรทัดสอง", "One (two)\n\nthree: 4 - 5"])
def test_most_text_is_plain(text: str) -> None:
    assert not html._MAY_BE_MARKUP.search(text)
