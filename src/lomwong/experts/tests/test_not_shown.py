"""What is hidden, held or withdrawn is evidence for nobody."""

import pytest

from lomwong.activity.actions import record
from lomwong.activity.models import Verb
from lomwong.experts.finding.ranking import ranked
from lomwong.people.tests.factories import make_person
from lomwong.posts.models import Post, State
from lomwong.posts.tests.factories import make_answer, make_question
from lomwong.search.index import catch_up

pytestmark = pytest.mark.django_db


def take_out(post: Post, state: str) -> None:
    Post.objects.filter(pk=post.pk).update(state=state)
    record(Verb.MODERATED, actor_id=None, target_id=post.author_id, post_number=post.number)


@pytest.mark.parametrize("is_indexed", [True, False])
@pytest.mark.parametrize("state", [State.HELD, State.HIDDEN, State.WITHDRAWN])
def test_an_answer_that_is_not_shown_recommends_nobody(state: str, is_indexed: bool) -> None:
    asker, knower = make_person(), make_person()
    answer = make_answer(make_question("ตู้อบสุญญากาศ", by=asker), "ตู้อบสุญญากาศต้องเปลี่ยนซีล", by=knower)
    catch_up()
    assert knower.pk in ranked("ตู้อบสุญญากาศ", viewer=asker).order
    take_out(answer, state)
    if is_indexed:
        catch_up()
    assert knower.pk not in ranked("ตู้อบสุญญากาศ", viewer=asker).order
