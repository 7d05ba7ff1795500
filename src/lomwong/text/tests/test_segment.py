import re
import threading
import time

import pytest
from hypothesis import given, settings

from lomwong.text.lexicon import LEXICON, Lexicon, Node, clusters, corpus_folder, first_cluster
from lomwong.text.normalise import THAI_LETTERS, mend_letters, normalise
from lomwong.text.segment import compound_parts, index_terms, segment, segment_with_parts, words

from .strategies import ANY_TEXT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("การจัดการความรู้", ["การ", "จัดการ", "ความรู้"]),
        ("ใช้django5.2กับpostgresqlครับ", ["ใช้", "django", "5.2", "กับ", "postgresql", "ครับ"]),
        ("ต่างๆ นานา ฯลฯ!", ["ต่าง", "นานา"]),
        ("ปี ๒๕๔๙ ราคา 1,500 บาท", ["ปี", "2549", "ราคา", "1500", "บาท"]),
        ("ที่ ม.อ. และ พ.ร.บ.", ["ที่", "มอ", "และ", "พรบ"]),
        ("อ.กมล สอน", ["อ", "กมล", "สอน"]),
        ("Tesla's don't CAFÉ", ["tesla", "dont", "café"]),
        ("covid19 mp3 4k CS101", ["covid", "19", "mp3", "4k", "cs101"]),
        ("a_b https://x.org/p?q=1", ["a", "b", "https", "x", "org", "p", "q", "1"]),
        ("漢字 한국어", ["漢", "字", "한국어"]),
        ("ั ่ ์", []),
        ("", []),
    ],
)
def test_words(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "word", "original"),
    [
        ("😀👩🏽\u200d💻 ความรู้", "ความรู้", "ความรู้"),
        ("กฏหมายใหม่", "กฎหมาย", "กฏหมาย"),
        ("ทุกคน\u200bรู้\u200bสึก\u200b", "รู้สึก", "รู้\u200bสึก"),
        ("ดีมากกกก ครับ", "มาก", "มากกกก"),
        ("ดื่มนํ้าเเล้ว", "น้ำ", "นํ้า"),
        ("ดื่มนํ้าเเล้ว", "แล้ว", "เเล้ว"),
        ("ไปที่ ม.อ. วันนี้", "มอ", "ม.อ"),
        ("ลด ๑,๕๐๐ บาท", "1500", "๑,๕๐๐"),
        ("un cafe\u0301 noir", "café", "cafe\u0301"),
    ],
)
def test_offsets_point_at_the_original_spelling(text, word, original):
    found = [text[token.start : token.end] for token in segment(text) if token.text == word]
    assert found == [original]


@given(ANY_TEXT)
def test_any_text_gives_words_in_order_inside_it(text):
    at = 0
    for token in segment(text):
        assert at <= token.start < token.end <= len(text)
        assert any(char.isalnum() for char in token.text)
        at = token.end


@given(ANY_TEXT)
def test_ascii_is_cut_alike_alone_and_among_other_scripts(text):
    ascii_text = "".join(char for char in text if char.isascii())
    assert segment(ascii_text) == segment(ascii_text + " €")


@given(ANY_TEXT)
def test_no_letter_is_lost(text):
    covered = {i for token in segment(text) for i in range(token.start, token.end)}
    lost = {char for i, char in enumerate(text) if i not in covered and char.isalnum()}
    assert lost <= set("ๆฯ")


@given(ANY_TEXT)
def test_parts_lie_inside_the_word_they_are_part_of(text):
    whole = {(token.start, token.end) for token in segment(text)}
    for token in segment_with_parts(text):
        assert any(start <= token.start < token.end <= end for start, end in whole)


@pytest.mark.parametrize(
    ("compound", "part"),
    [("พัดลมดูดอากาศ", "พัดลม"), ("เครื่องปรับอากาศ", "อากาศ"), ("มหาวิทยาลัยสงขลานครินทร์", "มหาวิทยาลัย")],
)
def test_a_long_compound_is_found_by_a_part_and_by_a_part_of_that(compound, part):
    assert part in index_terms(f"ซื้อ{compound}ใหม่")


def test_a_compound_is_indexed_whole_and_in_its_parts():
    assert index_terms("ผู้เชี่ยวชาญ") == ["ผู้เชี่ยวชาญ", "ผู้", "เชี่ยวชาญ", "เชี่ยว", "ชาญ"]
    assert words("ผู้เชี่ยวชาญ") == ["ผู้เชี่ยวชาญ"]
    assert compound_parts("พยาบาล") == ()
    assert compound_parts("ไม่มีคำนี้ในพจนานุกรม") == ()


@pytest.mark.parametrize("text", ["เล่าเรื่องชุมชนแนวปฎิบัติ", "ชุมชนแนวปฏิบัติ", "แนวปฎิบัติที่ดี", "หาแนว\u200bปฏิบัติร่วมกัน"])
def test_a_term_is_found_inside_a_longer_one_and_in_either_spelling(text):
    assert set(words("แนวปฏิบัติ")) <= set(index_terms(text))


@pytest.mark.parametrize(
    "unit", ["ออกรบ", "กรอ", "สารกรม", "นา", "ก", "า", "่", "เ", "ก่้", "ก\u200b", "ก ", "a1", "1 ", "e\u0301", "ำ้", "ฎ"]
)
def test_time_grows_linearly_on_hostile_text(unit):
    def seconds(length):
        text = (unit * length)[:length]
        best = 1e9
        for _ in range(5):
            start = time.process_time()
            segment(text)
            best = min(best, time.process_time() - start)
        return best

    segment(unit * 10)
    assert seconds(32_000) < 16 * seconds(4_000) + 0.05


@pytest.mark.parametrize("unit", ["ออกรบ", "ก่้", "ํา", "ก\u200b", "ร์", "a ", "1.", "漢😀", "\ud800ก", "👩🏽\u200d💻ม.อ."])
def test_a_hundred_thousand_letters_lose_none_and_keep_their_places(unit):
    text = (unit * 100_000)[:100_000]
    at = 0
    lost = []
    for token in segment(text):
        lost.append(text[at : token.start])
        assert at <= token.start < token.end
        at = token.end
    assert at <= len(text)
    assert not any(map(str.isalnum, "".join([*lost, text[at:]])))


def test_no_word_is_longer_than_an_index_accepts():
    for unit in ("a", "ก่", "เ", "ฮ", "1.", "ะา", "é", "ร์", "ก.", "a'"):
        assert max((len(token.text) for token in segment(unit * 3_000)), default=0) <= 280


def all_words(tree: Node, beginning: str) -> set[str]:
    below = (all_words(node, beginning + cluster) for cluster, node in tree.items() if cluster)
    return set().union({beginning} if "" in tree else (), *below)


def test_all_words_loaded_at_once_are_those_of_the_list_and_no_others():
    lexicon, lines = Lexicon(), (corpus_folder() / "words_th.txt").read_text(encoding="utf-8").split("\n")
    lexicon.load()
    listed = {mend_letters(line) for line in lines if re.fullmatch(f"[{THAI_LETTERS}]+", line)}
    found = set().union(*(all_words(tree, cluster) for cluster, tree in lexicon.items()))
    assert found == {word for word in listed if first_cluster(word)}
    assert {word: lexicon.cost(word) for word in ("กา", "กาแฟ", "ล้อมวง")} == {
        word: Lexicon().cost(word) for word in ("กา", "กาแฟ", "ล้อมวง")
    }


def test_threads_that_load_the_words_together_see_all_of_them():
    lexicon = Lexicon()
    known = ["ความรู้", "ชุมชน", "ปฏิบัติ", "มหาวิทยาลัย", "กฎหมาย", "เครือข่าย"]
    costs: list[list[float | None]] = []
    threads = [threading.Thread(target=lambda: costs.append([lexicon.cost(word) for word in known])) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(costs) == 8
    assert None not in costs[0]
    assert all(row == costs[0] for row in costs)


@given(ANY_TEXT)
def test_any_text_has_a_cost_or_none_and_any_beginning_or_none(text):
    assert first_cluster(text) == "" or text.startswith(first_cluster(text))
    assert LEXICON.cost(text) is None or LEXICON.cost(text) > 0
    assert "".join(compound_parts(text)) in ("", text)


@given(ANY_TEXT)
@settings(max_examples=50)
def test_clusters_join_to_the_whole(text):
    run = "".join(char for char in normalise(text) if "ก" <= char <= "๎" and char not in "ฯๆ฿")
    assert "".join(clusters(run)) == run
