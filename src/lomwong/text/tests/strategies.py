"""Texts for property tests: anything at all, and what is most likely to go wrong in Thai."""

from hypothesis import strategies as st

_TROUBLE = [
    *"กนสทอมญฎฏษปราภวเแโใไะัาำิีึืฺุู็่้๊๋์ํ๎ๅๆฯ๏฿๐๙๛",
    *"aZ'’.,-_ 09\n\t…İßŉΣ²₃½",
    "\u00ad",
    "\u0301",
    "\u200b",
    "\u200d",
    "\u200f",
    "\ufeff",
    "\ufe0f",
    "\ud800",
    "\x00",
    "😀",
    "👩🏽\u200d💻",
    "漢",
    "カ",
    "한",
    "ປ",
    "ᄀ",
    "ก็",
    "ร์",
    "ม.อ.",
    "ปฏิบัติ",
    "มหาวิทยาลัย",
    "ความรู้",
    "นนนน",
    "1,500",
    "mp3",
]
_THAI = [*"กนสทอมญฎฏษปราภวเแโใไะัาำิีึืฺุู็่้๊๋์ํ๎ๅ", "\u200b", "กกก", "ราก", "ฎิ"]

ANY_TEXT = st.text(max_size=60) | st.lists(st.sampled_from(_TROUBLE), max_size=60).map("".join)
THAI_RUN = st.lists(st.sampled_from(_THAI), min_size=1, max_size=40).map("".join)
