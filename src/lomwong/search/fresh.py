"""What was written since the last commit of the index, scored beside it: one's own words are found at once."""

import math
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from lomwong.activity.models import Event
from lomwong.people.models import Operator, Viewer
from lomwong.posts.models import Post
from lomwong.search.index import TOUCHING, touched
from lomwong.search.matching import Question, Telling, Within
from lomwong.search.reader import View
from lomwong.search.rights import may_read
from lomwong.search.schema import Writing
from lomwong.search.vocabulary import Vocabulary
from lomwong.search.writings import Desk, cut_grams, cutter

MOST = 500  # lines of the ledger, replies of changed threads; what is beyond is found once the worker has caught up
LONGEST_FILE = 20_000  # characters that are cut into words while somebody waits
K1, B = 1.2, 0.75  # as tantivy has them

remembered_grams = lru_cache(maxsize=4 * MOST)(cut_grams)


@lru_cache(maxsize=2)
def remembered_cut(vocabulary: Vocabulary) -> Callable[[str], str]:
    """The same few texts come back with every query until the next commit."""
    return lru_cache(maxsize=2 * MOST)(cutter(vocabulary))


@dataclass(frozen=True, slots=True)
class News:
    """Posts that the index does not have, or not in their present wording."""

    numbers: frozenset[int] = frozenset()
    is_all: bool = True  # False when there are more of them than is looked at


NO_NEWS = News()


def news_after(position: int) -> News:
    """What the ledger has behind `position`.

    Ask before taking the index's view: the cursor moves behind a commit, so nothing falls between the two.
    """
    events = Event.objects.filter(id__gt=position, verb__in=TOUCHING, post_number__isnull=False)
    latest = list(events.order_by("-id").values_list("post_number", "verb")[:MOST])
    numbers = touched([(number, verb) for number, verb in latest if number], most=MOST)
    return News(frozenset(numbers), len(latest) < MOST and len(numbers) < MOST)


def readable_writings(
    numbers: Collection[int],
    viewer: Viewer,
    keys: Collection[str],
    vocabulary: Vocabulary,
    within: Within,
    telling: Telling,
) -> list[Writing]:
    """Those that the viewer may read by what the database says now, each with the context that the viewer may read."""
    if not numbers:
        return []
    visible = Post.objects.visible_to(viewer).filter(number__in=numbers).values_list("number", flat=True)
    desk = Desk(remembered_cut(vocabulary), remembered_grams, longest_file=LONGEST_FILE)
    every = desk.writings(sorted(visible))
    writings = [writing for writing in every if within.holds(writing) and telling.allows(writing)]
    if isinstance(viewer, Operator):
        return writings
    return [writing if may_read(keys, writing.readers) else replace(writing, context="") for writing in writings]


@lru_cache(maxsize=8 * MOST)
def counted(terms: str) -> tuple[Counter[str], int]:
    """How often each term stands in them, and how many there are."""
    every = terms.split()
    return Counter(every), len(every)


def _has(bag: Mapping[str, int], joined: str) -> bool:
    return joined in bag or (" " in joined and all(term in bag for term in joined.split(" ")))


def score(writings: Sequence[Writing], question: Question, view: View | None) -> list[tuple[float, Writing]]:
    """BM25 with the frequencies of index and news together; 0 for those without any of the words."""
    total = dict.fromkeys(range(len(writings)), 0.0)
    for field, terms in question.items():
        bags = [counted(getattr(writing, field)) for writing in writings]
        asked = [
            (term, joined, weight)
            for joined, weight in terms.items()
            if any(_has(bag, joined) for bag, _ in bags)
            for term in joined.split(" ")
        ]
        if not asked:
            continue
        size = len(bags) + (view.searcher.num_docs if view else 0)
        mean = (view.average_length(field) if view else 0) or sum(length for _, length in bags) / len(bags)
        for term, joined, weight in asked:
            having = sum(term in bag for bag, _ in bags) + (view.searcher.doc_freq(field, term) if view else 0)
            rarity = math.log(1 + (size - having + 0.5) / (having + 0.5))
            for at, (bag, length) in enumerate(bags):
                often = bag[term]
                if often and _has(bag, joined):
                    total[at] += weight * rarity * often * (K1 + 1) / (often + K1 * (1 - B + B * length / mean))
    return [(total[at], writing) for at, writing in enumerate(writings)]
