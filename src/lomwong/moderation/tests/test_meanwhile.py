"""What has changed between the look at a page and the deed: nothing is torn apart, nothing comes back from the dead."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.moderation import actions
from lomwong.moderation.models import Deed
from lomwong.moderation.tests.factories import WHY, Mat, hide, undo
from lomwong.posts.actions import change_belonging, reply
from lomwong.posts.models import Kind, Post, State
from lomwong.posts.stories.actions import withdraw_post
from lomwong.posts.tests.factories import make_post, make_reply

pytestmark = pytest.mark.django_db


def fresh(post: Post) -> Post:
    return Post.objects.get(pk=post.pk)


def lay(root: Post, into: Post, mat: Mat) -> Deed:
    return actions.merge_threads(root, into=into, by=mat.host, reason=WHY)


def is_in_order() -> bool:
    """Every reply lies in the thread of what it answers, and every thread begins with a first post."""
    replies = Post.objects.filter(parent__isnull=False).select_related("parent", "root")
    return all(
        one.root_id == (one.parent.root_id or one.parent_id) and one.root.root_id is None  # type: ignore[union-attr]
        for one in replies
    )


def test_a_reply_goes_where_what_it_answers_lies_by_now() -> None:
    mat = Mat()
    said = make_reply(mat.post, "ของดี")
    deed = lay(mat.post, make_post(by=mat.author, communities=[mat.circle]), mat)
    before = fresh(said)  # somebody is writing while the threads are parted again
    undo(deed)
    answer = reply(before, kind=Kind.COMMENT, by=mat.reader, text="จริงด้วย")
    assert answer.root == mat.post
    assert is_in_order()


def test_two_who_lay_threads_into_each_other_make_no_ring() -> None:
    mat = Mat()
    other = make_post(by=mat.author, communities=[mat.circle])
    post, into = fresh(mat.post), fresh(other)
    lay(mat.post, other, mat)
    with pytest.raises(PermissionDenied):
        lay(into, post, mat)
    assert is_in_order()


def test_a_thread_laid_into_another_is_not_laid_into_a_third() -> None:
    mat = Mat()
    make_reply(mat.post)
    second, third = (make_post(by=mat.author, communities=[mat.circle]) for _ in range(2))
    before = fresh(mat.post)
    lay(mat.post, second, mat)
    with pytest.raises(PermissionDenied):
        lay(before, third, mat)
    assert is_in_order()


def test_what_was_laid_into_another_thread_is_not_moved_out_of_it_by_half() -> None:
    mat = Mat()
    before = fresh(mat.post)
    lay(mat.post, make_post(by=mat.author, communities=[mat.circle]), mat)
    with pytest.raises(PermissionDenied):
        actions.move_to_circle(before, to=[make_community(by=mat.host)], by=mat.host, reason=WHY)
    assert list(fresh(mat.post).communities.all()) == [mat.circle]


def test_what_was_taken_back_is_not_hidden_and_so_never_shown_again() -> None:
    mat = Mat()
    before = fresh(mat.post)
    withdraw_post(fresh(mat.post), by=mat.author)
    with pytest.raises(PermissionDenied):
        hide(before, mat.host)
    assert fresh(mat.post).state == State.WITHDRAWN


def test_two_who_hide_at_once_leave_one_line_in_the_trail() -> None:
    mat = Mat()
    before = fresh(mat.post)
    deed = hide(mat.post, mat.host)
    with pytest.raises(PermissionDenied):
        hide(before, mat.operator)
    undo(deed)
    assert fresh(mat.post).state == State.SHOWN


@pytest.mark.parametrize("meanwhile", ["locked", "hidden"])
def test_a_visitor_says_nothing_where_they_may_not_any_more(meanwhile: str) -> None:
    mat = Mat(audience=Audience.PUBLIC)
    before = fresh(mat.post)
    match meanwhile:
        case "locked":
            actions.lock_thread(mat.post, by=mat.host, reason=WHY)
        case "hidden":
            hide(mat.post, mat.host)
    with pytest.raises(PermissionDenied):
        actions.visitor_says(before, name="คนนอก", words="สวัสดี")
    assert is_in_order()


def test_a_visitor_s_words_follow_a_thread_that_was_laid_into_another() -> None:
    mat = Mat(audience=Audience.PUBLIC)
    into = make_post(by=mat.author, communities=[mat.circle])
    before = fresh(mat.post)
    lay(mat.post, into, mat)
    said = actions.visitor_says(before, name="คนนอก", words="สวัสดี")
    assert (said.root, said.state) == (into, State.HELD)
    assert is_in_order()


def test_a_series_is_held_before_the_part_that_is_hidden() -> None:
    """Two who each hold one part, and wait for the other's, would wait for ever."""
    mat = Mat()
    change_belonging(mat.post, by=mat.author, series="เรื่องยาว")
    post = fresh(mat.post)
    with CaptureQueriesContext(connection) as asked:
        hide(post, mat.host)
    found = [query["sql"] for query in asked]
    series = next(place for place, sql in enumerate(found) if 'FROM "posts_series"' in sql)
    assert not any('FROM "posts_post"' in sql for sql in found[1:series] if "SAVEPOINT" not in sql)
    touched = max(place for place, sql in enumerate(found) if 'UPDATE "posts_post"' in sql)
    assert series < touched < next(place for place, sql in enumerate(found) if "INSERT" in sql and "activity" in sql)
