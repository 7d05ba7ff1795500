"""What is shown of thanks, readers and following, and what is left out."""

import pytest
from django.template import engines
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone, translation

from lomwong.people.tests.factories import make_person
from lomwong.posts import cards
from lomwong.posts.models import Blog, Follow, Kind, Post, Series
from lomwong.posts.tests.factories import make_answer, make_post, make_question
from lomwong.posts.warmth.actions import give_flower, take_back_flower

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def thai():
    with translation.override("th"):
        yield


def drawn(viewer) -> str:
    request = RequestFactory().get("/")
    request.user = viewer
    return "".join(cards.page_of(request).cards)


@pytest.mark.parametrize("make", [make_post, make_question, lambda: make_post(kind=Kind.JOURNAL)])
def test_a_card_says_that_somebody_thanked_and_nothing_of_none(make):
    viewer, giver, post = make_person(), make_person("ผู้ให้ ดอกไม้"), make()
    assert "ดอก" not in drawn(viewer)
    give_flower(post, by=giver)
    give_flower(post, by=viewer)
    assert "2 ดอก" in drawn(viewer)
    take_back_flower(post, by=viewer)
    assert "1 ดอก" in drawn(viewer)
    assert "ผู้ให้" not in drawn(viewer)  # who it was stands with the entry, for colleagues
    take_back_flower(post, by=giver)
    assert "ดอก" not in drawn(viewer)


def test_an_answered_question_shows_thanks_too():
    question = make_question()
    make_answer(question)
    give_flower(question, by=make_person())
    assert "1 ดอก" in drawn(make_person())


def test_flowers_never_change_the_order_and_cost_no_query(django_assert_num_queries):
    first, last = make_post("เรื่องก่อน"), make_post("เรื่องหลัง")
    for _ in range(3):
        give_flower(first, by=make_person())
    viewer = make_person()
    page = drawn(viewer)
    assert page.index(last.title) < page.index(first.title)
    with django_assert_num_queries(2):
        assert "3 ดอก" in drawn(viewer)


def test_nobody_has_read_it_is_not_said(client):
    post = make_post(by=make_person())
    client.force_login(make_person())
    page = client.get(post.get_absolute_url()).content.decode()
    assert "เราไม่เก็บ" not in page
    Post.objects.filter(pk=post.number).update(reader_count=1)
    after = client.get(post.get_absolute_url()).content.decode()
    assert "<dt>" in after
    assert after.count("<dt>") == page.count("<dt>") + 1


# Following


def buttons(viewer, thing) -> str:
    request = RequestFactory().get("/")
    request.user = viewer
    template = engines["django"].from_string("{% load following %}{% follow_button thing %}")
    return template.render({"thing": thing}, request)


def test_nobody_follows_what_is_their_own():
    me, other, now = make_person(), make_person(), timezone.now()
    blog = Blog.objects.create(owner=me, name="บล็อก", slug="b", created_at=now)
    for thing in (blog, Series.objects.create(owner=me, name="ชุด", created_at=now)):
        kind = type(thing).__name__.lower()
        own, others = buttons(me, thing), buttons(other, thing)
        follow, put = reverse("posts:follow", args=[kind, thing.pk]), reverse("posts:planet_put", args=[kind, thing.pk])
        assert follow not in own
        assert put in own
        assert follow in others
        assert put in others
    assert buttons(me, me).strip() == ""
    assert reverse("posts:follow", args=["person", me.pk]) in buttons(other, me)
    assert not Follow.objects.exists()
