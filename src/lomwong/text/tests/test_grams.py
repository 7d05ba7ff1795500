from hypothesis import given

from lomwong.text import grams

from .strategies import ANY_TEXT


def test_threes_of_clusters_and_of_letters():
    assert grams.terms("ความรู้ bank ดี") == ["ความ", "วามรู้", "ban", "ank", "ดี"]


def test_a_part_has_only_grams_of_the_whole():
    assert set(grams.terms("ดูดอากาศ")) <= set(grams.terms("พัดลมดูดอากาศ"))
    assert set(grams.terms("tific")) <= set(grams.terms("certificate"))


def test_spelling_variants_share_them():
    assert grams.terms("เเก้ปัญหา ๒๕๔๙") == grams.terms("แก้ปัญหา 2549")


@given(ANY_TEXT)
def test_takes_any_string(text):
    for term in grams.terms(text):
        assert term
        assert not any(map(str.isspace, term))
