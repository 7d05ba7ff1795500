"""Run as a program of its own, in an empty data folder: kills real workers while they write, then compares.

Prints how many workers were killed, and what index and database hold differently: nothing.
"""

import os
import random
import signal
import sys
import time

import django


def new_word(chance: random.Random) -> str:
    return "".join(chance.choices("bcdfghjklmnpqrstvwxz", k=14))


def work(seed: int, told: int) -> None:
    """Write, answer, edit, delete and bring the index up to date, until somebody kills us; a dot for each round."""
    from django.db import connection

    from lomwong.people.models import Person
    from lomwong.posts.actions import delete_posts, edit_post, reply, write_post
    from lomwong.posts.models import Kind, Post
    from lomwong.search import index

    connection.close()
    index.BATCH, index.COMMIT_EVERY = 3, 4  # many commits, so that many moments are met
    chance, somebody = random.Random(seed), Person.objects.get()
    while True:
        for _ in range(chance.randint(1, 12)):
            post = write_post(kind=Kind.QUESTION, by=somebody, title="ถาม", text=new_word(chance))
            if chance.random() < 0.4:
                reply(post, kind=Kind.ANSWER, by=somebody, text=new_word(chance))
        for post in Post.objects.order_by("?")[:3]:
            edit_post(post, by=somebody, text=new_word(chance), title=post.title)
        delete_posts(Post.objects.filter(thread=None, parent=None).order_by("?")[:1], by=somebody)
        os.write(told, b".")
        index.rebuild() if chance.random() < 0.2 else index.catch_up()


def differences() -> list[str]:
    from lomwong.people.models import OPERATOR
    from lomwong.posts.models import Post
    from lomwong.search.index import catch_up
    from lomwong.search.matching import Within
    from lomwong.search.queries import search
    from lomwong.search.reader import reader

    catch_up()
    view = reader().view()
    assert view is not None
    texts = dict(Post.objects.values_list("number", "text"))
    wrong = (
        [f"{view.searcher.num_docs} documents of {len(texts)} posts"] if view.searcher.num_docs != len(texts) else []
    )
    for number, text in texts.items():
        found = [hit.number for hit in search(text, viewer=OPERATOR).hits]
        if found[:1] != [number]:  # behind it what was said below it
            wrong.append(f"{text} is in {number}, found in {found}")
    still_open = set(
        Post.objects.filter(kind="question").exclude(thread__kind="answer").values_list("number", flat=True)
    )
    hits = search("", viewer=OPERATOR, within=Within(is_unanswered=True), limit=len(texts)).hits
    return wrong + ([] if {hit.number for hit in hits} == still_open else ["the unanswered ones differ"])


def main(times: int) -> None:
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from lomwong.people.models import Person
    from lomwong.posts.models import Post

    call_command("migrate", verbosity=0)
    Person.objects.create_user("somebody@example.org", name="คนหนึ่ง")
    chance = random.Random()
    for killed in range(times):
        connection.close()
        hears, tells = os.pipe()
        worker = os.fork()
        if not worker:
            work(killed, tells)
        for _ in range(chance.randint(1, 3)):
            os.read(hears, 1)
        time.sleep(chance.uniform(0.0, 0.2))
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
    assert Post.objects.count() > times, "they have hardly begun"
    print(times, differences()[:3])


if __name__ == "__main__":
    main(int(sys.argv[1]))
