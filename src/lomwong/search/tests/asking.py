"""Ask as the page does, and read what it answers."""

import html

from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import translation

from lomwong.people.models import OPERATOR, Person, Unit, Viewer
from lomwong.search.asked import Asked
from lomwong.search.facets import facets
from lomwong.search.narrowing import Narrowed, narrow
from lomwong.search.queries import search
from lomwong.search.tests.factories import make_person

VISITOR = AnonymousUser()


def narrowed(text: str, viewer: Viewer = OPERATOR, **chosen: object) -> Narrowed:
    given = {"q": text, **{name: str(value) for name, value in chosen.items()}}
    with translation.override("en"):
        return narrow(Asked.of(given), viewer)


def found(text: str, viewer: Viewer = OPERATOR, **chosen: object) -> set[int]:
    asked = narrowed(text, viewer, **chosen)
    return {hit.number for hit in search(asked.words, viewer=viewer, within=asked.within).hits}


def labels(text: str, viewer: Viewer = OPERATOR, **chosen: object) -> list[str]:
    return [condition.label for condition in narrowed(text, viewer, **chosen).conditions]


def notes(text: str, viewer: Viewer) -> str:
    return " ".join(
        f"{note.sentence} {' '.join(name for name, _ in note.instead)}" for note in narrowed(text, viewer).notes
    )


def choices(viewer: Viewer, text: str, **chosen: object) -> dict[str, dict[str, int | None]]:
    asked = narrowed(text, viewer, **chosen)
    traits = search(asked.words, viewer=viewer, within=asked.within, limit=500, counting=500).counted
    settled = {condition.facet for condition in asked.conditions}
    with translation.override("en"):
        listed = facets(asked.asked, traits, viewer, settled=settled)
    return {facet.name: {choice.label: choice.count for choice in facet.choices} for facet in listed}


def page(client: Client, **asked: object) -> str:
    response = client.get(reverse("search:search"), {name: str(value) for name, value in asked.items()})
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def in_unit(name: str, unit: Unit | None) -> Person:
    person = make_person(name)
    person.unit = unit
    person.save()
    return person
