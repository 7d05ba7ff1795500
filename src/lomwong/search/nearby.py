"""What lies near: posts beside the one that is being read, questions like the one that is being written."""

import math
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from django.db.models import Count, Q, QuerySet
from tantivy import Query

from lomwong.kit.html import own_words
from lomwong.people.models import Viewer
from lomwong.posts.models import Kind, Post, State
from lomwong.posts.queries import with_cards
from lomwong.search.matching import Within, clean, unscored
from lomwong.search.queries import search, search_documents
from lomwong.search.reader import reader
from lomwong.search.rights import rights_of, standing
from lomwong.search.schema import BODY, SCHEMA
from lomwong.search.showing import Pieces
from lomwong.search.vocabulary import Vocabulary, current
from lomwong.text.find import Marks
from lomwong.text.function_words import is_function_word
from lomwong.text.highlight import snippet
from lomwong.text.own_words import Way
from lomwong.text.segment import segment

MOST_RELATED = MOST_SIMILAR = 5
LOOKED_AT = 12  # candidates
READ = 500  # characters of a post: what it is about is said at the beginning
SHARED_SHOWN = 3
LONGEST_PHRASE = 30  # characters
IN_TITLE = 3.0
ASKED = 20  # words
# What share of a topic another post must have to be called near: chosen by eye on the demo, where a post has a hundred
# telling words and a question five.
LEAST_RELATED, LEAST_SIMILAR = 0.2, 0.3
OF_HEAVIEST = 0.75  # what a word must weigh beside the heaviest to be the main one as well
WHOLE_TITLE = 300
THREADS = (Kind.STORY, Kind.QUESTION, Kind.JOURNAL)


@dataclass(frozen=True, slots=True)
class Near:
    post: Post
    shared: list[str]  # the most telling that both speak of, as this post spells it
    title: Pieces
    answer: str  # to a question: how the answer that worked begins

    @property
    def answer_count(self) -> int:
        counted: int = self.post.answer_count  # type: ignore[attr-defined]  # see `cards`
        return counted


@dataclass(frozen=True, slots=True)
class Topic:
    """Words that tell what something is about, each with its weight; those of a title weigh more."""

    title: str
    weights: dict[str, float]
    vocabulary: Vocabulary
    ways: dict[str, list[Way]]  # other ways to say a word, or several together

    @classmethod
    def of(cls, title: str, text: str = "", *, viewer: Viewer) -> "Topic":
        vocabulary, rarity = current(), rarities(viewer)
        in_title, in_text = vocabulary.words(title), vocabulary.words(text)
        named = telling(in_title)
        rest = {word: rarity(word) for word in telling(in_text) if word not in named}
        ways: dict[str, list[Way]] = {}
        for words in (in_title, in_text):
            for said in vocabulary.found_in(words):
                for word in words[said.start : said.end]:
                    ways.setdefault(word, []).extend(said.ways)
        return cls(title, {word: IN_TITLE * rarity(word) for word in named} | rest, vocabulary, ways)

    @property
    def query(self) -> str:
        """What to search for: the heaviest words, those of the title first, each said in any way."""
        heaviest = sorted(self.weights, key=lambda word: -self.weights[word])[:ASKED]
        return " ".join(dict.fromkeys(chain(heaviest, *(way for word in heaviest for way in self.ways.get(word, ())))))

    @property
    def marks(self) -> Marks:
        return self.vocabulary.marks(self.title, [self.query])

    def shared(self, text: str) -> list[str]:
        """The words of this topic that `text` says, in whatever way."""
        said = set(self.vocabulary.index_terms(text))
        return [
            word
            for word in self.weights
            if word in said or any(said.issuperset(way) for way in self.ways.get(word, ()))
        ]

    def is_in(self, text: str, least: float, *, alone: float = 0.0) -> bool:
        """Whether `text` has that share of the topic, or half of it and one of the heaviest words.

        alone: what share it must have when it shares only one word.
        """
        shared = self.shared(text)
        share = sum(self.weights[word] for word in shared)
        total, heaviest = sum(self.weights.values()), max(self.weights.values(), default=0.0)
        has_main = any(self.weights[word] >= heaviest * OF_HEAVIEST for word in shared)
        if len(shared) == 1:
            least = max(least, alone)
            has_main = has_main and not alone
        return share > 0 and share >= total * (least / 2 if has_main else least)

    def phrases(self, text: str) -> list[str]:
        """The stretches of `text` made of heavy words of this topic, the heaviest first; none inside another."""
        heavy = max(self.weights.values(), default=0.0) / 4
        weights = {
            way[0]: self.weights.get(word, 0.0) for word, ways in self.ways.items() for way in ways if len(way) == 1
        }
        weights |= self.weights
        weighed: dict[str, float] = {}
        start = end = 0
        weight = 0.0
        for token in segment(text, self.vocabulary.own):
            if weights.get(token.text, 0.0) < heavy:
                continue
            if token.start > end or token.end - start > LONGEST_PHRASE:
                start, weight = token.start, 0.0
            end, weight = token.end, weight + weights[token.text]
            weighed[text[start:end]] = weight
        kept: list[str] = []
        for phrase in sorted(weighed, key=lambda phrase: -weighed[phrase]):
            if not any(phrase.lower() in other.lower() for other in kept):
                kept.append(phrase)
        return kept


def telling(words: Iterable[str]) -> list[str]:
    """Each once, without those that hold sentences together and without numbers."""
    return [word for word in dict.fromkeys(words) if not is_function_word(word) and not word[0].isdigit()]


def rarities(viewer: Viewer) -> Callable[[str], float]:
    """How telling a word is, from how few posts have it, of those that the viewer may read: whether something turns up
    must not tell whether a word stands in any other.
    """
    now = standing(viewer)
    view = reader().view()
    if view is None:
        return lambda _word: 1.0
    searcher, readable = view.searcher, rights_of(viewer, view, now.keys).clauses()

    def count(query: Query) -> int:
        return searcher.search(Query.boolean_query([unscored(query), *readable]), 1).count or 0  # type: ignore[attr-defined]

    size = count(Query.all_query())
    return lambda word: math.log(1 + size / (count(Query.term_query(SCHEMA, BODY, word)) + 1)) if size else 1.0


def related(post: Post, viewer: Viewer) -> list[Near]:
    """At most MOST_RELATED threads other than the post's own, the nearest first, each with what they share."""
    root = post.root_id or post.number
    topic = Topic.of(post.title, own_words(post.html)[:READ], viewer=viewer)
    documents = search_documents(topic.query, viewer=viewer, limit=LOOKED_AT, kinds=THREADS)
    numbers = [one.number for one in documents if one.number != root]
    return near_to(topic, numbers, viewer, least=LEAST_RELATED)[:MOST_RELATED]


def similar(title: str, viewer: Viewer) -> list[Near]:
    """Questions, and stories, that may hold the answer already to a question with this title; takes any string."""
    title = clean(title)[:WHOLE_TITLE]
    topic = Topic.of(title, viewer=viewer)
    if not topic.weights:
        return []
    within = Within(kinds=(Kind.QUESTION, Kind.STORY))
    hits = search(title, viewer=viewer, limit=LOOKED_AT, within=within).hits
    return near_to(topic, [hit.number for hit in hits], viewer, least=LEAST_SIMILAR)[:MOST_SIMILAR]


def near_to(topic: Topic, numbers: Sequence[int], viewer: Viewer, *, least: float) -> list[Near]:
    """Those of the posts, in their order, that have at least that share of the topic, as far as one may read them."""
    posts = {post.number: post for post in cards(numbers, viewer)}
    answers = accepted([post.accepted_answer_id for post in posts.values() if post.accepted_answer_id], viewer)
    marks = topic.marks
    near: list[Near] = []
    for number in numbers:
        post = posts.get(number)
        is_news = post and all(post.label != one.post.label for one in near)  # what people say daily comes once
        if post and is_news and topic.is_in(text_of(post), least):
            answer = answers.get(post.accepted_answer_id or 0, "")
            shared = topic.phrases(text_of(post))[:SHARED_SHOWN]
            near.append(Near(post, shared, snippet(post.label, marks, WHOLE_TITLE), answer))
    return near


def cards(numbers: Collection[int], viewer: Viewer) -> QuerySet[Post]:
    readable = Post.objects.visible_to(viewer).filter(number__in=numbers)
    answer_count = Count("thread", filter=Q(thread__kind=Kind.ANSWER, thread__state=State.SHOWN))
    return with_cards(readable, viewer).defer(None).defer("text", "extra").annotate(answer_count=answer_count)


def accepted(numbers: Iterable[int], viewer: Viewer) -> dict[int, str]:
    """How the answers begin, of those that the viewer may read."""
    return dict(Post.objects.visible_to(viewer).filter(number__in=numbers).values_list("number", "excerpt"))


def text_of(post: Post) -> str:
    return f"{post.title} {own_words(post.html)[:READ]}"
