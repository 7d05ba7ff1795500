import re
import xml.etree.ElementTree as ET

import pytest

from lomwong.kit.seats import MOST_PEOPLE, seated_circle


def drawn(*args, **options) -> ET.Element:
    return ET.fromstring(seated_circle(*args, **options))


def count(svg: ET.Element, kind: str) -> int:
    return len([part for part in svg.iter() if part.get("class") == kind])


@pytest.mark.parametrize("people", range(13))
def test_every_circle_has_an_open_place(people):
    svg = drawn([number % 8 + 1 for number in range(people)], seed=people)
    assert count(svg, "open") == 1
    assert count(svg, "b") == min(people, MOST_PEOPLE)


def test_a_resting_circle_has_cushions_and_no_cups():
    svg = drawn([1, 2, 3], seed=1, is_resting=True)
    assert (count(svg, "cush"), count(svg, "cup"), count(svg, "b")) == (3, 0, 0)


@pytest.mark.parametrize("places", [0, 1, 5])
def test_an_empty_mat(places):
    svg = drawn([], seed=3, open_places=places, cups=0)
    assert (count(svg, "open"), count(svg, "cup")) == (places, 0)


def test_the_same_circle_looks_the_same_and_another_does_not():
    hues = [1, 2, 3, 4, 5]
    assert seated_circle(hues, seed=4) == seated_circle(hues, seed=4)
    assert seated_circle(hues, seed=4) != seated_circle(hues, seed=12)


def test_small_and_without_style_or_script():
    svg = seated_circle(range(1, 11), seed=5)
    assert len(svg) < 4500
    assert not re.search(r"style=|<script|onload|href=|#[0-9a-f]{3}", svg)
