"""What speaks for a person, as one may read it: whole sentences where there are good ones, the telling words marked."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from lomwong.kit.html import own_words
from lomwong.people.models import Viewer
from lomwong.posts.models import Kind, Post
from lomwong.search import vocabulary
from lomwong.text.find import Marks
from lomwong.text.highlight import hits, snippet

LONGEST, SHORTEST, CUT = 220, 16, 140  # characters of a sentence that is quoted whole; of a passage where there is none
READ = 20_000  # characters of a post in which a sentence is looked for
HOW = {str(Kind.ANSWER): "answered", str(Kind.COMMENT): "said"}
POINTED_TO = "pointed to"
# Thai ends a sentence with a blank, which also parts clauses; behind a polite word it is an end.
_ENDS = re.compile(r"\n+|(?<=[.!?…])\s+|(?:(?<=ครับ)|(?<=ค่ะ)|(?<=คะ)|(?<=จ้ะ)|(?<=จ้า))\s+")
_BLANKS = re.compile(r"\s+")

Words = list[tuple[str, bool]]
"""Pieces of (text, is a hit)."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One post that speaks for a person, with its telling words.

    how: what they did in it: "told", "answered", "said"; "pointed to" when a colleague named them for that question.
    is_same_thread: the reason before it is of this thread, so its title need not be read again.
    """

    post: Post
    words: Words
    how: str
    is_same_thread: bool = False


def reasons_for(
    evidence: Mapping[int, Sequence[int]], passed: Mapping[int, Collection[int]], question: str, viewer: Viewer
) -> dict[int, list[Reason]]:
    """Person to the reasons among their evidence that the viewer may read at this moment. Two queries."""
    numbers = {number for found in evidence.values() for number in found}
    posts = Post.objects.visible_to(viewer).select_related("root").in_bulk(numbers) if numbers else {}
    marks = vocabulary.current().marks(question)
    return {
        person: by_thread(
            Reason(posts[number], quoted(posts[number], marks), how(posts[number], person in passed.get(number, ())))
            for number in found
            if number in posts
        )
        for person, found in evidence.items()
    }


def by_thread(reasons: Iterable[Reason]) -> list[Reason]:
    """Those of one thread beside each other, each thread where its best one stands."""
    threads: dict[int, list[Reason]] = {}
    for reason in reasons:
        told = threads.setdefault(reason.post.root_id or reason.post.pk, [])
        told.append(replace(reason, is_same_thread=bool(told)))
    return [reason for told in threads.values() for reason in told]


def how(post: Post, is_pointed_to: bool) -> str:
    return POINTED_TO if is_pointed_to else HOW.get(post.kind, "told")


def quoted(post: Post, marks: Marks) -> Words:
    """The sentence with most of the question's words; where it is too long or none has any, the best passage."""
    text = own_words(post.html)[:READ] or post.title
    found = hits(text, marks)
    start, end = max(sentences(text), key=lambda span: _worth(text, span, found), default=(0, 0))
    if not any(_worth(text, (start, end), found)):
        return snippet(text, marks, width=CUT)
    return marked(text, start, end, found)


def sentences(text: str) -> list[tuple[int, int]]:
    """Where those of a length to be quoted begin and end."""
    ends = [(match.start(), match.end()) for match in _ENDS.finditer(text)]
    begins = [0, *(end for _, end in ends)]
    spans = zip(begins, [*(start for start, _ in ends), len(text)], strict=True)
    return [(start, end) for start, end in spans if SHORTEST <= end - start <= LONGEST]


def _worth(text: str, span: tuple[int, int], found: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """How many different words of the question stand in it; then how many at all."""
    inside = [text[start:end] for start, end in found if start >= span[0] and end <= span[1]]
    return len(set(inside)), len(inside)


def marked(text: str, start: int, end: int, found: Sequence[tuple[int, int]]) -> Words:
    """This part of the text in pieces, white space as one blank."""
    pieces: Words = []
    at = start
    for first, last in found:
        if first >= start and last <= end:
            pieces += [(text[at:first], False), (text[first:last], True)]
            at = last
    pieces.append((text[at:end], False))
    return [(_BLANKS.sub(" ", piece), is_hit) for piece, is_hit in pieces if piece]
