"""Private addresses: they open what their owner may read now, and nothing once they are revoked."""

import logging

import pytest
from django.urls import reverse
from django.utils import timezone

from lomwong.communities import actions as circles
from lomwong.communities.models import Audience, Membership
from lomwong.communities.tests.factories import make_community
from lomwong.feeds import actions
from lomwong.feeds.models import FeedKey
from lomwong.feeds.secrecy import HideKeys
from lomwong.feeds.tests.reading import read_json, titles
from lomwong.people.tests.factories import make_person
from lomwong.posts.models import Follow, Planet, PlanetKeeper, PlanetSource, Post, State, Tag
from lomwong.posts.tests.factories import make_post

pytestmark = pytest.mark.django_db


def make_key(person) -> FeedKey:
    made = actions.make_feed_key(person)
    assert made
    return made


def address(key: FeedKey | str, *place: object, form: str = "atom") -> str:
    return reverse("feeds:private_feed", args=[key.key if isinstance(key, FeedKey) else key, form, *place])


def test_all_that_the_owner_may_read(client):
    person = make_person()
    mine = make_community(audience=Audience.MEMBERS, people=[person])
    other = make_community(audience=Audience.MEMBERS)
    make_post("ในวงของฉัน", communities=[mine])
    make_post("ในวงอื่น", communities=[other])
    make_post("ในองค์กร")
    hidden = make_post("ซ่อนแล้ว")
    Post.objects.filter(pk=hidden.pk).update(state=State.HIDDEN)
    response = client.get(address(make_key(person)))
    assert titles(response.content) == ["ในองค์กร", "ในวงของฉัน"]
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies


def test_circle_tag_planet_following(client):
    person = make_person()
    mine, other = (make_community(audience=Audience.MEMBERS) for _ in "12")
    circles.sit_down(mine, person=person)
    make_post("ในวงของฉัน", communities=[mine], tags=["ยา"])
    make_post("ในวงอื่น", communities=[other], tags=["ยา"])
    planet = Planet.objects.create(name="p", slug="p", audience=Audience.MEMBERS, created_at=timezone.now())
    PlanetKeeper.objects.create(planet=planet, person=person, since=timezone.now())
    for circle in (mine, other):
        PlanetSource.objects.create(planet=planet, community=circle)
    Follow.objects.create(follower=person, tag=Tag.objects.get(), followed_at=timezone.now())
    make_post("ไม่ได้ติดตาม")
    key = make_key(person)
    for place in [("circles", mine.slug), ("tags", "ยา"), ("planets", "p"), ("following",)]:
        assert titles(client.get(address(key, *place)).content) == ["ในวงของฉัน"], place
    assert client.get(address(key, "circles", other.slug)).status_code == 404
    assert client.get(address(make_key(make_person()), "planets", "p")).status_code == 404
    assert client.get(address(make_key(make_person()), "tags", "ยา")).status_code == 404


def test_what_the_owner_may_read_is_asked_each_time(client):
    person = make_person()
    circle = make_community(audience=Audience.MEMBERS, people=[person])
    make_post("ในวง", communities=[circle])
    key = make_key(person)
    assert titles(client.get(address(key, "circles", circle.slug)).content) == ["ในวง"]
    Membership.objects.filter(person=person).delete()
    assert client.get(address(key, "circles", circle.slug)).status_code == 404
    assert titles(client.get(address(key)).content) == []


def test_who_is_signed_in_does_not_matter(client):
    """A reader's cookie must not widen somebody else's address."""
    circle = make_community(audience=Audience.MEMBERS)
    make_post("ในวง", communities=[circle])
    client.force_login(Membership.objects.get(community=circle).person)
    assert titles(client.get(address(make_key(make_person()))).content) == []


@pytest.mark.parametrize("end", ["revoked", "left", "suspended"])
def test_an_end(client, end):
    person = make_person()
    key = make_key(person)
    assert client.get(address(key)).status_code == 200
    if end == "revoked":
        client.force_login(person)
        client.post(reverse("feeds:feed_key_revoke", args=[key.pk]))
    elif end == "left":
        person.is_active = False
        person.save()
    else:
        person.suspended_until = timezone.now() + timezone.timedelta(days=1)
        person.save()
    assert client.get(address(key)).status_code == 404


def test_a_guess_opens_nothing(client):
    key = make_key(make_person())
    for guess in (key.name, key.name + "0" * 40, key.key[:-1] + ("0" if key.key[-1] != "0" else "1"), "x", "0" * 60):
        assert client.get(address(guess)).status_code == 404


def test_the_database_alone_opens_nothing():
    """Only a part of the key is kept; the rest comes from the secret of the house."""
    key = make_key(make_person())
    kept = [str(value) for value in FeedKey.objects.values_list().get()]
    assert len(key.key) >= 60
    assert not any(key.key in value for value in kept)


def test_the_key_stands_nowhere_in_what_it_opens(client):
    person = make_person()
    circle = make_community(audience=Audience.MEMBERS, people=[person])
    make_post("ในวง", communities=[circle])
    key = make_key(person)
    for form in ("atom", "json"):
        assert key.name not in client.get(address(key, form=form)).content.decode()
    read_json(client.get(address(key, form="json")).content)


def test_no_key_in_the_log(client, caplog):
    """A circle that is not there, asked for with a key that is good, is logged as any other missing page."""
    key = make_key(make_person())
    caplog.handler.addFilter(HideKeys())
    with caplog.at_level(logging.WARNING):
        client.get(address(key, "circles", "ไม่มี"))
        logging.getLogger("x").warning("at %s", address(key))
        try:
            raise ValueError(address(key))
        except ValueError:
            logging.getLogger("x").exception("oh")
    text = caplog.text
    assert "/feeds/private/…" in text
    assert key.key not in text
    assert key.name not in text


def test_the_console_hides_keys(settings):
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["hide_keys"]


def test_the_day_of_use_is_noted_and_nothing_more(client, django_assert_num_queries):
    key = make_key(make_person())
    client.get(address(key))
    assert FeedKey.objects.get().last_used_date == timezone.localdate()
    with django_assert_num_queries(2):
        client.get(address(key))


def test_one_has_a_few(client):
    person = make_person()
    client.force_login(person)
    for number in range(actions.MOST_KEYS + 2):
        client.post(reverse("feeds:feed_key_new"), {"label": f"เครื่อง {number}"})
    assert FeedKey.objects.filter(person=person).count() == actions.MOST_KEYS


def test_the_page_shows_ones_own(client):
    person = make_person()
    circle = make_community("วงพัสดุ", people=[person])
    own, other = make_key(person), make_key(make_person())
    client.force_login(person)
    response = client.get(reverse("feeds:feed_keys"))
    page = response.content.decode()
    assert address(own, "circles", circle.slug) in page
    assert address(own, "following") in page
    assert other.name not in page
    assert response["Cache-Control"] == "private, no-store"
    assert client.post(reverse("feeds:feed_key_revoke", args=[other.pk])).status_code == 404
    assert FeedKey.objects.filter(pk=other.pk).exists()


def test_the_page_is_for_members_and_takes_constant_queries(client, django_assert_num_queries):
    assert client.get(reverse("feeds:feed_keys")).status_code == 302
    person = make_person()
    make_key(person)
    make_community(people=[person])
    client.force_login(person)
    client.get(reverse("feeds:feed_keys"))
    with django_assert_num_queries(counted := _queries(client)):
        client.get(reverse("feeds:feed_keys"))
    for _ in range(3):
        make_key(person)
        make_community(people=[person])
    assert _queries(client) == counted


def _queries(client) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("feeds:feed_keys"))
    return len(queries)
