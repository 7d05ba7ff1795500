"""Who may do what, as a table: operators everywhere, hosts in their circles, nobody in matters of their own."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.moderation import actions, queries, rules
from lomwong.moderation.models import Flag
from lomwong.moderation.tests.factories import WHY, Mat, hide, make_operator
from lomwong.moderation.verbs import verbs_for
from lomwong.people.actions import suspend
from lomwong.people.models import OPERATOR
from lomwong.people.tests.factories import make_person
from lomwong.posts.models import Authorship, Placement, Post, State
from lomwong.posts.tests.factories import make_post, make_reply

pytestmark = pytest.mark.django_db

#                      flags  looks after  hides, closes  moves, merges
MATRIX = {
    "operator": (True, True, True, True),
    "host": (True, True, True, True),
    "other_host": (True, False, False, False),
    "member": (True, False, False, False),
    "reader": (True, False, False, False),
    "author": (False, False, False, False),
    "co_author": (False, False, False, False),
    "suspended_host": (False, False, False, False),
    "gone": (False, False, False, False),
    "visitor": (False, False, False, False),
    "command_line": (False, False, False, False),
}


VERBS = {"hide", "lock", "move", "merge"}


@pytest.mark.parametrize("who", MATRIX)
def test_rights(who: str) -> None:
    mat = Mat(audience=Audience.PUBLIC)
    other_host, beside = make_person(), make_community(by=mat.host, audience=Audience.PUBLIC)
    make_community(by=other_host)
    into = make_post(communities=[mat.circle])
    people = {
        "operator": mat.operator,
        "host": mat.host,
        "other_host": other_host,
        "member": make_person(),
        "reader": mat.reader,
        "author": mat.author,
        "co_author": make_person(),
        "suspended_host": make_person(),
        "gone": make_person(is_active=False, is_staff=True),
        "visitor": AnonymousUser(),
        "command_line": OPERATOR,
    }
    Authorship.objects.create(
        post=mat.post, person=people["co_author"], invited_at=timezone.now(), accepted_at=timezone.now()
    )
    mat.circle.memberships.create(person=people["suspended_host"], is_host=True, joined_at=timezone.now())
    mat.circle.memberships.create(person=people["member"], joined_at=timezone.now())
    suspend(people["suspended_host"], by=mat.operator, reason=WHY, ends_at=timezone.now() + timedelta(days=1))
    viewer, (flags, looks_after, hides, moves) = people[who], MATRIX[who]
    assert rules.can_flag(viewer, mat.post) is flags
    assert rules.looks_after(viewer, mat.post) is looks_after
    assert rules.looks_after_something(viewer) is (looks_after or who == "other_host")
    assert rules.can_moderate(viewer, mat.post) is hides
    assert rules.can_move(viewer, mat.post, beside) is moves
    assert rules.can_merge(viewer, mat.post, into) is moves
    assert {doing.slug for doing in verbs_for(viewer, mat.post)} == (VERBS if hides else set())
    deed = hide(mat.post, mat.host)
    assert rules.can_undo(viewer, deed) is hides
    assert rules.can_see_deed(viewer, deed) is (looks_after or who in ("author", "co_author"))
    assert rules.can_appeal(viewer, deed) is (who == "author")


def test_a_host_of_one_circle_alone_does_not_decide_about_what_lies_in_two() -> None:
    mat = Mat()
    other = make_community()
    Placement.objects.create(post=mat.post, community=other)
    assert rules.looks_after(mat.host, mat.post)
    assert not rules.can_moderate(mat.host, mat.post)
    assert rules.can_moderate(mat.operator, mat.post)
    mine = make_community(by=mat.host)
    assert set(rules.places_after(mat.host, mat.post, mine)) == {other, mine}


def test_an_operator_leaves_ones_own_words_to_somebody_else() -> None:
    operator = make_operator()
    own = make_post(by=operator)
    actions.flag_post(own, by=make_person(), kind=Flag.Kind.UNKIND)
    assert not rules.can_moderate(operator, own)
    assert not verbs_for(operator, own)
    assert not queries.queue(operator).items
    assert queries.queue(make_operator()).items


def test_hosts_do_not_take_back_what_an_operator_did() -> None:
    mat = Mat()
    deed = hide(mat.post, mat.operator)
    assert not rules.can_undo(mat.host, deed)
    assert rules.can_undo(make_operator(), deed)


def test_nobody_reads_after_a_move_or_merge_who_could_not_before() -> None:
    mat = Mat(audience=Audience.MEMBERS)
    wider = make_community(by=mat.host, audience=Audience.PUBLIC)
    assert not rules.can_move(mat.host, mat.post, wider)
    assert not rules.can_merge(mat.host, mat.post, make_post(communities=[wider]))
    assert not queries.circles_to_move_to(mat.host, mat.post)


def test_who_did_it_decides_about_an_appeal_only_when_alone() -> None:
    mat = Mat()
    appeal = actions.appeal_deed(hide(mat.post, mat.host), by=mat.author, words="ไม่ใช่")
    assert not rules.can_decide(mat.host, appeal)
    assert rules.can_decide(mat.operator, appeal)
    assert not rules.can_decide(mat.author, appeal)
    mat.operator.is_active = False
    mat.operator.save()
    assert rules.can_decide(mat.host, appeal)


def test_another_host_of_the_circle_may_decide_too() -> None:
    mat = Mat()
    other = make_person()
    mat.circle.memberships.create(person=other, is_host=True, joined_at=timezone.now())
    appeal = actions.appeal_deed(hide(mat.post, mat.host), by=mat.author, words="ไม่ใช่")
    mat.operator.is_active = False
    mat.operator.save()
    assert rules.can_decide(other, appeal)
    assert not rules.can_decide(mat.host, appeal)


def test_an_appeal_is_once_and_while_the_deed_holds() -> None:
    mat = Mat()
    deed = hide(mat.post, mat.host)
    assert rules.can_appeal(mat.author, deed)
    actions.undo_deed(deed, by=mat.host, reason=WHY)
    deed = type(deed).objects.get(pk=deed.pk)
    assert not rules.can_appeal(mat.author, deed)
    again = hide(Post.objects.get(pk=mat.post.pk), mat.host)
    actions.appeal_deed(again, by=mat.author, words="ไม่ใช่")
    assert not rules.can_appeal(mat.author, again)


def test_flags_are_once_a_person_and_about_what_one_may_read() -> None:
    mat = Mat(audience=Audience.MEMBERS)
    assert not rules.can_flag(mat.reader, mat.post)
    assert rules.can_flag(mat.host, mat.post)
    actions.flag_post(mat.post, by=mat.host, kind=Flag.Kind.OTHER)
    assert not rules.can_flag(mat.host, mat.post)
    assert actions.flag_post(mat.post, by=mat.host, kind=Flag.Kind.UNKIND).kind == Flag.Kind.OTHER


def test_a_host_sees_only_what_waits_in_the_own_circles() -> None:
    mat, other = Mat(), Mat()
    for post in (mat.post, other.post, make_post()):
        actions.flag_post(post, by=mat.reader, kind=Flag.Kind.UNKIND)
    hide(other.post)
    assert [item.post for item in queries.queue(mat.host).items] == [mat.post]
    assert len(queries.queue(mat.operator).items) == 2
    assert not queries.queue(mat.reader).items
    hide(mat.post, mat.host)
    assert not queries.queue(mat.host).items


def test_the_oldest_waits_first_whatever_it_is() -> None:
    mat = Mat(audience=Audience.PUBLIC)
    flagged = make_reply(mat.post)
    held = actions.visitor_says(mat.post, name="แวะมา", words="ขอบคุณ")
    flag = actions.flag_post(flagged, by=mat.reader, kind=Flag.Kind.UNKIND)
    appeal = actions.appeal_deed(hide(make_reply(mat.post), mat.host), by=mat.author, words="ไม่")
    now = timezone.now()
    Flag.objects.filter(pk=flag.pk).update(at=now - timedelta(hours=1))
    Post.objects.filter(pk=held.pk).update(created_at=now - timedelta(hours=2))
    type(appeal).objects.filter(pk=appeal.pk).update(at=now - timedelta(hours=3))
    assert [item.what for item in queries.queue(mat.operator).items] == ["appeal", "held", "flags"]


def test_words_held_below_a_hidden_thread_wait_with_it() -> None:
    mat = Mat(audience=Audience.PUBLIC)
    held = actions.visitor_says(mat.post, name="แวะมา", words="ขอบคุณ")
    hide(mat.post)
    assert not queries.queue(mat.operator).items
    assert actions.let_in(held, by=mat.host) is None
    assert Post.objects.get(pk=held.pk).state == State.HELD
