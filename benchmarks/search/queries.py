"""Queries as people type them, made from whole questions with fixed seeds: misspelt, two key words, wrong keyboard.

Plain and honest: whatever search may do about a slip, these know nothing of it. A slip is one random edit of a letter.
"""

import random
from collections import Counter
from collections.abc import Iterable, Sequence

from lomwong.text.function_words import is_function_word
from lomwong.text.keys import LATIN_OF, NEIGHBOURS, THAI_OF
from lomwong.text.normalise import normalise
from lomwong.text.segment import Token, index_terms, segment

SHORTEST = 3  # letters of a word that is misspelt or stands for a question
EDITS = ("insert", "delete", "replace", "swap")


def with_one_typo(query: str, chance: random.Random) -> str:
    """One edit of one letter in one word that is no function word; the query itself when it has no such word."""
    spots = [token for token in segment(query) if _tells(token.text)] or segment(query)
    if not spots:
        return query
    spot = chance.choice(spots)
    return query[: spot.start] + _misspelt(query[spot.start : spot.end], chance) + query[spot.end :]


def _tells(word: str) -> bool:
    return len(word) >= SHORTEST and not word[0].isdigit() and not is_function_word(word)


def _misspelt(word: str, chance: random.Random) -> str:
    """One letter inserted (a neighbour on the keyboard, before or behind), left out, replaced by a neighbour, or
    swapped with the next; drawn anew until it reads differently."""
    for _ in range(100):
        at = chance.randrange(len(word))
        before, letter, behind = word[:at], word[at], word[at + 1 :]
        around = NEIGHBOURS.get(letter) or letter
        edit = chance.choice(EDITS)
        if edit == "insert":
            changed = before + chance.choice((letter + chance.choice(around), chance.choice(around) + letter)) + behind
        elif edit == "delete":
            changed = before + behind
        elif edit == "replace":
            changed = before + chance.choice(around) + behind
        else:
            changed = before + behind[:1] + letter + behind[1:]
        if changed and normalise(changed) != normalise(word):
            return changed
    return word


def key_words(questions: Sequence[tuple[str, int]], passages: Sequence[str]) -> dict[int, tuple[str, str]]:
    """Number of a question -> its two rarest words that stand in its passage, spelt and in order as in the question.

    Questions that have fewer such words are left out. `questions`: (text, number of its passage).
    """
    bags = [set(index_terms(passage)) for passage in passages]
    having = Counter(term for bag in bags for term in bag)
    found = {}
    for number, (question, right) in enumerate(questions):
        telling: dict[str, Token] = {}
        for token in segment(question):
            if _tells(token.text) and token.text in bags[right]:
                telling.setdefault(token.text, token)
        rarest = sorted(telling, key=lambda word: having[word])[:2]
        if len(rarest) == 2:
            first, second = sorted((telling[word] for word in rarest), key=lambda token: token.start)
            found[number] = (question[first.start : first.end], question[second.start : second.end])
    return found


def with_one_misspelt(pair: tuple[str, str], chance: random.Random) -> str:
    words = list(pair)
    at = chance.randrange(2)
    words[at] = _misspelt(words[at], chance)
    return " ".join(words)


def in_other_layout(query: str) -> str:
    """What one gets who types a Thai query with QWERTY on, or one without Thai letters with Kedmanee on.

    In a Thai query each Thai character becomes the Latin one of its key; others (digits from the number pad, names
    typed after a switch) stay. Without Thai letters, each character becomes the Thai one of its key.
    """
    layout = LATIN_OF if any("ก" <= char <= "๎" for char in query) else THAI_OF
    if layout is LATIN_OF:
        return "".join(layout[char] if "\u0e00" < char < "\u0e7f" and char in layout else char for char in query)
    return "".join(layout.get(char, char) for char in query)


def typed_wrong(questions: Iterable[str], seed: int = 1) -> list[str]:
    chance = random.Random(seed)
    return [with_one_typo(question, chance) for question in questions]
