"""Names of units and jobs break between words; nothing of them is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lomwong.experts.templatetags.names import by_words, pieces


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("งานการเจ้าหน้าที่", ("งานการ", "เจ้าหน้าที่")),
        ("คณะทรัพยากรธรรมชาติ", ("คณะ", "ทรัพยากร", "ธรรมชาติ")),
        ("งานดูแลระบบไอที", ("งานดูแล", "ระบบไอที")),
        ("Faculty of Nursing", ("Faculty ", "of ", "Nursing")),
        ("", ()),
    ],
)
def test_names_break_between_words(name: str, expected: tuple[str, ...]) -> None:
    assert pieces(name) == expected


@given(st.text(alphabet="กขคณะศาสตร์งานการไอที abc-()๑๒ๆ์่้ํา\u200d", max_size=40))
def test_no_letter_is_lost(name: str) -> None:
    assert "".join(pieces(name)) == name


def test_a_name_brings_no_markup_along() -> None:
    assert "<b>" not in by_words("คณะ<b>ก")
