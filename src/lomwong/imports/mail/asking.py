"""Does the first message of a thread ask something? Pure: no Django."""

import re

from lomwong.imports.mail.quotes import split_quotes

# The "?" in an address is no question.
_ADDRESS = re.compile(r"\b(?:https?|ftp)://\S+|\bwww\.\S+")
_ASKING = re.compile(
    r"[?？]"
    r"|\bhow (?:do|does|can|could|should|to)\b|\bhelp\b|\bproblems?\b|\berrors?\b|\bfail(?:s|ed|ure)?\b"
    r"|\bcrash(?:es|ed)?\b|\bquestions?\b|\bwonder(?:ed|ing)?\b|\badvice\b|\btrouble\b"
    r"|\bany(?:one|body) know|\bunable to\b|\bcannot\b"
    r"|ไหม|มั้ย|มั๊ย|หรือไม่|หรือเปล่า|รึเปล่า|อย่างไร|ยังไง|ทำไม|สอบถาม|ขอถาม|อยากถาม|รบกวนถาม|ช่วยด้วย|ปัญหา|ไม่ได้ผล",
    re.IGNORECASE,
)


def asks(subject: str, text: str) -> bool:
    """Whether a question mark or a word of asking stands in the subject or in what the writer said in their own words.

    Only the first message of a thread is looked at, so this is told by words alone; quotations and signatures say
    nothing about it. Errs on the side of asking: a story taken for a question can still be read as one.
    """
    return _is_asking(subject) or any(_is_asking(block.text) for block in split_quotes(text) if block.kind == "text")


def _is_asking(words: str) -> bool:
    return _ASKING.search(_ADDRESS.sub(" ", words)) is not None
