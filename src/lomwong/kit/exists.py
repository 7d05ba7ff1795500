"""Subqueries written as SQL once, for those that every page with a list asks: Django takes longer to write such a one
than the database to answer it."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, CharField, Func
from django.db.models.sql.compiler import SQLCompiler


class Sql(Func):
    """`sql` in which `{0}`, `{1}` … stand for columns of the rows outside. Values go through `params` only."""

    before = "("
    ending_on_postgresql = ""

    def __init__(self, sql: str, *columns: Any, params: Sequence[Any] = (), **extra: Any) -> None:
        super().__init__(*columns, **extra)
        self.sql, self.params = sql, tuple(params)

    def as_sql(  # type: ignore[override]
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,
        **_context: Any,
    ) -> tuple[str, list[Any]]:
        columns = [compiler.compile(column) for column in self.source_expressions]
        if any(params for _, params in columns):
            raise ValueError("only plain columns")
        ending = self.ending_on_postgresql if connection.vendor == "postgresql" else ""
        return f"{self.before}{self.sql.format(*(sql for sql, _ in columns))}{ending})", list(self.params)


class ExistsSql(Sql):
    """Whether there is such a row."""

    output_field = BooleanField()
    before = "EXISTS("
    # Otherwise PostgreSQL first gathers the answers for the whole table, though a page asks about thirty rows.
    ending_on_postgresql = " OFFSET 0"


class WordsSql(Sql):
    """The words in the first such row; None without one."""

    output_field = CharField(null=True)


def marks(values: Sequence[Any]) -> str:
    """'%s, %s', for an IN; NULL for none, which finds nothing."""
    return ", ".join(["%s"] * len(values)) or "NULL"
