"""Cards: kept by what they show, never by whom they are shown to."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.kit.fragments import FRAGMENTS
from lomwong.people.tests.factories import make_person
from lomwong.posts import actions, cards
from lomwong.posts.models import Kind, Post, State
from lomwong.posts.tests.factories import make_answer, make_post, make_question, make_reply

pytestmark = pytest.mark.django_db
ANONYMOUS = AnonymousUser()


def page_for(viewer, **options) -> cards.CardPage:
    request = RequestFactory().get("/")
    request.user = viewer
    return cards.page_of(request, **options)


def drawn(viewer, **options) -> str:
    return "".join(page_for(viewer, **options).cards)


def test_a_kept_card_names_no_circle_that_its_reader_may_not_know():
    member = make_person()
    closed = make_community("วงที่ปิดอยู่", by=member, audience=Audience.MEMBERS)
    opened = make_community("วงที่เปิดอยู่", by=member, audience=Audience.PUBLIC)
    make_post("ในสองวง", communities=[closed, opened], by=member)
    for viewer, knows in [(member, True), (ANONYMOUS, False), (make_person(), True), (ANONYMOUS, False)]:
        page = drawn(viewer)
        assert "ในสองวง" in page
        assert "วงที่เปิดอยู่" in page
        assert ("วงที่ปิดอยู่" in page) is knows


def test_a_circle_that_closes_is_gone_from_kept_cards_at_once():
    member, colleague = make_person(), make_person()
    circle = make_community(by=member)
    make_post("ในวง", communities=[circle], by=member)
    assert "ในวง" in drawn(colleague)
    circle.audience = Audience.MEMBERS
    circle.save()
    assert "ในวง" not in drawn(colleague)
    assert "ในวง" in drawn(member)


def test_a_card_that_is_kept_costs_two_queries(django_assert_num_queries):
    viewer = make_person()
    make_post(communities=[make_community()])
    assert drawn(viewer)
    with django_assert_num_queries(2):
        assert drawn(viewer)
    other = make_person()
    with django_assert_num_queries(2):  # whoever has drawn it
        assert drawn(other)


@pytest.mark.parametrize(
    "change",
    [
        lambda post: actions.edit_post(post, by=post.author, text="ใหม่หมด", title="ชื่อใหม่"),
        lambda post: make_reply(make_answer(post)),
        lambda post: make_answer(post),
        lambda post: actions.accept_answer(make_answer(post), by=post.author),
    ],
)
def test_whatever_a_card_shows_makes_it_new(change):
    viewer = make_person()
    post = make_question()
    before = drawn(viewer)
    change(post)
    assert drawn(viewer) != before


def test_a_hidden_answer_is_no_answer():
    viewer = make_person()
    answer = make_answer(make_question("ถาม"))
    assert page_for(viewer).posts[0].is_answered
    Post.objects.filter(pk=answer.pk).update(state=State.HIDDEN)
    assert not page_for(viewer).posts[0].is_answered


def test_each_language_has_its_own_cards():
    viewer = make_person()
    make_post(kind=Kind.QUESTION)
    with translation.override("th"):
        thai = drawn(viewer)
    with translation.override("en"):
        assert "No answer yet" in drawn(viewer)
    with translation.override("th"):
        assert drawn(viewer) == thai


def test_what_is_not_shown_has_no_card():
    viewer = make_person()
    for state in State:
        Post.objects.filter(pk=make_post(f"เรื่อง {state.value}").pk).update(state=state)
    assert [post.title for post in page_for(viewer).posts] == ["เรื่อง shown"]


@pytest.mark.parametrize("is_signed_in", [True, False])
@pytest.mark.parametrize("is_kept", [True, False])
def test_every_list_takes_the_same_queries_for_one_and_thirty(
    client, is_signed_in, is_kept, django_assert_max_num_queries
):
    me = make_person()
    circle = make_community(by=me, audience=Audience.PUBLIC)

    def fill(count: int):
        for _ in range(count):
            make_post(by=me, communities=[circle], tags=["ป้าย"], kind=Kind.QUESTION)
            make_post(by=me, tags=["ป้าย"], audience=Audience.PUBLIC)

    def count(path: str) -> int:
        if is_kept:
            client.get(path)
        FRAGMENTS._kept = type(FRAGMENTS._kept)(
            (key, piece) for key, piece in FRAGMENTS._kept.items() if is_kept and key[0] != "page"
        )
        with django_assert_max_num_queries(99) as counted:
            assert client.get(path).status_code == 200
        return len(counted)

    if is_signed_in:
        client.force_login(me)
        client.get("/")  # the first visit is noted
    fill(1)
    FRAGMENTS.clear()  # it may hold that no question waits
    paths = ["/", "/?show=all", "/?show=following", circle.get_absolute_url()]
    paths += [reverse(f"posts:{name}") for name in ("yard", "questions")]
    paths += [reverse("posts:tag", args=["ป้าย"])]
    paths += [reverse("posts:by", args=[me.pk])] if is_signed_in else []
    before = {path: count(path) for path in paths}
    fill(14)
    assert {path: count(path) for path in paths} == before
