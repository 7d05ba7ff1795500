"""CPU time of indexing and of searching a whole house, beside bare tantivy on the same index.

    python benchmarks/search_speed.py [--posts 100000] [--keep FOLDER]

Writes an archive of invented threads made of the sentences of XQuAD-th and iapp, imports it into a data folder of its
own, builds the index and asks two-word queries and whole questions. Times are CPU times of this process: compare the
ratios of one run, not runs with each other.
"""

import argparse
import json
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "retrieval"
PEOPLE, CIRCLES, REPLIES = 5_000, 200, 4
CLOSED_EVERY = 10  # circles
QUERIES = 300


def passages_and_questions() -> tuple[list[str], list[str]]:
    passages, questions = [], []
    for name in ("xquad_th.json", "iapp_dev.json"):
        given = json.loads((DATA / name).read_text(encoding="utf-8"))
        passages += [document["text"] for document in given["docs"]]
        questions += [query["q"] for query in given["queries"]]
    return passages, questions


def write_archive(folder: Path, posts: int, passages: Sequence[str]) -> None:
    chance = random.Random(1)
    pieces = [part for passage in passages for part in passage.split(" ") if len(part) > 20]

    def lines(name: str, records: list[dict[str, object]]) -> None:
        with (folder / name).open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)

    lines("people.jsonl", [{"id": f"u{at}", "name": f"คนที่ {at}"} for at in range(PEOPLE)])
    circles = [
        {"id": f"c{at}", "name": f"วงที่ {at}", "audience": "organisation" if at % CLOSED_EVERY else "members"}
        for at in range(CIRCLES)
    ]
    lines("communities.jsonl", circles)
    with (folder / "posts.jsonl").open("w", encoding="utf-8") as file:
        for at in range(posts):
            first = at - at % (REPLIES + 1)
            record: dict[str, object] = {
                "id": f"p{at}",
                "kind": "question" if at == first else "answer",
                "author": f"u{chance.randrange(PEOPLE)}",
                "created": f"20{10 + at * 15 // posts}-{1 + at % 12:02}-{1 + at % 28:02}T09:00:00+07:00",
                "text": " ".join(chance.choices(pieces, k=chance.randint(3, 9))),
            }
            if at == first:
                record["title"] = chance.choice(pieces)[:120]
                record["communities"] = [f"c{chance.randrange(CIRCLES)}"]
            else:
                record["parent"] = f"p{first}"
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    manifest = {"format": "lomwong-archive", "version": 1, "source": "bench", "name": "Bench"}
    (folder / "manifest.json").write_text(json.dumps(manifest))


def measure(name: str, queries: Sequence[str], ask: Callable[[str], object]) -> float:
    """Prints p50 and p99 of the CPU time of one call, in ms; returns p50."""
    ask(queries[0])
    times = []
    for query in queries:
        start = time.process_time()
        ask(query)
        times.append((time.process_time() - start) * 1000)
    times.sort()
    middle = times[len(times) // 2]
    print(f"  {name:<44} p50 {middle:7.2f}   p99 {times[len(times) * 99 // 100]:7.2f} ms")
    return middle


def bare(query: str) -> object:
    """What tantivy alone does with the words: no rights, no title, no database."""
    from tantivy import Occur, Query

    from lomwong.search.reader import reader
    from lomwong.search.schema import SCHEMA
    from lomwong.text.segment import words

    view = reader().view()
    assert view is not None
    asked = [Query.term_query(SCHEMA, "body", term, index_option="freq") for term in set(words(query))]
    return view.searcher.search(Query.boolean_query([(Occur.Should, term) for term in asked]), 20, count=False)


def build(posts: int) -> None:
    from lomwong.search.index import rebuild

    start, wall = time.process_time(), time.monotonic()
    indexed = rebuild()
    cpu = time.process_time() - start
    print(f"index: {indexed} posts, {indexed / cpu:.0f} posts/s of CPU, {time.monotonic() - wall:.1f} s")
    assert indexed == posts


def ask_all(questions: Sequence[str]) -> None:
    from django.contrib.auth.models import AnonymousUser

    from lomwong.people.models import OPERATOR, Person
    from lomwong.search.queries import search, search_documents
    from lomwong.search.showing import found_posts
    from lomwong.text.segment import words

    chance = random.Random(2)
    whole = chance.sample(questions, QUERIES)
    pairs = [" ".join(chance.sample(words(question), 2)) for question in questions if len(words(question)) > 4]
    pairs = chance.sample(pairs, QUERIES)
    person = Person.objects.order_by("pk")[10]

    def shown(query: str) -> object:
        return found_posts(search(query, viewer=person).hits, query, person)

    for name, queries in (("two words", pairs), ("a question", whole)):
        print(f"{name} ({QUERIES} queries)")
        base = measure("bare tantivy, 20 hits", queries, bare)
        measure("search, operator", queries, lambda query: search(query, viewer=OPERATOR))
        median = measure("search, a colleague", queries, lambda query: search(query, viewer=person))
        measure("search, a visitor", queries, lambda query: search(query, viewer=AnonymousUser()))
        measure("search and snippets of 20, a colleague", queries, shown)
        measure("search_documents, 300, operator", queries, lambda query: search_documents(query, viewer=OPERATOR))
        measure("search_documents, 300, a colleague", queries, lambda query: search_documents(query, viewer=person))
        print(f"  search of a colleague is {median / base:.1f} times bare tantivy")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="use this data folder, and what a run before left in it")
    arguments = parser.parse_args()
    if not DATA.exists():
        sys.exit(f"The sentences are missing: {DATA}")
    with tempfile.TemporaryDirectory() as throw_away:
        os.environ["LOMWONG_DATA"] = str(arguments.keep or throw_away)
        os.environ["DJANGO_SETTINGS_MODULE"] = "lomwong.site.settings"
        run(arguments.posts, Path(throw_away) / "archive")


def run(posts: int, archive: Path) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from lomwong.posts.models import Post
    from lomwong.site.cli import main as lomwong

    call_command("migrate", verbosity=0)
    passages, questions = passages_and_questions()
    if not Post.objects.exists():
        archive.mkdir()
        write_archive(archive, posts, passages)
        start = time.monotonic()
        lomwong(["import", "archive", str(archive)])
        print(f"import: {posts / (time.monotonic() - start):.0f} posts/s")
    build(Post.objects.count())
    ask_all(questions)
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most")


if __name__ == "__main__":
    main()
