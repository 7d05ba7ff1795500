"""The words by which a topic is met in a question or a text. Pure: no database."""

from collections.abc import Collection, Iterable
from functools import lru_cache

from lomwong.text.function_words import is_function_word
from lomwong.text.lexicon import LEXICON
from lomwong.text.normalise import normalise
from lomwong.text.own_words import OwnWords
from lomwong.text.segment import compound_parts, index_terms, words

SHORT = 2  # telling words: of such a label all must be met
ENOUGH = 0.6  # of a longer one so much of its weight
FOREIGN = 11.0  # nats: words that no Thai dictionary has (moodle, VPN) tell much
COMMON = 5.0  # nats: what every text is full of
_LONGEST_WORD = 80


def key_of(label: str) -> str:
    """Two spellings of one topic are one. Empty for what has no letter and no digit."""
    key = " ".join(normalise(label).split())[:160]
    return key if any(map(str.isalnum, key)) else ""


@lru_cache(maxsize=32_768)
def telling_words(label: str) -> tuple[str, ...]:
    """Of a label the words that tell, each once; all of them when none does. As the dictionary alone cuts them."""
    every = tuple(dict.fromkeys(words(label)))
    return tuple(word for word in every if not is_function_word(word) and weight_of(word) > 1.0) or every


def is_of_glue(label: str) -> bool:
    """Whether it consists of words that hold a sentence together, which stand in every text: a, ที่, and IT too."""
    return all(is_function_word(word) for word in words(label))


def is_no_word(label: str) -> bool:
    """Whether it is about nothing; IT is about something, written so."""
    return is_of_glue(label) and not (len(label) > 1 and label.isupper())


def weight_of(word: str) -> float:
    """The rarer in Thai at large, the more it tells; 1 for the most common ones."""
    cost = LEXICON.cost(word)
    return max(1.0, (FOREIGN if cost is None else min(cost, 14.0)) - COMMON)


def anchor_of(label: str) -> str:
    """The word without which no text meets the topic: topics are looked up by it. Empty for a label without words."""
    telling = telling_words(label)
    return max(telling, key=lambda word: (weight_of(word), word))[:_LONGEST_WORD] if telling else ""


def words_to_meet(text: str, own: OwnWords | None = None) -> set[str]:
    """All words of a text, compounds and own words whole and in their parts, and the other ways to say own words."""
    met = set(index_terms(text))
    if own is not None:
        met.update(index_terms(text, own))
        for said in own.found_in(words(text, own)):
            met.update(part for way in said.ways for word in way for part in (word, *index_terms(word)))
    return met


def meeting(label: str, met: Collection[str]) -> float:
    """How much of the label's telling words are among those met, by weight, 0 to 1: 0 when it is too little."""
    telling = telling_words(label)
    if not telling or not _stands(anchor_of(label), met):
        return 0.0
    found = sum(weight_of(word) for word in telling if _stands(word, met))
    share = found / sum(map(weight_of, telling))
    least = 1.0 if len(telling) <= SHORT else ENOUGH
    return share if share >= least - 1e-9 else 0.0


def touches(label: str, met: Collection[str]) -> bool:
    """Whether any word that tells something of the label was met."""
    return any(_stands(word, met) for word in telling_words(label))


def holds(labels: Iterable[str], met: Collection[str]) -> bool:
    """Whether all the telling words of one of the labels were met."""
    return any(all(_stands(word, met) for word in telling) for label in labels if (telling := telling_words(label)))


def _stands(word: str, met: Collection[str]) -> bool:
    if word in met:
        return True
    parts = [part for part in compound_parts(word) if not is_function_word(part)]
    return bool(parts) and all(part in met for part in parts)
