"""The page of a thread: kept pieces show nobody what is not theirs, and never what is no longer so."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lomwong.communities import actions as circles
from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.people.tests.factories import make_person, make_unit
from lomwong.posts import actions
from lomwong.posts.models import Authorship, Kind, Post, State
from lomwong.posts.tests.factories import hang, make_answer, make_post, make_question, make_reply
from lomwong.posts.threads import queries
from lomwong.posts.threads.holes import fill, hole
from lomwong.posts.warmth.actions import give_flower, take_back_flower

pytestmark = pytest.mark.django_db

SECRET = "ความลับในวง"
HX = {"HX-Request": "true"}


def page_of(client: Client, post: Post, **query: object) -> str:
    response = client.get(post.get_absolute_url(), query)
    assert response.status_code == 200
    return response.content.decode()


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


# Nothing leaks out of what is kept


def test_a_thread_that_closes_is_gone_at_once_for_those_outside():
    author = make_person()
    post = make_post("เปิดอยู่", by=author, audience=Audience.PUBLIC)
    make_reply(post, SECRET, by=author)
    outsider, visitor = signed_in(make_person()), Client()
    for client in (outsider, visitor, outsider, visitor):
        assert SECRET in page_of(client, post)
    inner = make_community(by=author, audience=Audience.MEMBERS)
    actions.edit_post(post, by=author, text="x", title="y", communities=[inner])
    for client in (outsider, visitor):
        assert client.get(post.get_absolute_url()).status_code == 404
    assert SECRET in page_of(signed_in(author), post)


def test_a_circle_that_closes_takes_its_kept_threads_along():
    host = make_person()
    circle = make_community(by=host, audience=Audience.PUBLIC)
    post = make_post(communities=[circle])
    make_reply(post, SECRET)
    visitor, outsider = Client(), signed_in(make_person())
    assert SECRET in page_of(visitor, post)
    assert SECRET in page_of(outsider, post)
    circles.change_community(
        circle, by=host, name="ปิด", purpose="", audience=Audience.MEMBERS, stage=circle.stage
    )  # no version of any thread moves
    assert visitor.get(post.get_absolute_url()).status_code == 404
    assert outsider.get(post.get_absolute_url()).status_code == 404
    assert SECRET in page_of(signed_in(host), post)


def test_who_left_the_circle_reads_their_own_words_and_nobody_elses():
    author, circle = make_person(), make_community(audience=Audience.MEMBERS)
    circles.sit_down(circle, person=author)
    post = make_post("ของฉันเอง", by=author, communities=[circle])
    make_reply(post, SECRET)
    client = signed_in(author)
    assert SECRET in page_of(client, post)
    circles.get_up(circle, person=author)
    page = page_of(client, post)
    assert "ของฉันเอง" in page
    assert SECRET not in page


def test_a_reply_that_lies_elsewhere_is_seen_only_by_those_who_read_there():
    member = make_person()
    inner = make_community(by=member, audience=Audience.MEMBERS)
    post = make_post(audience=Audience.PUBLIC)
    stray = make_reply(post, SECRET)
    Post.objects.filter(pk=stray.pk).update(audience=None)
    stray.communities.add(inner)
    for client, sees in ((signed_in(member), True), (signed_in(make_person()), False), (Client(), False)) * 2:
        assert (SECRET in page_of(client, post)) is sees


@pytest.mark.parametrize("state", [State.HIDDEN, State.HELD])
def test_a_reply_that_is_not_shown_stays_out_and_the_next_ones_stay_in(state):
    post = make_post(audience=Audience.PUBLIC)
    gone = make_reply(post, SECRET)
    make_reply(gone, "ยังอยู่ตรงนี้")
    clients = [Client(), signed_in(make_person())]
    assert all(SECRET in page_of(client, post) for client in clients)
    Post.objects.filter(pk=gone.pk).update(state=state)
    actions.recount(post)
    for client in clients:
        page = page_of(client, post)
        assert SECRET not in page
        assert "ยังอยู่ตรงนี้" in page


def test_nobody_sees_the_buttons_of_another():
    asker, helper, reader = make_person("ผู้ถาม"), make_person("ผู้ตอบ"), make_person("ผู้อ่าน")
    question = make_question(by=asker)
    answer = make_answer(question, by=helper)
    accept = f"/posts/{answer.pk}/accept/"
    give = f'formaction="/posts/{answer.pk}/flower/"'
    take = f'formaction="/posts/{answer.pk}/flower/back/"'
    give_flower(answer, by=reader)
    for _ in range(2):
        pages = {person: page_of(signed_in(person), question) for person in (asker, helper, reader)}
        assert [accept in pages[person] for person in (asker, helper, reader)] == [True, False, False]
        assert [give in pages[person] for person in (asker, helper, reader)] == [True, False, False]
        assert [take in pages[person] for person in (asker, helper, reader)] == [False, False, True]
        edit = f'href="/posts/{question.pk}/edit/"'
        assert [edit in pages[person] for person in (asker, helper, reader)] == [True, False, False]


def test_who_writes_along_may_edit_and_a_stranger_may_not():
    post, along = make_post(), make_person()
    Authorship.objects.create(post=post, person=along, invited_at=post.created_at, accepted_at=post.created_at)
    edit = f'href="/posts/{post.pk}/edit/"'
    assert edit in page_of(signed_in(along), post)
    assert edit not in page_of(signed_in(make_person()), post)


def test_visitors_are_told_no_names_of_people_behind_flowers():
    post, giver = make_post(audience=Audience.PUBLIC), make_person("คนให้ดอกไม้")
    give_flower(post, by=giver)
    assert "คนให้ดอกไม้" in page_of(signed_in(make_person()), post)
    page = page_of(Client(), post)
    assert "คนให้ดอกไม้" not in page
    assert "/people/" not in page.replace("/people/units/", "").replace("/people/me/", "")


def test_words_that_look_like_a_hole_stay_words():
    assert fill(hole("secret", 1), {}) == ""
    forged = re.sub(r"[0-9a-f]{12}", "0" * 12, str(hole("box")))
    assert fill(forged, {"box": lambda: "filled"}) == forged
    post = make_post(text=f"ก {forged.replace(chr(0), '')} {{number}} {{html}} ข", audience=Audience.PUBLIC)
    make_reply(post, "ค {acts} {} {0} %s ง")
    page = page_of(Client(), post)
    assert "{number} {html}" in page
    assert "{acts} {} {0} %s" in page


# Every change is seen at once


def test_every_change_is_seen_at_once():
    asker, reader = make_person(), signed_in(make_person())
    question = make_question(by=asker, audience=Audience.PUBLIC)
    visitor = Client()

    def both() -> str:
        return page_of(visitor, question) + page_of(reader, question)

    both()
    answer = make_answer(question, "คำตอบแรก", by=asker)
    assert both().count("<p>คำตอบแรก</p>") == 2
    actions.edit_post(answer, by=asker, text="คำตอบที่แก้")
    assert both().count("<p>คำตอบที่แก้</p>") == 2
    actions.accept_answer(answer, by=asker)
    assert both().count("answer best") == 2
    actions.take_back_accepted(answer, by=asker)
    assert both().count("answer best") == 0
    hang(answer, "แนบทีหลัง.docx")
    actions.touch_thread(question.pk)
    assert both().count("<span>แนบทีหลัง.docx</span>") == 2
    flower = make_person("ขอบคุณมาก")
    give_flower(question, by=flower)
    assert "ขอบคุณมาก" in both()
    take_back_flower(question, by=flower)
    assert "ขอบคุณมาก" not in both()
    actions.delete_posts([answer], by=asker)
    assert "คำตอบที่แก้" not in both()
    actions.edit_post(question, by=asker, text="ถามใหม่", title="คำถามใหม่")
    assert both().count("คำถามใหม่") >= 4


def test_a_closed_thread_has_no_box_but_a_word_about_it():
    post = make_post(audience=Audience.PUBLIC)
    reply = make_reply(post)
    reader = signed_in(make_person())
    assert "<textarea" in page_of(reader, post).split('id="talk"')[1]
    Post.objects.filter(pk=post.pk).update(is_locked=True)
    actions.touch_thread(post.pk)
    page = page_of(reader, post)
    assert f"/posts/{post.pk}/reply/" not in page
    assert f"/posts/{reply.pk}/reply/" not in page
    assert "ปิดวงคุยแล้ว" in page
    assert reader.post(reverse("posts:reply_new", args=[post.pk]), {"text": "x"}).status_code == 403


# Taken back


def test_a_reply_that_was_taken_back_keeps_its_place_while_something_hangs_below_it():
    post = make_post(audience=Audience.PUBLIC)
    lone, answered = make_reply(post, "คนเดียว"), make_reply(post, "มีคนตอบ")
    below = make_reply(answered, "ตอบไว้ข้างล่าง")
    Post.objects.filter(pk__in=[lone.pk, answered.pk]).update(state=State.WITHDRAWN, html="", text="", excerpt="")
    actions.recount(post)
    page = page_of(Client(), post)
    assert f'id="p{lone.pk}"' not in page
    assert f'id="p{answered.pk}"' in page
    assert page.index(f'id="below{answered.pk}"') < page.index(f'id="p{below.pk}"')
    assert f"/posts/{answered.pk}/menu/" not in page_of(signed_in(make_person()), post)


def test_a_thread_that_was_taken_back_says_so_and_keeps_what_others_said():
    post = make_post("ชื่อที่ถอน", audience=Audience.PUBLIC)
    make_reply(post, "คนอื่นพูดไว้")
    Post.objects.filter(pk=post.pk).update(state=State.WITHDRAWN, html="", text="", excerpt="", title="")
    actions.touch_thread(post.pk)
    for client in (Client(), signed_in(make_person())):
        response = client.get(post.get_absolute_url())
        assert response.status_code == 410
        assert "คนอื่นพูดไว้" in response.content.decode()


# For caches


def test_visitors_get_no_cookie_no_token_and_a_page_that_caches_may_keep():
    post = make_post(audience=Audience.PUBLIC)
    make_reply(post)
    for _ in range(2):
        response = Client().get(post.get_absolute_url())
        assert response["Cache-Control"] == "public, s-maxage=30, max-age=0"
        assert "Set-Cookie" not in response
        assert not response.cookies
        assert "csrf" not in response.content.decode()
        assert {"Cookie", "Accept-Language", "Save-Data"} <= set(re.split(r",\s*", response["Vary"]))


def test_members_get_a_page_of_their_own_with_one_token_for_all_buttons():
    me, post = make_person(), make_post()
    for _ in range(5):
        make_reply(post)
    response = signed_in(me).get(post.get_absolute_url())
    assert response["Cache-Control"] == "private"
    page = response.content.decode().split("<main")[1].split("</main>")[0]
    assert page.count('form="act" formaction="/posts/') == 6
    assert len(re.findall('id="act".*?csrfmiddlewaretoken', page)) == 1
    assert "csrf" not in page.split('id="said"')[1].split('<form class="compose')[0]


def test_a_page_that_has_not_changed_is_not_sent_again(client):
    post = make_post(audience=Audience.PUBLIC)
    first = client.get(post.get_absolute_url())
    again = client.get(post.get_absolute_url(), headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again["Cache-Control"] == first["Cache-Control"]
    make_reply(post)
    assert client.get(post.get_absolute_url(), headers={"if-none-match": first["ETag"]}).status_code == 200


def test_each_language_and_look_has_its_own_kept_page(client):
    post = make_post(audience=Audience.PUBLIC)
    pages = set()
    for language in ("th", "en"):
        for theme in ("light", "dark"):
            client.cookies["django_language"], client.cookies["theme"] = language, theme
            pages |= {page_of(client, post), page_of(client, post)}
    assert len(pages) == 4
    page = client.get(post.get_absolute_url(), headers={"save-data": "on"}).content.decode()
    assert "start.js" not in page


def test_an_address_with_something_more_in_it_is_kept_by_nobody(client):
    post = make_post(audience=Audience.PUBLIC)
    response = client.get(post.get_absolute_url(), {"utm": "ใครสักคน"})
    assert response["Cache-Control"] == "private"
    assert "utm" not in page_of(client, post)


# How little is asked


@pytest.mark.parametrize("make", [make_question, make_post])
def test_a_warm_page_takes_one_query_for_visitors_and_five_for_members(make):
    post = make(audience=Audience.PUBLIC, communities=())
    reader = signed_in(make_person())

    def queries_of(client: Client) -> int:
        client.get(post.get_absolute_url())
        with CaptureQueriesContext(connection) as captured:
            page_of(client, post)
        return len(captured)

    counts = []
    for more in (1, 29):
        for _ in range(more):
            make_reply(make_answer(post, by=make_person(unit=make_unit())), by=make_person())
        counts.append((queries_of(Client()), queries_of(reader)))
    assert counts[0] == counts[1]
    assert counts[0][0] == 1
    # session, person, what may be read, what is theirs, the bell; of a question whether it was carried to them
    assert counts[0][1] <= (6 if post.kind == Kind.QUESTION else 5)


def test_prepared_rights_are_those_of_every_list():
    member = make_person()
    inner, house, open_circle = (
        make_community(by=member, audience=audience)
        for audience in (Audience.MEMBERS, Audience.ORGANISATION, Audience.PUBLIC)
    )
    posts = [make_post(by=member, communities=where) for where in ([inner], [house], [open_circle], [inner, house])]
    posts += [make_post(audience=audience) for audience in (Audience.PUBLIC, Audience.ORGANISATION)]
    posts.append(make_reply(posts[0], by=member))
    lost = make_post(by=member)
    Post.objects.filter(pk=lost.pk).update(audience=None)
    Post.objects.filter(pk=posts[2].pk).update(state=State.HIDDEN)
    for viewer in (AnonymousUser(), member, make_person(), make_person(is_staff=True)):
        readable = set(Post.objects.visible_to(viewer).values_list("pk", flat=True))
        assert {post.pk for post in [*posts, lost] if queries.head_of(post.pk, viewer)} == readable
    assert queries.head_of(10**30, member) is None


# Long threads


@pytest.fixture
def long_thread(monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 4)
    monkeypatch.setattr("lomwong.posts.threads.views.PAGE", 4)
    monkeypatch.setattr("lomwong.posts.threads.answering.PAGE", 4)
    post = make_post(audience=Audience.PUBLIC)
    replies = [make_reply(post, f"ความเห็น {number:02}") for number in range(10)]
    replies.append(make_reply(replies[0], "ตอบอันแรก"))
    return post, replies


def test_a_long_thread_comes_in_pages_and_each_reply_has_its_place(client, long_thread):
    post, replies = long_thread
    seen, start = [], ""
    for _ in range(9):
        page = page_of(client, post, **({"from": start} if start else {}))
        seen += [int(number) for number in re.findall(r'class="say" id="p(\d+)"', page)]
        further = re.search(r'\?from=(\d+)#said" rel="next"', page)
        if not further:
            break
        start = further[1]
    assert sorted(seen) == [reply.pk for reply in replies]
    for reply in replies:
        place = client.get(reverse("posts:post", args=[reply.pk]))["Location"]
        assert f'id="p{reply.pk}"' in client.get(place).content.decode()


def test_nonsense_in_the_address_shows_the_beginning(client, long_thread):
    post, replies = long_thread
    for nonsense in ("x", "-1", "9" * 40, "๑", "0", "²"):
        assert f'id="p{replies[0].pk}"' in page_of(client, post, **{"from": nonsense})


def test_a_thousand_comments_are_no_burden(client):
    post = make_post(audience=Audience.PUBLIC)
    by = make_person()
    Post.objects.bulk_create(
        Post(kind="comment", author=by, root=post, parent=post, text="x", html="<p>x</p>", excerpt="x",
             audience=post.audience, created_at=post.created_at, lifted_at=post.created_at)
        for _ in range(1200)
    )  # fmt: skip
    actions.recount(post)
    page = page_of(client, post)
    assert page.count('class="say"') == 200
    assert 'rel="next"' in page


def test_whoever_asked_is_not_told_to_ask_back_below_their_own_question():
    """The page is kept for all: what one reader is shown never comes to the next."""
    asker, reader = make_person(), make_person()
    question = make_question(by=asker)
    make_answer(question, by=reader)
    english = {"HTTP_ACCEPT_LANGUAGE": "en"}
    for _ in range(2):
        for person, is_asker in ((asker, True), (reader, False)):
            page = signed_in(person).get(question.get_absolute_url(), **english).content.decode()
            assert ("Ask back or add something" in page) is not is_asker
            assert ("Tell what you have done yourself" in page) is not is_asker
            assert page.count("Tell more") == (3 if is_asker else 0)  # the link, the label of the box and its hint
