"""Earlier versions: kept, compared, put back, taken away; never for readers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.people.tests.factories import make_person
from lomwong.posts import actions
from lomwong.posts.models import Post, Revision
from lomwong.posts.stories.actions import write_along
from lomwong.posts.tests.factories import make_post, make_reply

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(client):
    person = make_person()
    client.force_login(person)
    return person


@pytest.fixture
def post(me):
    post = make_post("ชื่อแรก", by=me, text="เราส่งใบยืมทุกวันศุกร์")
    return actions.edit_post(post, by=me, title="ชื่อที่สอง", text="เราส่งใบยืมทุกวันจันทร์")


def history(post, **query):
    return reverse("posts:history", args=[post.number], query=query)


def test_the_words_before_are_kept(post, me):
    kept = Revision.objects.get()
    assert (kept.title, kept.text, kept.by) == ("ชื่อแรก", "เราส่งใบยืมทุกวันศุกร์", me)
    assert kept.written_at == post.created_at
    actions.edit_post(post, by=me, title=post.title, text="อีกที")
    assert Revision.objects.first().written_at == kept.replaced_at


def test_the_same_words_make_no_version(post, me):
    actions.edit_post(post, by=me, title=f" {post.title} ", text=post.text, tags=["ป้าย"])
    assert Revision.objects.count() == 1


def test_the_page_marks_words_for_eye_and_ear(client, post):
    client.cookies["django_language"] = "en"
    page = client.get(history(post)).content.decode()
    assert '<del><span class="sr">taken out: </span>ศุกร์' in page
    assert '<ins><span class="sr">put in: </span>จันทร์' in page
    assert "เราส่งใบยืมทุกวัน<del>" in page
    client.cookies["django_language"] = "th"
    assert "ที่เอาออก" in client.get(history(post)).content.decode()


def test_each_version_can_be_looked_at(client, post):
    first = Revision.objects.get()
    page = client.get(history(post, version=first.pk)).content.decode()
    assert "เราส่งใบยืมทุกวันศุกร์" in page
    assert "<ins>" not in page
    assert client.get(history(post, version="อะไรก็ไม่รู้")).status_code == 200


def test_what_was_typed_is_shown_as_typed(client, me):
    post = make_post(by=me, text="<b>หนา</b> <script>alert(1)</script>")
    actions.edit_post(post, by=me, title=post.title, text="<i>เอียง</i> <script>alert(2)</script>")
    page = client.get(history(post)).content.decode()
    assert "alert(" in page
    assert "<script>alert" not in page


def test_earlier_words_are_not_for_readers(client, post, me):
    reader = make_person()
    client.force_login(reader)
    assert client.get(history(post)).status_code == 404
    assert "ศุกร์" not in client.get(post.get_absolute_url()).content.decode()
    kept = Revision.objects.get()
    for name in ("revision_restore", "revision_erase"):
        assert client.post(reverse(f"posts:{name}", args=[post.number, kept.pk])).status_code == 404
    client.logout()
    assert client.get(history(post)).status_code == 302


def test_who_writes_along_and_who_looks_after_the_place_see_them(client, me):
    host, guest, friend, operator = make_person(), make_person(), make_person(), make_person(is_staff=True)
    circle = make_community(by=host, audience=Audience.PUBLIC)
    post = make_post(by=me, communities=[circle], text="คำเดิมในวง")
    actions.edit_post(post, by=me, title=post.title, text="คำใหม่ในวง")
    actions.invite_authors(post, [friend], by=me)
    for person, status in ((host, 200), (guest, 404), (friend, 404), (operator, 200)):
        client.force_login(person)
        assert client.get(history(post)).status_code == status
    write_along(post, person=friend)
    client.force_login(friend)
    assert client.get(history(post)).status_code == 200
    kept = Revision.objects.get()
    assert client.get(reverse("posts:revision_erase", args=[post.number, kept.pk])).status_code == 403
    client.force_login(host)
    assert client.post(reverse("posts:revision_restore", args=[post.number, kept.pk])).status_code == 403


def test_put_back_and_nothing_is_lost(client, post, me):
    kept = Revision.objects.get()
    client.post(reverse("posts:revision_restore", args=[post.number, kept.pk]))
    post.refresh_from_db()
    assert (post.title, post.text) == (kept.title, kept.text)
    assert [revision.text for revision in post.revisions.all()] == ["เราส่งใบยืมทุกวันจันทร์", kept.text]


def test_taken_away_for_good(client, post, me):
    kept = Revision.objects.get()
    url = reverse("posts:revision_erase", args=[post.number, kept.pk])
    assert client.get(url).status_code == 200
    assert Revision.objects.exists()
    client.post(url)
    assert not Revision.objects.exists()
    assert "ศุกร์" not in client.get(history(post)).content.decode()


def test_a_version_belongs_to_its_post(client, post, me):
    other = make_post(by=me)
    kept = Revision.objects.get()
    assert client.post(reverse("posts:revision_restore", args=[other.number, kept.pk])).status_code == 404
    assert client.post(reverse("posts:revision_erase", args=[other.number, kept.pk])).status_code == 404


def test_replies_have_versions_too(client, me):
    said = make_reply(make_post(), "คำแรก", by=me)
    actions.edit_post(said, by=me, text="คำที่สอง")
    assert "แรก" in client.get(history(said)).content.decode()


def test_a_text_of_the_greatest_length_is_compared(client, me):
    post = make_post(by=me, text="เราส่งใบยืมทุกวันศุกร์ " * 4500)
    actions.edit_post(post, by=me, title=post.title, text="เราส่งใบยืมทุกวันจันทร์ " * 4300)
    assert client.get(history(post)).status_code == 200


def test_as_many_queries_for_one_version_as_for_three(client, me):
    one, three = make_post(by=me), make_post(by=me)
    for post, count in ((one, 1), (three, 3)):
        for number in range(count):
            actions.edit_post(post, by=me, title=post.title, text=f"ครั้งที่ {number}")
    counts = []
    for post in (one, three):
        with CaptureQueriesContext(connection) as queries:
            client.get(history(post))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_what_was_imported_has_no_versions(client, me):
    post = make_post(by=me)
    Post.objects.filter(pk=post.pk).update(source="mail", source_id="1")
    assert client.get(reverse("posts:post_edit", args=[post.number])).status_code == 403
