"""The reading pages: what they show, to whom, with how many queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lomwong.communities import actions as circles
from lomwong.communities.models import Audience, Stage
from lomwong.communities.tests.factories import make_community
from lomwong.kit.fragments import FRAGMENTS
from lomwong.people.tests.factories import make_person, make_unit
from lomwong.posts import actions
from lomwong.posts.models import Kind, Post
from lomwong.posts.tests.factories import make_answer, make_post, make_question, make_reply

pytestmark = pytest.mark.django_db

SECRET = "ความลับในวง"


def text_of(client, url: str, **query: str) -> str:
    response = client.get(url, query)
    assert response.status_code == 200, url
    return response.content.decode()


def queries_of(client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


# Nothing of a closed circle comes out


@pytest.fixture
def closed():
    """A members-only circle with a thread of every kind, each with replies, and a tag of its own."""
    member = make_person("คนใน", unit=make_unit("หน่วยงานของคนใน"))
    community = make_community("วงปิด", by=member, audience=Audience.MEMBERS)
    threads = [
        make_post(f"{SECRET} {kind}", kind=kind, by=member, text=SECRET, communities=[community], tags=["ป้ายลับ"])
        for kind in (Kind.STORY, Kind.JOURNAL, Kind.QUESTION)
    ]
    replies = [make_reply(thread, SECRET, by=member) for thread in threads]
    answer = make_answer(threads[2], SECRET, by=member)
    return {"member": member, "community": community, "posts": [*threads, *replies, answer], "answer": answer}


def pages(closed) -> list[str]:
    posts = closed["posts"]
    names = [("home",), ("posts:questions",), ("communities:communities",), ("communities:mine",)]
    names += [("posts:tag", "ป้ายลับ"), ("posts:community", closed["community"].slug)]
    names += [("posts:by", closed["member"].pk), ("communities:members", closed["community"].slug)]
    for post in posts:
        names += [("posts:post", post.pk), ("posts:reply_new", post.pk), ("posts:post_edit", post.pk)]
    return [reverse(name, args=args) for name, *args in names]


@pytest.mark.parametrize("who", ["anonymous", "outsider", "asking", "left"])
def test_nothing_leaks_from_a_closed_circle(client, closed, who):
    if who != "anonymous":
        person = make_person()
        client.force_login(person)
        if who == "asking":
            circles.ask_to_sit(closed["community"], person=person)
        if who == "left":
            circles.sit_down(closed["community"], person=person)
            circles.get_up(closed["community"], person=person)
    for url in pages(closed):
        for address in (url, f"{url}?kind=question", f"{url}?open=1"):
            response = client.get(address, follow=True)
            assert SECRET not in response.content.decode(), address
            assert "ป้ายลับ" not in response.content.decode().replace("%E0", ""), address


@pytest.mark.parametrize("who", ["anonymous", "outsider"])
def test_nothing_is_done_to_what_one_may_not_read(client, closed, who):
    if who == "outsider":
        client.force_login(make_person())
    before = Post.objects.count()
    for post in closed["posts"]:
        for name in ("reply_new", "post_edit", "answer_accept"):
            response = client.post(reverse(f"posts:{name}", args=[post.pk]), {"text": "x", "works": "1"})
            assert response.status_code in ({302} if who == "anonymous" else {404}), name
    assert Post.objects.count() == before
    assert not Post.objects.filter(accepted_answer__isnull=False).exists()


def test_who_sits_there_reads_all_of_it(client, closed):
    client.force_login(closed["member"])
    for url in [reverse("home"), closed["community"].get_absolute_url(), reverse("posts:tag", args=["ป้ายลับ"])]:
        assert SECRET in text_of(client, url)
    for post in closed["posts"]:
        assert SECRET in client.get(reverse("posts:post", args=[post.pk]), follow=True).content.decode()


def test_a_card_names_no_circle_that_the_reader_may_not_know(client):
    inner, open_circle = make_community("วงที่ไม่บอก"), make_community("วงเปิด", audience=Audience.PUBLIC)
    post = make_post("เรื่องเปิด", communities=[inner, open_circle])
    for url in (reverse("home"), post.get_absolute_url()):
        page = text_of(client, url)
        assert "เรื่องเปิด" in page
        assert "วงเปิด" in page
        assert "วงที่ไม่บอก" not in page


def test_a_tag_of_which_one_may_read_nothing_does_not_exist(client, closed):
    url = reverse("posts:tag", args=["ป้ายลับ"])
    assert client.get(url).status_code == client.get(reverse("posts:tag", args=["ไม่มีเลย"])).status_code == 404


def test_what_is_hidden_and_what_does_not_exist_look_alike(client, closed):
    hidden = client.get(reverse("posts:post", args=[closed["posts"][0].pk]))
    for number in (10**6, 10**18, 10**30):
        missing = client.get(reverse("posts:post", args=[number]))
        assert missing.status_code == hidden.status_code == 404


# What the pages show


def test_a_reply_has_its_address_in_its_thread(client):
    root = make_post(audience=Audience.PUBLIC)
    reply = make_reply(make_reply(root))
    response = client.get(reverse("posts:post", args=[reply.pk]))
    assert response["Location"] == f"{root.get_absolute_url()}#p{reply.pk}"
    assert f'id="p{reply.pk}"' in text_of(client, root.get_absolute_url())


def test_visitors_read_without_boxes_to_write_in(client):
    question = make_question(audience=Audience.PUBLIC)
    answer = make_answer(question)
    make_reply(answer)
    page = text_of(client, question.get_absolute_url())
    assert "<textarea" not in page
    assert "/reply/" not in page
    assert "/edit/" not in page
    assert f"/accounts/login/?next=/posts/{question.pk}/" in page


def test_only_the_asker_has_the_button_that_accepts(client):
    asker = make_person()
    question = make_question(by=asker)
    answer = make_answer(question)
    accept = reverse("posts:answer_accept", args=[answer.pk])
    client.force_login(make_person())
    assert accept not in text_of(client, question.get_absolute_url())
    client.force_login(asker)
    assert accept in text_of(client, question.get_absolute_url())


def test_withdrawn_authors_leave_readable_threads(client):
    gone = make_person("ชื่อที่ถอนแล้ว")
    question = make_question("คำถามที่ยังอยู่", by=gone, audience=Audience.PUBLIC)
    answer = make_answer(question, by=gone)
    comment = make_reply(make_reply(answer, by=gone), by=gone)
    make_reply(comment, "ตอบคนที่ไปแล้ว")
    journal = make_post(kind=Kind.JOURNAL, by=gone, text="สองบรรทัดที่ยังอยู่", audience=Audience.PUBLIC)
    gone.delete()
    for _ in range(2):
        for url in (
            question.get_absolute_url(),
            journal.get_absolute_url(),
            reverse("home"),
            reverse("posts:questions"),
        ):
            page = text_of(client, url)
            assert "ชื่อที่ถอนแล้ว" not in page
            assert "ยังอยู่" in page
            assert f"/posts/{answer.pk}/edit/" not in page
        client.force_login(make_person())


def test_a_name_leads_to_people_that_can_be_opened(client):
    here, closed_account = make_person("ยังอยู่"), make_person("ปิดบัญชี", is_active=False)
    posts = [make_post(by=person, audience=Audience.PUBLIC) for person in (here, closed_account)]
    assert here.get_absolute_url() not in text_of(client, posts[0].get_absolute_url())  # a visitor sees no directory
    client.force_login(make_person())
    assert here.get_absolute_url() in text_of(client, posts[0].get_absolute_url())
    assert closed_account.get_absolute_url() not in text_of(client, posts[1].get_absolute_url())


def test_a_question_says_how_far_it_is(client):
    asker = make_person()
    client.force_login(asker)
    client.cookies["django_language"] = "en"
    question = make_question(by=asker, text="")
    url = question.get_absolute_url()
    assert "No answer yet" in text_of(client, url)
    make_reply(question)
    assert "No answer yet" in text_of(client, url)  # asked back is not answered
    assert "No answer yet" in text_of(client, reverse("posts:questions"))
    answer = make_answer(question)
    assert "Still open" in text_of(client, url)
    assert "Still open" in text_of(client, reverse("posts:questions"))
    actions.accept_answer(answer, by=asker)
    assert "The asker says this works" in text_of(client, url)
    assert "Solved" in text_of(client, reverse("posts:questions"))


def test_questions_by_whether_they_are_open(client):
    asker = make_person()
    client.force_login(asker)
    make_question("ยังเปิดอยู่", by=asker)
    solved = make_question("แก้แล้วเรียบร้อย", by=asker)
    actions.accept_answer(make_answer(solved), by=asker)
    make_post("เรื่องเล่า ไม่ใช่คำถาม")
    everything, still_open = (text_of(client, reverse("posts:questions"), **query) for query in ({}, {"open": "1"}))
    assert "ยังเปิดอยู่" in everything
    assert "แก้แล้วเรียบร้อย" in everything
    assert "ไม่ใช่คำถาม" not in everything
    assert "ยังเปิดอยู่" in still_open
    assert "แก้แล้วเรียบร้อย" not in still_open


def test_paging_keeps_what_was_chosen(client):
    client.force_login(make_person())
    for number in range(22):
        make_question(f"คำถามที่ {number:02}")
    first = client.get(reverse("posts:questions"), {"open": "1"})
    further = first.context["page"].further
    from_page = text_of(client, reverse("posts:questions"), open="1", before=further)
    assert "open=1" in first.content.decode().split('rel="next"')[0].rpartition("<a")[2]
    assert "คำถามที่ 01" in from_page
    assert "คำถามที่ 02" not in from_page


def test_a_circle_can_be_read_by_kind(client):
    community = make_community(audience=Audience.PUBLIC)
    for kind in (Kind.STORY, Kind.QUESTION):
        make_post(f"แบบ {kind}", kind=kind, communities=[community])
    url = community.get_absolute_url()
    assert "แบบ story" in text_of(client, url)
    assert "แบบ story" not in text_of(client, url, kind="question")
    assert "แบบ story" in text_of(client, url, kind="answer")  # not a kind of thread: everything


def test_a_resting_circle_says_so(client):
    host = make_person()
    community = make_community(by=host, audience=Audience.PUBLIC)
    circles.change_community(community, by=host, name="พัก", purpose="", audience=Audience.PUBLIC, stage=Stage.RESTING)
    assert 'class="live rest"' in text_of(client, community.get_absolute_url())


def test_what_somebody_wrote_is_shown_as_far_as_one_may_read(client):
    author, inner = make_person(), make_community("วงใน", audience=Audience.MEMBERS)
    circles.sit_down(inner, person=author)
    make_post("อ่านได้", by=author)
    make_post(SECRET, by=author, communities=[inner])
    url = reverse("posts:by", args=[author.pk])
    assert client.get(url).status_code == 302
    client.force_login(make_person())
    page = text_of(client, url)
    assert "อ่านได้" in page
    assert SECRET not in page


# Query counts


def fill(community, author, count: int) -> None:
    for _ in range(count):
        writer = make_person(unit=make_unit())
        question = make_question(by=writer, communities=[community, make_community(by=writer)], tags=["ป้าย"])
        make_answer(question, by=make_person(unit=make_unit()))
        make_post(kind=Kind.JOURNAL, by=author, communities=[community])


def test_query_count_of_lists_does_not_grow(client):
    me = make_person()
    community = make_community(by=me, audience=Audience.PUBLIC)
    fill(community, me, 1)
    names = [("home", []), ("posts:questions", []), ("posts:tag", ["ป้าย"]), ("posts:community", [community.slug])]
    urls = [reverse(name, args=args) for name, args in names]
    own = reverse("posts:by", args=[me.pk])

    client.force_login(me)
    client.get("/")  # the first visit is noted

    def asked(url: str) -> int:
        FRAGMENTS.clear()  # nothing is kept: the page asks for all it shows
        return queries_of(client, url)

    def counts() -> dict[str, int]:
        client.logout()
        found = {f"{url} for a visitor": asked(url) for url in urls}
        client.force_login(me)
        return found | {url: asked(url) for url in [*urls, own]}

    one = counts()
    fill(community, me, 29)
    assert counts() == one


@pytest.mark.parametrize("make", [make_question, make_post])
def test_query_count_of_a_thread_does_not_grow(client, make):
    me = make_person()
    client.force_login(me)
    root = make(by=me, communities=[make_community(by=me)], tags=["ก"])
    reply = make_reply if make is make_post else make_answer
    make_reply(reply(root, by=make_person(unit=make_unit())), by=me)
    one = queries_of(client, root.get_absolute_url())
    for _ in range(29):
        make_reply(reply(root, by=make_person(unit=make_unit())), by=me)
    further = [make_community(), make_community()]
    for post in [root, *root.thread.all()]:  # replies lie where their thread lies
        post.communities.add(*further)
    actions.touch_thread(root.number)
    assert queries_of(client, root.get_absolute_url()) == one
