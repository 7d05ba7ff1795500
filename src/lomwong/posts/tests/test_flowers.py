"""Flowers: thanks, with a word if one likes; counted, never ranked."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lomwong.activity.models import Event, Verb
from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.people.tests.factories import make_person, make_unit
from lomwong.posts.models import Authorship, Flower, Post, State
from lomwong.posts.tests.factories import make_post, make_reply
from lomwong.posts.warmth.actions import give_flower, take_back_flower
from lomwong.posts.warmth.rules import can_give_flower

pytestmark = pytest.mark.django_db

SECRET = "คำลับไปกับดอกไม้"
HX = {"HX-Request": "true"}


def count_of(post: Post) -> int:
    return Post.objects.get(pk=post.pk).flower_count


def test_a_flower_is_given_once_counted_and_told_to_the_author():
    author, giver = make_person(), make_person()
    post = make_post(by=author)
    version = post.version
    give_flower(post, by=giver, word="ได้ใช้จริง")
    give_flower(post, by=giver)
    assert count_of(post) == 1
    assert Flower.objects.get().word == "ได้ใช้จริง"
    assert Post.objects.get(pk=post.pk).version == version + 1
    events = Event.objects.filter(verb=Verb.THANKED).values_list("actor_id", "target_id", "post_number")
    assert list(events) == [(giver.pk, author.pk, post.pk)]
    give_flower(post, by=giver, word="ขอแก้คำ")
    assert Flower.objects.get().word == "ขอแก้คำ"


def test_taken_back_and_given_again_it_is_told_once():
    giver, post = make_person(), make_post()
    for _ in range(3):
        give_flower(post, by=giver)
        assert count_of(post) == 1
        take_back_flower(post, by=giver)
        take_back_flower(post, by=giver)
        assert count_of(post) == 0
    assert Event.objects.filter(verb=Verb.THANKED).count() == 1


def test_nobody_thanks_themselves(client):
    author, along = make_person(), make_person()
    post = make_post(by=author)
    Authorship.objects.create(post=post, person=along, invited_at=post.created_at, accepted_at=post.created_at)
    assert not can_give_flower(author, post)
    assert not can_give_flower(along, post)
    assert can_give_flower(make_person(), post)
    client.force_login(author)
    assert client.post(reverse("posts:flower_give", args=[post.pk])).status_code == 403
    assert count_of(post) == 0


def test_what_is_not_shown_gets_no_flower():
    post = make_post()
    post.state = State.WITHDRAWN
    assert not can_give_flower(make_person(), post)


def test_words_without_an_author_can_be_thanked_for():
    author = make_person()
    post = make_post(by=author)
    Post.objects.filter(pk=post.pk).update(author=None)
    give_flower(Post.objects.get(pk=post.pk), by=make_person())
    assert count_of(post) == 1
    assert not Event.objects.filter(verb=Verb.THANKED).exists()


def test_giving_works_without_a_script(client):
    me, post = make_person(), make_post()
    reply = make_reply(post)
    client.force_login(me)
    response = client.post(reverse("posts:flower_give", args=[reply.pk]))
    assert response["Location"] == f"{post.get_absolute_url()}#p{reply.pk}"
    assert 'aria-pressed="true"' in client.get(post.get_absolute_url()).content.decode()
    client.post(reverse("posts:flower_take_back", args=[reply.pk]))
    assert 'aria-pressed="true"' not in client.get(post.get_absolute_url()).content.decode()


def test_the_word_of_this_flower_goes_along_and_no_other(client):
    post = make_post()
    reply = make_reply(post)
    client.force_login(make_person())
    client.post(reverse("posts:flower_give", args=[reply.pk]), {f"word-{post.pk}": "สำหรับเรื่อง"})
    client.post(reverse("posts:flower_give", args=[post.pk]), {f"word-{post.pk}": "สำหรับเรื่อง"})
    assert dict(Flower.objects.values_list("post_id", "word")) == {reply.pk: "", post.pk: "สำหรับเรื่อง"}


def test_a_word_that_is_too_long_does_not_keep_the_flower_back(client):
    post = make_post()
    client.force_login(make_person())
    client.post(reverse("posts:flower_give", args=[post.pk]), {"word": "ก" * 201})
    assert Flower.objects.get().word == ""


@pytest.mark.parametrize("is_first", [True, False])
def test_what_is_laid_into_the_page_is_what_a_reload_shows(client, is_first):
    post = make_post()
    thanked = post if is_first else make_reply(post)
    client.force_login(make_person("ผู้ให้"))
    for name in ("flower_give", "flower_take_back"):
        response = client.post(reverse(f"posts:{name}", args=[thanked.pk]), headers=HX).content.decode()
        part = response.partition(">")[2].rpartition("</hx-partial>")[0].strip()
        page = client.get(post.get_absolute_url()).content.decode()
        assert part
        assert part in page


def test_who_gave_flowers_is_for_colleagues_who_may_read_the_post(client):
    member = make_person()
    inner = make_community(by=member, audience=Audience.MEMBERS)
    closed, house = make_post(by=make_person(), communities=[inner]), make_post()
    for post in (closed, house):
        give_flower(post, by=member, word=SECRET)
    closed_url, house_url = (reverse("posts:flowers", args=[post.pk]) for post in (closed, house))
    assert client.get(house_url).status_code == 302
    client.force_login(make_person())
    assert client.get(closed_url).status_code == 404
    assert client.post(reverse("posts:flower_give", args=[closed.pk])).status_code == 404
    assert SECRET in client.get(house_url).content.decode()
    client.force_login(member)
    assert SECRET in client.get(closed_url).content.decode()


def test_query_count_of_the_list_does_not_grow(client):
    post = make_post()
    client.force_login(make_person())

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("posts:flowers", args=[post.pk])).status_code == 200
        return len(captured)

    give_flower(post, by=make_person(unit=make_unit()))
    one = queries()
    for _ in range(29):
        give_flower(post, by=make_person(unit=make_unit()), word="ขอบคุณ")
    assert queries() == one


def test_names_stand_by_time_the_last_first(client):
    post = make_post()
    for name in ("แรก", "สอง", "สาม"):
        give_flower(post, by=make_person(name))
    client.force_login(make_person())
    page = client.get(post.get_absolute_url()).content.decode()
    assert "สาม, สอง และอีก 1 คนขอบคุณเรื่องนี้" in page
