"""What the made-up colleagues know and ask."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lomwong.demo.asking import ask_and_know
from lomwong.experts.models import Carried, Expertise, TopicState
from lomwong.people.tests.factories import make_person
from lomwong.posts.models import Kind, Post
from lomwong.posts.tests.factories import make_post

pytestmark = pytest.mark.django_db
IDS = ("urai.sisuwan", "wanna.kaewmani", "chokchai.rattanaphan", "martin.hale")


def test_they_know_something_ask_by_name_and_without_one_and_only_once() -> None:
    people = {id: make_person(email=f"{id}@rimlay.example") for id in IDS}
    addresses = {id: f"{id}@rimlay.example" for id in IDS}
    ask_and_know(addresses)
    assert Expertise.objects.filter(state=TopicState.SHOWN).count() == 5
    assert Carried.objects.filter(person=people["wanna.kaewmani"]).count() == 2
    assert Post.objects.get(is_unnamed=True).author is None
    before = Post.objects.count(), Expertise.objects.count(), Carried.objects.count()
    ask_and_know(addresses)
    assert (Post.objects.count(), Expertise.objects.count(), Carried.objects.count()) == before
    assert Post.objects.filter(kind=Kind.QUESTION).count() == 3


def test_who_wrote_lately_comes_in_and_can_be_asked() -> None:
    for id in IDS:
        make_person(email=f"{id}@rimlay.example")
    writer, silent = make_person(), make_person()
    make_post(by=writer)
    make_post(by=silent, at=timezone.now() - timedelta(days=400))
    ask_and_know({id: f"{id}@rimlay.example" for id in IDS})
    writer.refresh_from_db()
    silent.refresh_from_db()
    assert writer.has_signed_in
    assert not silent.has_signed_in
