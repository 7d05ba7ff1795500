"""People who know, and questions on their way, for tests."""

from datetime import datetime, timedelta

from django.utils import timezone

from lomwong.experts.carrying import taking_in
from lomwong.experts.models import AskingChoice, Carried, Carrying
from lomwong.people.models import Person
from lomwong.people.tests.factories import make_person
from lomwong.posts.models import Post
from lomwong.posts.tests.factories import make_answer, make_question
from lomwong.search.index import catch_up

TOPIC = "ตรวจรับงานจ้างไม่ครบ"


def make_knower(name: str = "", *, title: str = TOPIC, per_week: int | None = None, **where: object) -> Person:
    """Somebody who has answered such a question."""
    knower = make_person(name)
    long_ago = timezone.now() - timedelta(days=60)
    question = make_question(title, at=long_ago, **where)
    make_answer(question, f"{title}: เปิดสัญญาดูว่าแบ่งงวดไหม", by=knower, at=long_ago)
    if per_week is not None:
        AskingChoice.objects.create(person=knower, per_week=per_week)
    return knower


def ask(title: str = TOPIC, **fields: object) -> Post:
    """Asked and carried."""
    question = make_question(title, **fields)
    settle()
    return question


def settle() -> None:
    """The worker has done what there is to do."""
    catch_up()
    taking_in.take_in()


def asked_people(question: Post, **filters: object) -> list[str]:
    """Names of those who have it."""
    rows = Carried.objects.filter(question=question, **filters).order_by("person__name")
    return list(rows.values_list("person__name", flat=True))


def grow_old(question: Post, days: float) -> None:
    """As if it had been asked so long ago."""
    back = timedelta(days=days)
    at: datetime = question.created_at - back
    Post.objects.filter(pk=question.pk).update(created_at=at)
    Carrying.objects.filter(pk=question.pk).update(looked_at=timezone.now() - back)
    for row in Carried.objects.filter(question=question):
        Carried.objects.filter(pk=row.pk).update(carried_at=row.carried_at - back)
