"""Who is told of what, and why; and who is not."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lomwong.activity.actions import advance, record
from lomwong.activity.models import Verb
from lomwong.activity.queries import last_position, position_of
from lomwong.communities import actions as seats
from lomwong.communities.models import Audience, Membership
from lomwong.communities.tests.factories import make_community
from lomwong.notifications import actions, queries
from lomwong.notifications.actions import telling
from lomwong.notifications.models import Mail, Mailbox, NewsKind, Notification, Setting
from lomwong.people.tests.factories import make_imported, make_person
from lomwong.posts.actions import accept_answer, edit_post, invite_authors, write_post
from lomwong.posts.models import Authorship, Flower, Follow, Kind, Mention, Post, Series, State, Tag
from lomwong.posts.readership import readers_among
from lomwong.posts.tests.factories import make_answer, make_post, make_question, make_reply

pytestmark = pytest.mark.django_db
K = NewsKind


def told() -> list[tuple[str, str]]:
    """(name, kind) of all that was told since the last time, in the order of names."""
    before = set(Notification.objects.values_list("pk", flat=True))
    actions.take_in()
    new = Notification.objects.exclude(pk__in=before).order_by("person__name", "pk")
    return list(new.values_list("person__name", "kind"))


@pytest.fixture
def asker():
    return make_person("ก ผู้ถาม")


@pytest.fixture
def helper():
    return make_person("ข ผู้ช่วย")


@pytest.fixture
def third():
    return make_person("ค คนที่สาม")


@pytest.fixture
def quiet_ledger(asker, helper, third):
    """What made the people and places is behind us."""

    def skip() -> None:
        advance(telling.READER, last_position())

    return skip


def test_an_answer_reaches_the_asker_and_the_talk_those_who_joined_in(asker, helper, third):
    question = make_question(by=asker)
    answer = make_answer(question, by=helper)
    assert told() == [(asker.name, K.REPLY)]
    make_reply(answer, by=third)
    assert told() == [(asker.name, K.REPLY), (helper.name, K.REPLY)]
    make_reply(question, by=asker)
    assert told() == [(helper.name, K.TALK), (third.name, K.TALK)]


def test_nobody_is_told_of_what_they_did(asker):
    question = make_question(by=asker)
    make_reply(question, by=asker)
    assert told() == []


def test_reading_the_ledger_again_tells_nobody_twice(asker, helper):
    make_answer(make_question(by=asker), by=helper)
    assert len(told()) == 1
    actions.mark_all_read(asker)
    advance(telling.READER, 0)
    assert told() == []
    assert not queries.has_new(asker)


def test_the_cursor_stands_behind_the_last_line(asker):
    make_post(by=asker)
    actions.take_in()
    assert position_of(telling.READER) == last_position()
    assert actions.take_in() == 0


def test_many_lines_are_taken_in_by_several_batches(asker, helper, monkeypatch):
    monkeypatch.setattr(telling, "TOLD", 2)
    monkeypatch.setattr(telling, "LINES", 3)
    question = make_question(by=asker)
    for _ in range(7):
        make_reply(question, by=helper)
    assert told() == [(asker.name, K.REPLY)] * 7


def test_one_person_is_told_once_of_a_post_for_the_strongest_reason(asker, helper):
    circle = make_community(by=asker, people=[helper])
    Follow.objects.create(follower=helper, person=asker, followed_at=timezone.now())
    post = make_post(by=asker, communities=[circle])
    Mention.objects.create(post=post, person=helper)
    assert told() == [(helper.name, K.MENTION)]


def test_a_reason_that_is_switched_off_gives_way_to_the_next(asker, helper):
    circle = make_community(by=asker, people=[helper])
    Setting.objects.create(person=helper, kind=K.MENTION, in_app=False, mail=Mail.OFF)
    post = make_post(by=asker, communities=[circle])
    Mention.objects.create(post=post, person=helper)
    assert told() == [(helper.name, K.CIRCLE)]
    assert Notification.objects.get().community == circle


def test_an_edit_tells_only_those_whom_it_names_anew(asker, helper, third):
    circle = make_community(by=asker, people=[helper, third])
    post = make_post(by=asker, communities=[circle])
    Mention.objects.create(post=post, person=third)
    assert told() == [(helper.name, K.CIRCLE), (third.name, K.MENTION)]
    edit_post(post, by=asker, text="อีกที", title="อีกที")
    Mention.objects.get_or_create(post=post, person=third)
    Mention.objects.get_or_create(post=post, person=helper)
    assert told() == [(helper.name, K.MENTION)]


def test_followers_of_a_person_a_tag_a_circle_a_blog_hear_of_new_posts(asker, helper, third):
    circle = make_community(by=third)
    tag = Tag.objects.create(name="พัสดุ", key="พัสดุ")
    followers = {name: make_person(name) for name in ("person", "tag", "community", "blog")}
    blog = asker.blogs.create(name="บล็อก", slug="blog", created_at=timezone.now())
    for name, target in (("person", asker), ("tag", tag), ("community", circle), ("blog", blog)):
        Follow.objects.create(follower=followers[name], followed_at=timezone.now(), **{name: target})
    write_post(kind=Kind.STORY, by=asker, text="ก", title="ก", communities=[circle], tags=["พัสดุ"], blog=blog)
    assert told() == [*[(name, K.FOLLOWED) for name in ("blog", "community", "person", "tag")], (third.name, K.CIRCLE)]
    make_reply(Post.objects.get(), by=third)
    assert told() == [(asker.name, K.REPLY)], "followers hear of new entries, not of each comment"


def test_the_next_part_of_a_series_reaches_who_follows_it(asker, helper):
    series = Series.objects.create(owner=asker, name="ชุด", created_at=timezone.now())
    Follow.objects.create(follower=helper, series=series, followed_at=timezone.now())
    write_post(kind=Kind.STORY, by=asker, text="ก", title="ตอนสอง", series=series, part=2)
    assert told() == [(helper.name, K.PART)]


def test_an_accepted_answer_and_a_flower(asker, helper):
    question = make_question(by=asker)
    answer = make_answer(question, by=helper)
    told()
    accept_answer(answer, by=asker)
    Flower.objects.create(post=answer, giver=asker, given_at=timezone.now())
    record(Verb.THANKED, actor_id=asker.pk, target_id=helper.pk, post_number=answer.number)
    assert told() == [(helper.name, K.ACCEPTED), (helper.name, K.FLOWER)]


def test_a_flower_taken_back_and_given_again_is_one(asker, helper):
    post = make_post(by=asker)
    for _ in range(2):
        Flower.objects.get_or_create(post=post, giver=helper, defaults={"given_at": timezone.now()})
        record(Verb.THANKED, actor_id=helper.pk, target_id=asker.pk, post_number=post.number)
    assert told() == [(asker.name, K.FLOWER)]
    Flower.objects.all().delete()
    assert queries.news(asker).lines == []


def test_an_invitation_to_write_along_arrives_even_where_one_may_not_read_yet(asker, helper, third):
    circle = make_community(by=asker, audience=Audience.MEMBERS)
    post = make_post("ความลับ", by=asker, communities=[circle])
    invitation = Authorship.objects.create(post=post, person=helper, invited_at=timezone.now())
    record(Verb.INVITED, actor_id=asker.pk, target_id=helper.pk, post_number=post.number)
    assert told() == [(helper.name, K.INVITED)]
    [line] = queries.news(helper).lines
    assert "ความลับ" not in line.sentence + line.words
    invitation.delete()
    assert queries.news(helper).lines == []


def test_co_authors_are_told_of_talk_and_not_of_their_own_entry(asker, helper, third):
    circle = make_community(by=asker, people=[helper])
    post = make_post(by=asker, communities=[circle])
    Authorship.objects.create(post=post, person=helper, invited_at=timezone.now(), accepted_at=timezone.now())
    assert told() == []
    make_reply(post, by=third)
    assert told() == [(asker.name, K.REPLY), (helper.name, K.REPLY)]


def test_hosts_hear_who_asks_for_a_seat_and_the_asker_that_there_is_one(asker, helper, third):
    circle = make_community(by=asker, people=[helper], audience=Audience.MEMBERS)
    told()
    seats.ask_to_sit(circle, person=third)
    seats.ask_to_sit(circle, person=third)
    assert told() == [(asker.name, K.ASKED)]
    seats.sit_down(circle, person=third, by=helper)
    assert told() == [(third.name, K.SEATED)]
    seats.sit_down(make_community(by=asker), person=third)
    assert told() == [], "who sits down by themselves knows it"


def visitors_comment(post: Post) -> Post:
    now = timezone.now()
    held = Post.objects.create(
        kind=Kind.COMMENT, parent=post, root=post, text="จากข้างนอก", html="", excerpt="จากข้างนอก", audience=None,
        created_at=now, lifted_at=now, state=State.HELD, visitor_name="ผู้มาเยือน",
    )  # fmt: skip
    held.communities.set(post.communities.all())
    return held


def test_a_held_comment_waits_for_the_hosts_and_is_a_reply_once_let_in(asker, helper, third):
    circle = make_community(by=asker, people=[helper], audience=Audience.PUBLIC)
    post = make_post(by=third, communities=[circle])
    told()
    held = visitors_comment(post)
    record(Verb.HELD, actor_id=None, post_number=held.number, community_id=circle.pk)
    assert told() == [(asker.name, K.HELD)]
    assert "ผู้มาเยือน" in queries.news(asker).lines[0].sentence
    assert "จากข้างนอก" not in queries.news(asker).lines[0].words
    Post.objects.filter(pk=held.pk).update(state=State.SHOWN)
    record(Verb.REPLIED, actor_id=None, target_id=third.pk, post_number=held.number)
    assert told() == [(third.name, K.REPLY)]
    assert [line.latest.kind for line in queries.news(asker).lines] == [K.CIRCLE], "nothing is left to decide"
    assert "ผู้มาเยือน" in queries.news(third).lines[0].sentence


def test_a_held_comment_outside_all_circles_waits_for_the_operators(asker):
    operator = make_person("งผู้ดูแล", is_staff=True)
    held = visitors_comment(make_post(by=asker, audience=Audience.PUBLIC))
    record(Verb.HELD, actor_id=None, post_number=held.number)
    assert told() == [(operator.name, K.HELD)]
    assert len(queries.news(operator).lines) == 1


def test_the_author_is_told_of_moderation_even_when_it_hides_the_post_and_suspends_them(asker, helper):
    post = make_post("ของฉันเอง", by=asker)
    Post.objects.filter(pk=post.pk).update(state=State.HIDDEN)
    record(Verb.MODERATED, actor_id=helper.pk, target_id=asker.pk, post_number=post.number)
    asker.suspended_until = timezone.now() + timedelta(days=1)
    asker.save()
    record(Verb.MODERATED, actor_id=helper.pk, target_id=asker.pk)
    assert told() == [(asker.name, K.MODERATION)] * 2
    assert "ของฉันเอง" in queries.news(asker).lines[1].sentence


def test_the_suspended_the_closed_and_those_only_known_from_elsewhere_hear_nothing(asker, helper):
    suspended = make_person("ส", suspended_until=timezone.now() + timedelta(days=1))
    closed = make_person("ป", is_active=False)
    known = make_imported("น", email="n@u.example")
    make_community(by=asker)
    circle = make_community(by=asker, people=[suspended, closed, known, helper])
    make_post(by=asker, communities=[circle])
    assert told() == [(helper.name, K.CIRCLE)]


def test_what_was_brought_along_and_what_is_old_is_no_news(asker, helper):
    circle = make_community(by=asker, people=[helper])
    make_post(by=asker, communities=[circle], at=timezone.now() - timedelta(days=2))
    imported = make_post(by=asker, communities=[circle])
    Post.objects.filter(pk=imported.pk).update(source="mail:x", source_id="1")
    make_reply(Post.objects.get(pk=imported.pk), by=helper)
    assert told() == [(asker.name, K.REPLY)], "a new reply to an old entry is new"
    assert position_of(telling.READER) == last_position()


def test_a_deleted_post_is_passed_over(asker, helper):
    reply = make_reply(make_post(by=asker), by=helper)
    reply.delete()
    assert told() == []


# Who may not read is not told


@pytest.mark.parametrize("state", [State.HELD, State.HIDDEN, State.WITHDRAWN])
def test_what_is_not_shown_is_told_to_nobody(state, asker, helper):
    reply = make_reply(make_post(by=asker), by=helper)
    Post.objects.filter(pk=reply.pk).update(state=state)
    assert told() == []
    other = make_reply(make_post(by=asker), by=helper)
    Post.objects.filter(pk=other.root_id).update(state=state)
    assert told() == [], "nor what hangs below it"


def test_followers_and_named_ones_outside_a_closed_circle_hear_nothing(asker, helper, third):
    circle = make_community(by=asker, people=[helper], audience=Audience.MEMBERS)
    for name in ("person", "community"):
        target = {"person": asker, "community": circle}[name]
        Follow.objects.create(follower=third, followed_at=timezone.now(), **{name: target})
    post = make_post(by=asker, communities=[circle])
    Mention.objects.create(post=post, person=third)
    assert told() == [(helper.name, K.CIRCLE)]


def test_a_thread_that_closes_takes_its_news_along(asker, helper, third):
    open_circle = make_community(by=asker, people=[third])
    post = make_post("เปิดก่อน", by=asker, communities=[open_circle])
    Mention.objects.create(post=post, person=helper)
    told()
    reply = make_reply(post, by=third)
    Mention.objects.create(post=reply, person=helper)
    told()
    assert len(queries.news(helper).lines) == 1
    seats.change_community(open_circle, by=asker, name="ป", purpose="", audience=Audience.MEMBERS, stage="coalescing")
    assert queries.news(helper).lines == []
    assert len(queries.news(third).lines) == 1


def test_talk_below_a_hidden_entry_is_gone_with_its_title(asker, helper):
    post = make_post("ชื่อที่ซ่อน", by=asker)
    make_reply(post, by=helper)
    told()
    Post.objects.filter(pk=post.pk).update(state=State.HIDDEN)
    assert queries.news(asker).lines == []


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("is_placed", [True, False])
@pytest.mark.parametrize("state", list(State))
def test_readers_among_is_the_same_rule_as_visible_to(audience, is_placed, state, asker, helper, third):
    circle = make_community(by=helper, audience=audience)
    wish = make_person()
    Membership.objects.create(community=circle, person=wish, state=Membership.State.ASKING, joined_at=timezone.now())
    co_author, guest = make_person(), make_person()
    post = make_post(by=asker, communities=[circle] if is_placed else [], audience=audience)
    now = timezone.now()
    Authorship.objects.create(post=post, person=co_author, invited_at=now, accepted_at=now)
    Authorship.objects.create(post=post, person=guest, invited_at=now)
    Post.objects.filter(pk=post.pk).update(state=state)
    post.refresh_from_db()
    people = [asker, helper, third, wish, co_author, guest]
    seen = {one.pk for one in people if Post.objects.visible_to(one).filter(pk=post.pk).exists()}
    assert readers_among(post, [one.pk for one in people]) == seen


# The bell


def test_the_bell_rings_for_what_is_on_the_page_only(asker, helper):
    Setting.objects.create(person=asker, kind=K.REPLY, in_app=False, mail=Mail.DAILY)
    make_reply(make_post(by=asker), by=helper)
    assert told() == [(asker.name, K.REPLY)]
    assert not queries.has_new(asker)
    assert queries.news(asker).lines == []
    assert not Mailbox.objects.filter(has_new=True).exists()


def test_the_bell_costs_one_query_and_a_visitor_none(asker, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert not queries.has_new(asker)
    with django_assert_num_queries(0):
        assert not queries.has_new(AnonymousUser())


def test_a_large_circle_is_told_in_as_many_queries_as_a_small_one(asker):
    def queries_for(size: int) -> int:
        circle = make_community(by=asker, people=[make_person() for _ in range(size)])
        told()
        make_post(by=asker, communities=[circle])
        with CaptureQueriesContext(connection) as done:
            actions.take_in()
        assert Notification.objects.filter(community=circle).count() == size
        return len(done)

    assert queries_for(3) == queries_for(60)


def test_an_invitation_to_what_is_hidden_by_now_is_not_told(asker, helper):
    post = make_post("ชื่อที่ไม่ควรเห็น", by=asker)
    invite_authors(post, [helper], by=asker)
    actions.take_in()
    assert Notification.objects.visible_to(helper).get().kind == K.INVITED
    Post.objects.filter(pk=post.pk).update(state=State.HIDDEN)
    assert not Notification.objects.visible_to(helper).exists()
