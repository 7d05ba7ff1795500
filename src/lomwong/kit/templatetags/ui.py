"""The small parts that templates are made of; registered for every template. Seen together at /dev/ui/."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Protocol

from django import template
from django.forms import BoundField, CheckboxInput, RadioSelect
from django.forms.widgets import CheckboxSelectMultiple
from django.template.base import FilterExpression, Parser, Token
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from lomwong.kit import dates, html
from lomwong.kit.fragments import FRAGMENTS
from lomwong.kit.icons import sprite_of
from lomwong.kit.seats import seated_circle

register = template.Library()


class HasNameAndHue(Protocol):
    name: str

    @property
    def hue(self) -> int: ...


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """One of the sprites' icons, beside words; alone only with a label on its button."""
    sprite = sprite_of(name)
    return drawn_icon(name, extra, FRAGMENTS.get(sprite, lambda: static(sprite)))


@lru_cache(maxsize=500)
def drawn_icon(name: str, extra: str, sprite: str) -> SafeString:
    return format_html('<svg class="i {}" aria-hidden="true"><use href="{}#i-{}"/></svg>', extra, sprite, name)


@register.simple_tag
def avatar(person: HasNameAndHue | None, size: str = "") -> SafeString:
    """The first letters of a name on the colour of the person's unit. `size`: "", "s" or "l"."""
    return format_html(
        '<span class="av u{} {}" aria-hidden="true">{}</span>',
        person.hue if person else 8,
        f"av-{size}" if size else "",
        initial(person.name if person else "?"),
    )


LEADING_VOWELS = "เแโใไ"


def initial(name: str) -> str:
    """The letter to show for a name: a leading vowel is kept together with its consonant."""
    first = name.strip()[:1]
    return name.strip()[:2] if first in LEADING_VOWELS else first.upper()


@register.simple_tag
def seats(hues: Iterable[int], seed: int, *, open_places: int = 1, cups: int = 3, resting: bool = False) -> SafeString:
    """The seated circle. `hues`: one number 1 to 8 per person."""
    drawn = seated_circle(list(hues), seed=seed, open_places=open_places, cups=cups, is_resting=resting)
    return mark_safe(drawn)


@register.filter
def day(value: date | datetime) -> str:
    return dates.day(value)


@register.filter
def in_both_eras(value: datetime) -> str:
    return dates.in_both_eras(value)


@register.filter
def ago(value: datetime) -> str:
    return dates.ago(value)


@register.filter
def shortened(words: str, length: int) -> str:
    """Cut where Thai may be cut, which `truncatechars` does not know."""
    return html.shortened(words, length)


@register.filter
def as_input(field: BoundField) -> SafeString:
    """The field's control with our class, and tied to its hint and errors for screen readers."""
    widget = field.field.widget
    if isinstance(widget, (CheckboxInput, RadioSelect, CheckboxSelectMultiple)):
        return field.as_widget()
    attrs: dict[str, Any] = {"class": f"input {widget.attrs.get('class', '')}".strip()}
    return field.as_widget(attrs=attrs)


@register.filter
def is_choice(field: BoundField) -> bool:
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def is_choices(field: BoundField) -> bool:
    return isinstance(field.field.widget, (RadioSelect, CheckboxSelectMultiple))


class KeptNode(template.Node):
    child_nodelists = ()  # no block stands inside: whoever looks for blocks need not go through it

    def __init__(self, nodelist: template.NodeList, name: str, depends_on: list[FilterExpression]) -> None:
        self.nodelist, self.name, self.depends_on = nodelist, name, depends_on

    def render(self, context: template.Context) -> SafeString:
        key = ("kept", self.name, get_language(), *(each.resolve(context) for each in self.depends_on))
        return mark_safe(FRAGMENTS.get(key, lambda: self.nodelist.render(context)))


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """{% kept "name" value… %}…{% endkept %}: what is the same on a thousand pages is drawn once, for each language and
    for each of these values. Nothing of a viewer may stand inside, and no block.
    """
    _tag, name, *values = token.split_contents()
    nodelist = parser.parse(["endkept"])
    parser.delete_first_token()
    return KeptNode(nodelist, name, [parser.compile_filter(value) for value in values])


@register.filter
def shallow(path: str) -> str:
    """The address of a page that the menus may mark as the one that is open; of all others nothing."""
    return path if path.count("/") < 4 and not any(map(str.isdigit, path)) else ""
