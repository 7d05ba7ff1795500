"""What is carried to somebody reaches them, in the news and in a letter: told once; looking changes nothing."""

import pytest
from django.core import mail
from django.utils import timezone, translation

from lomwong.communities.tests.factories import make_community
from lomwong.experts.carrying import actions
from lomwong.experts.models import Carried, CarriedState
from lomwong.experts.tests.asking import TOPIC, ask, make_knower, settle
from lomwong.notifications import actions as news
from lomwong.notifications.models import Letter, Notification
from lomwong.people.tests.factories import make_person
from lomwong.posts.tests.factories import make_question

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def asker():
    return make_person("ผู้ถาม")


@pytest.fixture
def knower():
    return make_knower("วรรณา")


@pytest.fixture
def question(asker, knower):
    return ask(by=asker)


def page(client, path, *, by):
    client.force_login(by)
    return client.get(path).content.decode()


def test_the_news_and_the_letter_lead_to_the_question(client, question, knower):
    news.take_in()
    told = Notification.objects.get(person=knower)
    assert told.kind == "carried"
    Letter.objects.update(due_at=timezone.now())
    news.send_due()
    assert question.title in page(client, "/news/", by=knower)
    assert [letter.to for letter in mail.outbox] == [[knower.email]]
    assert question.title in mail.outbox[0].subject
    assert client.get(f"/news/{told.pk}/").url == question.get_absolute_url()
    assert Carried.objects.get().state == CarriedState.WAITING  # looking changes nothing


def test_passing_on_is_told_with_the_name_of_who_did_it(client, question, knower):
    friend = make_person("เพื่อน")
    actions.pass_on(Carried.objects.get(), friend)
    news.take_in()
    told = Notification.objects.get(person=friend)
    assert (told.kind, told.actor) == ("passed", knower)
    assert f"{knower.name} thinks that you may know" in page(client, "/news/", by=friend)


def test_an_invitation_by_name_is_told_in_the_words_of_the_page(client, question, asker):
    friend = make_person("เพื่อน")
    actions.invite(question, friend, by=asker.pk)
    news.take_in()
    told = Notification.objects.get(person=friend)
    assert (told.kind, told.actor) == ("passed", asker)
    shown = page(client, "/news/", by=friend)
    assert f"{asker.name} asks you along" in shown
    assert "thinks that you may know" not in shown
    assert f"{asker.name} asks you along" in page(client, question.get_absolute_url(), by=friend)


def test_one_is_told_once_of_a_question_also_when_it_lies_in_ones_circle(asker, knower):
    circle = make_community(by=asker, people=[knower])
    make_question(TOPIC, by=asker, communities=[circle])
    news.take_in()
    assert list(Notification.objects.filter(person=knower).values_list("kind", flat=True)) == ["circle"]
    settle()
    news.take_in()
    assert list(Notification.objects.filter(person=knower).values_list("kind", flat=True)) == ["carried"]
