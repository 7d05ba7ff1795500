from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lomwong.communities import actions, queries
from lomwong.communities.models import Audience, Community, Membership
from lomwong.communities.tests.factories import make_community
from lomwong.people.tests.factories import make_person, make_unit

pytestmark = pytest.mark.django_db


def login(client, person=None):
    person = person or make_person()
    client.force_login(person)
    return person


def queries_of(client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


# The list of all


def test_all_circles_by_the_thai_alphabet(client):
    for name in ["แพ", "กาแฟ", "เกม", "ขนม"]:
        make_community(name)
    login(client)
    page = client.get(reverse("communities:communities")).content.decode()
    places = [page.index(f">{name}<") for name in ["กาแฟ", "เกม", "ขนม", "แพ"]]
    assert places == sorted(places)


def test_a_visitor_learns_of_public_circles_only(client):
    make_community("เปิดกว้าง", audience=Audience.PUBLIC)
    make_community("ในบ้าน", purpose="ความลับของบ้าน")
    make_community("ในวง", audience=Audience.MEMBERS)
    page = client.get(reverse("communities:communities")).content.decode()
    assert "เปิดกว้าง" in page
    for word in ("ในบ้าน", "ในวง", "ความลับ"):
        assert word not in page


def test_a_long_list_goes_on_without_gap_or_double():
    same = [make_community("ชื่อเดียวกัน") for _ in range(4)]
    others = [make_community(name) for name in ("กา", "ไข่", "งู")]
    viewer, seen, after = make_person(), [], ""
    for _ in range(9):
        page = queries.listed(viewer, after=after, limit=3)
        seen += [circle.community for circle in page.circles]
        if page.further is None:
            break
        after = str(page.further)
    assert len(seen) == 7
    assert set(seen) == {*same, *others}


@pytest.mark.parametrize("after", ["0", "99999", "9" * 40, "-1", "ก", "๑", "1,2"])
def test_a_strange_place_in_the_list_shows_something(client, after):
    make_community("มีอยู่จริง", audience=Audience.PUBLIC)
    assert client.get(reverse("communities:communities"), {"after": after}).status_code == 200


@pytest.mark.parametrize("name", ["communities", "mine"])
def test_query_count_of_lists_does_not_grow(client, name):
    person = login(client)
    make_community(by=person)
    client.get(reverse(f"communities:{name}"))
    one = queries_of(client, reverse(f"communities:{name}"))
    for _ in range(29):
        make_community(by=person, people=[make_person(unit=make_unit())])
    assert queries_of(client, reverse(f"communities:{name}")) == one


def test_a_picture_shows_ten_seats_at_most_and_none_of_those_who_left(django_assert_num_queries):
    full = make_community(people=[make_person() for _ in range(12)])
    gone = make_person(is_active=False)
    small = make_community(people=[gone])
    with django_assert_num_queries(1):
        hues = queries.seat_hues([full, small])
    assert len(hues[full.pk]) == 10
    assert len(hues[small.pk]) == 1


def test_mine_shows_only_where_i_sit(client):
    me = login(client)
    make_community("ที่ฉันนั่ง", people=[me])
    make_community("ที่คนอื่นนั่ง")
    waiting = make_community("ที่ฉันรอ", audience=Audience.MEMBERS)
    actions.ask_to_sit(waiting, person=me)
    page = client.get(reverse("communities:mine")).content.decode()
    assert "ที่ฉันนั่ง" in page
    assert "ที่คนอื่นนั่ง" not in page
    assert "ที่ฉันรอ" not in page


# Start and change


def test_start_a_circle(client):
    me = login(client)
    response = client.post(
        reverse("communities:start"), {"name": " คนดูแล  ห้องแล็บ ", "purpose": "ยืมของ", "audience": "members"}
    )
    community = Community.objects.get()
    assert response["Location"] == community.get_absolute_url()
    assert (community.name, community.audience) == ("คนดูแล ห้องแล็บ", Audience.MEMBERS)
    assert community.memberships.get().person == me


@pytest.mark.parametrize("name", ["", "   ", "\u200b\u2060", "ย" * 121])
def test_a_circle_without_a_usable_name_comes_back_with_every_word(client, name):
    login(client)
    response = client.post(reverse("communities:start"), {"name": name, "purpose": "เรื่องที่พิมพ์ไว้", "audience": "public"})
    assert response.status_code == 422
    page = response.content.decode()
    assert "เรื่องที่พิมพ์ไว้" in page
    assert name.strip("\u200b\u2060 ") in page
    assert not Community.objects.exists()


def test_start_shows_what_is_wrong_with_the_hidden_part(client):
    login(client)
    response = client.post(reverse("communities:start"), {"name": "วง", "audience": "everybody"})
    assert response.status_code == 422
    assert "<details" in response.content.decode()
    assert " open>" in response.content.decode()


def test_the_host_changes_the_circle_and_nobody_else(client):
    host = make_person()
    community = make_community("เก่า", by=host, purpose="สองบรรทัด\nบรรทัดที่สอง")
    url = reverse("communities:edit", args=[community.slug])
    data = {"name": "ใหม่", "purpose": "สองบรรทัด\nบรรทัดที่สอง", "audience": "members", "stage": "resting"}
    login(client)
    assert client.get(url).status_code == 403
    assert client.post(url, data).status_code == 403
    login(client, host)
    assert "บรรทัดที่สอง" in client.get(url).content.decode()
    assert client.post(url, data).status_code == 302
    community.refresh_from_db()
    assert (community.name, community.audience, community.stage) == ("ใหม่", "members", "resting")
    assert "\n" in community.purpose


def test_a_faulty_change_keeps_words_and_address(client):
    host = make_person()
    community = make_community("เก่า", by=host)
    login(client, host)
    url = reverse("communities:edit", args=[community.slug])
    response = client.post(url, {"name": "", "purpose": "คำใหม่", "audience": "public", "stage": "resting"})
    assert response.status_code == 422
    assert "คำใหม่" in response.content.decode()
    community.refresh_from_db()
    assert community.name == "เก่า"


# Sit down, get up


def test_an_open_circle_has_a_place_at_once(client):
    community = make_community()
    me = login(client)
    response = client.post(reverse("communities:join", args=[community.slug]), follow=True)
    assert response.redirect_chain[-1][0] == community.get_absolute_url()
    seat = community.memberships.get(person=me)
    assert (seat.state, seat.is_host) == (Membership.State.SEATED, False)


def test_who_finds_an_empty_mat_looks_after_it(client):
    community = actions.start_community(name="ว่าง", by=None)
    me = login(client)
    client.post(reverse("communities:join", args=[community.slug]))
    assert community.memberships.get(person=me).is_host


def test_nobody_walks_into_an_empty_members_only_circle(client):
    community = actions.start_community(name="ว่าง", by=None, audience=Audience.MEMBERS)
    me = login(client)
    client.post(reverse("communities:join", args=[community.slug]))
    assert community.memberships.get(person=me).state == Membership.State.ASKING


def test_ask_be_let_in_get_up(client):
    host, newcomer = make_person(), make_person()
    community = make_community(by=host, audience=Audience.MEMBERS)
    login(client, newcomer)
    client.post(reverse("communities:join", args=[community.slug]))
    page = client.get(community.get_absolute_url()).content.decode()
    assert reverse("communities:join", args=[community.slug]) not in page
    assert reverse("communities:leave", args=[community.slug]) in page
    members = reverse("communities:members", args=[community.slug])
    welcome = reverse("communities:welcome", args=[community.slug, newcomer.pk])
    assert welcome not in client.get(members).content.decode()
    assert client.post(welcome).status_code == 403  # nobody lets themselves in
    login(client, host)
    assert welcome in client.get(members).content.decode()
    assert client.post(welcome).status_code == 302
    assert client.post(welcome).status_code == 302  # a second click does no harm
    assert community.memberships.get(person=newcomer).state == Membership.State.SEATED
    login(client, newcomer)
    client.post(reverse("communities:leave", args=[community.slug]))
    assert not community.memberships.filter(person=newcomer).exists()


def test_only_who_has_asked_is_let_in(client):
    host, never_asked = make_person(), make_person()
    community = make_community(by=host, audience=Audience.MEMBERS)
    login(client, host)
    assert client.post(reverse("communities:welcome", args=[community.slug, never_asked.pk])).status_code == 404
    assert not community.memberships.filter(person=never_asked).exists()


def test_joining_again_says_nothing_of_asking(client):
    host = make_person()
    community = make_community(by=host, audience=Audience.MEMBERS)
    login(client, host)
    response = client.post(reverse("communities:join", args=[community.slug]), follow=True)
    assert not list(response.context["messages"])


@pytest.mark.parametrize("name", ["join", "leave"])
def test_doors_open_by_post_and_for_colleagues_only(client, name):
    community = make_community(audience=Audience.PUBLIC)
    url = reverse(f"communities:{name}", args=[community.slug])
    assert client.post(url).status_code == 302
    assert "/accounts/login/" in client.post(url)["Location"]
    login(client)
    assert client.get(url).status_code == 405


# Who sits here


def test_members_by_the_alphabet_without_those_who_left(client):
    people = [make_person("แดง"), make_person("กานต์"), make_person("จากไป", is_active=False)]
    community = make_community(by=make_person("เดชา"), people=people)
    login(client)
    page = client.get(reverse("communities:members", args=[community.slug])).content.decode()
    assert page.index("กานต์") < page.index("เดชา") < page.index("แดง")
    assert "จากไป" not in page


def test_members_go_on_over_pages():
    community = make_community(by=make_person("ชื่อซ้ำ"), people=[make_person("ชื่อซ้ำ") for _ in range(5)])
    first = queries.seated(community, limit=4)
    second = queries.seated(community, after=str(first.further), limit=4)
    assert second.further is None
    assert len({*first.people, *second.people}) == 6


def test_members_are_nothing_for_visitors(client):
    community = make_community(by=make_person("ชื่อที่ไม่บอกคนนอก"), audience=Audience.PUBLIC)
    assert client.get(reverse("communities:members", args=[community.slug])).status_code == 302
    assert "ชื่อที่ไม่บอกคนนอก" not in client.get(community.get_absolute_url()).content.decode()


def test_query_count_of_members_does_not_grow(client):
    host = login(client)
    community = make_community(by=host, audience=Audience.MEMBERS, people=[make_person(unit=make_unit())])
    actions.ask_to_sit(community, person=make_person(unit=make_unit()))
    url = reverse("communities:members", args=[community.slug])
    client.get(url)
    one = queries_of(client, url)
    for _ in range(29):
        actions.sit_down(community, person=make_person(unit=make_unit()))
        actions.ask_to_sit(community, person=make_person(unit=make_unit()))
    assert queries_of(client, url) == one


def test_a_visitor_comes_in_and_back_to_the_circle(client):
    """Back to the door itself would be a page that does not exist: it opens by POST."""
    community = make_community(audience=Audience.PUBLIC)
    page = client.get(community.get_absolute_url()).content.decode()
    assert f"{reverse('account_login')}?next={quote(community.get_absolute_url())}" in page
    assert reverse("communities:join", args=[community.slug]) not in page
