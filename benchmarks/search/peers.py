"""What else one could search with. Each takes documents as terms, in order, and gives back places in that order."""

import importlib.util
import logging
import os
import re
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

LIMIT = 10
POSTGRES = "LOMWONG_BENCH_POSTGRES"


class Peer(Protocol):
    name: str

    def index(self, documents: Iterable[Sequence[str]]) -> None: ...

    def ask(self, terms: Sequence[str], limit: int) -> list[int]: ...

    def size(self) -> int:
        """Bytes of the index on disk."""

    def clock(self) -> float:
        """Seconds of CPU so far, of wherever the work is done."""


class Fts5:
    """SQLite's full text search, ranked by its bm25(). Contentless: an index and nothing else, like the others."""

    name = "SQLite FTS5"
    clock = staticmethod(time.process_time)
    _WHOLE_TERMS = "unicode61 remove_diacritics 0 categories ''L* N* Co M*''"  # takes our words as they are

    def __init__(self, path: Path, tokenizer: str = _WHOLE_TERMS) -> None:
        self.path = path
        self.connection = sqlite3.connect(path)
        self.connection.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS held USING fts5(terms, content='', tokenize='{tokenizer}')"
        )

    def index(self, documents: Iterable[Sequence[str]]) -> None:
        rows = ((place, " ".join(terms)) for place, terms in enumerate(documents, start=1))
        with self.connection:
            self.connection.executemany("INSERT INTO held(rowid, terms) VALUES (?, ?)", rows)
        with self.connection:
            self.connection.execute("INSERT INTO held(held) VALUES ('optimize')")

    def ask(self, terms: Sequence[str], limit: int) -> list[int]:
        asked = " OR ".join(f'"{term}"' for term in dict.fromkeys(terms) if '"' not in term)
        if not asked:
            return []
        found = self.connection.execute(
            "SELECT rowid FROM held WHERE held MATCH ? ORDER BY rank LIMIT ?", (asked, limit)
        )
        return [place - 1 for (place,) in found]

    def size(self) -> int:
        self.connection.execute("VACUUM")
        return self.path.stat().st_size


def fragments(text: str) -> list[str]:
    """What FTS5's own unicode61 makes of a raw text: it cuts Thai at the vowel marks."""
    return re.findall(r"[^\W_]+", text.lower())


class Tantivy:
    """The library alone, with one field and nothing else: no rights, no database."""

    name = "bare tantivy"
    clock = staticmethod(time.process_time)

    def __init__(self, folder: Path) -> None:
        from tantivy import Index, SchemaBuilder

        builder = SchemaBuilder()
        builder.add_integer_field("place", fast=True)
        builder.add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
        self.schema = builder.build()
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.held = Index(self.schema, str(folder), reuse=True)
        self.searcher = self.held.searcher()

    def index(self, documents: Iterable[Sequence[str]]) -> None:
        from tantivy import Document

        writer = self.held.writer(64_000_000, 1)
        for place, terms in enumerate(documents):
            writer.add_document(Document.from_dict({"place": place, "terms": " ".join(terms)}, self.schema))
        writer.commit()
        writer.wait_merging_threads()
        self.held.reload()
        self.searcher = self.held.searcher()

    def ask(self, terms: Sequence[str], limit: int) -> list[int]:
        from tantivy import Occur, Query

        asked = [(Occur.Should, Query.term_query(self.schema, "terms", term, index_option="freq")) for term in terms]
        hits = self.searcher.search(Query.boolean_query(asked), limit, count=False).hits
        return self.searcher.fast_field_values("place", [address for _, address in hits])

    def size(self) -> int:
        return sum(path.stat().st_size for path in self.folder.iterdir())


class Bm25s:
    """Every score computed when indexing, held in memory as a sparse matrix."""

    name = "bm25s"
    clock = staticmethod(time.process_time)

    def __init__(self) -> None:
        import bm25s

        logging.getLogger("bm25s").setLevel(logging.WARNING)
        self.held = bm25s.BM25(k1=1.2, b=0.75)
        self.documents = 0

    def index(self, documents: Iterable[Sequence[str]]) -> None:
        bags = [list(terms) for terms in documents]
        self.documents = len(bags)
        self.held.index(bags, show_progress=False)

    def ask(self, terms: Sequence[str], limit: int) -> list[int]:
        known = [term for term in terms if term in self.held.vocab_dict]
        if not known:
            return []
        asked = min(limit, self.documents)
        places, scores = self.held.retrieve([known], k=asked, show_progress=False, n_threads=0)
        return [int(place) for place, score in zip(places[0], scores[0], strict=True) if score > 0]

    def size(self) -> int:
        return sum(part.nbytes for part in self.held.scores.values() if hasattr(part, "nbytes"))


class Postgres:
    """PostgreSQL's own full text search: ts_rank over 'simple' words, which knows nothing of rare and common."""

    name = "PostgreSQL ts_rank"

    def __init__(self) -> None:
        self.connection = connect()
        self.connection.execute("SET max_parallel_workers_per_gather = 0")
        self.connection.execute("CREATE TEMPORARY TABLE held (place integer PRIMARY KEY, terms tsvector)")
        row = self.connection.execute("SELECT pg_backend_pid()").fetchone()
        self.schedule = Path(f"/proc/{row[0]}/schedstat")

    def index(self, documents: Iterable[Sequence[str]]) -> None:
        with self.connection.cursor() as cursor:
            with cursor.copy("COPY held FROM STDIN") as copy:
                for place, terms in enumerate(documents):
                    copy.write_row((place, vector(terms)))
            cursor.execute("CREATE INDEX ON held USING gin (terms)")
            cursor.execute("ANALYZE held")

    def ask(self, terms: Sequence[str], limit: int) -> list[int]:
        asked = " | ".join(map(quoted, dict.fromkeys(terms)))
        if not asked:
            return []
        found = self.connection.execute(
            "SELECT place FROM held, to_tsquery('simple', %s) AS asked WHERE terms @@ asked"
            " ORDER BY ts_rank(terms, asked) DESC, place LIMIT %s",
            (asked, limit),
        )
        return [place for (place,) in found]

    def size(self) -> int:
        row = self.connection.execute("SELECT pg_total_relation_size('held')").fetchone()
        return int(row[0])

    def clock(self) -> float:
        """Of our process and, on the same machine, of the server's; else as the wall has it."""
        try:
            return time.process_time() + int(self.schedule.read_text().split()[0]) / 1e9
        except OSError:
            return time.monotonic()


def quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


def vector(terms: Sequence[str]) -> str:
    """As PostgreSQL writes a tsvector, so that it takes our words as they are."""
    places: dict[str, list[str]] = {}
    for at, term in enumerate(terms[:16_000], start=1):
        places.setdefault(term, []).append(str(at))
    return " ".join(f"{quoted(term)}:{','.join(every[:255])}" for term, every in places.items())


def connect() -> Any:
    import psycopg

    return psycopg.connect(os.environ.get(POSTGRES, ""), connect_timeout=3, autocommit=True)


def missing() -> Iterator[str]:
    """Why a peer is not in the tables."""
    if importlib.util.find_spec("bm25s") is None:
        yield "bm25s: not installed (it is among the parts of developers; .venv/bin/uv pip install bm25s)"
    if importlib.util.find_spec("nlpo3") is None:
        yield "nlpo3: not installed (it is among the parts of developers)"
    try:
        connect().close()
    except Exception as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        yield f"PostgreSQL: no server ({reason}). Name one in {POSTGRES}, as postgres://user@host/name"


def are_missing(name: str) -> bool:
    return any(reason.startswith(f"{name}:") for reason in missing())


def thai_word_list() -> str:
    """The dictionary that nlpO3 is commonly used with."""
    found = importlib.util.find_spec("pythainlp")
    assert found is not None
    assert found.submodule_search_locations
    return f"{found.submodule_search_locations[0]}/corpus/words_th.txt"
