"""Whether what somebody wrote is about a question, or only near to it in words: a ranking does not tell, since it names
the nearest even where nobody knows."""

from __future__ import annotations

from lomwong.kit.html import own_words
from lomwong.posts.models import Post
from lomwong.search.nearby import Topic

# What share of the question's telling words must stand in what somebody wrote (see `Topic.is_in`), words that nobody
# here has ever written included; of a single word, half of the question: planting vegetables is not planting orchids.
ABOUT, ALONE = 0.3, 0.5


def is_about(topic: Topic, text: str) -> bool:
    return topic.is_in(text, ABOUT, alone=ALONE)


def said(above: str | None, title: str, html: str) -> str:
    """The text of a post with the title of its thread: an answer seldom repeats what was asked."""
    return f"{above or ''} {title} {own_words(html)}"


def said_in(post: Post) -> str:
    return said(post.root.title if post.root else "", post.title, post.html)
