"""A current SQLite in place of the system's: Debian 12 ships 3.40.1, whose WAL reset can corrupt a database."""

import sys


def use_current_sqlite() -> None:
    """Make `import sqlite3` give the pysqlite3 wheel. Must run before Django loads its SQLite backend."""
    import pysqlite3
    import pysqlite3.dbapi2

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
