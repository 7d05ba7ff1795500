"""Each deed taken back leaves everything as it was; what people did meanwhile stays."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from lomwong.activity.models import Event, Verb
from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.moderation import actions
from lomwong.moderation.models import Deed, Flag
from lomwong.moderation.tests.factories import WHY, Mat, hide, make_operator, state, undo
from lomwong.people.tests.factories import make_person
from lomwong.posts.actions import accept_answer, reply
from lomwong.posts.models import Kind, Post, State
from lomwong.posts.tests.factories import make_answer, make_post, make_question, make_reply

pytestmark = pytest.mark.django_db


def fresh(post: Post) -> Post:
    return Post.objects.get(pk=post.pk)


Steps = Iterator[Deed | None]
"""First what is there before (None), then the deed."""


def hide_thread(mat: Mat) -> Steps:
    make_reply(mat.post, "ดีมาก")
    hide(make_reply(mat.post, "ซ่อนไว้ก่อนแล้ว"))
    yield None
    yield hide(mat.post, mat.host)


def hide_accepted(mat: Mat) -> Steps:
    question = make_question(by=mat.author, communities=[mat.circle])
    answer = make_answer(question)
    accept_answer(answer, by=mat.author)
    yield None
    yield hide(fresh(answer), mat.host)


def lock(mat: Mat) -> Steps:
    yield None
    yield actions.lock_thread(mat.post, by=mat.host, reason=WHY)


def move(mat: Mat) -> Steps:
    make_reply(mat.post)
    yield None
    yield actions.move_to_circle(mat.post, to=[make_community(by=mat.host)], by=mat.host, reason=WHY)


def merge(mat: Mat) -> Steps:
    question = make_question(by=mat.author, communities=[mat.circle])
    make_reply(make_answer(question, "ลองแบบนี้"), "ได้ผล")
    hide(make_reply(question, "ซ่อน"))
    make_reply(mat.post)
    yield None
    yield actions.merge_threads(fresh(question), into=fresh(mat.post), by=mat.host, reason=WHY)


def suspend(mat: Mat) -> Steps:
    ends_at = timezone.now() + timedelta(days=3)
    yield None
    yield actions.suspend_person(mat.author, by=mat.operator, reason=WHY, ends_at=ends_at)


def let_in(mat: Mat) -> Steps:
    words = actions.visitor_says(mat.post, name="แวะมา", words="ขอบคุณ")
    yield None
    yield actions.let_in(words, by=mat.host)


def turn_away(mat: Mat) -> Steps:
    words = actions.visitor_says(mat.post, name="แวะมา", words="ขอบคุณ")
    yield None
    yield actions.turn_away(words, by=mat.host)


def keep(mat: Mat) -> Steps:
    actions.flag_post(mat.post, by=mat.reader, kind=Flag.Kind.UNKIND)
    yield None
    yield actions.keep_post(mat.post, by=mat.host, reason=WHY)


DEEDS = [hide_thread, hide_accepted, lock, move, merge, suspend, let_in, turn_away, keep]


@pytest.mark.parametrize("steps", DEEDS)
def test_taken_back_all_is_as_before(steps: Callable[[Mat], Steps]) -> None:
    mat = Mat()
    doing = steps(mat)
    next(doing)
    before = state()
    deed = next(doing)
    assert deed is not None
    assert state() != before
    undo(deed)
    assert state() == before
    assert Deed.objects.get(pk=deed.pk).is_undone
    with pytest.raises(actions.CannotUndo):
        undo(Deed.objects.get(pk=deed.pk))


def test_a_hidden_thread_hides_its_shown_replies_and_brings_back_exactly_those() -> None:
    mat = Mat()
    shown, hidden = make_reply(mat.post), make_reply(mat.post)
    hide(hidden)
    deed = hide(mat.post)
    viewer = make_person()
    assert not Post.objects.visible_to(viewer).filter(pk__in=[mat.post.pk, shown.pk, hidden.pk]).exists()
    undo(deed)
    assert set(Post.objects.visible_to(viewer).values_list("pk", flat=True)) == {mat.post.pk, shown.pk}
    assert fresh(mat.post).reply_count == 1


def test_a_reply_cannot_come_back_alone_into_a_hidden_thread() -> None:
    mat = Mat()
    deed = hide(make_reply(mat.post))
    hide(mat.post)
    with pytest.raises(actions.CannotUndo):
        undo(deed)


def test_what_its_author_withdrew_meanwhile_stays_withdrawn() -> None:
    mat = Mat()
    deed = hide(mat.post)
    Post.objects.filter(pk=mat.post.pk).update(state=State.WITHDRAWN)
    undo(deed)
    assert fresh(mat.post).state == State.WITHDRAWN


def test_a_hidden_answer_is_no_accepted_one_and_a_later_choice_wins() -> None:
    mat = Mat()
    question = make_question(by=mat.author, communities=[mat.circle])
    first, second = make_answer(question), make_answer(question)
    accept_answer(first, by=mat.author)
    deed = hide(fresh(first))
    assert fresh(question).accepted_answer_id is None
    accept_answer(second, by=mat.author)
    undo(deed)
    assert fresh(question).accepted_answer_id == second.pk
    assert fresh(question).reply_count == 2


def test_merged_numbers_lead_on_and_later_words_follow_their_thread(client) -> None:
    mat = Mat()
    other = make_question("เรื่องเดียวกัน", by=mat.author, communities=[mat.circle])
    answer = make_answer(other)
    deed = actions.merge_threads(other, into=mat.post, by=mat.host, reason=WHY)
    merged = fresh(other)
    assert (merged.root_id, merged.parent_id, merged.kind) == (mat.post.pk, mat.post.pk, Kind.COMMENT)
    assert (fresh(answer).root_id, fresh(answer).kind) == (mat.post.pk, Kind.COMMENT)
    assert fresh(mat.post).reply_count == 2
    client.force_login(mat.reader)
    assert client.get(f"/posts/{other.pk}/")["Location"].endswith(f"/posts/{mat.post.pk}/#p{other.pk}")
    later = reply(fresh(answer), kind=Kind.COMMENT, by=mat.reader, text="มาทีหลัง")
    elsewhere = make_reply(fresh(mat.post))
    undo(deed)
    assert (fresh(later).root_id, fresh(elsewhere).root_id) == (other.pk, mat.post.pk)
    assert fresh(answer).kind == Kind.ANSWER
    assert (fresh(other).reply_count, fresh(mat.post).reply_count) == (2, 1)


def test_a_merged_thread_is_taken_out_of_the_one_that_was_merged_last_first() -> None:
    mat = Mat()
    second, third = make_post(communities=[mat.circle]), make_post(communities=[mat.circle])
    inner = actions.merge_threads(second, into=mat.post, by=mat.host, reason=WHY)
    outer = actions.merge_threads(fresh(mat.post), into=third, by=mat.host, reason=WHY)
    with pytest.raises(actions.CannotUndo):
        undo(inner)
    undo(outer)
    undo(inner)
    assert fresh(second).root_id is None


def test_a_reply_on_its_way_finds_the_thread_where_it_is_now() -> None:
    mat = Mat()
    other = make_post(communities=[mat.circle])
    as_it_was_read = fresh(other)
    actions.merge_threads(other, into=mat.post, by=mat.host, reason=WHY)
    late = make_reply(as_it_was_read)
    assert (late.root_id, late.parent_id) == (mat.post.pk, other.pk)
    hide(fresh(mat.post))
    with pytest.raises(PermissionDenied):
        make_reply(as_it_was_read)


def test_nothing_new_is_said_in_a_closed_thread() -> None:
    mat = Mat()
    actions.lock_thread(mat.post, by=mat.host, reason=WHY)
    with pytest.raises(PermissionDenied):
        make_reply(mat.post)


def test_moved_again_since_it_stays_where_it_is() -> None:
    mat = Mat()
    deed = next(filter(None, move(mat)))
    actions.move_to_circle(fresh(mat.post), to=[make_community(by=mat.host)], by=mat.host, reason=WHY)
    with pytest.raises(actions.CannotUndo):
        undo(deed)


def test_a_move_takes_replies_and_readers_along() -> None:
    mat = Mat()
    answer = make_reply(mat.post)
    closed = make_community(by=mat.host, audience=Audience.MEMBERS)
    actions.move_to_circle(mat.post, to=[closed], by=mat.host, reason=WHY)
    assert set(Post.objects.visible_to(mat.host).values_list("pk", flat=True)) == {mat.post.pk, answer.pk}
    assert not Post.objects.visible_to(mat.reader).exists()


def test_every_deed_tells_the_author_and_the_index() -> None:
    mat = Mat()
    hide(mat.post, mat.host)
    event = Event.objects.filter(verb=Verb.MODERATED).get()
    assert (event.actor_id, event.target_id, event.post_number) == (mat.host.pk, mat.author.pk, mat.post.pk)


def test_the_trail_is_only_added_to() -> None:
    deed = hide(Mat().post)
    deed.reason = "อย่างอื่น"
    with pytest.raises(AssertionError):
        deed.save()


def test_the_version_grows_with_every_deed() -> None:
    mat = Mat()
    answer = make_reply(mat.post)
    before = fresh(mat.post).version
    deed = hide(answer)
    between = fresh(mat.post).version
    undo(deed)
    assert before < between < fresh(mat.post).version


def test_an_appeal_that_is_right_takes_the_deed_back() -> None:
    mat = Mat()
    deed = hide(mat.post, mat.host)
    appeal = actions.appeal_deed(deed, by=mat.author, words="ไม่ใช่โฆษณา")
    assert actions.appeal_deed(deed, by=mat.author, words="อีกที").pk == appeal.pk
    actions.decide_appeal(appeal, by=make_operator(), is_granted=True, answer="จริงด้วย")
    appeal.refresh_from_db()
    assert appeal.is_granted
    assert appeal.answer == "จริงด้วย"
    assert fresh(mat.post).state == State.SHOWN
    with pytest.raises(actions.CannotUndo):
        actions.decide_appeal(appeal, by=make_operator(), is_granted=False, answer="ไม่")


def test_an_appeal_that_is_not_leaves_it() -> None:
    mat = Mat()
    appeal = actions.appeal_deed(hide(mat.post, mat.host), by=mat.author, words="ไม่ใช่โฆษณา")
    actions.decide_appeal(appeal, by=make_operator(), is_granted=False, answer="ดูแล้วยังใช่")
    assert fresh(mat.post).state == State.HIDDEN
