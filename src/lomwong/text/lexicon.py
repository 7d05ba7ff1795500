"""The Thai words the segmenter knows and what each costs, loaded piece by piece when first needed.

Words: PyThaiNLP's `words_th.txt`; frequencies: its `tnc_freq.txt` (Thai National Corpus). Both CC0. The files are read
from the installed package without importing it, which would take seconds.
"""

import importlib.util
import math
import re
import threading
from collections import defaultdict
from pathlib import Path
from sys import intern
from typing import Any

from .normalise import CONSONANTS, DEPENDENT, LEADING_VOWELS, THAI_LETTERS, mend_letters

Node = dict[str, Any]
"""A place in the tree of words: next cluster -> Node; the key "" holds the cost of the word that ends here."""

# What may not be cut: a consonant with the vowels and marks around it, and any silenced letter (ร์, ทธิ์) behind it.
# All counts are bounded, so that no string makes a cluster of more than about thirty characters.
_CLUSTER = re.compile(
    f"(?:[{LEADING_VOWELS}]{{1,3}}[{CONSONANTS}]?|[{CONSONANTS}]|(?=[{DEPENDENT}]))[{DEPENDENT}]{{0,6}}"
    f"(?:[{CONSONANTS}][ิุ]?์[{DEPENDENT}]{{0,2}}){{0,3}}"
)
clusters = _CLUSTER.findall
"""clusters(run) -> list[str]: a normalised run of Thai letters in uncuttable pieces; joined they give the run again."""


def first_cluster(run: str) -> str:
    """ "" for what does not begin with a Thai letter."""
    found = _CLUSTER.match(run)
    return found[0] if found else ""


# The cost of a word is minus the log of its share of the corpus, in nats. Counts below five are noise (typing errors,
# broken words) and two thirds of the file, which is sorted by count: such words cost as those the corpus lacks.
_LOG_CORPUS_SIZE = 17.33
_LEAST_COUNT = 5
_UNSEEN = 0.5
_THAI_WORD = re.compile(f"[{THAI_LETTERS}]+")


class Lexicon(dict[str, Node]):
    """First cluster -> Node. `lexicon[cluster]` is None when no word begins so.

    Loads in three steps, so that neither the start of a process nor its first text pays for words it does not meet:
    lines of the files by first letter, words of one letter by first cluster, the tree of one cluster.
    Thread-safe: each step is taken under a lock and becomes visible only when whole.
    """

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._lines: dict[str, list[str]] | None = None
        self._counts: dict[str, int] = {}
        self._words: dict[str, dict[str, list[str]]] = {}
        self._ends: dict[float, Node] = {}

    def __missing__(self, cluster: str) -> Node | None:
        words = self._words.get(cluster[0])
        if words is not None and cluster not in words:
            return None
        with self._lock:
            words = self._words.get(cluster[0])
            if words is None:
                words = self._words[cluster[0]] = self._words_by_cluster(cluster[0])
            if cluster in words and cluster not in self:
                self[cluster] = self._tree(words[cluster])
                words[cluster] = []
        return self.get(cluster)

    def load(self) -> None:
        """All of it, for processes that are to share it."""
        self.cost("ก")
        for letter in list(self._lines or ()):
            self[letter]  # which is a cluster, or none; either way its letter's words are read
        for words in list(self._words.values()):
            for cluster in words:
                self[cluster]
        self._counts = {}

    def cost(self, word: str) -> float | None:
        """Minus the log probability of a normalised word, in nats; None for a word not in the lexicon."""
        pieces = clusters(word)
        if not pieces or len(word) != sum(map(len, pieces)):
            return None
        node: Node | None = self[pieces[0]]
        for cluster in pieces[1:]:
            node = node.get(cluster) if node else None
        return node.get("") if node else None

    def _words_by_cluster(self, letter: str) -> dict[str, list[str]]:
        """The lines of the word list that begin with `letter`, by the first cluster of the word."""
        if self._lines is None:
            self._counts = _read_counts()
            self._lines = _read_words()
        found: dict[str, list[str]] = defaultdict(list)
        for word in self._lines.pop(letter, ()):
            word = mend_letters(word)
            first = first_cluster(word)
            if first:
                found[first].append(word)
        return dict(found)

    def _tree(self, words: list[str]) -> Node:
        """The tree below the first cluster, which all of `words` share. Entries with a space, dot or ๆ are no words."""
        tree: Node = {}
        for word in words:
            if not _THAI_WORD.fullmatch(word):
                continue
            end = self._end(self._counts.get(word, _UNSEEN))
            path = clusters(word)[1:]
            if not path:
                tree.update(end)
                continue
            node, last = tree, intern(path.pop())
            for cluster in map(intern, path):
                further = node.get(cluster)
                if further is None or (len(further) == 1 and "" in further):  # the latter stands elsewhere, too
                    further = node[cluster] = dict(further or ())
                node = further
            node[last] = {**node[last], **end} if last in node else end
        return tree

    def _end(self, count: float) -> Node:
        """The node of a word with which no longer one begins: one for all words that cost the same."""
        end = self._ends.get(count)
        if end is None:
            end = self._ends[count] = {"": _LOG_CORPUS_SIZE - math.log(count)}
        return end


def corpus_folder() -> Path:
    spec = importlib.util.find_spec("pythainlp")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("The Thai word list is missing: install the packages of requirements.lock (pythainlp).")
    return Path(spec.submodule_search_locations[0]) / "corpus"


def _read_words() -> dict[str, list[str]]:
    """First letter -> lines of the word list."""
    lines: dict[str, list[str]] = defaultdict(list)
    for line in (corpus_folder() / "words_th.txt").read_text(encoding="utf-8").split("\n"):
        if line:
            lines[line[0]].append(line)
    return lines


def _read_counts() -> dict[str, int]:
    """How often the Thai National Corpus has each word that it has often enough."""
    counts: dict[str, int] = {}
    with (corpus_folder() / "tnc_freq.txt").open(encoding="utf-8") as lines:
        for line in lines:
            word, _, number = line.partition("\t")
            count = int(number)
            if count < _LEAST_COUNT:
                break
            word = mend_letters(word)
            counts[word] = counts.get(word, 0) + count
    return counts


LEXICON = Lexicon()
