from datetime import timedelta

import pytest
from django.utils import timezone

from lomwong.activity.models import Event, Verb
from lomwong.communities import actions
from lomwong.communities.models import Audience, Community, Membership, Stage
from lomwong.communities.tests.factories import make_community
from lomwong.people.tests.factories import make_person
from lomwong.text.sort_key import thai_sort_key

pytestmark = pytest.mark.django_db


def verbs(community: Community) -> list[str]:
    return list(Event.objects.filter(community_id=community.pk).order_by("id").values_list("verb", flat=True))


def test_whoever_starts_sits_first_and_looks_after_the_circle():
    wanna = make_person("วรรณา")
    community = make_community("พัสดุไม่ค้างปี", by=wanna)
    seat = Membership.objects.get(community=community)
    assert (seat.person, seat.state, seat.is_host) == (wanna, Membership.State.SEATED, True)
    assert verbs(community) == [Verb.OPENED, Verb.JOINED]


def test_an_import_leaves_the_mat_empty():
    community = actions.start_community(name="perl6-language", by=None)
    assert not community.memberships.exists()
    assert verbs(community) == [Verb.OPENED]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("พัสดุไม่ค้างปี", "พัสดุไม่ค้างปี"),
        ("ปิ๊ง! ฟื้นน้ำ", "ปิ๊ง-ฟื้นน้ำ"),
        ("R2R หน้างาน", "r2r-หน้างาน"),
        ("  IT / Servers  ", "it-servers"),
        ("a_b--c", "a-b-c"),
        ("ก่อน\u200bหลัง", "ก่อนหลัง"),
    ],
)
def test_address_keeps_thai_with_its_marks(name, slug):
    assert actions.free_slug(name) == slug


@pytest.mark.parametrize("name", ["start", "Mine", "!!!", "🙂"])
def test_address_never_stands_in_the_way_of_our_own(name):
    slug = actions.free_slug(name)
    assert slug
    assert slug not in actions.OUR_OWN_ADDRESSES
    assert "/" not in slug


def test_two_circles_of_one_name_have_two_addresses(client):
    first, second = make_community("ธุรการล้อมวง"), make_community("ธุรการล้อมวง")
    assert first.slug == "ธุรการล้อมวง"
    assert second.slug.startswith("ธุรการล้อมวง-")
    client.force_login(make_person())
    for community in (first, second):
        assert client.get(community.get_absolute_url()).context["community"] == community


def test_long_name_makes_an_address_that_fits():
    community = make_community("ก" * 120)
    assert len(community.slug) <= Community._meta.get_field("slug").max_length
    assert len(make_community("ก" * 120).slug) <= Community._meta.get_field("slug").max_length


def test_sitting_down_twice_is_sitting_down_once():
    community, person = make_community(), make_person()
    actions.sit_down(community, person=person)
    actions.sit_down(community, person=person)
    assert community.memberships.filter(person=person).count() == 1
    assert verbs(community).count(Verb.JOINED) == 2  # the host and the newcomer


def test_a_wish_becomes_a_seat():
    community, person = make_community(audience=Audience.MEMBERS), make_person()
    wish = actions.ask_to_sit(community, person=person)
    assert wish.state == Membership.State.ASKING
    assert Verb.JOINED not in verbs(community)[2:]
    actions.sit_down(community, person=person)
    wish.refresh_from_db()
    assert wish.state == Membership.State.SEATED
    assert not wish.is_host
    assert verbs(community)[-1] == Verb.JOINED


def test_who_sits_and_asks_keeps_the_seat():
    host = make_person()
    community = make_community(by=host, audience=Audience.MEMBERS)
    assert actions.ask_to_sit(community, person=host).state == Membership.State.SEATED


def test_getting_up_leaves_a_line_and_taking_back_a_wish_does_not():
    community, sitting, wishing = make_community(audience=Audience.MEMBERS), make_person(), make_person()
    actions.sit_down(community, person=sitting)
    actions.ask_to_sit(community, person=wishing)
    actions.get_up(community, person=sitting)
    actions.get_up(community, person=wishing)
    actions.get_up(community, person=make_person())
    assert community.memberships.count() == 1
    assert verbs(community).count(Verb.LEFT) == 1


def test_the_last_host_hands_on_to_whoever_sat_longest():
    host, early, late = make_person(), make_person(), make_person()
    community = make_community(by=host)
    now = timezone.now()
    actions.sit_down(community, person=late, at=now + timedelta(days=2))
    actions.sit_down(community, person=early, at=now + timedelta(days=1))
    actions.ask_to_sit(community, person=make_person())
    actions.get_up(community, person=host)
    hosts = Membership.objects.filter(community=community, is_host=True)
    assert [seat.person for seat in hosts] == [early]


def test_handing_on_prefers_who_has_signed_in():
    host, imported, signed_in = make_person(), make_person(), make_person(last_login=timezone.now())
    community = make_community(by=host, people=[imported, signed_in])
    actions.get_up(community, person=host)
    assert community.memberships.get(is_host=True).person == signed_in


def test_a_second_host_needs_no_heir():
    host, other, third = make_person(), make_person(), make_person()
    community = make_community(by=host)
    actions.sit_down(community, person=other, is_host=True)
    actions.sit_down(community, person=third)
    actions.get_up(community, person=host)
    assert [seat.person for seat in community.memberships.filter(is_host=True)] == [other]


def test_the_last_one_may_get_up_too():
    host = make_person()
    community = make_community(by=host)
    actions.get_up(community, person=host)
    assert not community.memberships.exists()


def test_changing_keeps_the_address_and_moves_the_name_in_the_alphabet():
    host = make_person()
    community = make_community("เกม", by=host)
    actions.change_community(
        community, by=host, name="แกงส้ม", purpose="กินด้วยกัน", audience=Audience.PUBLIC, stage=Stage.RESTING
    )
    community.refresh_from_db()
    assert community.slug == "เกม"
    assert (community.name, community.purpose, community.is_resting) == ("แกงส้ม", "กินด้วยกัน", True)
    assert community.sort_key == thai_sort_key("แกงส้ม")
    assert verbs(community)[-1] == Verb.DESCRIBED


@pytest.mark.parametrize(
    ("audience", "state"),
    [
        (Audience.MEMBERS, Membership.State.ASKING),
        (Audience.ORGANISATION, Membership.State.SEATED),
        (Audience.PUBLIC, Membership.State.SEATED),
    ],
)
def test_when_the_circle_opens_those_at_the_door_have_a_seat(audience, state):
    host, waiting = make_person(), make_person()
    community = make_community(by=host, audience=Audience.MEMBERS)
    actions.ask_to_sit(community, person=waiting)
    actions.change_community(
        community, by=host, name=community.name, purpose="", audience=audience, stage=Stage.MATURING
    )
    assert community.memberships.get(person=waiting).state == state
