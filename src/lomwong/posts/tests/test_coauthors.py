"""Writing along: asked, named after a yes, allowed to change the words, free to go."""

import pytest
from django.urls import reverse

from lomwong.activity.models import Event, Verb
from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.people.tests.factories import make_person
from lomwong.posts import actions, rules
from lomwong.posts.models import Authorship, Kind, Licence, Post
from lomwong.posts.stories.actions import part_company, withdraw_post, write_along
from lomwong.posts.tests.factories import make_post, make_reply

pytestmark = pytest.mark.django_db
STORY = reverse("posts:story_new")


@pytest.fixture
def author():
    return make_person("สายใจ คนเขียน")


@pytest.fixture
def friend():
    return make_person("อารีย์ คนช่วย")


@pytest.fixture
def post(author, friend):
    post = make_post("เรื่องที่เขียนด้วยกัน", by=author)
    actions.invite_authors(post, [friend], by=author)
    return post


def url(name, post):
    return reverse(f"posts:{name}", args=[post.number])


def test_named_on_the_writing_page_they_are_asked(client, author, friend):
    client.force_login(author)
    client.post(STORY, {"title": "เรื่อง", "text": "เนื้อ", "co_authors": f" {friend.name} , {friend.name}"})
    row = Authorship.objects.get()
    assert (row.person, row.accepted_at) == (friend, None)
    event = Event.objects.get(verb=Verb.INVITED)
    assert (event.actor_id, event.target_id, event.post_number) == (author.pk, friend.pk, row.post_id)


@pytest.mark.parametrize("name", ["ไม่มีคนนี้", "ชื่อซ้ำ กันสองคน", "ลาออก ไปแล้ว"])
def test_whom_we_cannot_tell_is_asked_about(client, author, name):
    make_person("ชื่อซ้ำ กันสองคน")
    make_person("ชื่อซ้ำ กันสองคน")
    make_person("ลาออก ไปแล้ว", is_active=False)
    client.force_login(author)
    response = client.post(STORY, {"title": "เรื่อง", "text": "เนื้อ", "co_authors": name})
    assert response.status_code == 422
    assert name in response.content.decode()
    assert not Authorship.objects.exists()


def test_the_author_finds_and_asks_without_a_script(client, author, friend):
    post = make_post(by=author)
    client.force_login(author)
    page = client.get(url("authors", post), {"q": "อารีย์"}).content.decode()
    assert f'name="person" value="{friend.pk}"' in page
    client.post(url("author_invite", post), {"person": friend.pk})
    client.post(url("author_invite", post), {"person": friend.pk})
    client.post(url("author_invite", post), {"person": author.pk})
    assert Authorship.objects.get().person == friend
    assert Event.objects.filter(verb=Verb.INVITED).count() == 1


def test_named_only_after_a_yes(client, post, friend):
    client.force_login(make_person())
    assert friend.name not in client.get(post.get_absolute_url()).content.decode()
    write_along(post, person=friend)
    assert friend.name in client.get(post.get_absolute_url()).content.decode()


def test_asked_is_not_yet_a_right(client, post, friend):
    assert not rules.can_edit_post(friend, post)
    client.force_login(friend)
    assert client.get(url("post_edit", post)).status_code == 403
    assert "yes" in client.get(url("authors", post)).content.decode()
    client.post(url("author_answer", post), {"yes": "1"})
    assert client.get(url("post_edit", post)).status_code == 200


def test_who_was_not_asked_sees_no_page_and_accepts_nothing(client, post):
    stranger = make_person()
    client.force_login(stranger)
    assert client.get(url("authors", post)).status_code == 404
    assert client.post(url("author_answer", post), {"yes": "1"}).status_code == 404
    assert client.post(url("author_invite", post), {"person": stranger.pk}).status_code == 404
    assert not rules.can_edit_post(stranger, post)


def test_who_writes_along_changes_words_and_nothing_else(client, post, author, friend):
    write_along(post, person=friend)
    blog = actions.open_blog("ของคนช่วย", by=friend)
    circle = make_community(by=friend)
    client.force_login(friend)
    form = client.get(url("post_edit", post)).context["form"]
    assert not {"blog", "series", "licence", "co_authors", "communities", "audience"} & set(form.fields)
    given = {"title": "ชื่อใหม่", "text": "คำใหม่", "blog": blog.pk, "new_blog": "", "licence": "cc0"}
    client.post(url("post_edit", post), {**given, "communities": [circle.pk], "audience": "public"})
    post.refresh_from_db()
    assert (post.title, post.author, post.blog, post.licence) == ("ชื่อใหม่", author, None, Licence.RESERVED)
    assert (post.audience, post.communities.count()) == (Audience.ORGANISATION, 0)
    assert client.get(url("withdraw", post)).status_code == 404
    assert client.get(url("belonging", post)).status_code == 403
    assert client.post(url("author_invite", post), {"person": make_person().pk}).status_code == 403
    assert client.post(url("author_part", post), {"person": author.pk}).status_code == 403


def test_who_writes_along_reads_where_they_do_not_sit(client, author, friend):
    closed = make_community(by=author, audience=Audience.MEMBERS)
    post = make_post("เรื่องในวงปิด", by=author, communities=[closed])
    other = make_post("เรื่องอื่นในวงปิด", by=author, communities=[closed])
    said = make_reply(post, "คำที่คุยกันในวง", by=author)
    actions.invite_authors(post, [friend], by=author)
    client.force_login(friend)
    assert client.get(post.get_absolute_url()).status_code == 404
    assert client.get(url("authors", post)).status_code == 200
    write_along(post, person=friend)
    assert set(Post.objects.visible_to(friend)) == {post}
    page = client.get(post.get_absolute_url())
    assert page.status_code == 200
    assert said.text not in page.content.decode()
    assert client.get(other.get_absolute_url()).status_code == 404
    part_company(post, person=friend)
    assert client.get(post.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("has_accepted", [True, False])
def test_step_out_or_say_no(client, post, friend, has_accepted):
    if has_accepted:
        write_along(post, person=friend)
    client.force_login(friend)
    client.post(url("author_answer", post), {"yes": "0"})
    assert not Authorship.objects.exists()
    assert not rules.can_edit_post(friend, Post.objects.get(pk=post.pk))


def test_the_author_parts_company(client, post, author, friend):
    write_along(post, person=friend)
    client.force_login(author)
    assert friend.name in client.get(url("authors", post)).content.decode()
    client.post(url("author_part", post), {"person": friend.pk})
    assert not Authorship.objects.exists()


def test_a_withdrawn_entry_asks_nobody(client, post, author, friend):
    withdraw_post(post, by=author)
    client.force_login(friend)
    assert client.get(url("authors", post)).status_code == 404


def test_nobody_writes_a_reply_along(client, author, friend):
    said = make_reply(make_post(), by=author)
    client.force_login(author)
    assert client.get(url("authors", said)).status_code == 404
    assert not rules.can_edit_post(friend, said)


def test_whether_a_reply_may_be_changed_costs_no_query(author, friend, django_assert_num_queries):
    said = make_reply(make_post(), by=author)
    with django_assert_num_queries(0):
        assert rules.can_edit_post(author, said)
        assert not rules.can_edit_post(friend, said)


def test_at_most_ten_write_along(author):
    post = actions.write_post(kind=Kind.STORY, by=author, text="เนื้อ", co_authors=[make_person() for _ in range(12)])
    assert post.authorships.count() == 10
