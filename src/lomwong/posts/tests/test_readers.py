"""Unique readers: counted about right, and nobody can be read back."""

import os
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import BinaryField
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.people.tests.factories import make_person
from lomwong.posts.models import Authorship, Post, ReaderSalt, ReaderSketch
from lomwong.posts.tests.factories import make_post, make_reply
from lomwong.posts.warmth import sketch
from lomwong.posts.warmth.readers import count_reader, forget_readers, is_robot, period_of

BROWSER = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"
ROBOTS = [
    "", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://google.com/bot.html)", "curl/8.5.0", "python-requests/2.32",
    "facebookexternalhit/1.1", "Mozilla/5.0 (compatible; bingbot/2.0)", "Slackbot-LinkExpanding 1.0", "Wget/1.21",
    "Mozilla/5.0 HeadlessChrome/130.0", "line-poker/1.0 preview", "Go-http-client/2.0", "okhttp/4.12",
]  # fmt: skip


def read(post: Post, *, person=None, agent: str = BROWSER, address: str = "10.0.0.1", **headers: str) -> int:
    client = Client(REMOTE_ADDR=address)
    if person:
        client.force_login(person)
    response = client.post(reverse("posts:read", args=[post.pk]), headers={"user-agent": agent, **headers})
    assert person or not response.cookies
    return response.status_code


def readers_of(post: Post) -> int:
    return Post.objects.get(pk=post.pk).reader_count


@pytest.mark.parametrize("people", [0, 1, 2, 10, 87, 500, 1000, 3000])
def test_the_count_is_right_within_three_in_a_hundred(people):
    worst = 0.0
    for _ in range(20):
        bits = sketch.EMPTY
        for _ in range(people):
            bits = sketch.with_bit(bits, os.urandom(8))
        worst = max(worst, abs(sketch.count(bits) - people))
    assert worst <= max(1 if people < 100 else 0, 0.035 * people)
    averaged = [sketch.count(filled(people)) for _ in range(10)]
    assert abs(sum(averaged) / 10 - people) <= max(0.5, 0.015 * people)


def filled(people: int) -> bytes:
    bits = sketch.EMPTY
    for _ in range(people):
        bits = sketch.with_bit(bits, os.urandom(8))
    return bits


def test_a_full_field_is_still_a_number():
    assert sketch.count(b"\xff" * len(sketch.EMPTY)) > 50_000


@pytest.mark.django_db
def test_a_person_counts_once_and_authors_do_not():
    author, along, reader = make_person(), make_person(), make_person()
    post = make_post(by=author, audience=Audience.PUBLIC)
    Authorship.objects.create(post=post, person=along, invited_at=post.created_at, accepted_at=post.created_at)
    for person in (author, along, reader, reader):
        read(post, person=person)
    assert readers_of(post) == 1
    read(post)
    read(post)
    read(post, address="10.0.0.2")
    assert readers_of(post) == 3


@pytest.mark.django_db
@pytest.mark.parametrize("agent", ROBOTS)
def test_robots_do_not_count(agent):
    post = make_post(audience=Audience.PUBLIC)
    read(post, agent=agent)
    assert readers_of(post) == 0
    assert is_robot(agent)


@pytest.mark.django_db
def test_a_picture_counts_where_no_script_runs():
    post = make_post(audience=Audience.PUBLIC)
    response = Client(REMOTE_ADDR="10.0.0.9").get(
        reverse("posts:read", args=[post.pk]), headers={"user-agent": BROWSER, "sec-fetch-site": "same-origin"}
    )
    assert response["Content-Type"] == "image/gif"
    assert response["Cache-Control"] == "no-store"
    assert readers_of(post) == 1


@pytest.mark.django_db
def test_no_page_of_others_drives_the_number_up():
    post = make_post(audience=Audience.PUBLIC)
    read(post, **{"sec-fetch-site": "cross-site"})
    assert readers_of(post) == 0
    for number in range(500):
        read(post, agent=f"{BROWSER} {number}")
    assert readers_of(post) <= 33


@pytest.mark.django_db
def test_only_what_one_may_read_counts_and_replies_have_no_readers():
    post = make_post(communities=[make_community(audience=Audience.MEMBERS)])
    assert read(post, person=make_person()) == 404
    assert read(make_reply(make_post(audience=Audience.PUBLIC))) == 404
    assert not ReaderSketch.objects.exists()


@pytest.mark.django_db
def test_the_page_shows_the_number_without_being_made_anew():
    post = make_post(audience=Audience.PUBLIC)
    visitor = Client()
    assert "คน ไม่นับผู้เขียน" not in visitor.get(post.get_absolute_url()).content.decode()
    version = Post.objects.get(pk=post.pk).version
    for number in range(3):
        read(post, address=f"10.0.1.{number}")
    assert "3 คน ไม่นับผู้เขียน" in visitor.get(post.get_absolute_url()).content.decode()
    assert Post.objects.get(pk=post.pk).version == version


# Nobody can be read back


@pytest.mark.django_db
def test_nothing_is_stored_but_bits_and_a_salt_that_goes():
    reader = make_person()
    post = make_post(audience=Audience.PUBLIC)
    before = {model: model.objects.count() for model in apps.get_models()}
    read(post, person=reader)
    read(post, address="10.20.30.40")
    grown = {model for model, count in before.items() if model.objects.count() != count}
    grown.discard(apps.get_model("sessions", "Session"))  # of the one who is signed in
    grown.discard(apps.get_model("usersessions", "UserSession"))
    assert grown == {ReaderSalt, ReaderSketch}
    names = {field.name for field in ReaderSketch._meta.get_fields()}
    assert names == {"post", "starts_on", "bits", "counted_before"}
    stored = bytes(ReaderSketch.objects.get().bits)
    assert len(stored) == sketch.BITS // 8
    assert int.from_bytes(stored, "big").bit_count() == 2
    assert isinstance(ReaderSketch._meta.get_field("bits"), BinaryField)


@pytest.mark.django_db
def test_two_readers_may_share_a_bit_and_one_reader_has_another_in_every_post_and_week():
    posts = [make_post(audience=Audience.PUBLIC) for _ in range(3)]
    for post in posts:
        count_reader(post, "person 7")
    assert len({bytes(each.bits) for each in ReaderSketch.objects.all()}) == 3
    first = bytes(ReaderSketch.objects.get(post=posts[0]).bits)
    ReaderSketch.objects.all().delete()
    ReaderSalt.objects.all().delete()
    count_reader(posts[0], "person 7")
    assert bytes(ReaderSketch.objects.get(post=posts[0]).bits) != first


@pytest.mark.django_db
def test_when_the_week_ends_only_the_number_stays():
    post = make_post(audience=Audience.PUBLIC)
    for number in range(5):
        read(post, address=f"10.0.2.{number}")
    last_week = period_of(timezone.localdate()) - timedelta(days=7)
    ReaderSketch.objects.update(starts_on=last_week)
    ReaderSalt.objects.update(starts_on=last_week)
    forget_readers()
    assert not ReaderSketch.objects.exists()
    assert not ReaderSalt.objects.exists()
    assert readers_of(post) == 5
    read(post, address="10.0.2.1")
    assert readers_of(post) == 6
    forget_readers()
    assert ReaderSketch.objects.count() == ReaderSalt.objects.count() == 1


@pytest.mark.django_db
def test_a_week_that_nobody_cleared_away_is_not_counted_on():
    post = make_post(audience=Audience.PUBLIC)
    read(post)
    ReaderSketch.objects.update(starts_on=period_of(timezone.localdate()) - timedelta(days=7))
    read(post)
    assert readers_of(post) == 2
    assert ReaderSketch.objects.get().counted_before == 1


@pytest.mark.django_db
def test_reading_again_writes_nothing(django_assert_num_queries):
    post = make_post(audience=Audience.PUBLIC)
    count_reader(post, "x")
    with django_assert_num_queries(2) as captured:
        count_reader(post, "x")
    assert all(query["sql"].startswith("SELECT") for query in captured.captured_queries)
    assert connection.vendor
