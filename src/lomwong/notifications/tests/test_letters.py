"""What goes out by mail, to whom, when, and what stands in it."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lomwong.activity.actions import record
from lomwong.activity.models import Verb
from lomwong.communities.actions import change_community
from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.notifications import actions
from lomwong.notifications.actions import telling
from lomwong.notifications.models import Letter, LetterState, Mail, Mailbox, NewsKind, Notification, Setting
from lomwong.notifications.tests.factories import reply_to, state_of_the_letter, tomorrow
from lomwong.notifications.writing import compose
from lomwong.people.tests.factories import make_person
from lomwong.posts.models import Post, State
from lomwong.posts.tests.factories import make_post, make_reply

pytestmark = pytest.mark.django_db
K = NewsKind
THAI_SUBJECT = "อุไร ศรีสุวรรณ ตอบคุณใน “ปู่กตัญญูปิ๊งที่ฎีกาซ้ำ”"


def test_a_reply_goes_out_at_once_with_its_words(author, talker, due):
    reply_to(author, talker)
    assert actions.send_due() == 0, "a minute's grace"
    [letter] = due()
    assert letter.to == ["wanna@u.example"]
    assert letter.subject == THAI_SUBJECT
    pk = Notification.objects.get().pk
    html = letter.alternatives[0].content
    for form in (letter.body, html):
        assert "ลองหยิบ เล่มเหลือง ก่อน" in form
        assert f"http://127.0.0.1:8000/news/{pk}/" in form
        assert "http://127.0.0.1:8000/news/settings/" in form
    assert '<html lang="th">' in html
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert state_of_the_letter() == LetterState.SENT
    assert due() == []


def test_words_of_others_are_words_and_never_markup(author, due):
    reply_to(author, make_person("<img src=x> & Söhne"), text="`<script>` และ & ก็ด้วย")
    [letter] = due()
    assert "<img src=x> & Söhne" in letter.subject
    assert "<img" not in letter.alternatives[0].content
    assert "&lt;script&gt; และ &amp;" in letter.alternatives[0].content
    assert "<script> และ & ก็ด้วย" in letter.body


def test_a_title_with_line_breaks_is_one_line(author, talker, due):
    reply = reply_to(author, talker)
    Post.objects.filter(pk=reply.root_id).update(title="ก\r\nBcc: all@u.example\x01\x07\u2028ข")
    [letter] = due()
    assert letter.subject.endswith("“ก Bcc: all@u.example ข”")
    assert letter.message()["Bcc"] is None


def test_the_same_talk_lies_together_and_each_letter_has_its_own_number(author, talker, due):
    reply = reply_to(author, talker)
    make_reply(reply.root, by=talker)
    actions.take_in()
    first, second = due()
    assert first.extra_headers["References"] == second.extra_headers["References"]
    assert first.extra_headers["Message-ID"] != second.extra_headers["Message-ID"]


def test_letters_speak_the_language_that_was_chosen(author, talker, due):
    Mailbox.objects.create(person=author, language="en")
    reply_to(author, talker)
    [letter] = due()
    assert letter.subject.startswith("อุไร ศรีสุวรรณ answered you in")
    assert '<html lang="en">' in letter.alternatives[0].content


@pytest.mark.parametrize(
    "change",
    [
        lambda *_: Notification.objects.update(read_at=timezone.now()),
        lambda reply, _: Post.objects.filter(pk=reply.pk).update(state=State.WITHDRAWN),
        lambda reply, _: Post.objects.filter(pk=reply.pk).update(state=State.HIDDEN),
        lambda reply, _: Post.objects.filter(pk=reply.root_id).update(state=State.HIDDEN),
        lambda reply, _: reply.delete(),
        lambda _, author: type(author).objects.filter(pk=author.pk).update(is_active=False),
        lambda _, author: type(author).objects.filter(pk=author.pk).update(email=None),
        lambda _, author: (
            type(author).objects.filter(pk=author.pk).update(suspended_until=timezone.now() + timedelta(days=1))
        ),
        lambda _, author: Mailbox.objects.update_or_create(person=author, defaults={"is_mail_off": True}),
        lambda *_: Letter.objects.update(made_at=timezone.now() - timedelta(days=4)),
    ],
)
def test_what_has_become_pointless_is_not_sent(change, author, talker, due):
    change(reply_to(author, talker), author)
    assert due() == []
    assert state_of_the_letter() == LetterState.EMPTY


def test_a_thread_that_closes_leaves_no_trace_in_letters(talker, due):
    host, outsider = make_person(), make_person(email="out@u.example")
    circle = make_community(by=host, people=[talker])
    post = make_post("ความลับของวง", by=host, communities=[circle])
    said = make_reply(post, by=outsider)
    make_reply(said, "คำลับ", by=talker)
    Setting.objects.create(person=outsider, kind=K.TALK, mail=Mail.DAILY)
    make_reply(post, "คำลับอีกคำ", by=talker)
    actions.take_in()
    assert {one.mail for one in outsider.notifications.all()} == {Mail.AT_ONCE, Mail.DAILY}
    change_community(circle, by=host, name="ว", purpose="", audience=Audience.MEMBERS, stage="coalescing")
    actions.gather_daily(tomorrow())
    sent = due()
    assert Letter.objects.filter(person=outsider).count() == 2
    assert "out@u.example" not in [address for letter in sent for address in letter.to]


def test_a_held_or_hidden_text_is_never_quoted(author, talker, due):
    """The letter about it says that it is there, not what it says."""
    post = make_post("ของฉัน", by=author, text="คำที่ถูกซ่อน")
    Post.objects.filter(pk=post.pk).update(state=State.HIDDEN)
    record(Verb.MODERATED, actor_id=talker.pk, target_id=author.pk, post_number=post.number)
    actions.take_in()
    [letter] = due()
    assert "ของฉัน" in letter.subject
    assert "คำที่ถูกซ่อน" not in letter.body + letter.alternatives[0].content


# Who gets letters


def test_where_addresses_must_be_proved_only_proved_ones_get_letters(author, talker, due, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    reply = reply_to(author, talker)
    assert due() == []
    EmailAddress.objects.create(user=author, email="other@u.example", verified=True)
    EmailAddress.objects.create(user=author, email="wanna@u.example", verified=False)
    make_reply(reply.root, by=talker)
    actions.take_in()
    assert due() == []
    EmailAddress.objects.filter(email="wanna@u.example").update(verified=True)
    make_reply(reply.root, by=talker)
    actions.take_in()
    assert len(due()) == 1


def test_who_wants_none_gets_none_and_still_sees_it(author, talker, due):
    Setting.objects.create(person=author, kind=K.REPLY, in_app=True, mail=Mail.OFF)
    reply_to(author, talker)
    assert not Letter.objects.exists()
    assert Mailbox.objects.get(person=author).has_new


def test_after_many_letters_in_an_hour_the_rest_waits_for_the_daily_one(author, talker, due, monkeypatch):
    monkeypatch.setattr(telling, "MOST_LETTERS", 2)
    post = make_post(by=author)
    for _ in range(4):
        make_reply(post, by=talker)
        actions.take_in()
    assert len(due()) == 2
    Letter.objects.update(made_at=timezone.now() - timedelta(hours=2))
    make_reply(post, by=talker)
    actions.take_in()
    assert len(due()) == 1
    assert Notification.objects.waiting_for_daily().count() == 2


# Once a day


def test_the_daily_letter_is_put_together_at_its_hour_and_once(author, news_of_three, due, settings):
    settings.DIGEST_HOUR = 7
    assert actions.gather_daily(tomorrow(6, 59)) == 0
    assert actions.gather_daily(tomorrow()) == 1
    assert actions.gather_daily(tomorrow(7, 1)) == 0
    [letter] = due()
    assert re.match(r"เรื่องใหม่รอบตัวคุณ \d+ \S+ 25\d\d$", letter.subject)
    html = letter.alternatives[0].content
    for form in (letter.body, html):
        assert form.index("เรื่องที่หนึ่ง") < form.index("เรื่องที่สอง")
        assert "ดอกไม้" not in form
    assert due() == []


def test_what_was_read_in_the_house_is_not_in_the_daily_letter(author, news_of_three, due):
    actions.mark_read(Notification.objects.filter(kind=K.CIRCLE).earliest("pk"))
    actions.gather_daily(tomorrow())
    [letter] = due()
    assert "เรื่องที่หนึ่ง" not in letter.body
    assert "เรื่องที่สอง" in letter.body


def test_a_daily_letter_of_nothing_is_not_sent(author, news_of_three, due):
    actions.gather_daily(tomorrow())
    actions.mark_all_read(author)
    assert due() == []
    assert state_of_the_letter() == LetterState.EMPTY


def test_a_long_daily_letter_says_how_much_it_left_out(author, talker, due):
    circle = make_community(by=author)
    for _ in range(33):
        make_post(by=talker, communities=[circle])
    actions.take_in()
    actions.gather_daily(tomorrow())
    [letter] = due()
    assert letter.body.count("* อุไร") == 30
    assert "ยังมีอีก 3 เรื่อง" in letter.body


def test_a_daily_letter_costs_as_many_queries_for_30_pieces_as_for_one(author, talker):
    circle = make_community(by=author)
    counts = []
    for size in (1, 29):
        for _ in range(size):
            make_post(by=talker, communities=[circle])
        actions.take_in()
        letter = Letter.objects.create(
            person=author, key=str(size), is_daily=True, made_at=timezone.now(), due_at=timezone.now()
        )
        Notification.objects.update(letter=letter)
        letter = Letter.objects.get(pk=letter.pk)
        with CaptureQueriesContext(connection) as done:
            assert len(compose(letter)["context"]["lines"]) == (1 if size == 1 else 30)
        counts.append(len(done))
    assert counts[0] == counts[1]
