"""Taking back: the words are gone from everywhere, the number stays, and so does what others said."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.people.tests.factories import make_person
from lomwong.posts import actions
from lomwong.posts.models import Authorship, Draft, File, Flower, Kind, Mention, Post, Revision, State
from lomwong.posts.stories.actions import withdraw_post, write_along
from lomwong.posts.tests.factories import hang, make_answer, make_post, make_question, make_reply

pytestmark = pytest.mark.django_db
SECRET = "คำที่ไม่อยากให้ใครเห็นอีก"


@pytest.fixture
def me(client):
    person = make_person()
    client.force_login(person)
    return person


def url(name, post):
    return reverse(f"posts:{name}", args=[post.number])


def full_post(by):
    """With everything that can hang on an entry."""
    friend = make_person()
    blog = actions.open_blog("สมุด", by=by)
    post = actions.write_post(
        kind=Kind.STORY, by=by, title=SECRET, text=SECRET, tags=[SECRET], blog=blog, series="ชุด", co_authors=[friend]
    )
    actions.edit_post(post, by=by, title=SECRET, text=f"{SECRET} แก้แล้ว")
    hang(post)
    write_along(post, person=friend)
    Flower.objects.create(post=post, giver=friend, word=SECRET, given_at=timezone.now())
    Mention.objects.get_or_create(post=post, person=friend)
    Draft.objects.create(owner=by, key="k" * 20, kind=Kind.STORY, post=post, text=SECRET, saved_at=timezone.now())
    return post


def test_nothing_of_it_is_left_but_the_number(me):
    post = full_post(me)
    withdraw_post(post, by=me)
    post = Post.objects.get(pk=post.pk)
    assert post.state == State.WITHDRAWN
    assert (post.title, post.text, post.html, post.excerpt, post.extra) == ("", "", "", "", {})
    assert (post.blog, post.licence, post.tags.count(), post.flower_count) == (None, "", 0, 0)
    for model in (File, Revision, Flower, Mention, Draft, Authorship):
        assert not model.objects.exists()


def test_a_page_asks_first_and_then_only_says_that_it_is_gone(client, me):
    post = full_post(me)
    address = post.get_absolute_url()
    assert client.get(url("withdraw", post)).status_code == 200
    assert client.get(address).status_code == 200
    assert client.post(url("withdraw", post)).status_code == 302
    for language, words in (("th", "ผู้เขียนถอนออกไปแล้ว"), ("en", "Taken back by its author")):
        client.cookies["django_language"] = language
        response = client.get(address)
        assert response.status_code == 410
        page = response.content.decode()
        assert words in page
        assert str(post.number) in page
        assert SECRET not in page


@pytest.mark.parametrize("name", ["post_edit", "history", "withdraw", "belonging", "authors", "reply_new"])
def test_nothing_more_can_be_done_with_it(client, me, name):
    post = make_post(by=me)
    withdraw_post(post, by=me)
    assert client.get(url(name, post)).status_code == 404


def test_it_is_in_no_list_any_more(client, me):
    post = full_post(me)
    blog, series = post.blog, post.series
    tag = post.tags.get()
    withdraw_post(post, by=me)
    for page in (
        reverse("home"),
        reverse("posts:by", args=[me.pk]),
        blog.get_absolute_url(),
        series.get_absolute_url(),
    ):
        text = client.get(page).content.decode()
        assert SECRET not in text
        assert f"/posts/{post.number}/" not in text
    assert client.get(reverse("posts:tag", args=[tag.key])).status_code == 404


def test_only_whoever_wrote_it_takes_it_back(client, me):
    post = full_post(make_person())
    client.force_login(post.authorships.get().person)
    assert client.post(url("withdraw", post)).status_code == 404
    client.force_login(make_person(is_staff=True))
    assert client.post(url("withdraw", post)).status_code == 404
    client.logout()
    assert client.post(url("withdraw", post)).status_code == 302
    assert Post.objects.shown().filter(pk=post.pk).exists()


def test_its_place_decides_who_learns_that_it_was_there(client, me):
    closed = make_community(by=me, audience=Audience.MEMBERS)
    post = make_post(by=me, communities=[closed])
    withdraw_post(post, by=me)
    assert client.get(post.get_absolute_url()).status_code == 410
    client.force_login(make_person())
    assert client.get(post.get_absolute_url()).status_code == 404
    client.logout()
    assert client.get(post.get_absolute_url()).status_code == 404


def test_what_others_said_below_it_stays(client, me):
    post = make_post(by=me)
    make_reply(post, "คำของเพื่อนที่ยังอยู่")
    withdraw_post(post, by=me)
    response = client.get(post.get_absolute_url())
    assert response.status_code == 410
    assert "คำของเพื่อนที่ยังอยู่" in response.content.decode()


def test_a_comment_leaves_a_quiet_line_only_where_somebody_answered_it(client, me):
    client.cookies["django_language"] = "en"
    post = make_post()
    said = make_reply(post, SECRET, by=me)
    below = make_reply(said, "คำที่ตอบไว้ข้างใต้")
    alone = make_reply(post, f"{SECRET} อีกที", by=me)
    assert client.post(url("withdraw", said))["Location"] == post.get_absolute_url()
    client.post(url("withdraw", alone))
    page = client.get(post.get_absolute_url()).content.decode()
    assert SECRET not in page
    assert page.count("Taken back by its author") == 1
    assert "คำที่ตอบไว้ข้างใต้" in page
    assert f'id="p{alone.number}"' not in page
    post.refresh_from_db()
    assert post.reply_count == 1
    assert post.lifted_at == below.created_at


def test_an_answer_that_worked_is_no_longer_one_that_worked(client, me):
    question = make_question()
    answer = make_answer(question, SECRET, by=me)
    actions.accept_answer(answer, by=question.author)
    withdraw_post(answer, by=me)
    question.refresh_from_db()
    assert (question.accepted_answer, question.reply_count) == (None, 0)
    assert SECRET not in client.get(question.get_absolute_url()).content.decode()


def test_also_what_was_imported_or_hidden(client, me):
    imported, hidden = make_post(by=me), make_post(by=me)
    Post.objects.filter(pk=imported.pk).update(source="mail", source_id="1", extra={"subject": SECRET})
    Post.objects.filter(pk=hidden.pk).update(state=State.HIDDEN)
    for post in (imported, hidden):
        client.post(url("withdraw", post))
        assert Post.objects.get(pk=post.pk).state == State.WITHDRAWN


def test_taking_back_twice_changes_nothing(client, me):
    post = make_post(by=me)
    client.post(url("withdraw", post))
    at = Post.objects.get(pk=post.pk).edited_at
    assert client.post(url("withdraw", post)).status_code == 404
    assert Post.objects.get(pk=post.pk).edited_at == at


def test_words_that_were_being_changed_meanwhile_do_not_come_back(me):
    post = make_post(by=me)
    stale = Post.objects.get(pk=post.pk)
    withdraw_post(post, by=me)
    with pytest.raises(PermissionDenied):
        actions.edit_post(stale, by=me, text=SECRET)
    assert Post.objects.get(pk=post.pk).text == ""
