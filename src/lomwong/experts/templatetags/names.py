"""Long names of units and jobs in narrow columns; titles with the words that were asked for."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from lomwong.text.find import Marks
from lomwong.text.highlight import snippet
from lomwong.text.segment import Token, segment_with_parts

register = template.Library()
LONG = 11  # letters: a compound with more may break between its parts
SHORT = 2  # letters that do not begin a line: ไอ|ที
WIDE = 18  # letters: too many for a column, whatever they are
LEADING = {"การ", "ความ", "และ", "แห่ง", "ทาง", "งาน"}  # that do not end one


@register.filter
def by_words(name: str) -> SafeString:
    """Breaking only between words: left to itself a browser cuts งานการเจ้าหน้าที่ inside of one."""
    spans = (("nowrap" if len(one) < WIDE else "", one) for one in pieces(name))
    return format_html_join(mark_safe("<wbr>"), '<span class="{}">{}</span>', spans)


@register.filter
def marked(title: str, marks: Marks) -> SafeString:
    """The whole title, with the words that were asked for marked."""
    told = snippet(title, marks, width=len(title))
    return mark_safe("".join(format_html("<mark>{}</mark>" if is_hit else "{}", words) for words, is_hit in told))


@lru_cache(maxsize=2000)
def pieces(name: str) -> tuple[str, ...]:
    """The name in pieces that stay together."""
    cut = [0, *sorted(set(_places(segment_with_parts(name)))), len(name)]
    joined: list[str] = []
    for start, end in pairwise(cut):
        piece = name[start:end]
        if joined and (len(piece) <= SHORT or joined[-1] in LEADING):
            joined[-1] += piece
        elif piece:
            joined.append(piece)
    return tuple(joined)


def _places(tokens: list[Token]) -> Iterator[int]:
    """Where words begin, and in a long compound its largest parts."""
    end = 0
    for token in tokens:
        if token.start >= end:
            end = token.end
            yield token.start
            if token.end - token.start > LONG:
                yield from _inside(token, tokens)


def _inside(whole: Token, tokens: list[Token]) -> Iterator[int]:
    place = whole.start
    while place < whole.end:
        ends = [one.end for one in tokens if one.start == place and one.end <= whole.end and one[1:] != whole[1:]]
        place = max(ends, default=whole.end)
        if place < whole.end:
            yield place
