from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lomwong.activity.models import Event, Verb
from lomwong.communities.tests.factories import make_community
from lomwong.people.tests.factories import make_person
from lomwong.posts import actions, rules
from lomwong.posts.models import Kind, Post, Tag
from lomwong.posts.tests.factories import make_answer, make_post, make_question, make_reply

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)


def events(verb: str) -> list[tuple[int | None, int | None, int | None]]:
    rows = Event.objects.filter(verb=verb).order_by("id")
    return list(rows.values_list("actor_id", "target_id", "post_number"))


# Write and edit


def test_write_keeps_the_words_and_shows_them_safely():
    author = make_person()
    post = make_post("ชื่อ", by=author, text="**เน้น** <script>alert(1)</script>", at=NOON)
    post.refresh_from_db()
    assert post.text == "**เน้น** <script>alert(1)</script>"
    assert "<strong>เน้น</strong>" in post.html
    assert "<script" not in post.html
    assert post.excerpt == "เน้น <script>alert(1)</script>"
    assert (post.created_at, post.lifted_at, post.reply_count) == (NOON, NOON, 0)
    assert events(Verb.POSTED) == [(author.pk, None, post.number)]


def test_numbers_never_return():
    first = make_post()
    number = first.number
    first.delete()
    assert make_post().number > number


def test_what_lies_in_circles_has_no_audience_of_its_own():
    assert make_post().audience == "organisation"
    assert make_post(communities=[make_community()]).audience is None


def test_edit_keeps_number_place_and_thread():
    author = make_person()
    community = make_community(by=author)
    post = make_post("ก่อน", by=author, communities=[community], tags=["เดิม"], at=NOON)
    reply = make_reply(post, at=NOON + timedelta(hours=1))
    post.refresh_from_db()
    actions.edit_post(post, by=author, text="หลัง", title="หลัง")
    post.refresh_from_db()
    assert (post.title, post.html.strip(), post.excerpt) == ("หลัง", "<p>หลัง</p>", "หลัง")
    assert post.edited_at is not None
    assert (post.created_at, post.lifted_at, post.reply_count) == (NOON, NOON + timedelta(hours=1), 1)
    assert list(post.communities.all()) == [community]
    assert [tag.name for tag in post.tags.all()] == ["เดิม"]
    assert list(post.thread.all()) == [reply]
    assert events(Verb.EDITED) == [(author.pk, None, post.number)]


def test_editing_a_reply_moves_nothing():
    author = make_person()
    community = make_community(by=author)
    reply = make_reply(make_post(communities=[community]), by=author)
    actions.edit_post(reply, by=author, text="ใหม่", communities=[])
    reply.refresh_from_db()
    assert list(reply.communities.all()) == [community]
    assert reply.text == "ใหม่"


def test_only_ones_own_words_written_here_may_be_changed():
    author = make_person()
    here, imported = make_post(by=author), make_post(by=author)
    imported.source = "mail"
    assert rules.can_edit_post(author, here)
    assert not rules.can_edit_post(make_person(), here)
    assert not rules.can_edit_post(author, imported)


# Reply


def test_a_reply_counts_and_lifts_its_thread():
    asker, helper = make_person(), make_person()
    community = make_community()
    question = make_question(by=asker, communities=[community], at=NOON)
    answer = make_answer(question, by=helper, at=NOON + timedelta(days=3))
    back = make_reply(answer, by=asker, at=NOON + timedelta(days=4))
    question.refresh_from_db()
    answer.refresh_from_db()
    assert (question.reply_count, question.lifted_at) == (2, NOON + timedelta(days=4))
    assert (answer.reply_count, answer.root, answer.parent) == (0, question, question)
    assert (back.root, back.parent) == (question, answer)
    community.refresh_from_db()
    assert community.talked_at == NOON + timedelta(days=4)
    assert events(Verb.REPLIED) == [(helper.pk, asker.pk, answer.number), (asker.pk, helper.pk, back.number)]


def test_a_reply_from_the_past_lifts_nothing():
    community = make_community()
    post = make_post(communities=[community], at=NOON)
    make_reply(post, at=NOON - timedelta(days=9))
    post.refresh_from_db()
    community.refresh_from_db()
    assert (post.lifted_at, community.talked_at) == (NOON, NOON)


def test_a_reply_to_somebody_who_has_gone_points_to_nobody():
    author = make_person()
    post = make_post(by=author)
    author.delete()
    post.refresh_from_db()
    reply = make_reply(post)
    assert events(Verb.REPLIED) == [(reply.author_id, None, reply.number)]


@pytest.mark.parametrize(
    ("kind", "is_answer", "expected"),
    [
        (Kind.QUESTION, True, Kind.ANSWER),
        (Kind.QUESTION, False, Kind.COMMENT),
        (Kind.STORY, True, Kind.COMMENT),
        (Kind.JOURNAL, True, Kind.COMMENT),
        (Kind.ANSWER, True, Kind.COMMENT),
        (Kind.COMMENT, True, Kind.COMMENT),
    ],
)
def test_only_a_question_is_answered(kind, is_answer, expected):
    assert actions.reply_kind(Post(kind=kind), is_answer=is_answer) == expected


# Accept


def test_accepting_is_said_once_and_can_be_taken_back():
    asker, helper = make_person(), make_person()
    question = make_question(by=asker)
    first, second = make_answer(question, by=helper), make_answer(question)
    actions.accept_answer(first, by=asker)
    actions.accept_answer(first, by=asker)  # a second click
    question.refresh_from_db()
    assert question.accepted_answer == first
    assert events(Verb.ACCEPTED) == [(asker.pk, helper.pk, first.number)]
    actions.accept_answer(second, by=asker)
    question.refresh_from_db()
    assert question.accepted_answer == second
    actions.take_back_accepted(first, by=asker)  # no longer the accepted one
    question.refresh_from_db()
    assert question.accepted_answer == second
    actions.take_back_accepted(second, by=asker)
    question.refresh_from_db()
    assert question.accepted_answer is None
    assert events(Verb.EDITED) == [(asker.pk, None, question.number)]


def test_only_the_asker_says_what_worked():
    asker, helper = make_person(), make_person()
    question = make_question(by=asker)
    answer = make_answer(question, by=helper)
    comment = make_reply(question, by=helper)
    assert rules.can_accept_answer(asker, answer)
    assert not rules.can_accept_answer(helper, answer)
    assert not rules.can_accept_answer(asker, comment)
    asker.delete()
    answer = Post.objects.get(pk=answer.pk)
    assert not rules.can_accept_answer(helper, answer)


# Tags


def test_two_spellings_are_one_tag_and_the_first_stays():
    first = make_post(tags=["แนวปฎิบัติ", "IT"])
    second = make_post(tags=["แนวปฏิบัติ", "it", "#IT ", "  it"])
    assert set(first.tags.all()) == set(second.tags.all())
    assert set(Tag.objects.values_list("name", flat=True)) == {"แนวปฎิบัติ", "IT"}


def test_tags_without_letters_are_none_and_ten_are_enough():
    assert not make_post(tags=["", "  ", "#", "...", "/", "..", "\u200b", "\x00"]).tags.exists()
    assert make_post(tags=[f"ป้าย{number}" for number in range(12)]).tags.count() == 10


@pytest.mark.parametrize("name", ["C#", "C++", "IT/ระบบ", "a?b=c", "100%", "ป้าย ยาว", "Ünïcode", "๑๒๓"])
def test_every_tag_has_a_page(client, name):
    make_post("เรื่องที่ติดป้าย", tags=[name], audience="public")
    tag = Tag.objects.get()
    response = client.get(f"/posts/{Post.objects.get().number}/")
    assert tag.name in response.content.decode()
    assert "เรื่องที่ติดป้าย" in client.get(reverse("posts:tag", args=[tag.key])).content.decode()


# When a circle last talked


def test_talk_is_noted_for_every_circle_and_never_moves_back():
    first, second = make_community(), make_community()
    make_post(communities=[first, second], at=NOON)
    make_post(communities=[first], at=NOON - timedelta(days=1))
    for community in (first, second):
        community.refresh_from_db()
        assert community.talked_at == NOON


def test_a_thread_that_moves_brings_its_talk_along():
    author = make_person()
    target = make_community(by=author)
    now = timezone.now()
    post = make_post(by=author, at=now)
    actions.edit_post(post, by=author, text="x", communities=[target])
    target.refresh_from_db()
    assert target.talked_at == now
