"""Whether a phrase stands in a text as one reads it, however the words of either are cut or spaced."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable

from tantivy import Occur, Query

from lomwong.kit.html import folded_words, own_words
from lomwong.posts.models import File, Post
from lomwong.search.schema import GRAMS, GRAMS_BEHIND, SCHEMA
from lomwong.text import grams
from lomwong.text.lexicon import clusters
from lomwong.text.normalise import CONSONANTS, DEPENDENT, LEADING_VOWELS, THAI_LETTERS, normalise

AT_ONCE = 500  # fewer than the variables that one query of SQLite may have
MOST_GRAMS = 24  # of a phrase are looked up; the text itself decides in the end
SHORTEST = 3  # clusters or letters that make a gram
_BLANKS = re.compile(r"\s+")
_BETWEEN_THAI = re.compile(rf"(?<=[{THAI_LETTERS}ๆฯ]) (?=[{THAI_LETTERS}ๆฯ])")
_THAI = re.compile(f"[{THAI_LETTERS}]+")
_OTHER = re.compile(rf"[^\W_{THAI_LETTERS}]+")
_GOES_ON = re.compile(f"[{DEPENDENT}]|[{CONSONANTS}][ิุ]?์")  # the last cluster is another one than it seemed
_IDEOGRAMS = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


def squeezed(text: str) -> str:
    """Normalised, blanks as one, and none between Thai letters: there each writer sets them otherwise."""
    return _BETWEEN_THAI.sub("", _BLANKS.sub(" ", normalise(text)).strip())


def stands_in(text: str, phrase: str) -> bool:
    """Both squeezed. Thai at borders of clusters, other scripts at borders of words."""
    at = text.find(phrase)
    while at >= 0:
        if _is_whole(text, at, at + len(phrase)):
            return True
        at = text.find(phrase, at + 1)
    return False


def _is_whole(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    first, last = text[start], text[end - 1]
    if before and before in LEADING_VOWELS and _THAI.match(first):
        return False
    if _THAI.match(last) and _GOES_ON.match(text, end):
        return False
    return not (_is_spelt(before) and _is_spelt(first)) and not (_is_spelt(last) and _is_spelt(after))


def _is_spelt(character: str) -> bool:
    """Of a script that sets blanks between words."""
    return character.isalnum() and not _THAI.match(character) and not _IDEOGRAMS.match(character)


def is_long(word: str) -> bool:
    """A Thai word of so many clusters that its letters in this order mean it, however somebody spaced them."""
    return len(clusters(word)) >= SHORTEST


def may_hold(phrase: str) -> Query | None:
    """The texts in which a squeezed phrase may stand, and few others; None when nothing of it can be looked up."""
    others = _OTHER.findall(phrase)
    short = [run for run in others if len(run) < SHORTEST and _IDEOGRAMS.search(run)]  # may stand inside a longer one
    wanted = [term for run in others if run not in short for term in grams.terms(run)]
    for run in _THAI.findall(phrase):
        if len(clusters(run)) < SHORTEST:
            short.append(run)
        else:
            wanted += grams.terms(run)
    if not wanted:
        if not short:
            return None
        inside = f".*{max(short, key=len)}.*"
        return _either([Query.regex_query(SCHEMA, field, inside) for field in (GRAMS, GRAMS_BEHIND)])
    some = list(dict.fromkeys(wanted))[:MOST_GRAMS]
    return _either([_all(field, some) for field in (GRAMS, GRAMS_BEHIND)])


def _either(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _all(field: str, terms: Iterable[str]) -> Query:
    return Query.boolean_query([(Occur.Must, Query.term_query(SCHEMA, field, term)) for term in terms])


def those_with(numbers: Collection[int], wanted: Collection[str], unwanted: Collection[str]) -> set[int]:
    """Of these posts those in which each of the wanted phrases stands, and none of the unwanted; all squeezed."""
    kept = set()
    for number, texts in texts_of(numbers):
        is_whole = all(any(stands_in(text, phrase) for text in texts) for phrase in wanted)
        if is_whole and not any(stands_in(text, phrase) for phrase in unwanted for text in texts):
            kept.add(number)
    return kept


def texts_of(numbers: Collection[int]) -> Iterable[tuple[int, list[str]]]:
    """Title, own words, quoted mail and files of each, squeezed: a phrase does not go on from one into the other."""
    every = list(numbers)
    for start in range(0, len(every), AT_ONCE):
        part = every[start : start + AT_ONCE]
        files = files_of(part)
        for number, title, html in Post.objects.filter(number__in=part).values_list("number", "title", "html"):
            texts = [title, own_words(html), folded_words(html), files.get(number, "")]
            yield number, [squeezed(text) for text in texts if text]


def files_of(numbers: Collection[int]) -> dict[int, str]:
    """The names of the files of these posts, and what is written in them."""
    found: dict[int, list[str]] = defaultdict(list)
    files = File.objects.filter(post__in=numbers).order_by("pk")
    for number, name, words in files.values_list("post_id", "name", "words_text"):
        found[number] += [name, words]
    return {number: "\n".join(texts) for number, texts in found.items()}
