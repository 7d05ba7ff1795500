"""Several blogs a person; an entry without one is fine."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.people.tests.factories import make_person
from lomwong.posts import actions
from lomwong.posts.models import Blog, Kind, Licence, Post
from lomwong.posts.tests.factories import make_post

pytestmark = pytest.mark.django_db
STORY = reverse("posts:story_new")


@pytest.fixture
def me(client):
    person = make_person()
    client.force_login(person)
    return person


def page_of(client, url, status=200):
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def test_a_story_needs_no_blog(client, me):
    client.post(STORY, {"title": "เรื่อง", "text": "เนื้อ", "new_blog": ""})
    assert Post.objects.get().blog is None
    assert not Blog.objects.exists()


def test_a_blog_opens_with_the_story_that_names_it(client, me):
    client.post(STORY, {"title": "เรื่อง", "text": "เนื้อ", "new_blog": " บันทึก  คนพัสดุ "})
    blog = Blog.objects.get()
    assert (blog.owner, blog.name, blog.slug) == (me, "บันทึก คนพัสดุ", "บันทึก-คนพัสดุ")
    assert Post.objects.get().blog == blog


def test_a_form_sent_twice_opens_one_blog():
    me = make_person()
    for _ in range(2):
        actions.write_post(kind=Kind.STORY, by=me, text="เนื้อ", blog="สมุด")
    assert Blog.objects.get().posts.count() == 2


def test_two_people_may_give_the_same_name(client, me):
    first, second = actions.open_blog("สมุด", by=me), actions.open_blog("สมุด", by=make_person())
    assert first.slug == "สมุด"
    assert second.slug.startswith("สมุด-")


@pytest.mark.parametrize("name", ["new", "New", "!!!"])
def test_no_blog_takes_an_address_of_ours(client, me, name):
    response = client.post(reverse("posts:blog_new"), {"name": name})
    assert response["Location"] not in (reverse("posts:blog_new"), reverse("posts:blogs"))
    assert name in page_of(client, response["Location"])


def test_nobody_writes_into_the_blog_of_another(client, me):
    other = actions.open_blog("ของคนอื่น", by=make_person())
    actions.open_blog("ของฉัน", by=me)
    response = client.post(STORY, {"title": "เรื่อง", "text": "เนื้อ", "blog": other.pk, "new_blog": ""})
    assert response.status_code == 422
    assert "ของคนอื่น" not in page_of(client, STORY)


def test_an_entry_moves_to_another_blog_and_out_of_it(client, me):
    post = make_post(by=me)
    first, second = actions.open_blog("หนึ่ง", by=me), actions.open_blog("สอง", by=me)
    url = reverse("posts:belonging", args=[post.number])
    for given, expected in (({"blog": first.pk}, first), ({"blog": second.pk}, second), ({}, None)):
        client.post(url, {"new_blog": "", **given})
        post.refresh_from_db()
        assert post.blog == expected
    assert post.edited_at is None


def test_what_a_page_does_not_show_stays_as_it_is(client, me):
    blog = actions.open_blog("สมุด", by=me)
    post = actions.write_post(kind=Kind.STORY, by=me, title="เดิม", text="เนื้อ", blog=blog, licence=Licence.CC_BY)
    client.post(reverse("posts:post_edit", args=[post.number]), {"title": "ใหม่", "text": "เนื้อ"})
    post.refresh_from_db()
    assert (post.title, post.blog, post.licence) == ("ใหม่", blog, Licence.CC_BY)


def test_rename_and_describe(client, me):
    blog = actions.open_blog("ชื่อเดิม", by=me)
    post = actions.write_post(kind=Kind.STORY, by=me, text="เนื้อ", blog=blog)
    client.post(reverse("posts:blog_edit", args=[blog.slug]), {"name": "ชื่อใหม่", "about": "เรื่องเล่า", "licence": "cc0"})
    blog.refresh_from_db()
    assert (blog.name, blog.about, blog.licence, blog.slug) == ("ชื่อใหม่", "เรื่องเล่า", "cc0", "ชื่อเดิม")
    assert "ชื่อใหม่" in page_of(client, post.get_absolute_url())
    assert client.post(reverse("posts:blog_edit", args=[blog.slug]), {"name": " "}).status_code == 422


def test_only_its_owner_changes_or_throws_it_away(client, me):
    theirs = actions.open_blog("ของเขา", by=make_person())
    actions.write_post(kind=Kind.STORY, by=theirs.owner, text="เนื้อ", blog=theirs)
    assert client.get(reverse("posts:blog_edit", args=[theirs.slug])).status_code == 403
    assert client.post(reverse("posts:blog_delete", args=[theirs.slug])).status_code == 403
    assert Blog.objects.exists()


def test_only_an_empty_blog_goes(client, me):
    blog = actions.open_blog("สมุด", by=me)
    post = actions.write_post(kind=Kind.STORY, by=me, text="เนื้อ", blog=blog)
    url = reverse("posts:blog_delete", args=[blog.slug])
    client.post(url)
    assert Blog.objects.exists()
    actions.change_belonging(post, by=me, blog="")
    client.post(url)
    assert not Blog.objects.exists()


def test_the_page_shows_what_the_reader_may_read_newest_first(client, me):
    author = make_person()
    closed = make_community(by=author, audience=Audience.MEMBERS)
    blog = actions.open_blog("สมุดของเพื่อน", by=author)
    for title, place in (("เก่ากว่า", {}), ("ใหม่กว่า", {}), ("ความลับในวง", {"communities": [closed]})):
        actions.write_post(kind=Kind.STORY, by=author, title=title, text="เนื้อ", blog=blog, **place)
    page = page_of(client, blog.get_absolute_url())
    assert page.index("ใหม่กว่า") < page.index("เก่ากว่า")
    assert "ความลับในวง" not in page
    client.logout()
    page_of(client, blog.get_absolute_url(), status=404)


def test_the_name_of_a_blog_of_which_one_may_read_nothing_is_not_told(client, me):
    author = make_person()
    closed = make_community(by=author, audience=Audience.MEMBERS)
    blog = actions.open_blog("ชื่อที่บอกอะไรมากไป", by=author)
    post = actions.write_post(kind=Kind.STORY, by=author, text="เนื้อ", blog=blog, communities=[closed])
    by = reverse("posts:by", args=[author.pk])
    page_of(client, blog.get_absolute_url(), status=404)
    assert "ชื่อที่บอกอะไรมากไป" not in page_of(client, by)
    assert list(Blog.objects.visible_to(author)) == [blog]
    actions.move_thread(post, communities=[], audience=Audience.ORGANISATION)
    assert "ชื่อที่บอกอะไรมากไป" in page_of(client, by)


def test_a_long_blog_goes_on(client, me):
    blog = actions.open_blog("สมุด", by=me)
    for number in range(25):
        actions.write_post(kind=Kind.STORY, by=me, title=f"เรื่องเลขที่{number}จบ", text="เนื้อ", blog=blog)
    first = client.get(blog.get_absolute_url())
    further = first.context["page"].further
    second = client.get(blog.get_absolute_url(), {"before": further}).content.decode()
    titles = [f"เรื่องเลขที่{number}จบ" for number in range(25)]
    assert [title for title in titles if title in second] == titles[:5]
    assert [title for title in titles if title in first.content.decode()] == titles[5:]


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_as_many_queries_for_one_entry_as_for_three(client, is_signed_in):
    author = make_person()
    small, large = actions.open_blog("เล็ก", by=author), actions.open_blog("ใหญ่", by=author)
    for blog, count in ((small, 1), (large, 3)):
        for _ in range(count):
            circle = make_community(by=author, audience=Audience.PUBLIC)
            actions.write_post(kind=Kind.STORY, by=author, text="เนื้อ", blog=blog, communities=[circle])
    if is_signed_in:
        client.force_login(make_person())
    counts = []
    for blog in (small, large):
        with CaptureQueriesContext(connection) as queries:
            page_of(client, blog.get_absolute_url())
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_my_blogs_in_both_languages(client, me):
    actions.open_blog("สมุดของฉัน", by=me)
    actions.begin_series("ชุดของฉัน", by=me)
    for language, words in (("th", "บล็อกและชุดบันทึกของฉัน"), ("en", "My blogs and series")):
        client.cookies["django_language"] = language
        page = page_of(client, reverse("posts:blogs"))
        assert all(part in page for part in (words, "สมุดของฉัน", "ชุดของฉัน"))
