"""A person's page: asking them is the first thing on it; what they told and where they sit, as far as one may know."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.experts.models import AskingChoice
from lomwong.people.tests.factories import make_imported, make_person
from lomwong.posts.tests.factories import make_post

pytestmark = pytest.mark.django_db


def page(client, person, *, by):
    client.force_login(by)
    return client.get(person.get_absolute_url()).content.decode()


def test_a_colleague_is_asked_along_from_their_page(client):
    wanna, me = make_person(), make_person()
    assert f"?invite={wanna.pk}" in page(client, wanna, by=me)
    assert f"?invite={wanna.pk}" not in page(client, wanna, by=wanna)


def test_who_rests_was_never_here_or_is_not_to_be_found_is_not_offered(client):
    me, resting, hidden = make_person(), make_person(), make_person(is_findable=False)
    AskingChoice.objects.create(person=resting, resting_until=timezone.localdate() + timedelta(days=3))
    for person in (resting, hidden, make_imported("เดชา")):
        assert f"?invite={person.pk}" not in page(client, person, by=me)


def test_what_was_told_in_a_closed_circle_is_for_those_inside(client):
    wanna, inside, outside = make_person(), make_person(), make_person()
    circle = make_community("วงพัสดุ", by=wanna, people=[inside], audience=Audience.MEMBERS)
    make_post("เรื่องในวง", by=wanna, communities=[circle])
    make_post("เรื่องของทุกคน", by=wanna)
    shown = page(client, wanna, by=inside)
    assert "เรื่องในวง" in shown
    assert "วงพัสดุ" in shown
    shown = page(client, wanna, by=outside)
    assert "เรื่องของทุกคน" in shown
    assert "เรื่องในวง" not in shown


def test_ones_own_links_stand_in_groups(client):
    me = make_person()
    shown = page(client, me, by=me)
    for group in ("mine-writing", "mine-knowing", "mine-account"):
        assert f'aria-labelledby="{group}"' in shown
    assert "mine-care" not in shown
    operator = make_person(is_staff=True)
    assert 'aria-labelledby="mine-care"' in page(client, operator, by=operator)
