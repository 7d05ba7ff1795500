"""Post later: at its hour, once, and only if it may still be posted."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from lomwong.communities import actions as circles
from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.people.models import Person
from lomwong.people.tests.factories import make_person
from lomwong.posts.drafts import actions
from lomwong.posts.drafts.tasks import publish_due
from lomwong.posts.drafts.typed import new_key
from lomwong.posts.models import Draft, Kind, Post
from lomwong.posts.tests.factories import make_draft

pytestmark = pytest.mark.django_db

LIST, STORY, JOURNAL = reverse("posts:drafts"), reverse("posts:story_new"), reverse("posts:journal_new")


@pytest.fixture
def me(client):
    person = make_person()
    client.force_login(person)
    return person


def wait_for(draft: Draft) -> None:
    """Its hour has come."""
    actions.schedule_draft(draft, timezone.now() - timedelta(minutes=1))


def test_what_waits_for_its_hour_is_a_draft_until_then(client, me):
    tomorrow = timezone.localtime() + timedelta(days=1)
    sent = {"draft": new_key(), "title": "ของพรุ่งนี้", "text": "พรุ่งนี้ค่อยอ่าน", "tags": "นัด"}
    later = {"later_on": f"{tomorrow:%d/%m}/{tomorrow.year + 543}", "later_at": "16.30 น."}
    assert client.post(STORY, {**sent, **later})["Location"] == LIST
    draft = Draft.objects.get()
    assert timezone.localtime(draft.publish_at) == tomorrow.replace(hour=16, minute=30, second=0, microsecond=0)
    assert publish_due() == 0
    wait_for(draft)
    assert publish_due() == 1
    assert publish_due() == 0
    post = Post.objects.get()
    assert (post.title, post.author, [tag.name for tag in post.tags.all()]) == ("ของพรุ่งนี้", me, ["นัด"])


@pytest.mark.parametrize(
    ("day", "hour", "is_good"),
    [
        ("2099-01-01", "", False),  # too far away
        ("2026-02-30", "", False),
        ("พรุ่งนี้", "", False),
        ("", "10:00", False),
        ("yesterday", "25:99", False),
        ("1/1/2569", "8:00", False),
        ("{soon:%Y-%m-%d}", "", True),
        ("{soon:%Y-%m-%d}", "09:05", True),
        ("{soon:%d/%m/%Y}", "๙.๐๕", True),
        ("{soon:%Y-%m-%d}", "99", False),
    ],
)
def test_days_and_hours_as_people_write_them(client, me, day, hour, is_good):
    soon = timezone.localtime() + timedelta(days=2)
    response = client.post(
        JOURNAL, {"draft": new_key(), "text": "รอก่อน", "later_on": day.format(soon=soon), "later_at": hour}
    )
    assert response.status_code == (302 if is_good else 422)
    assert "รอก่อน" in (client.get(LIST) if is_good else response).content.decode()
    assert not Post.objects.exists()


def test_without_its_day_it_does_not_wait_any_more(client, me):
    soon = timezone.localtime() + timedelta(days=2)
    sent = {"draft": new_key(), "text": "รอก่อน", "later_on": f"{soon:%Y-%m-%d}"}
    client.post(JOURNAL, sent)
    client.post(JOURNAL, {**sent, "text": "รอก่อน แก้คำ", "act": "keep"})
    assert Draft.objects.scheduled().get().text == "รอก่อน แก้คำ"
    client.post(JOURNAL, {**sent, "later_on": "", "act": "keep"})
    assert not Draft.objects.scheduled().exists()


def test_the_hour_is_that_of_the_writers_clock(client, me):
    soon = timezone.localtime() + timedelta(days=2)
    sent = {"draft": new_key(), "text": "รอก่อน", "later_on": f"{soon:%Y-%m-%d}", "later_at": "09:00"}
    client.post(JOURNAL, {**sent, "zone": "Asia/Tokyo"})
    assert f"{timezone.localtime(Draft.objects.get().publish_at):%H:%M}" == "07:00"
    client.post(JOURNAL, {**sent, "draft": new_key(), "zone": "../../etc/passwd"})
    assert f"{timezone.localtime(Draft.objects.latest('pk').publish_at):%H:%M}" == "09:00"


def test_without_a_seat_any_more_it_stays_a_draft_and_says_so(client, me):
    circle = make_community(audience=Audience.MEMBERS, people=[me])
    draft = make_draft(me, "ในวง", kind=Kind.JOURNAL, communities=[str(circle.pk)])
    wait_for(draft)
    circles.get_up(circle, person=me)
    assert publish_due() == 0
    draft.refresh_from_db()
    assert (draft.publish_at, bool(draft.fault), Post.objects.count()) == (None, True, 0)
    page = client.get(draft.get_absolute_url(), follow=True)
    assert page.status_code == 200
    assert "ในวง" in page.content.decode()
    assert 'role="alert"' in page.content.decode()


@pytest.mark.parametrize("change", [{"is_active": False}, {"suspended_until": timezone.now() + timedelta(days=9)}])
def test_nothing_is_posted_for_who_may_not(me, change):
    draft = make_draft(me, "x", kind=Kind.JOURNAL)
    wait_for(draft)
    Person.objects.filter(pk=me.pk).update(**change)
    assert publish_due() == 0
    draft.refresh_from_db()
    assert draft.fault
    assert not Post.objects.exists()


def test_one_that_trips_us_keeps_no_other_waiting(me, monkeypatch, caplog):
    bad, good = make_draft(me, "เสีย", kind=Kind.JOURNAL), make_draft(me, "ดี", kind=Kind.JOURNAL)
    for draft in (bad, good):
        wait_for(draft)
    Draft.objects.filter(pk=bad.pk).update(kind="nonsense")
    assert publish_due() == 1
    bad.refresh_from_db()
    assert (bad.publish_at, bool(bad.fault)) == (None, True)
    assert Post.objects.get().text == "ดี"


def test_a_prompt_waits_in_its_boxes(me):
    fields = {"prompt": ["scene"], "box_scene": ["เช้าวันจันทร์"], "box_deed": ["โทรไป"], "language": ["en"]}
    draft = make_draft(me, "", title="ฉากเดียว", **fields)
    wait_for(draft)
    assert publish_due() == 1
    assert Post.objects.get().text == "## One scene\n\nเช้าวันจันทร์\n\n## What I did\n\nโทรไป"


def test_a_worker_killed_in_the_middle_posts_it_once_in_the_end(me):
    wait_for(make_draft(me, "ครั้งเดียว", kind=Kind.JOURNAL))
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        assert publish_due() == 1
        raise KeyboardInterrupt
    assert not Post.objects.exists()
    assert publish_due() == 1
    assert publish_due() == 0
    assert Post.objects.get().text == "ครั้งเดียว"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_two_workers_at_once_post_it_once():
    me = make_person()
    for at in range(3):
        wait_for(make_draft(me, f"ครั้งเดียว {at}", kind=Kind.JOURNAL))

    def work() -> int:
        try:
            return publish_due()
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        done = sum(pool.map(lambda _: work(), range(3)))
    assert done == 3
    assert sorted(Post.objects.values_list("text", flat=True)) == [f"ครั้งเดียว {at}" for at in range(3)]
