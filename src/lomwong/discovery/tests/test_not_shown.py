"""What is hidden, held or withdrawn is evidence for nobody."""

import pytest

from lomwong.activity.actions import record
from lomwong.activity.models import Verb
from lomwong.discovery import traces
from lomwong.people.tests.factories import make_person
from lomwong.posts.models import Post, State
from lomwong.posts.tests.factories import make_answer, make_question

pytestmark = pytest.mark.django_db


def take_out(post: Post, state: str) -> None:
    Post.objects.filter(pk=post.pk).update(state=state)
    record(Verb.MODERATED, actor_id=None, target_id=post.author_id, post_number=post.number)


@pytest.mark.parametrize("state", [State.HELD, State.HIDDEN, State.WITHDRAWN])
def test_neither_its_words_nor_its_exchange_feed_the_search_for_circles(state: str) -> None:
    asker, knower = make_person(), make_person()
    people = {asker.pk, knower.pk}
    answer = make_answer(make_question(by=asker), "ตู้อบสุญญากาศต้องเปลี่ยนซีล", by=knower)
    assert [one.document for one in traces.exchanges(people)] == [answer.number]
    assert traces.words_of({knower.pk})
    take_out(answer, state)
    assert not list(traces.exchanges(people))
    assert not traces.words_of({knower.pk})
