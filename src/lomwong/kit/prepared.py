"""Queries whose SQL is made once in a process: the ORM takes ten times as long to build one as a database to answer it.

For the few that pages ask again and again. The query, a `values_list`, is built with stand-ins: whole numbers, words or
moments that no row has. Each time it is asked, they are exchanged for what is looked for; a stand-in alone in an `IN`
may be exchanged for many numbers, or for none, which finds nothing.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

STAND_INS = tuple(range(-7_000_000_000_001, -7_000_000_000_017, -1))
MOMENTS = tuple(datetime(1, 1, day, tzinfo=UTC) for day in (2, 3, 4))  # stand-ins too
MANY = (frozenset, tuple, list)
_PLACE = re.compile("(?<!%)%s")


@dataclass(frozen=True, slots=True)
class _Made:
    sql: str
    between: list[str]  # the SQL around each place for a value
    stand_ins: tuple[Any, ...]
    compiler: SQLCompiler
    converters: dict[Any, Any]


class Prepared:
    def __init__(self, build: Callable[[], QuerySet[Any, Any]]) -> None:
        self.build = build
        self._made: dict[str, _Made] = {}

    def rows(self, values: Mapping[Any, Any]) -> list[tuple[Any, ...]]:
        """`values`: what to put in place of each stand-in."""
        made = self._made.get(connection.vendor) or self._make()
        sql, params = made.sql, [values.get(one, one) for one in made.stand_ins]
        if any(isinstance(value, MANY) for value in values.values()):
            sql, params = spread(made.between, params)
        with connection.cursor() as cursor:
            cursor.execute(sql, [_adapted(one) if isinstance(one, datetime) else one for one in params])
            rows = cursor.fetchall()
        converters = made.converters
        return list(map(tuple, made.compiler.apply_converters(rows, converters))) if converters else rows

    def _make(self) -> _Made:
        compiler = self.build().query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        moments = {_adapted(moment): moment for moment in MOMENTS}
        stand_ins = tuple(moments.get(one, one) for one in params)
        converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
        made = _Made(sql, _PLACE.split(sql), stand_ins, compiler, converters)
        self._made[connection.vendor] = made
        return made


def spread(between: list[str], values: list[Any]) -> tuple[str, list[Any]]:
    """The SQL with as many places as there are values."""
    sql = [between[0]]
    params: list[Any] = []
    for value, after in zip(values, between[1:], strict=True):
        many = value if isinstance(value, MANY) else (value,)
        if set(map(type, many)) == {int} and len(many) > 1:  # a place for each costs more than the numbers themselves
            sql += [", ".join(map(str, many)), after]
            continue
        params.extend(many)
        sql += [", ".join(["%s"] * len(many)) or "NULL", after]
    return "".join(sql), params


def _adapted(moment: datetime) -> Any:
    """As the database is given it."""
    return connection.ops.adapt_datetimefield_value(moment)


M = TypeVar("M", bound=Model)


def loaded(model: type[M], **columns: Any) -> M:
    """A row of which only these columns were asked for; any other is fetched by whoever touches it."""
    names = [field.attname for field in model._meta.concrete_fields if field.attname in columns]
    return model.from_db(DEFAULT_DB_ALIAS, names, [columns[name] for name in names])
