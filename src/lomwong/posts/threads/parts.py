"""Small parts of a page that come by the hundred: drawn once from their template, then filled in.

A template drawn with `{name}` in place of each value is a form for `str.format`. Fifty comments so cost as much as one,
and their markup still stands in one place. Values that go into a form are safe HTML already.
"""

from collections.abc import Iterable, Mapping

from django.template.loader import get_template
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from lomwong.kit.fragments import FRAGMENTS


def form_of(template: str, names: Iterable[str], **flags: bool) -> str:
    """The part posts/<template>.html for these flags, to be filled by `.format(name=…)`."""
    key = (template, get_language(), *flags.values())
    return FRAGMENTS.get(key, lambda: drawn(template, dict.fromkeys(names), flags))


def drawn(template: str, names: Mapping[str, None], flags: Mapping[str, bool]) -> str:
    values = {name: mark_safe(f"{{{name}}}") for name in names}
    return get_template(f"posts/{template}.html").render({**values, **flags}).strip()
