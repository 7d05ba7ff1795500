import pytest
from hypothesis import given

from lomwong.text.keyboard import LONGEST, instead, other_layout
from lomwong.text.keys import LATIN_OF, NEIGHBOURS, THAI_OF

from .strategies import ANY_TEXT


def typed(text, layout):
    return "".join(layout.get(char, char) for char in text)


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("l;ylfu", "สวัสดี"),
        ("8;k,i^h", "ความรู้"),
        ("gxHo NFL", "เป็น NFL"),
        ("vk0kipN 2010", "อาจารย์ 2010"),
        ("l;ylfu?", "สวัสดี?"),
        ("้ำสสน", "hello"),
        ("แนทยีะำพ หำแีพระั", "computer security"),
    ],
)
def test_turns_round_what_makes_sense_only_so(query, meant):
    assert other_layout(query) == meant


@pytest.mark.parametrize(
    "query",
    """สวัสดี ความรู้ มรภ. ก.พ. ลปรร ม.อ. hello ok it id cd dvd vpn pdf wifi moodle OKR KPI qwerty P@ssw0rd! x7Kq2mZ9
    https://www.psu.ac.th/th?id=12 kamon_w@example.org C:\\Users\\kam #ลปรร CO₂ c++ node.js pm2.5 ISO/IEC rsvp 2549 ๒๕๔๙
    ใช้moodle covid19 XGM-6018 v2.3.1 192.168.0.1 ; ? ๆ ฯ 漢字""".split(),
)
def test_leaves_what_makes_sense(query):
    assert other_layout(query) is None


def test_both_ways_are_one_keyboard():
    assert all(LATIN_OF[thai] == latin for latin, thai in THAI_OF.items())
    assert len(LATIN_OF) == len(THAI_OF) == 94
    assert "ด" in NEIGHBOURS["ก"]
    assert all(char in NEIGHBOURS[other] for char, around in NEIGHBOURS.items() for other in around)


def test_instead_only_of_what_is_there():
    assert instead("l;ylfu", {"สวัสดี"}.__contains__) == "สวัสดี"
    assert instead("l;ylfu", {"อื่น"}.__contains__) is None


def test_a_word_that_stands_in_the_texts_is_meant():
    code = "l;ylfu"
    assert instead(code, lambda word: word in {"ylfu", "สวัสดี"}) is None


def test_a_short_word_is_turned_round_where_it_is_known():
    assert instead("x]k", {"ปลา"}.__contains__) == "ปลา"
    assert instead("x]k", {"อื่น"}.__contains__) is None


@pytest.mark.parametrize("word", ["การจัดการความรู้", "แลกเปลี่ยนเรียนรู้", "ห้องปฏิบัติการเคมี", "ใบลาป่วย"])
def test_finds_back(word):
    assert other_layout(typed(word, LATIN_OF)) == word


def test_a_long_text_is_no_query():
    assert other_layout("l;ylfu " * LONGEST) is None


@given(ANY_TEXT)
def test_takes_any_string(text):
    other_layout(text)
    instead(text, lambda word: len(word) % 2 == 0)
