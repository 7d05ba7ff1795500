"""Words that hold sentences together and tell no topic, in Thai and English. Search keeps them: there they help."""

from functools import lru_cache

from .lexicon import corpus_folder
from .normalise import normalise

ENGLISH = frozenset(
    """a about after again all also am an and any are as at be because been before being both but by can could did do
    does doing don done down each even every few for from get go got had has have having he her here hers him his how i
    if in into is isn it its just let like ll make may me might more most much must my no nor not now of off on once
    one only or other our ours out over own re really s same she should so some still such t than thank thanks that the
    their them then there these they thing things this those through to too under until up us use used using ve very
    isnt dont doesnt didnt cant couldnt wont wouldnt wasnt havent ive im youre thats theres lets two three new year
    was we well were what when where which while who whom why will with would yes yet you your yours""".split()
)

SPOKEN = frozenset(map(normalise, "ไหม มั้ย ไม๊ หรือเปล่า ยังไง ไง คะ ค่ะ ครับ คับ นะ น่ะ ล่ะ จ้ะ จ้า อะ บ้าง หน่อย เลย".split()))
"""What people end a question with, missing in the list of `thai`."""


def is_function_word(word: str) -> bool:
    """`word` as `segment.words` gives it."""
    return word in ENGLISH or word in thai()


@lru_cache(maxsize=1)
def thai() -> frozenset[str]:
    """PyThaiNLP's list of Thai stop words (CC0), read from the installed package."""
    lines = (corpus_folder() / "stopwords_th.txt").read_text(encoding="utf-8-sig").splitlines()
    return SPOKEN | {normalise(line.strip()) for line in lines if line.strip()}
