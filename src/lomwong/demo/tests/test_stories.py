"""What the made-up colleagues did lately."""

import pytest

from lomwong.communities.tests.factories import make_community
from lomwong.demo import accounts
from lomwong.demo.stories import CIRCLE, tell_stories
from lomwong.people.tests.factories import make_person
from lomwong.posts.models import Blog, Draft, File, Flower, Follow, Planet, Post, Series

pytestmark = pytest.mark.django_db
IDS = ("urai.sisuwan", "wanna.kaewmani", "chokchai.rattanaphan", "martin.hale")


@pytest.fixture
def addresses() -> dict[str, str]:
    people = [make_person(email=f"{id}@rimlay.example") for id in IDS]
    make_community(CIRCLE, by=people[1], people=people)
    return {id: f"{id}@rimlay.example" for id in IDS}


def test_the_demo_shows_a_story_in_parts_with_a_picture_and_thanks(addresses: dict[str, str]) -> None:
    tell_stories(addresses)
    series = Series.objects.get()
    parts = list(Post.objects.filter(series=series).order_by("part"))
    assert [part.part for part in parts] == [1, 2, 3]
    picture = File.objects.get(post=parts[0])
    assert picture.is_picture
    assert picture.alt
    assert f"/pictures/{picture.pk}/" in parts[0].html
    assert parts[0].licence == "cc-by-sa"
    assert Flower.objects.filter(post=parts[1]).count() >= 3
    assert Blog.objects.count() == 3
    assert Planet.objects.get().keepers.count() == 2
    assert Follow.objects.count() == 3
    assert Draft.objects.open().get().owner.email == addresses[accounts.PERSONNEL_OFFICER]


def test_a_second_time_changes_nothing(addresses: dict[str, str]) -> None:
    tell_stories(addresses)
    before = Post.objects.count(), Flower.objects.count()
    tell_stories(addresses)
    assert (Post.objects.count(), Flower.objects.count()) == before
