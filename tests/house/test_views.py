"""Each view says who may open it, and shares one name with its address and its template."""

import inspect
import re
from collections.abc import Iterator

import pytest
from django.template.loader import get_template
from django.urls import URLPattern, URLResolver, get_resolver

OURS = "lomwong."
LEVELS = {"public", "signed_in", "operator"}


def walk(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from walk(entry, f"{entry.namespace}:" if entry.namespace else namespace)
        else:
            yield namespace, entry


OUR_VIEWS = [
    (namespace, entry) for namespace, entry in walk(get_resolver()) if entry.callback.__module__.startswith(OURS)
]


def test_there_are_views_to_look_at() -> None:
    assert len(OUR_VIEWS) > 25


@pytest.mark.parametrize(("namespace", "entry"), OUR_VIEWS, ids=lambda value: getattr(value, "name", value))
def test_view_names_its_access(namespace: str, entry: URLPattern) -> None:
    assert getattr(entry.callback, "access", None) in LEVELS


@pytest.mark.parametrize(("namespace", "entry"), OUR_VIEWS, ids=lambda value: getattr(value, "name", value))
def test_view_and_address_share_a_name(namespace: str, entry: URLPattern) -> None:
    assert entry.callback.__name__ == entry.name


@pytest.mark.parametrize(("namespace", "entry"), OUR_VIEWS, ids=lambda value: getattr(value, "name", value))
def test_template_has_the_name_of_its_view(namespace: str, entry: URLPattern) -> None:
    source = inspect.getsource(inspect.unwrap(entry.callback))
    templates = re.findall(r'"([\w/]+\.html)"', source)
    expected = f"{namespace.rstrip(':')}/{entry.name}.html" if namespace else f"{entry.name}.html"
    assert set(templates) <= {expected}
    for template in templates:
        get_template(template)
