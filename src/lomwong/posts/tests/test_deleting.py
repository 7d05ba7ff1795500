"""A post that is gone leaves nothing dangling, and the ledger says so."""

from datetime import timedelta

import pytest
from django.db.models import ProtectedError

from lomwong.activity.models import Event, Verb
from lomwong.communities.tests.factories import make_community
from lomwong.people.tests.factories import make_person
from lomwong.posts.actions import accept_answer, delete_posts, reply
from lomwong.posts.models import Kind, Placement, Post
from lomwong.posts.tests.factories import make_post, make_reply

pytestmark = pytest.mark.django_db


def test_the_ledger_says_who_deleted_what():
    post, operator = make_post(communities=[make_community()], tags=["พัสดุ"]), make_person()
    delete_posts([post], by=operator)
    assert not Post.objects.exists()
    assert not Placement.objects.exists()
    gone = Event.objects.get(verb=Verb.DELETED)
    assert (gone.actor_id, gone.post_number) == (operator.pk, post.number)


def test_what_others_wrote_below_is_not_left_dangling():
    post = make_post()
    middle = make_reply(post)
    last = make_reply(middle)
    for given in ([post], [middle], [post, middle], [post, last]):
        with pytest.raises(ProtectedError):
            delete_posts(given, by=make_person())
    assert Post.objects.count() == 3
    assert not Event.objects.filter(verb=Verb.DELETED).exists()


def test_a_branch_or_a_whole_thread_goes_at_once():
    post, other = make_post(), make_post()
    middle = make_reply(post)
    last = make_reply(middle)
    delete_posts([middle, last], by=make_person())
    assert set(Post.objects.all()) == {post, other}
    delete_posts([post, make_reply(post)], by=make_person())
    assert set(Post.objects.all()) == {other}


def test_a_number_never_returns():
    post = make_post()
    delete_posts([post], by=make_person())
    assert make_post().number > post.number


def test_the_thread_is_counted_anew_and_the_question_is_open_again():
    question = make_post(kind=Kind.QUESTION)
    first = make_reply(question, at=question.created_at + timedelta(hours=1))
    answer = reply(
        question, kind=Kind.ANSWER, by=make_person(), text="ตอบ", at=question.created_at + timedelta(hours=2)
    )
    accept_answer(answer, by=question.author)
    delete_posts([answer], by=make_person())
    question.refresh_from_db()
    assert (question.reply_count, question.lifted_at) == (1, first.created_at)
    assert question.accepted_answer is None
    assert Event.objects.filter(verb=Verb.EDITED, post_number=question.number).exists()
    delete_posts([first], by=make_person())
    question.refresh_from_db()
    assert (question.reply_count, question.lifted_at) == (0, question.created_at)
