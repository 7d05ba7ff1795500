"""What operators do in /admin/ with posts, files, tags, circles and seats."""

import io

import pytest
from django.urls import reverse

from lomwong.activity.models import Event, Verb
from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.people.tests.factories import make_person
from lomwong.posts.files.actions import attach
from lomwong.posts.files.shelf import keep
from lomwong.posts.models import Post, Tag
from lomwong.posts.tests.factories import make_post, make_reply
from lomwong.posts.tests.papers import make_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(client):
    person = make_person(is_staff=True, is_superuser=True)
    client.force_login(person)
    return person


@pytest.mark.parametrize(
    "model", ["posts_post", "posts_file", "posts_tag", "communities_community", "communities_membership"]
)
def test_lists_and_searches(client, operator, model):
    make_reply(make_post("หาให้เจอ", communities=[make_community("หาให้เจอ")], tags=["หาให้เจอ"]))
    for query in ("", "?q=หาให้เจอ", "?q=1", "?q=ไม่มี"):
        assert client.get(reverse(f"admin:{model}_changelist") + query).status_code == 200


def test_words_that_must_not_stand_are_taken_out_everywhere(client, operator):
    author = make_person()
    post = make_post("เลขบัตรประชาชน", by=author, text="เลขบัตร 1234")
    url = reverse("admin:posts_post_change", args=[post.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"title": "ผู้ดูแลเอาออก", "text": "ผู้ดูแลเอาออก"}).status_code == 302
    post.refresh_from_db()
    assert (post.title, post.excerpt, post.author) == ("ผู้ดูแลเอาออก", "ผู้ดูแลเอาออก", author)
    assert "1234" not in post.html
    assert Event.objects.get(verb=Verb.EDITED).actor_id == operator.pk


def test_a_comment_has_no_title_and_can_be_changed_too(client, operator):
    reply = make_reply(make_post(), "เดิม")
    client.post(reverse("admin:posts_post_change", args=[reply.pk]), {"title": "", "text": "ใหม่"})
    reply.refresh_from_db()
    assert reply.text == "ใหม่"


def test_posts_are_not_made_here(client, operator):
    assert client.get(reverse("admin:posts_post_add")).status_code == 403


def test_a_post_is_deleted_when_nothing_hangs_below(client, operator):
    post = make_post("เลขบัตรประชาชน")
    reply = make_reply(post, "ตอบ")
    url = reverse("admin:posts_post_delete", args=[post.pk])
    assert str(reply) in client.get(url).content.decode()
    client.post(url, {"post": "yes"})
    assert Post.objects.count() == 2
    client.post(reverse("admin:posts_post_delete", args=[reply.pk]), {"post": "yes"})
    assert client.post(url, {"post": "yes"}).status_code == 302
    assert not Post.objects.exists()
    gone = Event.objects.filter(verb=Verb.DELETED, actor_id=operator.pk).order_by("id")
    assert list(gone.values_list("post_number", flat=True)) == [reply.number, post.number]


def test_a_whole_thread_is_deleted_from_the_list(client, operator):
    post, other = make_post("ทั้งกระทู้"), make_post("อยู่ต่อ")
    reply = make_reply(post, "ตอบ")
    given = {"action": "delete_selected", "_selected_action": [post.pk, reply.pk], "post": "yes"}
    client.post(reverse("admin:posts_post_changelist"), given)
    assert list(Post.objects.all()) == [other]


def test_a_circle_without_host_is_given_one(client, operator):
    community = make_community("ชื่อเดิม ปิ๊ง", by=(host := make_person()))
    seat = community.memberships.get(person=host)
    url = reverse("admin:communities_membership_change", args=[seat.pk])
    given = {"community": community.pk, "person": host.pk, "state": "seated", "is_host": "on"}
    assert client.post(url, {**given, "joined_at_0": "2026-01-01", "joined_at_1": "12:00"}).status_code == 302
    url = reverse("admin:communities_community_change", args=[community.pk])
    given = {"name": "ชื่อใหม่", "slug": community.slug, "purpose": "", "audience": Audience.MEMBERS}
    given |= {"origin": "natural", "stage": "maturing"}
    assert client.post(url, {**given, "created_at_0": "2026-01-01", "created_at_1": "12:00"}).status_code == 302
    community.refresh_from_db()
    assert (community.name, community.audience) == ("ชื่อใหม่", Audience.MEMBERS)
    assert Event.objects.get(verb=Verb.DESCRIBED).community_id == community.pk


def test_a_tag_is_respelt(client, operator):
    make_post(tags=["เบิกจาย"])
    tag = Tag.objects.get()
    client.post(reverse("admin:posts_tag_change", args=[tag.pk]), {"name": "เบิกจ่าย"})
    tag.refresh_from_db()
    assert (tag.name, tag.key) == ("เบิกจ่าย", "เบิกจาย")


def test_colleagues_stay_outside(client):
    client.force_login(make_person())
    assert client.get(reverse("admin:posts_post_changelist")).status_code == 302


def test_a_file_that_must_not_hang_there_is_taken_away(client, operator):
    kept = keep(io.BytesIO(make_pdf("x")), "เลขบัตร.pdf")
    post = make_post()
    file = attach(post, [kept])[0]
    assert "เลขบัตร.pdf" in client.get(reverse("admin:posts_file_changelist")).content.decode()
    url = reverse("admin:posts_file_delete", args=[file.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"post": "yes"}).status_code == 302
    assert not post.files.exists()
    assert Event.objects.get(verb=Verb.ATTACHED).post_number == post.number
