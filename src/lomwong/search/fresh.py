"""What was written since the last commit of the index, scored beside it: one's own words are found at once."""

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from django.db.models import Subquery, Value
from django.db.models.functions import Coalesce

from lomwong.activity.models import Cursor, Event, Verb
from lomwong.people.models import Operator, Viewer
from lomwong.posts.models import Post
from lomwong.search.index import READER, WRITTEN
from lomwong.search.matching import Within, may_read, readers_of
from lomwong.search.reader import View
from lomwong.search.schema import Writing
from lomwong.search.writings import Desk, cut

MOST = 500  # posts; what an import adds beyond that is found once the worker has caught up
K1, B = 1.2, 0.75  # as tantivy has them

remembered_cut = lru_cache(maxsize=2 * MOST)(cut)  # the same few texts come back with every query until the next commit


def unindexed(*, has_index: bool = True) -> set[int]:
    """Posts that the index does not have, or not in their present wording: the last MOST of them.

    Ask before taking the index's view: the cursor moves behind a commit, so nothing falls between the two.
    """
    events = Event.objects.filter(verb__in=WRITTEN, post_number__isnull=False)
    if has_index:
        position = Cursor.objects.filter(reader=READER).values("position")
        events = events.filter(id__gt=Coalesce(Subquery(position), Value(0)))
    latest = list(events.order_by("-id").values_list("post_number", "verb")[:MOST])
    edited = {number for number, verb in latest if verb == Verb.EDITED}
    replies = Post.objects.filter(root__in=edited).values_list("number", flat=True)[:MOST] if edited else []
    return {number for number, _ in latest if number} | set(replies)


def readable_writings(numbers: Collection[int], viewer: Viewer, within: Within) -> list[Writing]:
    """Those that the viewer may read by what the database says now, each with the context that the viewer may read."""
    if not numbers:
        return []
    visible = Post.objects.visible_to(viewer).filter(number__in=numbers).values_list("number", flat=True)
    writings = [writing for writing in Desk(remembered_cut).writings(sorted(visible)) if within.holds(writing)]
    if isinstance(viewer, Operator):
        return writings
    keys = readers_of(viewer)
    return [writing if may_read(keys, writing.readers) else replace(writing, context="") for writing in writings]


@lru_cache(maxsize=8 * MOST)
def counted(terms: str) -> tuple[Counter[str], int]:
    """How often each term stands in them, and how many there are."""
    every = terms.split()
    return Counter(every), len(every)


def score(
    writings: Sequence[Writing], terms: Mapping[str, int], fields: Mapping[str, float], view: View | None
) -> list[tuple[float, Writing]]:
    """BM25 with the frequencies of index and news together; those without any of the words are left out."""
    if not writings:
        return []
    total = dict.fromkeys(range(len(writings)), 0.0)
    for field, weight in fields.items():
        bags = [counted(getattr(writing, field)) for writing in writings]
        size = len(bags) + (view.searcher.num_docs if view else 0)
        mean = (view.average_lengths[field] if view else 0) or sum(length for _, length in bags) / len(bags)
        for term, asked in terms.items():
            having = sum(term in bag for bag, _ in bags)
            if not having:
                continue
            having += view.searcher.doc_freq(field, term) if view else 0
            rarity = math.log(1 + (size - having + 0.5) / (having + 0.5))
            for at, (bag, length) in enumerate(bags):
                often = bag[term]
                if often:
                    total[at] += weight * asked * rarity * often * (K1 + 1) / (often + K1 * (1 - B + B * length / mean))
    return [(total[at], writing) for at, writing in enumerate(writings) if total[at] > 0]
