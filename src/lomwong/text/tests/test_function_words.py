import pytest
from hypothesis import given

from lomwong.text.function_words import is_function_word
from lomwong.text.segment import words

from .strategies import ANY_TEXT


@pytest.mark.parametrize("text", ["ที่", "และ", "ก็", "the", "And", "isn't"])
def test_small_words_are_known(text: str) -> None:
    assert all(is_function_word(word) for word in words(text))


@pytest.mark.parametrize("text", ["ครุภัณฑ์", "งบประมาณ", "วีซ่า", "server", "visa"])
def test_words_that_tell_a_topic_are_not(text: str) -> None:
    assert not any(is_function_word(word) for word in words(text))


@given(ANY_TEXT)
def test_any_text_is_one_or_not(text: str) -> None:
    assert is_function_word(text) in (True, False)
