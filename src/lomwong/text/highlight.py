"""Show where the words of a query stand in a text: offsets in the original, and a short passage around them."""

import re
import unicodedata
from collections import Counter, deque

from .find import Marks, find
from .normalise import DEPENDENT, LEADING_VOWELS
from .segment import Token

_SPACE = re.compile(r"\s+")
_SILENCED = re.compile("[ก-ฮ][ิุ]?์")
_JOINER = "\u200d"
_SKIN_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
_ELLIPSIS = "…"
# How far the end of a passage moves, in characters, to fall on white space.
_REACH = 24
# A passage is chosen among this many hits: enough for any text that people write.
_MOST_HITS = 2_000


def hits(text: str, query: str | Marks) -> list[tuple[int, int]]:
    """(start, end) of each place in `text` where a word of `query` stands, in order, not overlapping.

    A word counts in any spelling that normalises alike, and also as a part of a compound.
    """
    return [(token.start, token.end) for token in _found(text, query)]


def snippet(text: str, query: str | Marks, width: int = 180) -> list[tuple[str, bool]]:
    """The passage of at most `width` characters with most query words, as (piece, is_hit) in reading order.

    White space is one blank; … stands where text was left out; no cut falls between a letter or emoji and what belongs
    to it. Without a hit it is the beginning of the text; without text it is [].
    """
    found = _found(text, query)[:_MOST_HITS]
    if not found and len(text) <= width:
        whole = _SPACE.sub(" ", text).strip()
        return [(whole, False)] if whole else []
    start, end = _window(text, found, max(width, 1))
    pieces: list[tuple[str, bool]] = [(_ELLIPSIS, False)] if start > 0 else []
    at = start
    for _, first, last in found:
        if first >= start and last <= end:
            pieces += [(text[at:first], False), (text[first:last], True)]
            at = last
    pieces.append((text[at:end], False))
    if end < len(text):
        pieces.append((_ELLIPSIS, False))
    return _tidy(pieces)


def _found(text: str, query: str | Marks) -> list[Token]:
    """What is to be marked in `text`; a part that overlaps the word before it only lengthens that."""
    marks = Marks.of(query) if isinstance(query, str) else query
    found: list[Token] = []
    for token in _telling(find(text, marks), text, marks.loose):
        if found and token.start < found[-1].end:
            found[-1] = found[-1]._replace(end=max(found[-1].end, token.end))
        else:
            found.append(token)
    return found


def _touch(text: str, end: int, start: int) -> bool:
    """Whether nothing stands between two words; where blanks part words and not sentences, these do not count."""
    return end >= start or (text[end:start].isspace() and text[end - 1].isascii() and text[start].isascii())


def _start(token: Token) -> int:
    return token.start


def _telling(tokens: list[Token], text: str, loose: frozenset[str]) -> list[Token]:
    """Without loose words, unless they touch a telling one, or another loose one that does: รับ stays in ตรวจรับ."""
    if not loose:
        return tokens
    kept = [token.text not in loose for token in tokens]
    for places in (range(1, len(tokens)), range(len(tokens) - 2, -1, -1)):
        for at in places:
            beside = at - places.step
            first, second = sorted((tokens[at], tokens[beside]), key=_start)
            kept[at] = kept[at] or (kept[beside] and _touch(text, first.end, second.start))
    return [token for token, is_kept in zip(tokens, kept, strict=True) if is_kept]


def _window(text: str, found: list[Token], width: int) -> tuple[int, int]:
    """Where the passage begins and ends: at most `width` characters, the densest hits in their middle."""
    if len(text) <= width:
        return 0, len(text)
    first, last = _densest(found, width)
    start = max(0, min(first - (width - (last - first)) // 2, len(text) - width))
    end = start + width
    if start > 0:
        blank = _SPACE.search(text, start, min(start + _REACH, first))
        start = blank.end() if blank else start
        while start < first and not _may_cut(text, start):
            start += 1
    if end < len(text):
        reach = max(last, end - _REACH, start + 1)
        blanks = [blank.start() for blank in _SPACE.finditer(text, reach, end)]
        end = blanks[-1] if blanks else end
        while end > start + 1 and not _may_cut(text, end):
            end -= 1
    return start, end


def _densest(found: list[Token], width: int) -> tuple[int, int]:
    """(start, end) of the stretch of at most `width` characters with most different query words, then most hits."""
    best, best_score = (0, 0), (0, 0)
    inside: deque[Token] = deque()
    seen: Counter[str] = Counter()
    for token in found:
        inside.append(token)
        seen[token.text] += 1
        while len(inside) > 1 and token.end - inside[0].start > width:
            gone = inside.popleft().text
            seen[gone] -= 1
            if not seen[gone]:
                del seen[gone]
        score = (len(seen), len(inside))
        if score > best_score:
            best_score, best = score, (inside[0].start, min(token.end, inside[0].start + width))
    return best


def _may_cut(text: str, at: int) -> bool:
    """Whether what stands before and behind offset `at` can be shown apart."""
    if not 0 < at < len(text):
        return True
    before, behind = text[at - 1], text[at]
    if before == _JOINER or before in LEADING_VOWELS or _SILENCED.match(text, at):
        return False
    return not (
        behind in DEPENDENT
        or behind == _JOINER
        or behind in _SKIN_TONES
        or unicodedata.category(behind).startswith("M")
    )


def _tidy(pieces: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Without empty pieces, neighbours of one kind joined, white space single and none at either end."""
    joined: list[tuple[str, bool]] = []
    for piece, is_hit in pieces:
        if not piece:
            continue
        if joined and not joined[-1][1] and not is_hit:
            joined[-1] = (joined[-1][0] + piece, False)
        else:
            joined.append((piece, is_hit))
    joined = [(_SPACE.sub(" ", piece), is_hit) for piece, is_hit in joined]
    if joined:
        joined[0] = (joined[0][0].lstrip(), joined[0][1])
        joined[-1] = (joined[-1][0].rstrip(), joined[-1][1])
    return [piece for piece in joined if piece[0]]
