"""Typed with the wrong keyboard layout on: l;ylfu for สวัสดี, ้ำสสน for hello.

A query is turned round when it is far more probable as typed on the other layout. Both readings are weighed by one
measure, minus the log of a probability in nats: Thai by the frequencies of the lexicon, Latin letters by the pairs that
English has.
"""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from .function_words import ENGLISH
from .keys import LATIN_OF, THAI_OF
from .lexicon import LEXICON, clusters
from .normalise import DEPENDENT, LEADING_VOWELS
from .segment import segment

Knows = Callable[[str], bool]

LONGEST = 200  # characters of a query that is looked at
_SURE = 8.0  # nats by which the other layout must be the likelier one
_SURE_OF_SHORT = 14.0
_SURE_WHEN_KNOWN = 2.5  # the same when the collection knows every word of the one reading and none of the other
_KEPT = 5.0  # what it costs to leave a stretch as it is in a query that is turned round (NFL amid Thai)

# Minus the log probability, in whole nats, of a letter behind another: counted in the distinct words of the Python
# documentation (pydoc_data.topics), each by the root of its frequency. Row: the letter before; the blank, then a to z.
_ORDER = " abcdefghijklmnopqrstuvwxyz"
_PAIRS = """
933233344365333336323444766 593347648394232948222446547 325452888238266348335288838 329472993393367267352399959
145641999289487499636468859 235324456598432745223845359 236873368186378268363388848 146582643388353468334378888
228881786288656288454588858 544343349696331247432949594 336461666666666366666266666 147571646277574647426474777
227642569287277259733356929 323771799397636229645399959 236323526387555369732447857 354335459595331439233343677
329652694396266239243497947 266666666666666666666066666 226441547286534359333465849 149472684386466437832396949
226562692299467369333476849 533343549397232539222999999 418881888288858388866688888 227752772277473277337775776
237252775277767427742775347 066484888388543438833864888 326661466266666466646666646
""".split()
_COST = {
    before + letter: float(digit)
    for before, row in zip(_ORDER, _PAIRS, strict=True)
    for letter, digit in zip(_ORDER, row, strict=True)
}

_PARTS = re.compile(r"[A-Za-z]+(?:'[a-z]{1,2}(?![A-Za-z]))?|\d+|.", re.DOTALL)
_SCRIPTS = re.compile(r"[\u0e00-\u0e7f]+|[^\u0e00-\u0e7f]+")
_CASED = re.compile(r"[A-Z]?[a-z']*|[A-Z]+s?")
_EDGES = ".,?!:;()\"'“”‘’-–…/&+"
_INSIDE = ".-/:@_&'#+,"
_FINAL = re.compile(r"[?!]+$")  # typed on purpose: no Thai word ends with what these keys type
_RARE_CASE, _RARE_MARK, _PLAIN_MARK, _MARK_ALONE = 5.0, 7.0, 3.0, 4.0
_KNOWN, _COMMON, _UNHEARD = 6.0, 4.0, 9.0
_DIGIT, _ABBREVIATED = 2.3, 4.0
_LETTER_OF_NAME, _CLUSTER_OF_NAME, _NAME = 2.6, 2.0, 5.0  # Thai in no dictionary
_BROKEN = 9.0  # what Thai never does: a vowel mark with no consonant under it
_SOUND_PAIR = 3.8  # nats for each two letters, on average, of what may be an English word
_UNSOUND = 2.0  # times as much costs what is in no language, where it is what somebody is to have meant


class Reading(NamedTuple):
    """One stretch between blanks, as typed or turned round."""

    text: str
    cost: float  # how improbable it is that somebody means it, in nats
    is_turned: bool = False


def other_layout(query: str, knows: Knows | None = None) -> str | None:
    """The query as it was meant, when it makes sense only under the other layout. Takes any string.

    `knows`: whether a word, as `segment.words` gives it, stands in the texts; without it only language decides.
    """
    if len(query) > LONGEST or len(query.strip()) < 2:
        return None
    typed = [Reading(chunk, _cost(chunk, knows, is_meant=False)) for chunk in query.split()]
    best, gain = None, 0.0
    for layout in (THAI_OF, LATIN_OF):
        turned = [_likelier(reading, layout, knows) for reading in typed]
        if not _is_sensible([reading.text for reading in turned if reading.is_turned], knows):
            continue
        gained = sum(reading.cost for reading in typed) - sum(reading.cost for reading in turned)
        if gained > max(gain, _threshold(typed, turned, layout, knows)):
            best, gain = " ".join(reading.text for reading in turned), gained
    return best


def instead(query: str, knows: Knows) -> str | None:
    """What to search for instead: the query under the other layout, if it makes sense only so and some of it is there.

    `knows` as for `other_layout`.
    """
    typed = [token.text for token in segment(query[:LONGEST]) if len(token.text) > 1]
    if typed and all(map(knows, typed)):
        return None
    meant = other_layout(query, knows)
    if meant is None or not any(knows(token.text) for token in segment(meant) if len(token.text) > 1):
        return None
    return meant


def _is_sensible(turned: list[str], knows: Knows | None) -> bool:
    """Whether more than half of the letters stand in words that make sense."""
    told = sensible = 0
    for token in segment(" ".join(turned)):
        told += len(token.text)
        sensible += len(token.text) if _is_sound(token.text, knows) else 0
    return 2 * sensible > told


def _is_sound(word: str, knows: Knows | None) -> bool:
    if len(word) == 1 or word.isdigit():
        return False
    if _is_known(word, knows) or word in ENGLISH:
        return True
    if "ก" <= word[0] <= "๎":
        return LEXICON.cost(word) is not None
    return len(word) > 2 and _letters_cost(word, None, 1.0) <= _SOUND_PAIR * (len(word) + 1)


def _is_known(word: str, knows: Knows | None) -> bool:
    return knows is not None and len(word) > 1 and knows(word)


def _threshold(typed: list[Reading], turned: list[Reading], layout: Mapping[str, str], knows: Knows | None) -> float:
    """Lower for what is no word (x]k) of which nothing is known, when all of the other reading is (ปลา)."""
    changed = [(before.text, after.text) for before, after in zip(typed, turned, strict=True) if after.is_turned]
    if all(before.isalpha() and before.isascii() and len(before) <= 4 for before, _ in changed):
        return _SURE_OF_SHORT  # may be an abbreviation of anything
    if layout is not THAI_OF or all(before.isalpha() for before, _ in changed):
        return _SURE
    found = [token.text for _, after in changed for token in segment(after)]
    is_found = all(_is_known(word, knows) for word in found)
    is_news = not any(_is_known(token.text, knows) for before, _ in changed for token in segment(before))
    return _SURE_WHEN_KNOWN if is_found and is_news else _SURE


def _likelier(typed: Reading, layout: Mapping[str, str], knows: Knows | None) -> Reading:
    kept = typed._replace(cost=typed.cost + (_KEPT if any(map(str.isalpha, typed.text)) else 0.0))
    if layout is THAI_OF and typed.text.isdigit():  # the number pad types them on either layout
        return kept
    readings = [kept]
    final = _FINAL.search(typed.text) if layout is THAI_OF else None
    for end in {len(typed.text), final.start() if final else len(typed.text)}:
        other = "".join(layout.get(char, char) for char in typed.text[:end]) + typed.text[end:]
        if other != typed.text:
            readings.append(Reading(other, _cost(other, knows, is_meant=True), is_turned=True))
    return min(readings, key=lambda reading: reading.cost)


def _cost(chunk: str, knows: Knows | None, *, is_meant: bool) -> float:
    """`is_meant`: nobody typed it so; what then is in no language is the more improbable."""
    unsound = _UNSOUND if is_meant else 1.0
    total = 0.0
    for run in _SCRIPTS.findall(chunk):
        if "\u0e00" <= run[0] <= "\u0e7f":
            total += _thai_cost(run, knows, unsound)
        else:
            total += _latin_cost(run, knows, unsound)
    return total


def _latin_cost(run: str, knows: Knows | None, unsound: float) -> float:
    bare = run.strip(_EDGES)
    if not bare:
        return _MARK_ALONE * len(run)
    edges = len(run) - len(bare)
    total = 2.0 * min(2, edges) + _PLAIN_MARK * max(0, edges - 2)
    before = ""
    for part in _PARTS.findall(bare):
        if part[0].isdigit():
            total += _DIGIT * len(part) + (_PLAIN_MARK * unsound if before.isalpha() else 0.0)
        elif part[0].isascii() and part[0].isalpha():
            total += _letters_cost(part, knows, unsound)
            total += _PLAIN_MARK * unsound if before.isdigit() else 0.0
        elif part.isalpha():
            total += _PLAIN_MARK  # a letter of a script that neither layout types
        else:
            total += _PLAIN_MARK if part in _INSIDE else _RARE_MARK * unsound
        before = part
    return total


def _letters_cost(letters: str, knows: Knows | None, unsound: float) -> float:
    word = letters.lower().replace("'", "")
    total = sum(_COST.get(before + after, _UNHEARD) for before, after in zip(" " + word, word + " ", strict=True))
    if word in ENGLISH:
        total = min(total, _COMMON)
    elif _is_known(word, knows):
        total = min(total, _KNOWN)
    return total if _CASED.fullmatch(letters) else total + _RARE_CASE * unsound


def _thai_cost(run: str, knows: Knows | None, unsound: float) -> float:
    total, covered = 0.0, 0
    for token in segment(run):
        covered += token.end - token.start
        total += _thai_word_cost(token.text, knows, unsound)
    ends = sum(char in "ๆฯ" for char in run)
    return total + _PLAIN_MARK * ends + _BROKEN * unsound * max(0, len(run) - covered - ends)


def _thai_word_cost(word: str, knows: Knows | None, unsound: float) -> float:
    if word.isdigit():
        return _DIGIT * len(word) * unsound
    pieces = clusters(word)
    cost = LEXICON.cost(word) if pieces else None
    if cost is not None:
        return cost
    if len(word) == 1:
        return _ABBREVIATED * unsound
    if _is_known(word, knows):
        return _KNOWN + 2.0
    cost = _NAME + _CLUSTER_OF_NAME * len(pieces) + _LETTER_OF_NAME * len(word)
    return (cost + _BROKEN * sum(_is_broken(piece) for piece in pieces)) * unsound


def _is_broken(cluster: str) -> bool:
    return cluster[0] in DEPENDENT or all(char in LEADING_VOWELS for char in cluster)
