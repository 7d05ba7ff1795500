"""Following, what is near, and what is new since the last visit."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.people.tests.factories import job_function, make_person, make_unit
from lomwong.posts.following import actions
from lomwong.posts.following.near import Nearness, could_help, last_visit, yard
from lomwong.posts.following.queries import followed, in_groups, is_following
from lomwong.posts.following.targets import MODELS, Targets, threads_from
from lomwong.posts.models import Authorship, Blog, Follow, Kind, Post, Series, Tag, Visit
from lomwong.posts.tests.factories import make_answer, make_post, make_question, make_reply

pytestmark = pytest.mark.django_db
ANONYMOUS = AnonymousUser()


def make_blog(name: str, owner) -> Blog:
    return Blog.objects.create(name=name, slug=name, owner=owner, created_at=timezone.now())


def make_series(name: str, owner) -> Series:
    return Series.objects.create(name=name, owner=owner, created_at=timezone.now())


def one_of_each(by, **where) -> dict:
    """Something of each kind, each with a post in it."""
    blog, series = make_blog("บล็อกของเขา", by), make_series("ชุดของเขา", by)
    post = make_post("เรื่องเดียว", by=by, tags=["ป้ายนั้น"], **where)
    Post.objects.filter(pk=post.pk).update(blog=blog, series=series, part=1)
    return {"person": by, "tag": Tag.objects.get(), "series": series, "blog": blog}


def press(client, kind: str, pk: int, *, on: bool = True, **headers):
    return client.post(reverse("posts:follow", args=[kind, pk]), {"on": "1" if on else "0"}, **headers)


def labels(posts) -> set[str]:
    return {post.label for post in posts}


# Follow, and no longer


def test_each_kind_can_be_followed_and_left_again(client):
    me, author = make_person(), make_person()
    things = {**one_of_each(author), "community": make_community()}
    assert set(things) == set(MODELS)
    client.force_login(me)
    for kind, thing in things.items():
        assert press(client, kind, thing.pk).status_code == 302
        press(client, kind, thing.pk)
        assert is_following(me, thing), kind
    assert Follow.objects.count() == 5
    page = client.get(reverse("posts:following")).content.decode()
    for thing in things.values():
        assert thing.name in page
    for kind, thing in things.items():
        press(client, kind, thing.pk, on=False)
    assert not Follow.objects.exists()


def test_htmx_gets_the_button_and_others_go_back_where_they_were(client):
    client.force_login(make_person())
    person = make_person()
    part = press(client, "person", person.pk, headers={"HX-Request": "true"}).content.decode()
    assert 'aria-pressed="true"' in part
    assert "<html" not in part
    address = reverse("posts:follow", args=["person", person.pk])
    assert client.post(address, {"on": "0", "next": "/yard/"})["Location"] == "/yard/"
    assert client.post(address, {"on": "0", "next": "https://elsewhere.example/"})["Location"] == reverse(
        "posts:following"
    )


def test_what_one_may_not_know_of_cannot_be_followed(client):
    author = make_person()
    closed = make_community(by=author, audience=Audience.MEMBERS)
    things = one_of_each(author, communities=[closed])
    del things["person"]
    client.force_login(make_person())
    for kind, thing in things.items():
        assert press(client, kind, thing.pk).status_code == 404, kind
    assert press(client, "person", make_person(is_active=False).pk).status_code == 404
    assert press(client, "nonsense", 1).status_code == 404
    assert not Follow.objects.exists()
    client.force_login(author)
    for kind, thing in things.items():
        assert press(client, kind, thing.pk).status_code == 302, kind


def test_following_a_closed_circle_gives_nothing(client):
    me, host = make_person(), make_person()
    closed = make_community(by=host, audience=Audience.MEMBERS)
    make_post("ในวงปิด", communities=[closed], by=host)
    client.force_login(me)
    press(client, "community", closed.pk)
    assert "ในวงปิด" not in client.get("/?show=following").content.decode()
    actions.follow(closed, by=host)
    client.force_login(host)
    assert "ในวงปิด" in client.get("/?show=following").content.decode()


def test_the_name_of_what_has_closed_since_is_gone_from_the_list():
    me, author = make_person(), make_person()
    circle = make_community(by=author)
    things = one_of_each(author, communities=[circle])
    for thing in things.values():
        actions.follow(thing, by=me)
    assert len(in_groups(followed(me), me)) == 4
    circle.audience = Audience.MEMBERS
    circle.save()
    assert [group.kind for group in in_groups(followed(me), me)] == ["person"]


def test_nobody_learns_who_follows_them(client):
    me, followed_one = make_person("ผู้ติดตาม เงียบ ๆ"), make_person()
    actions.follow(followed_one, by=me)
    client.force_login(followed_one)
    for path in (reverse("posts:following"), reverse("posts:by", args=[followed_one.pk]), "/"):
        assert "ผู้ติดตาม" not in client.get(path).content.decode()
    assert client.get(reverse("posts:following")).context["groups"] == []


def test_a_visitor_is_led_to_the_door_and_sees_no_button(client):
    circle = make_community(audience=Audience.PUBLIC)
    assert press(client, "community", circle.pk)["Location"].startswith(reverse("account_login"))
    assert "/follow/" not in client.get(circle.get_absolute_url()).content.decode()


def test_nobody_follows_themselves(client):
    me = make_person()
    client.force_login(me)
    address = reverse("posts:by", args=[me.pk])
    assert "/follow/" not in client.get(address).content.decode()
    assert "/follow/" in client.get(reverse("posts:by", args=[make_person().pk])).content.decode()


def test_the_list_takes_the_same_queries_for_one_and_thirty(client, django_assert_max_num_queries):
    me = make_person()
    client.force_login(me)

    def fill(count: int):
        for at in range(count):
            author = make_person(unit=make_unit())
            post = make_post(by=author, tags=[f"ป้าย {at} {count}"])
            things = [author, make_community(), make_blog(f"บ{at}-{count}", author), make_series("ช", author)]
            Post.objects.filter(pk=post.pk).update(blog=things[2], series=things[3])
            for thing in [*things, post.tags.get()]:
                actions.follow(thing, by=me)

    def count() -> int:
        with django_assert_max_num_queries(99) as counted:
            client.get(reverse("posts:following"))
        return len(counted)

    fill(1)
    one = count()
    fill(29)
    assert count() == one


# Threads from what is followed


@pytest.mark.parametrize("few", [500, 0])
def test_threads_come_from_each_kind(few, monkeypatch):
    monkeypatch.setattr("lomwong.posts.following.targets.FEW", few)
    author = make_person()
    circle = make_community()
    things = one_of_each(author, communities=[circle])
    along = make_post("เขียนด้วยกัน")
    invited = make_post("ยังไม่ตอบรับ")
    now = timezone.now()
    Authorship.objects.create(post=along, person=author, invited_at=now, accepted_at=now)
    Authorship.objects.create(post=invited, person=author, invited_at=now)
    make_reply(make_post("ของคนอื่น"), by=author)
    assert labels(threads_from(Targets(person=frozenset([author.pk])))) == {"เรื่องเดียว", "เขียนด้วยกัน"}
    for kind, thing in {**things, "community": circle}.items():
        if kind != "person":
            assert labels(threads_from(Targets(**{kind: frozenset([thing.pk])})).threads()) == {"เรื่องเดียว"}, kind
    assert labels(threads_from(Targets())) == set()


# Near


def test_near_is_where_one_sits_what_one_follows_the_same_work_and_the_yard():
    me, colleague, followed_one = make_person(), make_person(), make_person()
    for person in (me, colleague):
        person.job_functions.add(job_function("it"))
    mine, other = make_community(by=me), make_community()
    actions.follow(followed_one, by=me)
    make_post("ในวงของฉัน", communities=[mine])
    make_post("ลานบ้าน")
    make_post("คนที่ติดตาม", communities=[other], by=followed_one)
    make_post("งานเดียวกัน", communities=[other], by=colleague)
    make_post("ของฉันเอง", communities=[other], by=me)
    make_post("ไกลตัว", communities=[other])
    make_post("นานแล้ว", at=timezone.now() - timedelta(days=400))
    near = {"ในวงของฉัน", "ลานบ้าน", "คนที่ติดตาม", "งานเดียวกัน", "ของฉันเอง"}
    rows = Nearness(me).threads().rows(me, None)
    assert labels(Post.objects.filter(pk__in=[row[0] for row in rows])) == near


def test_home_shows_what_is_near_what_is_followed_or_everything(client):
    me, followed_one = make_person(), make_person()
    other = make_community()
    make_post("ใกล้ตัว")
    make_post("ไกลตัว", communities=[other])
    make_post("ที่ติดตาม", communities=[other], by=followed_one)
    actions.follow(followed_one, by=me)
    client.force_login(me)

    def shown(show: str) -> set[str]:
        return labels(client.get(f"/{show}").context["page"].posts)

    assert shown("") == shown("?show=near") == shown("?show=nonsense") == {"ใกล้ตัว", "ที่ติดตาม"}
    assert shown("?show=following") == {"ที่ติดตาม"}
    assert shown("?show=all") == {"ใกล้ตัว", "ไกลตัว", "ที่ติดตาม"}


def test_where_nothing_is_near_the_whole_house_is_shown(client):
    make_post("ไกลตัว", communities=[make_community()])
    client.force_login(make_person())
    response = client.get("/")
    assert response.context["show"] == "all"
    assert labels(response.context["page"].posts) == {"ไกลตัว"}


def test_near_opens_nothing_that_is_closed(client):
    me, host = make_person(), make_person()
    for person in (me, host):
        person.job_functions.add(job_function("it"))
    closed = make_community("วงลับ", by=host, audience=Audience.MEMBERS)
    make_post("ความในวงปิด", communities=[closed], by=host, tags=["ลับ"])
    make_question("คำถามในวงปิด", communities=[closed], by=host)
    for thing in (host, closed, Tag.objects.get()):
        actions.follow(thing, by=me)
    client.force_login(me)
    for show in ("", "?show=following", "?show=all"):
        page = client.get(f"/{show}").content.decode()
        assert "ในวงปิด" not in page


# The yard


def test_the_yard_holds_what_lies_in_no_circle(client):
    make_post("ที่ลานบ้าน")
    make_post("เปิดกว้าง", audience=Audience.PUBLIC)
    make_post("ในวง", communities=[make_community()])
    assert labels(yard()) == {"ที่ลานบ้าน", "เปิดกว้าง"}
    assert labels(client.get(reverse("posts:yard")).context["page"].posts) == {"เปิดกว้าง"}
    client.force_login(make_person())
    assert labels(client.get(reverse("posts:yard")).context["page"].posts) == {"ที่ลานบ้าน", "เปิดกว้าง"}


def test_two_lines_from_the_yard_are_for_everybody_in_the_house(client):
    client.force_login(make_person())
    page = client.get(reverse("posts:yard")).content.decode()
    assert f'action="{reverse("posts:journal_new")}"' in page
    client.post(reverse("posts:journal_new"), {"text": "สองบรรทัดจากลานบ้าน"})
    written = Post.objects.get()
    assert (written.kind, written.audience) == (Kind.JOURNAL, Audience.ORGANISATION)
    assert "สองบรรทัดจากลานบ้าน" in client.get(reverse("posts:yard")).content.decode()


# Questions one may help with


def why(person) -> dict[str, tuple]:
    return {one.post.label: (one.tag, one.circle, one.is_same_job) for one in could_help(Nearness(person))}


def test_a_question_says_why_just_this_reader_sees_it():
    me, asker, colleague = make_person(), make_person(), make_person()
    for person in (me, colleague):
        person.job_functions.add(job_function("it"))
    circle = make_community("วงฉัน", by=me)
    make_post(by=me, tags=["ใบยืม"])
    make_question("ติดป้าย", by=asker, tags=["ใบยืม"])
    make_question("ในวง", by=asker, communities=[circle])
    make_question("งานเดียวกัน", by=colleague)
    make_question("ไม่เกี่ยว", by=asker)
    make_question("ของฉัน", by=me, communities=[circle])
    make_answer(make_question("ตอบแล้ว", by=asker, communities=[circle]))
    assert why(me) == {
        "ติดป้าย": ("ใบยืม", None, False),
        "ในวง": (None, "วงฉัน", False),
        "งานเดียวกัน": (None, None, True),
    }


def test_without_a_reason_the_newest_are_shown_and_none_is_claimed(client):
    make_question("ใครก็ได้")
    client.force_login(make_person())
    response = client.get("/")
    assert response.context["helpful"] is None
    assert labels(one.post for one in response.context["asked"]) == {"ใครก็ได้"}
    assert could_help(Nearness(ANONYMOUS)) == []


def test_the_question_one_may_help_with_stands_on_the_page_once(client):
    me = make_person()
    question = make_question("ช่วยหน่อย", communities=[make_community(by=me)])
    client.force_login(me)
    response = client.get("/")
    assert response.context["helpful"].post == question
    assert response.content.decode().count(f'<h2><a href="{question.get_absolute_url()}">') == 1


# New since the last visit


def visit(person, *, seen: float, before: float) -> Visit:
    """Hours ago."""
    now = timezone.now()
    times = {"seen_at": now - timedelta(hours=seen), "before_at": now - timedelta(hours=before)}
    return Visit.objects.update_or_create(person=person, defaults=times)[0]


def test_the_first_time_nothing_is_new_and_the_visit_is_noted():
    me = make_person()
    assert last_visit(me) is None
    assert Visit.objects.get().person == me
    assert last_visit(me) is None
    assert last_visit(ANONYMOUS) is None


def test_within_half_an_hour_nothing_is_written(django_assert_num_queries):
    me = make_person()
    kept = visit(me, seen=0.4, before=30)
    with django_assert_num_queries(1):
        assert last_visit(me) == kept.before_at


def test_a_visit_goes_on_and_another_begins():
    me = make_person()
    kept = visit(me, seen=0.6, before=30)
    assert last_visit(me) == kept.before_at  # the same visit, noted anew
    assert timezone.now() - Visit.objects.get().seen_at < timedelta(minutes=1)
    kept = visit(me, seen=5, before=30)
    assert last_visit(me) == kept.seen_at
    assert last_visit(me) == kept.seen_at  # and stays the line for this whole visit
    assert Visit.objects.get().before_at == kept.seen_at


def test_a_line_stands_where_one_stopped_reading(client):
    me = make_person()
    now = timezone.now()
    old = make_post("อ่านแล้ว", at=now - timedelta(hours=9))
    make_post("เก่ากว่า", at=now - timedelta(hours=10))
    make_post("ใหม่", at=now - timedelta(hours=1))
    visit(me, seen=5, before=30)
    client.force_login(me)

    def order() -> list[str]:
        page = client.get("/").content.decode()
        marks = {'class="until"': "|", ">อ่านแล้ว<": "อ่านแล้ว", ">ใหม่<": "ใหม่", ">เก่ากว่า<": "เก่ากว่า"}
        return [marks[mark] for mark in sorted((mark for mark in marks if mark in page), key=page.index)]

    assert order() == ["ใหม่", "|", "อ่านแล้ว", "เก่ากว่า"]
    make_reply(old)
    assert order() == ["อ่านแล้ว", "ใหม่", "|", "เก่ากว่า"]  # a fresh comment is new


def test_nothing_new_says_so_and_draws_no_line(client):
    me = make_person()
    make_post(at=timezone.now() - timedelta(hours=9))
    visit(me, seen=5, before=30)
    client.force_login(me)
    page = client.get("/").content.decode()
    assert 'class="until"' not in page
    assert client.get("/").context["page"].seen_at is not None
