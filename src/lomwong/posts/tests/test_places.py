"""The condition in SQL says the same as the circles do."""

from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef
from django.utils import timezone

from lomwong.communities import actions as circles
from lomwong.communities.models import Audience, Community
from lomwong.communities.tests.factories import make_community
from lomwong.kit.exists import ExistsSql, marks
from lomwong.people.tests.factories import make_person
from lomwong.posts.models import Authorship, Placement, Post
from lomwong.posts.models.places import lies_where_reads, writes_along
from lomwong.posts.tests.factories import make_post

pytestmark = pytest.mark.django_db


def house() -> list:
    """Posts in every mixture of circles; viewers with and without seats, one who only asks for one."""
    host, member, asking = make_person(), make_person(), make_person()
    made = [make_community(by=host, people=[member], audience=audience) for audience in Audience]
    other = make_community(by=host, audience=Audience.MEMBERS)
    circles.ask_to_sit(made[-1], person=asking)
    for size in (1, 2):
        for chosen in product([*made, other], repeat=size):
            make_post(communities=sorted(set(chosen), key=lambda circle: circle.pk))
    make_post()
    return [AnonymousUser(), host, member, asking, make_person()]


def test_where_one_reads_is_where_the_circles_say_one_reads():
    for viewer in house():
        readable = Community.objects.readable_by(viewer)
        placed = Exists(Placement.objects.filter(post=OuterRef("pk"), community__in=readable))
        said = set(Post.objects.filter(lies_where_reads(viewer)))
        assert said == set(Post.objects.filter(placed))
        assert set(Post.objects.exclude(lies_where_reads(viewer))) == set(
            Post.objects.exclude(pk__in=[post.pk for post in said])
        )
        nested = Placement.objects.filter(post__in=Post.objects.filter(lies_where_reads(viewer)))
        assert set(nested.values_list("post", flat=True)) == {post.pk for post in said}


def test_only_who_has_said_yes_writes_along():
    yes, asked, now = make_person(), make_person(), timezone.now()
    post = make_post()
    Authorship.objects.create(post=post, person=yes, invited_at=now, accepted_at=now)
    Authorship.objects.create(post=post, person=asked, invited_at=now)
    assert list(Post.objects.filter(writes_along(yes))) == [post]
    assert not Post.objects.filter(writes_along(asked)).exists()


def test_an_empty_list_finds_nothing():
    make_post(communities=[make_community()])
    sql = f"SELECT 1 FROM posts_placement p WHERE p.post_id = {{0}} AND p.community_id IN ({marks([])})"
    assert not Post.objects.filter(ExistsSql(sql, "pk")).exists()
    assert Post.objects.exclude(ExistsSql(sql, "pk")).exists()
