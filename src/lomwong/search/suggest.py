"""What somebody may be about to type: words, people, circles, tags, titles; nothing of what they may not read.

Words and titles come from the index, counted and ordered among what the viewer may read alone, and are shown in the
spelling of a post that the database lets them read at this moment.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, zip_longest
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext, pgettext
from tantivy import Occur, Query

from lomwong.communities.models import Community
from lomwong.people.models import Viewer
from lomwong.posts.actions import tag_key
from lomwong.posts.models import Kind, Post, Tag
from lomwong.search import vocabulary
from lomwong.search.matching import clean
from lomwong.search.names import bare, normalised, people_with
from lomwong.search.queries import search
from lomwong.search.reader import View, reader
from lomwong.search.rights import Clause, rights_of, standing, still_readable
from lomwong.search.schema import BODY, SCHEMA, TITLE
from lomwong.search.showing import Pieces
from lomwong.text.function_words import is_function_word
from lomwong.text.keys import LATIN_OF, THAI_OF
from lomwong.text.normalise import DEPENDENT, fold_case, normalise
from lomwong.text.own_words import OwnWords
from lomwong.text.segment import Token, segment, segment_with_parts

MOST = 8
OF_EACH = 3
WITNESSES = 3  # posts that are looked at to show a word as people write it
LONGEST_TYPED = 100
MOST_NAMES = 3  # nobody has more; whoever types more words is not after a person
LEAST_INSIDE = 3  # letters that may stand anywhere in a circle's name; fewer only at its beginning
TAGS_LOOKED_AT = 200
TERMS_COUNTED = 12
LONGEST_NAME = 30
LEAST_TURNED = 3  # letters typed with the wrong layout on
LONGEST_TAIL = 4  # words: of what is half typed, the segmenter makes several

ICONS = {Kind.QUESTION: "question", Kind.JOURNAL: "pencil-simple"}


@dataclass(frozen=True, slots=True)
class Suggestion:
    url: str
    icon: str
    what: str  # a word for what it is
    pieces: Pieces


@dataclass(frozen=True, slots=True)
class Group:
    label: str
    suggestions: list[Suggestion]


@dataclass(frozen=True, slots=True)
class Typed:
    """What is in the box: finished words, and each way to read its end as the beginning of a word."""

    text: str
    words: tuple[str, ...]
    tails: tuple[tuple[int, str, tuple[str, ...]], ...]  # where it starts, its letters, the words before it
    own: OwnWords  # by which it was cut

    @property
    def parts(self) -> tuple[str, ...]:
        """What to mark in a suggestion."""
        return tuple({*self.words, *(letters for _, letters, _ in self.tails)})


@dataclass(frozen=True, slots=True)
class Completion:
    start: int  # of the unfinished word in what was typed
    term: str  # as the index has it
    before: tuple[str, ...]
    witnesses: list[int]  # posts that have it


@dataclass(frozen=True, slots=True)
class Tagged:
    key: str
    name: str
    typed: str
    witnesses: list[int]


@dataclass(frozen=True, slots=True)
class Found:
    """Numbers of posts; what is shown of them, the database decides."""

    completions: list[Completion] = field(default_factory=list)
    tags: list[Tagged] = field(default_factory=list)
    titles: list[int] = field(default_factory=list)
    posts: dict[int, Post] = field(default_factory=dict)  # those of them that the viewer may read at this moment

    @property
    def numbers(self) -> set[int]:
        of_words = chain.from_iterable(one.witnesses for one in self.completions)
        return {*self.titles, *of_words, *chain.from_iterable(one.witnesses for one in self.tags)}


def suggest(text: str, viewer: Viewer) -> list[Group]:
    """At most MOST suggestions, in groups. As many database queries for one as for all of them; more only for none."""
    own = vocabulary.current().own
    typed = read(text, own)
    if not typed.words:
        return []
    return begun(typed, viewer) or begun(read(turned(typed.text), own), viewer) or meant(typed, viewer)


def begun(typed: Typed, viewer: Viewer) -> list[Group]:
    """What goes on from what was typed."""
    found = look_up(typed, viewer) if typed.words else Found()
    groups = [
        Group(gettext("Words"), words_suggested(typed, found.completions, found.posts)),
        Group(gettext("People"), people_suggested(typed, viewer)),
        Group(gettext("Circles"), circles_suggested(typed, viewer)),
        Group(gettext("Tags"), tags_suggested(found.tags, found.posts)),
        Group(gettext("What was written"), titles_suggested(typed, found.titles, found.posts)),
    ]
    return shared_out(groups)


def turned(text: str) -> str:
    """The same keys under the other layout. Whether that makes sense is seen by what begins so."""
    layout = LATIN_OF if any(character in LATIN_OF for character in text if not character.isascii()) else THAI_OF
    return "".join(layout.get(character, character) for character in text) if len(text) >= LEAST_TURNED else ""


def meant(typed: Typed, viewer: Viewer) -> list[Group]:
    """What the results page would propose for words that nobody wrote."""
    results = search(typed.text, viewer=viewer, limit=1)
    words = results.suggestion or (results.searched if results.instead else "")
    return [Group(gettext("Words"), [word(words)])] if words else []


def read(text: str, own: OwnWords) -> Typed:
    text = clean(text[:LONGEST_TYPED])
    tokens = segment(text, own)
    return Typed(text, tuple(token.text for token in tokens), tuple(tails(text, tokens)), own)


def tails(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """The longest first. Behind a blank or a full stop no word is unfinished."""
    end = len(text)
    letters = ""
    found: list[tuple[int, str, tuple[str, ...]]] = []
    for back, token in enumerate(reversed(tokens[-LONGEST_TAIL:]), start=1):
        if token.end != end:
            break
        end, letters = token.start, token.text + letters
        before = tuple(one.text for one in tokens[: len(tokens) - back])
        if len(letters) > 1 or not before:  # one letter behind other words begins too many
            found.append((token.start, letters, before))
    return reversed(found)


def look_up(typed: Typed, viewer: Viewer) -> Found:
    """What the index knows that begins so, among what the viewer may read; from the index, and by the database."""
    view = reader().view()
    if view is None:
        return Found()
    keys = standing(viewer).keys
    rights = rights_of(viewer, view, keys).clauses()
    completions = complete(typed, view, rights)
    found = Found(completions, tags(typed, view, rights), titles(typed, completions, view, rights))
    readable = still_readable(sorted(found.numbers), viewer, keys)
    found.posts.update(Post.objects.only("kind", "title", "excerpt", "root").in_bulk(readable))
    return found


def tags(typed: Typed, view: View, rights: Sequence[Clause]) -> list[Tagged]:
    """Tags that begin so and stand on something readable, by the alphabet: no count orders them."""
    key = tag_key(typed.text)
    found: list[Tagged] = []
    begun = Tag.objects.filter(key__startswith=key).order_by("key") if key else Tag.objects.none()
    for pk, tag, name in begun.values_list("pk", "key", "name")[:TAGS_LOOKED_AT]:
        witnesses = newest(view, [(Occur.Must, Query.term_query(SCHEMA, "tag", pk)), *rights], WITNESSES)
        if witnesses:
            found.append(Tagged(tag, name, key, witnesses))
        if len(found) == OF_EACH:
            break
    return found


def complete(typed: Typed, view: View, rights: Sequence[Clause]) -> list[Completion]:
    """How the unfinished word may go on where the words before it stand as well: in titles, else in texts."""
    found: dict[str, Completion] = {}
    for word_field in (TITLE, BODY):
        for start, letters, before in typed.tails:
            wanted = [*map(stands, before), *rights]
            for term in commonest(view, word_field, letters, wanted):
                whole = typed.text[:start] + term
                if len(found) < OF_EACH and whole not in found:
                    witnesses = newest(view, [has(word_field, term), *wanted], WITNESSES)
                    found[whole] = Completion(start, term, before, witnesses)
        if len(found) == OF_EACH:
            break
    return list(found.values())


def commonest(view: View, word_field: str, letters: str, wanted: Sequence[Clause]) -> list[str]:
    """The words that begin so and stand in most posts that fulfil `wanted`; equally common ones by the alphabet.

    Counts of all posts come at once and are the most that can be: as soon as the next is less than what is found, the
    rest need no count of their own. What nobody may know is thereby never more than a reason to look further.
    """
    begun = view.searcher.terms_with_prefix(word_field, letters, limit=TERMS_COUNTED)
    found: list[tuple[int, str]] = []
    for term, most in begun:
        if len(found) >= OF_EACH and (-most, term) > found[OF_EACH - 1]:
            return [term for _, term in found[:OF_EACH]]
        if is_offered(term, letters):
            among = Query.boolean_query([has(word_field, term), *wanted])
            count: int = view.searcher.search(among, 1).count if wanted else most  # type: ignore[attr-defined]
            found = sorted([*found, (-count, term)] if count else found)
    if len(begun) == TERMS_COUNTED:
        among = Query.boolean_query([(Occur.Must, Query.all_query()), *wanted])
        counted = view.searcher.terms_with_prefix(word_field, letters, among)
        found = [(-count, term) for term, count in counted if count and is_offered(term, letters)]
    return [term for _, term in found[:OF_EACH]]


def is_offered(term: str, letters: str) -> bool:
    return term != letters and not is_function_word(term)


def titles(typed: Typed, completions: Sequence[Completion], view: View, rights: Sequence[Clause]) -> list[int]:
    """Posts whose title has the last word, as it stands or finished, and that have those before it; else these alone.

    The newest first: how rare a word is elsewhere would tell of what the viewer may not read.
    """
    read_as = [(typed.words[-1], typed.words[:-1]), *((letters, before) for _, letters, before in typed.tails)]
    ends = [*read_as, *((one.term, one.before) for one in completions)]
    last = [Query.boolean_query([has(TITLE, end), *map(stands, before)]) for end, before in ends]
    any_of = Query.boolean_query([(Occur.Should, query) for query in last])
    found = newest(view, [(Occur.Must, any_of), *rights], OF_EACH)
    if len(found) < OF_EACH and len(typed.words) > 1:
        further = newest(view, [*(has(TITLE, term) for term in typed.words[:-1]), *rights], OF_EACH)
        found += [number for number in further if number not in found]
    return found[:OF_EACH]


def newest(view: View, wanted: Sequence[Clause], limit: int) -> list[int]:
    """The newest posts that fulfil all of it."""
    hits = view.searcher.search(Query.boolean_query(list(wanted)), limit, count=False, order_by_field="newness").hits
    return [int(number or 0) for number in view.searcher.fast_field_values("number", [address for _, address in hits])]


def has(word_field: str, term: str) -> Clause:
    return Occur.Must, Query.term_query(SCHEMA, word_field, term)


def stands(term: str) -> Clause:
    return has(BODY, term)


def words_suggested(typed: Typed, completions: Sequence[Completion], posts: Mapping[int, Post]) -> list[Suggestion]:
    """What was typed with its last word finished, in the spelling of a title where one has it."""
    suggested = []
    for completion in completions:
        titles = [posts[number].title for number in completion.witnesses if number in posts]
        if titles:
            finished = next(filter(None, (spelling(title, completion.term) for title in titles)), completion.term)
            whole = typed.text[: completion.start] + finished
            suggested.append(word(whole, typed.parts, typed.own))
    return suggested


def word(words: str, parts: Iterable[str] = (), own: OwnWords | None = None) -> Suggestion:
    url = f"{reverse('search:search')}?{urlencode({'q': words})}"
    return Suggestion(url, "magnifying-glass", gettext("word"), marked(words, parts, own))


def spelling(title: str, term: str) -> str:
    """How a title writes a word of the index; empty when it does not have it letter for letter."""
    folded = fold_case(title)
    at = folded.find(term)
    return title[at : at + len(term)] if at >= 0 and len(folded) == len(title) else ""


def people_suggested(typed: Typed, viewer: Viewer) -> list[Suggestion]:
    """Colleagues each part of whose given or family name begins as typed, by the alphabet; also as พี่อุไร."""
    return people_called(typed.text.split(), viewer) or people_called(bare(typed.text).split(), viewer)


def people_called(parts: Sequence[str], viewer: Viewer) -> list[Suggestion]:
    if not parts or len(parts) > MOST_NAMES or max(map(len, parts), default=0) > LONGEST_NAME:
        return []
    people = people_with(parts, viewer, inside=math.inf)
    return [
        Suggestion(reverse("people:person", args=[pk]), "user-circle", gettext("person"), marked(name, parts))
        for pk, name in people.values_list("pk", "name")[:OF_EACH]
    ]


def circles_suggested(typed: Typed, viewer: Viewer) -> list[Suggestion]:
    """Circles whose name begins as typed, then those that have it further in, each by the alphabet."""
    key = normalise(typed.text).strip()
    circles = Community.objects.visible_to(viewer).values_list("name", "slug")
    named = [(normalised(name).find(key), name, slug) for name, slug in circles] if key else []
    found = [one for one in named if one[0] == 0 or (one[0] > 0 and len(key) >= LEAST_INSIDE)]
    return [
        Suggestion(reverse("posts:community", args=[slug]), "campfire", gettext("circle"), marked(name, [key]))
        for _, name, slug in sorted(found, key=lambda one: one[0] > 0)[:OF_EACH]
    ]


def tags_suggested(tags: Sequence[Tagged], posts: Mapping[int, Post]) -> list[Suggestion]:
    return [
        Suggestion(
            reverse("posts:tag", args=[tag.key]), "tag", pgettext("search", "tag"), marked(tag.name, [tag.typed])
        )
        for tag in tags
        if any(number in posts for number in tag.witnesses)
    ]


def titles_suggested(typed: Typed, titled: Sequence[int], posts: Mapping[int, Post]) -> list[Suggestion]:
    return [
        Suggestion(
            post.get_absolute_url(),
            ICONS.get(Kind(post.kind), "book-open-text"),
            post.get_kind_display(),
            marked(post.title, typed.parts, typed.own),
        )
        for number in titled
        if (post := posts.get(number))
    ]


def marked(text: str, parts: Iterable[str], own: OwnWords | None = None) -> Pieces:
    """The text with the words marked that begin with one of `parts` (normalised), never cutting a Thai cluster."""
    folded = fold_case(text)
    if len(folded) != len(text):  # something invisible in it: the places would not fit
        return [(text, False)]
    is_hit = [False] * len(text)
    begun = [part.lower() for part in parts if len(part) > 1]
    for start in word_starts(text, own):
        for part in begun:
            end = start + len(part)
            if folded.startswith(part, start):
                while end < len(text) and text[end] in DEPENDENT:
                    end += 1
                is_hit[start:end] = [True] * (end - start)
    pieces: Pieces = []
    for character, hit in zip(text, is_hit, strict=True):
        if pieces and pieces[-1][1] == hit:
            pieces[-1] = (pieces[-1][0] + character, hit)
        else:
            pieces.append((character, hit))
    return pieces


@lru_cache(maxsize=1024)
def word_starts(text: str, own: OwnWords | None) -> tuple[int, ...]:
    """Remembered: with the next letter mostly the same titles come again."""
    return tuple(token.start for token in segment_with_parts(text, own))


def shared_out(groups: Sequence[Group]) -> list[Group]:
    """The first of each group, then the second of each, until there are MOST."""
    rounds = zip_longest(*(group.suggestions for group in groups))
    kept = [one for each in rounds for one in each if one is not None][:MOST]
    shown = [Group(group.label, [one for one in group.suggestions if one in kept]) for group in groups]
    return [group for group in shown if group.suggestions]
