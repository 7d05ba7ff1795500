"""Who may read a post: audiences × viewers × how it lies in circles."""

import pytest
from django.contrib.auth.models import AnonymousUser

from lomwong.communities import actions as circles
from lomwong.communities.models import Audience, Stage
from lomwong.communities.tests.factories import make_community
from lomwong.people.models import OPERATOR
from lomwong.people.tests.factories import make_person
from lomwong.posts import rules
from lomwong.posts.actions import edit_post
from lomwong.posts.models import Post
from lomwong.posts.tests.factories import make_answer, make_post, make_question, make_reply

pytestmark = pytest.mark.django_db

PUBLIC, ORGANISATION, MEMBERS = Audience.PUBLIC, Audience.ORGANISATION, Audience.MEMBERS
EVERYBODY = {"anonymous", "outsider", "asking", "member", "author", "operator"}
COLLEAGUES = EVERYBODY - {"anonymous"}
INSIDE = {"member", "author", "operator"}


def viewers(community, author):
    asking, member = make_person(), make_person()
    if community.audience == MEMBERS:
        circles.ask_to_sit(community, person=asking)
    circles.sit_down(community, person=member)
    return {
        "anonymous": AnonymousUser(),
        "outsider": make_person(),
        "asking": asking,
        "member": member,
        "author": author,
        "operator": OPERATOR,
    }


@pytest.mark.parametrize("who", sorted(EVERYBODY))
@pytest.mark.parametrize(("audience", "readers"), [(PUBLIC, EVERYBODY), (ORGANISATION, COLLEAGUES), (MEMBERS, INSIDE)])
def test_a_circle_decides_who_reads_the_thread_and_its_replies(audience, readers, who):
    author = make_person()
    community = make_community(by=author, audience=audience)
    viewer = viewers(community, author)[who]
    question = make_question(by=author, communities=[community])
    answer = make_answer(question)
    comment = make_reply(answer)
    visible = set(Post.objects.visible_to(viewer))
    assert visible == ({question, answer, comment} if who in readers else set())


@pytest.mark.parametrize("who", sorted(EVERYBODY))
@pytest.mark.parametrize(("audience", "readers"), [(PUBLIC, EVERYBODY), (ORGANISATION, COLLEAGUES)])
def test_outside_circles_its_own_audience_decides(audience, readers, who):
    author = make_person()
    viewer = viewers(make_community(audience=MEMBERS), author)[who]
    post = make_post(by=author, audience=audience)
    reply = make_reply(post)
    assert set(Post.objects.visible_to(viewer)) == ({post, reply} if who in readers else set())


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_in_two_circles_the_wider_one_decides(who):
    author = make_person()
    inner = make_community(by=author, audience=MEMBERS)
    post = make_post(by=author, communities=[inner, make_community(audience=ORGANISATION)])
    viewer = viewers(inner, author)[who]
    assert Post.objects.visible_to(viewer).filter(pk=post.pk).exists() is (who in COLLEAGUES)
    assert Post.objects.visible_to(viewer).count() <= 1  # never twice, for lying in two


def test_getting_up_ends_reading_at_once_but_for_ones_own_words():
    host, member = make_person(), make_person()
    community = make_community(by=host, audience=MEMBERS, people=[member])
    theirs = make_post(by=host, communities=[community])
    own = make_post(by=member, communities=[community])
    assert set(Post.objects.visible_to(member)) == {theirs, own}
    circles.get_up(community, person=member)
    assert set(Post.objects.visible_to(member)) == {own}


@pytest.mark.parametrize(
    ("audience", "outsider_reads", "anonymous_reads"),
    [(PUBLIC, True, True), (ORGANISATION, True, False), (MEMBERS, False, False)],
)
def test_a_change_of_the_circle_counts_at_once_for_old_posts(audience, outsider_reads, anonymous_reads):
    host = make_person()
    community = make_community(by=host, audience=ORGANISATION)
    post = make_post(by=host, communities=[community])
    reply = make_reply(post)
    circles.change_community(
        community, by=host, name=community.name, purpose="", audience=audience, stage=Stage.MATURING
    )
    for found in (post, reply):
        assert (found in Post.objects.visible_to(make_person())) is outsider_reads
        assert (found in Post.objects.visible_to(AnonymousUser())) is anonymous_reads


def test_words_of_a_withdrawn_author_stay_where_they_lie():
    author = make_person()
    community = make_community(audience=MEMBERS)
    post, inside = make_post(by=author), make_post(by=author, communities=[community])
    author.delete()
    assert set(Post.objects.visible_to(make_person())) == {post}
    post.refresh_from_db()
    assert post.author is None
    assert inside in Post.objects.visible_to(OPERATOR)


def test_nobody_is_the_author_of_words_without_author():
    author = make_person()
    post = make_post(by=author, audience=PUBLIC)
    author.delete()
    post.refresh_from_db()
    assert not rules.can_edit_post(AnonymousUser(), post)
    assert not rules.can_edit_post(OPERATOR, post)


def test_a_closed_circle_that_vanishes_opens_nothing():
    author = make_person()
    community = make_community(audience=MEMBERS)
    post = make_post(by=author, communities=[community])
    community.delete()
    assert set(Post.objects.visible_to(author)) == {post}
    assert not Post.objects.visible_to(make_person()).exists()


def test_others_words_from_a_circle_that_vanished_are_opened_to_nobody():
    community = make_community(audience=MEMBERS)
    post = make_post(communities=[community])
    make_reply(post)
    community.delete()
    post.refresh_from_db()
    assert not rules.can_move_thread(post, communities=[], audience=ORGANISATION)
    assert not rules.can_move_thread(post, communities=[make_community(audience=MEMBERS)], audience=ORGANISATION)


# Moving between circles


def test_a_thread_moves_as_one():
    author = make_person()
    inner, open_circle = make_community(by=author, audience=MEMBERS), make_community(by=author, audience=PUBLIC)
    post = make_post(by=author, communities=[open_circle])
    replies = [make_reply(post), make_reply(make_reply(post))]
    edit_post(post, by=author, text="x", title="y", communities=[inner], audience=ORGANISATION)
    for found in Post.objects.filter(pk__in=[post.pk, *(reply.pk for reply in replies)]):
        assert list(found.communities.all()) == [inner]
        assert found.audience is None
        assert found not in Post.objects.visible_to(make_person())


def test_out_of_all_circles_its_audience_comes_back():
    author = make_person()
    post = make_post(by=author, communities=[make_community(by=author)])
    reply = make_reply(post, by=author)
    edit_post(post, by=author, text="x", title="y", communities=[], audience=PUBLIC)
    assert set(Post.objects.visible_to(AnonymousUser())) == {post, reply}


def test_a_later_reply_lies_where_the_thread_lies_now():
    author = make_person()
    inner = make_community(by=author, audience=MEMBERS)
    post = make_post(by=author, audience=PUBLIC)
    known_before = Post.objects.get(pk=post.pk)
    edit_post(post, by=author, text="x", title="y", communities=[inner])
    late = make_reply(known_before, by=author)  # the page was open since before the move
    assert late not in Post.objects.visible_to(make_person())
    assert late in Post.objects.visible_to(author)


@pytest.mark.parametrize(
    ("now", "then", "is_wider"),
    [
        ("members", "organisation", True),
        ("members", "public", True),
        ("members", "nowhere", True),
        ("members", "members", False),
        ("members", "other", True),
        ("members", "members+other", True),
        ("members+other", "members", False),
        ("organisation", "members", False),
        ("organisation", "other", False),
        ("organisation", "organisation", False),
        ("organisation", "nowhere", False),
        ("organisation", "public", True),
        ("nowhere", "organisation", False),
        ("nowhere", "public", True),
        ("nowhere", "members", False),
        ("public", "nowhere", False),
        ("public", "members", False),
        ("members+organisation", "members", False),
        ("members", "members+organisation", True),
    ],
)
def test_others_words_are_never_opened_to_more(now, then, is_wider):
    author = make_person()
    places = {
        "members": make_community(by=author, audience=MEMBERS),
        "other": make_community(by=author, audience=MEMBERS),
        "organisation": make_community(by=author, audience=ORGANISATION),
        "public": make_community(by=author, audience=PUBLIC),
    }

    def lie(words):
        return [places[word] for word in words.split("+") if word in places]

    post = make_post(by=author, communities=lie(now))
    make_reply(post, by=author)
    assert rules.can_move_thread(post, communities=lie(then), audience=ORGANISATION)  # one's own words only
    make_reply(post, by=make_person())
    assert rules.can_move_thread(post, communities=lie(then), audience=ORGANISATION) is not is_wider


def test_the_public_is_wider_than_the_house_without_any_circle():
    post = make_post(by=make_person())
    make_reply(post)
    assert not rules.can_move_thread(post, communities=[], audience=PUBLIC)
    assert rules.can_move_thread(post, communities=[], audience=ORGANISATION)


def test_words_of_a_withdrawn_colleague_count_as_others():
    post, colleague = make_post(by=make_person()), make_person()
    make_reply(post, by=colleague)
    colleague.delete()
    assert not rules.can_move_thread(post, communities=[], audience=PUBLIC)
