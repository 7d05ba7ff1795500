"""What htmx lays into the page of a thread: replies, menus, what the asker says."""

import re

import pytest
from django.urls import reverse

from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.people.tests.factories import make_person, make_unit
from lomwong.posts.tests.factories import make_answer, make_post, make_question, make_reply
from lomwong.posts.tests.test_thread_page import page_of, signed_in

pytestmark = pytest.mark.django_db

HX = {"HX-Request": "true"}


@pytest.mark.parametrize("where", ["first comment", "below", "deep", "answer"])
def test_what_is_laid_into_the_page_is_what_a_reload_shows(where):
    me = make_person(unit=make_unit())
    root = make_question() if where == "answer" else make_post()
    parent = root
    if where in ("below", "deep"):
        parent = make_reply(root)
    if where == "deep":
        parent = make_reply(parent)
    client = signed_in(me)
    before = page_of(client, root)
    fields = {"text": "คำที่เพิ่งพูด **เน้น**", "kind": "answer" if where == "answer" else "comment"}
    response = client.post(reverse("posts:reply_new", args=[parent.pk]), fields, headers=HX)
    assert response.status_code == 200
    into, said = re.search(
        r'<hx-partial hx-target="#(\w+)" hx-swap="beforeend">(.*?)</hx-partial>', response.content.decode(), re.DOTALL
    ).groups()
    after = page_of(client, root)
    assert said not in before
    assert said in after
    place = re.search(rf'id="{into}">', after).end()
    assert after.index(said) >= place
    if where == "answer":
        assert "1 คำตอบ" in response.content.decode()
        assert "1 คำตอบ" in after


def test_a_faulty_reply_comes_back_with_every_word():
    post = make_post()
    client = signed_in(make_person())
    response = client.post(reverse("posts:reply_new", args=[post.pk]), {"text": " ", "kind": "comment"}, headers=HX)
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()


def test_a_reply_sent_twice_is_said_once():
    post = make_post()
    client = signed_in(make_person())
    key = re.search(r'name="draft" value="(\w+)"', page_of(client, post))[1]
    for _ in range(2):
        client.post(reverse("posts:reply_new", args=[post.pk]), {"text": "ครั้งเดียว", "kind": "comment", "draft": key})
    assert post.thread.count() == 1


def test_the_words_of_a_reply_can_be_quoted():
    post = make_post()
    reply = make_reply(post, "บรรทัดหนึ่ง\nบรรทัดสอง")
    page = signed_in(make_person()).get(reverse("posts:reply_new", args=[reply.pk]), {"quote": "1"}).content.decode()
    assert "&gt; บรรทัดหนึ่ง\n&gt; บรรทัดสอง" in page


def test_the_menu_of_a_reply_offers_what_one_may_do():
    author, reader = make_person(), make_person()
    post = make_post()
    reply = make_reply(post, by=author)
    menu = reverse("posts:post_menu", args=[reply.pk])
    own, other = (signed_in(person).get(menu).content.decode() for person in (author, reader))
    for name in ("post_edit", "withdraw"):
        assert reverse(f"posts:{name}", args=[reply.pk]) in own
        assert reverse(f"posts:{name}", args=[reply.pk]) not in other
    assert f"/posts/{reply.pk}/reply/?quote=1" in other
    fragment = signed_in(reader).get(menu, headers=HX).content.decode()
    assert "<html" not in fragment
    assert fragment.count("<li>") >= 4
    closed = make_reply(make_post(communities=[make_community(audience=Audience.MEMBERS)]))
    assert signed_in(reader).get(reverse("posts:post_menu", args=[closed.pk])).status_code == 404


def test_accepting_with_htmx_makes_the_page_anew():
    asker = make_person()
    question = make_question(by=asker)
    answer = make_answer(question)
    here = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{question.get_absolute_url()}#x"}
    response = signed_in(asker).post(reverse("posts:answer_accept", args=[answer.pk]), {"works": "1"}, headers=here)
    assert response["HX-Refresh"] == "true"
