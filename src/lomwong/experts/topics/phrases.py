"""What somebody may know, from what they wrote: the phrases that tell a topic. Pure: no database.

People's own tags and the words of the house come first, then what stands in titles and comes again in the texts. There
is no grammar in it: a phrase is a run of telling words that was said more than once, by itself and not by chance.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from lomwong.experts.topics.chatter import is_chatter, is_form_of_address
from lomwong.experts.topics.words import key_of, weight_of
from lomwong.text.function_words import is_function_word
from lomwong.text.lexicon import LEXICON, clusters
from lomwong.text.own_words import OwnWords
from lomwong.text.segment import Token, segment

MOST = 8
MOST_FROM_ONE = 2  # topics that rest on one answer alone
LONGEST_PHRASE = 3  # words
PAIR = 2
LONGEST_LABEL = 40  # letters of a phrase; a tag may be longer
TEXT_READ = 1500  # characters of each text
TELLING_COST = 8.6  # nats: a single word that is no tag must be rarer than this in Thai at large
LEAST_LETTERS = 5
TAG, TITLE, TEXT = 1.5, 1.5, 0.7  # what a phrase is worth by where it stands
HOUSE_WORD = 2.0  # so many times that, of a tag too
FAINTEST = 0.22  # of the strongest one's score


@dataclass(frozen=True, slots=True)
class Trace:
    """A post that speaks for somebody: their own, or a question that was passed on to them (then without `text`)."""

    number: int
    thread: int  # number of its first post
    title: str  # of the thread
    opening: str  # what stands in the first post, where that is not theirs
    text: str  # their own words
    tags: tuple[str, ...]
    weight: float
    is_thanked: bool  # an answer that worked or was thanked for: enough by itself


@dataclass(frozen=True, slots=True)
class House:
    """How often words stand in what all have written."""

    posts: int
    holding: Callable[[str], int]  # posts with this word


@dataclass(frozen=True, slots=True)
class Guess:
    label: str
    key: str
    evidence: tuple[tuple[int, float], ...]  # number and weight, the strongest first


@dataclass(slots=True)
class _Candidate:
    words: tuple[str, ...]
    spellings: Counter[str] = field(default_factory=Counter)
    said_in: set[tuple[int, str]] = field(default_factory=set)  # places, to see that it is no accident
    strength: dict[int, float] = field(default_factory=dict)  # trace number -> how much it speaks there
    is_named: bool = False  # a tag or a word of the house
    in_title: bool = False

    def say(self, spelling: str, trace: Trace, place: str, strength: float) -> None:
        self.spellings[spelling] += 1
        self.said_in.add((trace.number if place == "text" else trace.thread, place))
        if place == "title":
            self.in_title = True
        if strength:
            before = self.strength.get(trace.number, 0.0)
            self.strength[trace.number] = max(before, strength * trace.weight) + (0.2 * trace.weight if before else 0)


def guesses(traces: Sequence[Trace], house: House, own: OwnWords, *, most: int = MOST) -> list[Guess]:
    """The best first; each rests on two threads at least, or on one answer that was thanked for."""
    by_number = {trace.number: trace for trace in traces}
    found = []
    for key, candidate in _candidates(traces, own).items():
        if _holds_together(candidate) and _rests_on_enough(candidate, by_number):
            found.append((_score(candidate, by_number, house), key, candidate))
    found.sort(key=lambda one: (-one[0], one[1]))
    chosen: list[_Candidate] = []
    from_one: Counter[int] = Counter()
    for score, _key, candidate in found:
        if len(chosen) == most or score < FAINTEST * found[0][0]:
            break
        if any(_says_the_same(candidate, other) for other in chosen):
            continue
        if len(candidate.strength) == 1:
            (alone,) = candidate.strength
            from_one[alone] += 1
            if from_one[alone] > MOST_FROM_ONE:
                continue
        chosen.append(candidate)
    return [_guess(candidate) for candidate in chosen]


def _candidates(traces: Sequence[Trace], own: OwnWords) -> dict[str, _Candidate]:
    """Titles and tags first: of the texts then only what was met there, and pairs of words; of what others say in the
    first post only what was met before. A long life of writing would be too many phrases otherwise."""
    found: dict[str, _Candidate] = {}

    def say(phrase: Phrase, trace: Trace, place: str, worth: float) -> None:
        candidate = found.setdefault(" ".join(phrase.words), _Candidate(phrase.words))
        candidate.is_named |= phrase.is_named
        candidate.say(phrase.spelling, trace, place, worth * (HOUSE_WORD if phrase.is_named else 1.0))

    for trace in traces:
        for tag in trace.tags:
            words = tuple(token.text for token in segment(tag, own))
            if words and not is_chatter(key_of(tag)):
                say(Phrase(tag, min([words, *own.synonyms(" ".join(words))]), is_named=True), trace, "tag", TAG)
        for phrase in phrases(trace.title, own):
            say(phrase, trace, "title", TITLE)
    for trace in traces:
        for phrase in phrases(trace.text[:TEXT_READ], own):
            if phrase.is_named or len(phrase.words) == PAIR or " ".join(phrase.words) in found:
                say(phrase, trace, "text", TEXT)
    for trace in traces:
        for phrase in phrases(trace.opening[:TEXT_READ], own) if trace.opening else ():
            if " ".join(phrase.words) in found:
                say(phrase, trace, "opening", 0.0)
    return found


class Phrase(NamedTuple):
    """As it is written; its words, of a word of the house those of one way to say it; a tag or word of the house?"""

    spelling: str
    words: tuple[str, ...]
    is_named: bool


def phrases(text: str, own: OwnWords) -> Iterator[Phrase]:
    """The words of the house, and every run of one to three other telling words."""
    tokens = segment(text, own)
    words = [token.text for token in tokens]
    said = own.found_in(words)
    for one in said:
        ways = [tuple(words[one.start : one.end]), *one.ways]
        if not any(is_chatter(" ".join(way)) for way in ways):
            yield Phrase(text[tokens[one.start].start : tokens[one.end - 1].end], min(ways), is_named=True)
    of_house = {(tokens[one.start].start, tokens[one.end - 1].end) for one in said}
    for run in _runs(text, tokens):
        for size in range(1, LONGEST_PHRASE + 1):
            for start in range(len(run) - size + 1):
                begin, end = run[start].start, run[start + size - 1].end
                if end - begin <= LONGEST_LABEL and (begin, end) not in of_house:
                    part = tuple(token.text for token in run[start : start + size])
                    yield Phrase(text[begin:end], part, is_named=False)


def _runs(text: str, tokens: Sequence[Token]) -> Iterator[list[Token]]:
    run: list[Token] = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        if run and not _joins(text[run[-1].end : token.start], run[-1], token):
            yield run
            run = []
        if _may_tell(token.text) and not (before and is_form_of_address(before.text)):
            run.append(token)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _joins(between: str, one: Token, other: Token) -> bool:
    """Thai words of a phrase touch; words of Latin letters have a blank around them."""
    return not between or (between == " " and (one.text.isascii() or other.text.isascii()))


def _may_tell(word: str) -> bool:
    if len(word) < 2 or is_function_word(word) or is_chatter(word) or not any(map(str.isalpha, word)):
        return False
    return word.isascii() or LEXICON.cost(word) is not None


def _holds_together(candidate: _Candidate) -> bool:
    if candidate.is_named:
        return True
    if len(candidate.words) == 1:
        return (
            _is_rare(word := candidate.words[0])
            and _is_long(word)
            and candidate.in_title
            and len(candidate.said_in) > 1
        )
    return len(candidate.said_in) > 1 and any(map(_is_rare, candidate.words))


def _is_rare(word: str) -> bool:
    cost = LEXICON.cost(word)
    return cost is None or cost >= TELLING_COST


def _is_long(word: str) -> bool:
    """Thai words of one syllable are mostly verbs, or could be anything."""
    return word.isascii() or (len(word) >= LEAST_LETTERS and len(clusters(word)) > 1)


def _rests_on_enough(candidate: _Candidate, traces: dict[int, Trace]) -> bool:
    threads = {traces[number].thread for number in candidate.strength}
    if len(threads) > 1:
        return True
    thanked = any(traces[number].is_thanked for number in candidate.strength)
    return thanked and (candidate.is_named or (candidate.in_title and _is_like_a_name(candidate)))


def _is_like_a_name(candidate: _Candidate) -> bool:
    """Of a single word of Latin letters: what nobody writes so by chance (GPU, EndNote); every title has others."""
    if len(candidate.words) > 1 or not candidate.words[0].isascii():
        return True
    return any(sum(letter.isupper() or letter.isdigit() for letter in spelling) > 1 for spelling in candidate.spellings)


def _score(candidate: _Candidate, traces: dict[int, Trace], house: House) -> float:
    best: dict[int, float] = defaultdict(float)
    for number, strength in candidate.strength.items():
        thread = traces[number].thread
        best[thread] = max(best[thread], strength)
    holding = min(house.holding(word) for word in candidate.words)
    rarity = math.log((house.posts + 2) / (holding + 1)) / math.log(house.posts + 2) if house.posts else 1.0
    longer = 1.0 + 0.25 * (len(candidate.words) - 1)
    tells = 1.0 if candidate.is_named else sum(map(weight_of, candidate.words)) / len(candidate.words) / 6.0
    return sum(best.values()) * max(rarity, 0.05) * longer * min(tells, 1.2)


def _says_the_same(one: _Candidate, other: _Candidate) -> bool:
    mine, theirs = set(one.words), set(other.words)
    return mine <= theirs or theirs <= mine


def _guess(candidate: _Candidate) -> Guess:
    label = max(candidate.spellings.items(), key=lambda one: (one[1], one[0]))[0].strip()
    evidence = sorted(candidate.strength.items(), key=lambda one: (-one[1], -one[0]))
    return Guess(label, key_of(label), tuple(evidence))
