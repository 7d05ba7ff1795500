"""A filled mould is what the template would have drawn, escaped alike."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from lomwong.kit.moulds import Mould, address

TEMPLATE = "search/_choice.html"
GAPS = ("address", "label", "count")


@pytest.mark.parametrize("settled", [{}, {"has_count": True}, {"is_chosen": True}])
def test_it_draws_what_the_template_draws(settled: dict[str, bool]) -> None:
    values = {"address": '?q=a&b="', "label": "<b>พัสดุ</b> & 'เงิน'", "count": "3"}
    drawn = Mould.of(TEMPLATE, GAPS, tuple(settled.items())).fill(values)
    assert drawn == render_to_string(TEMPLATE, {**values, **settled})
    assert "<b>" not in drawn


def test_what_is_safe_stays_as_it_is() -> None:
    values = {"address": "?", "label": SafeString("<mark>พัสดุ</mark>"), "count": ""}
    assert "<mark>พัสดุ</mark>" in Mould.of(TEMPLATE, GAPS).fill(values)


def test_an_address_is_the_one_of_the_page() -> None:
    for number in (1, 98765):
        assert address("posts:post", number) == reverse("posts:post", args=[number])
        assert address("people:person", number) == reverse("people:person", args=[number])
