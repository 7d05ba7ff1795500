"""Suspended: reading goes on, nothing is sent; it ends by itself, is said plainly, can be appealed."""

import html
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from lomwong.communities.models import Membership
from lomwong.moderation import actions
from lomwong.moderation.models import Deed
from lomwong.moderation.tests.factories import WHY, Mat, make_operator, undo
from lomwong.people import rules
from lomwong.people.actions import lift_suspension, suspend
from lomwong.people.middleware import SuspensionMiddleware
from lomwong.people.models import OPERATOR, Person, Suspension
from lomwong.people.tests.factories import make_person
from lomwong.posts.drafts.typed import new_key
from lomwong.posts.models import Draft, Flower, Follow, Post
from lomwong.posts.rules import can_reply

pytestmark = pytest.mark.django_db

# What still may be sent: signing out and the like, how pages look, unfinished words, taking one's own away, an appeal,
# wishing to be asked less (not words about it: experts/tests/test_topics.py).
OPEN = {
    "kit:language", "kit:theme",
    "communities:leave",
    "experts:topic_hide", "experts:topic_forget", "experts:asking_choice",
    "posts:draft_save", "posts:draft_discard", "posts:draft_bring_back", "posts:preview",
    "posts:withdraw", "posts:revision_erase",
    "posts:follow", "posts:flower_take_back", "posts:read",
    "notifications:all_read", "notifications:settings", "notifications:unsubscribe",
    "feeds:feed_key_new", "feeds:feed_key_revoke",
    "takeaway:pack",
    "moderation:appeal",
}  # fmt: skip


def walk(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from walk(entry, f"{entry.namespace}:" if entry.namespace else namespace)
        elif entry.callback.__module__.startswith("lomwong."):
            yield f"{namespace}{entry.name}", entry


VIEWS = dict(walk(get_resolver()))


def suspended(**fields: object) -> Person:
    person = make_person(**fields)  # type: ignore[arg-type]
    suspend(person, by=make_operator(), reason=WHY, ends_at=timezone.now() + timedelta(days=3))
    return person


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_no_view_takes_anything_from_somebody_suspended(name: str, rf: RequestFactory) -> None:
    """Every view there is: a new one is closed until somebody opens it and writes it down above."""
    ask = SuspensionMiddleware(lambda _: HttpResponse()).process_view
    for method, is_taken in (("post", name in OPEN), ("put", name in OPEN), ("delete", name in OPEN), ("get", True)):
        request = getattr(rf, method)("/")
        request.user = suspended()
        SessionMiddleware(lambda _: HttpResponse()).process_request(request)
        answer = ask(request, VIEWS[name].callback, [], {})
        assert (answer is None) == is_taken
        assert answer is None or answer.status_code == 403
        request.user = make_person()
        assert ask(request, VIEWS[name].callback, [], {}) is None


def test_the_page_says_that_nothing_was_taken(client: Client) -> None:
    client.force_login(suspended())
    response = client.post("/journal/new/", {"text": "วันนี้"}, headers={"accept-language": "en"})
    assert response.status_code == 403
    assert "What you sent was not taken" in response.content.decode()
    assert WHY in response.content.decode()
    assert client.post("/accounts/logout/").status_code == 302


def test_the_rule() -> None:
    person = make_person()
    assert rules.can_write(person)
    assert not rules.can_write(AnonymousUser())
    assert not rules.can_write(OPERATOR)
    assert not rules.can_write(make_person(is_active=False))
    suspension = suspend(person, by=make_operator(), reason=WHY, ends_at=timezone.now() + timedelta(days=1))
    assert not rules.can_write(person)
    assert not rules.can_write(Person.objects.get(pk=person.pk))
    lift_suspension(suspension)
    assert rules.can_write(Person.objects.get(pk=person.pk))


def test_it_ends_by_itself() -> None:
    person = suspended()
    Person.objects.filter(pk=person.pk).update(suspended_until=timezone.now() - timedelta(seconds=1))
    Suspension.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    person = Person.objects.get(pk=person.pk)
    assert rules.can_write(person)
    assert person.suspension is None


def test_of_two_the_longer_counts_until_it_is_lifted() -> None:
    person, now = make_person(), timezone.now()
    long = suspend(person, by=make_operator(), reason="ยาว", ends_at=now + timedelta(days=9))
    suspend(person, by=make_operator(), reason="สั้น", ends_at=now + timedelta(days=1))
    assert person.suspension == long
    lift_suspension(long)
    person = Person.objects.get(pk=person.pk)
    assert person.suspension is not None
    assert person.suspension.reason == "สั้น"


def test_operators_are_not_suspended_and_only_they_suspend() -> None:
    operator = make_operator()
    assert rules.can_suspend(operator, make_person())
    assert not rules.can_suspend(operator, make_operator())
    assert not rules.can_suspend(make_person(), make_person())


def test_reading_goes_on_and_every_page_says_why_and_until_when(client: Client) -> None:
    mat = Mat()
    person = suspended()
    client.force_login(person)
    end = timezone.localtime(timezone.now() + timedelta(days=3))
    for path in ("/", f"/posts/{mat.post.pk}/", "/circles/", "/stories/new/"):
        response = client.get(path, headers={"accept-language": "en"})
        shown = html.unescape(response.content.decode())
        assert response.status_code == 200
        assert WHY in shown
        assert f"{end.day} {end:%B} {end.year}" in shown
        assert "/care/about-my-posts/" in shown
    client.force_login(make_person())
    assert WHY not in client.get("/").content.decode()
    client.logout()
    assert WHY not in client.get("/").content.decode()


def test_nothing_is_written_but_drafts_are_kept(client: Client) -> None:
    mat = Mat()
    person = suspended()
    client.force_login(person)
    assert not can_reply(person, mat.post)
    before = Post.objects.count()
    client.post("/stories/new/", {"title": "เรื่อง", "text": "เนื้อความ"})
    client.post(f"/posts/{mat.post.pk}/reply/", {"text": "ตอบ"})
    client.post(f"/posts/{mat.post.pk}/flag/", {"kind": "unkind"})
    client.post("/circles/start/", {"name": "วงใหม่", "audience": "organisation"})
    client.post(f"/circles/{mat.circle.slug}/join/")
    assert Post.objects.count() == before
    assert not Flower.objects.exists()
    assert not mat.post.flags.exists()
    assert not Membership.objects.filter(person=person).exists()
    draft = {"draft": new_key(), "kind": "story", "title": "ร่าง", "text": "ยังไม่ลง"}
    assert client.post(reverse("posts:draft_save"), draft).status_code < 400
    assert Draft.objects.filter(owner=person).exists()
    assert not Follow.objects.exists()


def test_suspend_say_why_appeal_and_lift(client: Client) -> None:
    operator, other, person = make_operator(), make_operator(), make_person("ผู้ถูกพัก")
    client.force_login(operator)
    last = timezone.localdate() + timedelta(days=5)
    response = client.post(f"/care/people/{person.pk}/suspend/", {"until": last.isoformat(), "reason": WHY})
    deed = Deed.objects.get(kind=Deed.Kind.SUSPEND)
    assert response["Location"] == deed.get_absolute_url()
    person.refresh_from_db()
    assert timezone.localtime(person.suspended_until).date() == last + timedelta(days=1)
    client.force_login(person)
    assert deed.get_absolute_url() in client.get("/care/about-my-posts/").content.decode()
    assert client.post(f"/care/deeds/{deed.pk}/appeal/", {"words": "เข้าใจผิดกัน"}).status_code == 302
    client.force_login(operator)
    assert client.get(f"/care/appeals/{deed.appeal.pk}/").status_code == 403
    client.force_login(other)
    given = {"is_granted": "yes", "answer": "จริงด้วย ขอโทษนะ"}
    assert client.post(f"/care/appeals/{deed.appeal.pk}/", given).status_code == 302
    person.refresh_from_db()
    assert rules.can_write(person)
    client.force_login(person)
    assert "จริงด้วย ขอโทษนะ" in client.get(deed.get_absolute_url()).content.decode()


@pytest.mark.parametrize("days", [-1, 400])
def test_an_end_that_makes_no_sense_is_refused(client: Client, days: int) -> None:
    client.force_login(make_operator())
    person = make_person()
    until = (timezone.localdate() + timedelta(days=days)).isoformat()
    assert client.post(f"/care/people/{person.pk}/suspend/", {"until": until, "reason": WHY}).status_code == 422


def test_only_operators_come_to_the_page(client: Client) -> None:
    person = make_person()
    for viewer, status in ((make_person(), 403), (Mat().host, 403), (make_operator(), 200)):
        client.force_login(viewer)
        assert client.get(f"/care/people/{person.pk}/suspend/").status_code == status


def test_lifted_before_its_end_by_the_trail() -> None:
    person = make_person()
    ends_at = timezone.now() + timedelta(days=3)
    deed = actions.suspend_person(person, by=make_operator(), reason=WHY, ends_at=ends_at)
    undo(deed)
    assert rules.can_write(Person.objects.get(pk=person.pk))
    assert Suspension.objects.get().lifted_at is not None
