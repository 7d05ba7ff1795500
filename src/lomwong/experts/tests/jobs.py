"""A worker that carries questions, in a process of its own: `python -m lomwong.experts.tests.jobs STEP …`.

Steps: `prepare QUESTIONS`, `work`, `look` (prints how many were carried, answered for, told, and the fullest week).
"""

import json
import sys
from threading import Event

import django

if __name__ == "__main__":
    django.setup()

KNOWERS = 12
TOPIC = "ตรวจรับงานจ้างไม่ครบ"


def prepare(count: str) -> None:
    """A house where twelve know, and so many questions wait to be carried."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from lomwong.experts.models import AskingChoice
    from lomwong.people.models import Person
    from lomwong.posts.actions import reply, write_post
    from lomwong.posts.models import Kind, Post
    from lomwong.search.index import catch_up

    people = [Person.objects.create_user(f"p{n}@u.example", "ฝนตกทุกบ่าย 2569", name=f"คนที่ {n}") for n in range(KNOWERS)]
    asker = Person.objects.create_user("asker@u.example", "ฝนตกทุกบ่าย 2569", name="ผู้ถาม")
    for person in people:
        AskingChoice.objects.create(person=person, per_week=5)
        old = write_post(kind=Kind.QUESTION, by=asker, title=TOPIC, text="")
        reply(old, kind=Kind.ANSWER, by=person, text=f"{TOPIC}: เปิดสัญญาดู")
        Post.objects.filter(pk=old.pk).update(is_locked=True)  # these are not to be carried
    for n in range(int(count)):
        write_post(kind=Kind.QUESTION, by=asker, title=f"{TOPIC} ครั้งที่ {n}", text="")
    catch_up()


def work() -> None:
    from lomwong.experts.carrying.tasks import carry_new
    from lomwong.kit.jobs import worker
    from lomwong.kit.jobs.worker import Chore

    worker.run([Chore("carry", 0.1, carry_new)], stop=Event(), pause_seconds=0.05)


def look() -> None:
    from django.db.models import Count

    from lomwong.activity.models import Event as Line
    from lomwong.activity.models import Verb
    from lomwong.activity.queries import last_position, position_of
    from lomwong.experts.carrying.taking_in import READER
    from lomwong.experts.models import Carried, Carrying

    weeks = Carried.objects.order_by().values("person").annotate(count=Count("pk"))
    seen = {
        "rows": Carried.objects.count(),
        "questions": Carrying.objects.count(),
        "told": Line.objects.filter(verb=Verb.CARRIED).count(),
        "fullest": max((week["count"] for week in weeks), default=0),
        "most": max(
            Carried.objects.order_by().values("question").annotate(n=Count("pk")).values_list("n", flat=True), default=0
        ),
        "is_done": position_of(READER) >= last_position(),
    }
    print(json.dumps(seen))


if __name__ == "__main__":
    {"prepare": prepare, "work": work, "look": look}[sys.argv[1]](*sys.argv[2:])
