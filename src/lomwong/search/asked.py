"""What a page of results was asked for, and the addresses that ask for a little more or less."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlencode

from lomwong.search.matching import clean
from lomwong.search.queries import Order
from lomwong.search.typed import Part, Typed, read

LONGEST_TYPED = 1000
LONGEST_CHOICE = 100
FACETS = ("kind", "open", "community", "unit", "year", "author", "tag")
"""Names in the address; their values are kinds, "1", ids, a year of the Christian era."""
NAMES = ("q", *FACETS, "sort", "literal")


@dataclass(frozen=True, slots=True)
class Asked:
    text: str  # as typed
    typed: Typed
    chosen: Mapping[str, str]
    order: Order = Order.NEAREST
    is_literal: bool = False

    @classmethod
    def of(cls, given: Mapping[str, str], longest: int = LONGEST_TYPED) -> Self:
        """From the query string of an address, or the options of a command line."""
        text = clean(given.get("q", "")).strip()[:longest]
        chosen = {name: clean(given[name])[:LONGEST_CHOICE] for name in FACETS if given.get(name)}
        order = Order.NEWEST if given.get("sort") == Order.NEWEST else Order.NEAREST
        return cls(text, read(text), chosen, order, given.get("literal") == "1")

    def choosing(self, name: str, value: object) -> "Asked":
        return replace(self, chosen={**self.chosen, name: str(value)})

    def without_choice(self, *names: str) -> "Asked":
        return replace(self, chosen={name: value for name, value in self.chosen.items() if name not in names})

    def dropping(self, *parts: Part) -> "Asked":
        typed = self.typed.dropping(*parts)
        return replace(self, text=str(typed), typed=typed)

    def replacing(self, part: Part, value: str) -> "Asked":
        parts = [replace(one, value=value, doubt=None) if one == part else one for one in self.typed.parts]
        return self.saying(Typed(tuple(parts)))

    def with_words(self, words: str, *signs: Part) -> "Asked":
        """Other words, with these of the signs."""
        return self.saying(Typed((*read_words(words), *signs)))

    def saying(self, typed: Typed) -> "Asked":
        return replace(self, text=str(typed), typed=typed, is_literal=False)

    def sorted(self, order: Order) -> "Asked":
        return replace(self, order=order)

    def literally(self) -> "Asked":
        return replace(self, is_literal=True)

    def around(self, name: str) -> tuple[str, str]:
        """What stands before and behind the value in the address with another choice of this name."""
        given, place = self._given, NAMES.index(name)
        before = {one: value for one, value in given.items() if NAMES.index(one) < place}
        behind = {one: value for one, value in given.items() if NAMES.index(one) > place}
        return f"?{urlencode(before)}&{name}=", f"&{urlencode(behind)}" if behind else ""

    @property
    def address(self) -> str:
        """As a query string."""
        return f"?{urlencode(self._given)}"

    @property
    def _given(self) -> dict[str, str]:
        """In the order of NAMES."""
        given = {"q": self.text, **{name: self.chosen[name] for name in FACETS if name in self.chosen}}
        if self.order is not Order.NEAREST:
            given["sort"] = self.order
        if self.is_literal:
            given["literal"] = "1"
        return given

    def further(self, after: str) -> str:
        return f"{self.address}&{urlencode({'after': after})}"


def read_words(words: str) -> tuple[Part, ...]:
    """Words that the machine says, which hold no signs."""
    return tuple(part for part in read(words).parts if not part.is_sign)
