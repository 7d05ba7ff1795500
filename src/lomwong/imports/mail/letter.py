"""A message as it is shown: the writer's own words open, quotations and signatures folded, every word kept."""

import html
import re
from collections.abc import Sequence

from lomwong.imports.mail.quotes import Block, split_quotes
from lomwong.kit.html import LONGEST_TEXT, clean, from_plain

_LONGEST_SUMMARY = 80
_MARKS = re.compile(r"^ ?(?:> ?)+")
_ONE_MARK = re.compile(r"^ ?>[ ]?", re.MULTILINE)
_LETTER = re.compile(r"\w")


def letter_html(text: str, *, is_reply: bool) -> str:
    """Safe HTML. Of a message over `kit.html.LONGEST_TEXT` characters the beginning; the whole stays in `Post.text`.

    Unless it is a reply, lines with ">" that nobody is said to have written are what was typed into a console.
    """
    blocks = split_quotes(text[:LONGEST_TEXT])
    is_folding = any(block.kind == "text" for block in blocks)  # a message of nothing else would seem empty
    shown = []
    for block in blocks:
        is_quote = block.kind == "quote" and bool(is_reply or block.attribution)
        if is_folding and (is_quote or block.kind == "signature"):
            shown.append(_folded_block(block))
        else:
            shown.append(from_plain(f"{block.attribution}\n\n{block.text}"))
    return clean("\n".join(shown))


def is_cut(text: str) -> bool:
    return len(text) > LONGEST_TEXT


def _folded_block(block: Block) -> str:
    if block.kind == "signature":
        return _folded(_first_words(block.text.split("\n")), from_plain(block.text))
    summary = " ".join(block.attribution.split()) or _first_words(block.text.split("\n"))
    return _folded(summary, f"<blockquote>{from_plain(_ONE_MARK.sub('', block.text))}</blockquote>")


def _folded(summary: str, inner: str) -> str:
    return f"<details><summary>{html.escape(summary)}</summary>{inner}</details>"


def _first_words(lines: Sequence[str]) -> str:
    """The first line that says something, without its marks: a summary that needs no translation."""
    words = next((_MARKS.sub("", line).strip() for line in lines if _LETTER.search(line)), "…")
    return words if len(words) <= _LONGEST_SUMMARY else words[: _LONGEST_SUMMARY - 1] + "…"
