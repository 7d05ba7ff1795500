"""Statements that are made once (`kit.prepared`) and told who asks: each sort of viewer has one of its own."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from lomwong.kit.prepared import STAND_INS, Prepared, loaded
from lomwong.people.models import OPERATOR, Operator, Person, Unit, Viewer

VIEWER = STAND_INS[0]


class ForEach:
    """A statement for each sort of viewer, as each is told something else."""

    def __init__(self, build: Callable[[Viewer], QuerySet[Any, Any]]) -> None:
        self._visitor = Prepared(lambda: build(AnonymousUser()))
        self._member = Prepared(lambda: build(Person(pk=VIEWER)))
        self._operator = Prepared(lambda: build(OPERATOR))

    def rows(self, viewer: Viewer, values: Mapping[Any, Any] | None = None) -> list[tuple[Any, ...]]:
        if isinstance(viewer, Operator):
            return self._operator.rows(values or {})
        statement = self._member if viewer.is_authenticated else self._visitor
        return statement.rows({VIEWER: viewer.pk, **(values or {})})


ON_A_LINE = ("pk", "name", "unit_id", "unit__name", "unit__name_en")


def on_a_line(pk: int, name: str, unit_id: int | None, unit_name: str | None, unit_name_en: str | None) -> Person:
    """Somebody with as much as stands on a line: a name and a unit."""
    person = loaded(Person, id=pk, name=name, unit_id=unit_id)
    person.unit = loaded(Unit, id=unit_id, name=unit_name, name_en=unit_name_en) if unit_id else None
    return person
