"""Planets."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.people.models import OPERATOR
from lomwong.people.tests.factories import make_person
from lomwong.posts.models import Planet, PlanetKeeper, PlanetSource, Post
from lomwong.posts.planets import actions, queries, rules
from lomwong.posts.tests.factories import make_post
from lomwong.posts.tests.test_following import labels, make_blog, make_series, one_of_each

pytestmark = pytest.mark.django_db
ANONYMOUS = AnonymousUser()


def make_planet(name: str = "แพลนเน็ต", *, by=None, audience: str = Audience.ORGANISATION, gathers=()) -> Planet:
    planet = actions.make_planet(name=name, by=by or make_person(), audience=audience)
    for thing in gathers:
        actions.add_source(planet, thing)
    return planet


def address(planet: Planet, page: str = "planet") -> str:
    return reverse(f"posts:{page}", args=[planet.slug])


# Make, fill


def test_made_in_a_minute_and_filled_by_the_search_box(client):
    me, author = make_person(), make_person("ปราณี รัตนะ")
    make_post("เล่าให้ฟัง", by=author)
    client.force_login(me)
    response = client.post(reverse("posts:planet_new"), {"name": "แล็บทั้งหลาย", "audience": "organisation"})
    planet = Planet.objects.get()
    assert response["Location"] == address(planet, "planet_sources")
    page = client.get(response["Location"] + "?q=ปราณี").content.decode()
    assert f'value="person:{author.pk}"' in page
    for _ in range(2):
        client.post(response["Location"] + "?q=ปราณี", {"add": f"person:{author.pk}"})
    assert PlanetSource.objects.get().person == author
    assert labels(client.get(address(planet)).context["page"].posts) == {"เล่าให้ฟัง"}
    client.post(response["Location"], {"out": f"person:{author.pk}"})
    assert not PlanetSource.objects.exists()


def test_two_planets_of_one_name_have_two_addresses():
    assert make_planet("เดียวกัน").slug != make_planet("เดียวกัน").slug
    assert make_planet("new").slug != "new"


def test_a_name_is_needed_and_asked_for(client):
    client.force_login(make_person())
    response = client.post(reverse("posts:planet_new"), {"name": " ", "audience": "organisation"})
    assert response.status_code == 422
    assert not Planet.objects.exists()


def test_every_kind_is_found_and_gathered(client):
    me, author = make_person(), make_person("ของเขา เอง")
    circle = make_community("วงของเขา")
    things = {**one_of_each(author, communities=[circle]), "community": circle}
    found = {group.kind: group.things for group in queries.called("ของเขา", me)}
    assert found == {kind: [thing] for kind, thing in things.items() if kind != "tag"}
    assert queries.called("ป้ายนั้น", me)[0].things == [things["tag"]]
    assert queries.called("ข", me) == []
    for thing in things.values():
        planet = make_planet(gathers=[thing])
        client.force_login(me)
        assert labels(client.get(address(planet)).context["page"].posts) == {"เรื่องเดียว"}


def test_put_in_from_the_page_of_the_thing_itself(client):
    me, circle = make_person(), make_community()
    planet = make_planet(by=me)
    make_planet("ของคนอื่น")
    client.force_login(me)
    put = reverse("posts:planet_put", args=["community", circle.pk])
    assert put in client.get(circle.get_absolute_url()).content.decode()
    page = client.get(put).content.decode()
    assert planet.slug in page
    assert "ของคนอื่น" not in page
    assert client.post(put, {"planet": planet.slug})["Location"] == address(planet)
    assert client.post(put, {"planet": Planet.objects.exclude(pk=planet.pk).get().slug}).status_code == 404
    client.post(put, {"name": "ใหม่เอี่ยม"})
    assert set(PlanetSource.objects.values_list("planet__name", flat=True)) == {"แพลนเน็ต", "ใหม่เอี่ยม"}
    assert client.post(put, {"name": ""}).status_code == 422


@pytest.mark.parametrize("nonsense", ["", "person", "person:x", "person:9999999999999999999999", "nonsense:1", "tag:0"])
def test_nonsense_puts_nothing_in(client, nonsense):
    me = make_person()
    planet = make_planet(by=me)
    client.force_login(me)
    assert client.post(address(planet, "planet_sources"), {"add": nonsense}).status_code == 404
    assert not PlanetSource.objects.exists()


# What is closed stays closed


def test_a_public_planet_over_a_closed_circle_opens_nothing(client):
    member = make_person()
    closed = make_community("วงลับสุด", by=member, audience=Audience.MEMBERS)
    inner = make_post("ความในวง", communities=[closed], by=member, tags=["ป้ายลับ"])
    blog, series = make_blog("บล็อกลับ", member), make_series("ชุดลับ", member)
    Post.objects.filter(pk=inner.pk).update(blog=blog, series=series)
    things = [closed, inner.tags.get(), blog, series, member]
    planet = make_planet("เปิดกว้าง", by=member, audience=Audience.PUBLIC, gathers=things)
    hidden = ["ความในวง", "ป้ายลับ", "บล็อกลับ", "ชุดลับ"]

    def page() -> str:
        return client.get(address(planet)).content.decode()

    visitor = page()
    assert "เปิดกว้าง" in visitor
    for name in [*hidden, "วงลับสุด", member.name]:
        assert name not in visitor, name
    client.force_login(make_person())
    for name in hidden:
        assert name not in page(), name
    client.force_login(member)
    for name in [*hidden, "วงลับสุด"]:
        assert name in page(), name


def test_a_keeper_cannot_put_in_what_they_may_not_know_of(client):
    me, member = make_person(), make_person()
    closed = make_community(by=member, audience=Audience.MEMBERS)
    things = one_of_each(member, communities=[closed])
    planet = make_planet(by=me)
    client.force_login(me)
    for kind in ("tag", "series", "blog"):
        data = {"add": f"{kind}:{things[kind].pk}"}
        assert client.post(address(planet, "planet_sources"), data).status_code == 404
        assert client.get(reverse("posts:planet_put", args=[kind, things[kind].pk])).status_code == 404
    assert not queries.called("ป้ายนั้น", me)


def test_who_sees_which_planet(client):
    keeper = make_person()
    for audience in Audience:
        make_planet(f"ดาว{audience.value}", by=keeper, audience=audience)
    shown = {
        viewer: {planet.audience for planet in queries.listed(viewer).planets}
        for viewer in (ANONYMOUS, make_person(), keeper, OPERATOR)
    }
    assert list(shown.values()) == [{"public"}, {"public", "organisation"}, set(Audience), set(Audience)]
    client.force_login(make_person())
    assert client.get(address(Planet.objects.get(audience="members"))).status_code == 404


def test_one_kept_page_is_not_shown_to_somebody_else(client):
    """A page is kept for visitors only; who has come in since reads their own."""
    make_planet("ดาวในบ้าน")
    assert "ดาวในบ้าน" not in client.get(reverse("posts:planets")).content.decode()
    client.force_login(make_person())
    assert "ดาวในบ้าน" in client.get(reverse("posts:planets")).content.decode()
    client.logout()
    assert "ดาวในบ้าน" not in client.get(reverse("posts:planets")).content.decode()


# Keepers


def test_only_keepers_change_a_planet(client):
    planet = make_planet()
    client.force_login(make_person())
    for page in ("planet_edit", "planet_sources", "planet_keepers", "planet_close"):
        assert client.get(address(planet, page)).status_code == 403, page
        assert client.post(address(planet, page), {"step_out": "1"}).status_code == 403, page
    client.logout()
    for page in ("planet_edit", "planet_sources", "planet_keepers", "planet_close"):
        assert client.get(address(planet, page)).status_code == 302, page


def test_keepers_are_equal(client):
    first, second = make_person(), make_person("กัลยา ชูศรี")
    planet = make_planet(by=first)
    client.force_login(first)
    keepers = address(planet, "planet_keepers")
    assert f'name="add" value="{second.pk}"' in client.get(f"{keepers}?q=กัลยา").content.decode()
    for _ in range(2):
        client.post(keepers, {"add": second.pk})
    client.force_login(second)
    client.post(keepers, {"step_out": "1"})
    client.post(keepers, {"add": second.pk})  # no longer theirs to give
    assert list(PlanetKeeper.objects.values_list("person", flat=True)) == [first.pk]


def test_the_last_keeper_hands_over_or_closes(client):
    me, heir = make_person(), make_person()
    planet = make_planet(by=me)
    client.force_login(me)
    keepers = address(planet, "planet_keepers")
    client.post(keepers, {"step_out": "1"})
    assert rules.can_keep(me, planet)
    assert client.post(keepers, {"hand_over": me.pk}).status_code == 404
    client.post(keepers, {"hand_over": heir.pk})
    assert not rules.can_keep(me, planet)
    assert rules.can_keep(heir, planet)


def test_whoever_is_gone_does_not_count_as_a_keeper():
    me, gone, staff = make_person(), make_person(is_active=False), make_person(is_staff=True)
    planet = make_planet(by=me)
    actions.add_keeper(planet, gone)
    with pytest.raises(actions.LastKeeper):
        actions.step_out(planet, by=me)
    assert not rules.can_keep(staff, planet)
    me.is_active = False
    me.save()
    assert rules.can_keep(staff, planet)


def test_change_and_close(client):
    me = make_person()
    post = make_post("อยู่ต่อ", by=me)
    planet = make_planet(by=me, gathers=[me])
    client.force_login(me)
    client.post(address(planet, "planet_edit"), {"name": "ชื่อใหม่", "about": "x", "audience": "members"})
    changed = Planet.objects.get()
    assert (changed.name, changed.slug, changed.audience) == ("ชื่อใหม่", planet.slug, "members")
    assert client.get(address(planet, "planet_close")).status_code == 200
    assert Planet.objects.exists()
    client.post(address(planet, "planet_close"))
    assert not Planet.objects.exists()
    assert Post.objects.get() == post


# Lists


def test_pages_hang_together(monkeypatch):
    monkeypatch.setattr(queries, "PLANETS_A_PAGE", 2)
    made = {make_planet(name).pk for name in ("แพะ", "ไก่", "เป็ด", "กา", "กา")}
    seen, after = [], ""
    while True:
        page = queries.listed(OPERATOR, after=after)
        seen += page.planets
        if page.further is None:
            break
        after = str(page.further)
    assert [planet.name for planet in seen] == ["กา", "กา", "ไก่", "เป็ด", "แพะ"]
    assert {planet.pk for planet in seen} == made
    assert queries.listed(OPERATOR, after="x9" * 30).planets


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_the_same_queries_for_one_and_thirty(client, is_signed_in, django_assert_max_num_queries):
    me = make_person()
    planet = make_planet(by=me, audience=Audience.PUBLIC, gathers=[make_community(audience=Audience.PUBLIC)])
    if is_signed_in:
        client.force_login(me)

    def count(path: str) -> int:
        with django_assert_max_num_queries(99) as counted:
            assert client.get(path, {"x": Post.objects.count()}).status_code == 200
        return len(counted)

    paths = [reverse("posts:planets"), address(planet)]
    if is_signed_in:
        paths += [f"{address(planet, page)}?q=คน" for page in ("planet_sources", "planet_keepers")]

    def fill(times: int):
        for at in range(times):
            author, circle = make_person(), make_community(audience=Audience.PUBLIC)
            blog, series = make_blog(f"คน{Post.objects.count()}", author), make_series("คน", author)
            post = make_post(by=author, communities=[circle], tags=[f"คน {times} {at}"])
            Post.objects.filter(pk=post.pk).update(blog=blog, series=series)
            make_planet(by=me, audience=Audience.PUBLIC)
            actions.add_keeper(planet, author)
            for thing in (author, circle, blog, series, post.tags.get()):
                actions.add_source(planet, thing)

    fill(1)
    before = {path: count(path) for path in paths}
    fill(29)
    assert {path: count(path) for path in paths} == before
