"""What is carried to somebody shows on the question, at home and in a list; one tap each."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from lomwong.experts.carrying import actions, taking_in
from lomwong.experts.models import Carried, CarriedState
from lomwong.experts.tests.asking import TOPIC, ask, make_knower, settle
from lomwong.people.tests.factories import job_function, make_person
from lomwong.posts.actions import accept_answer, write_post
from lomwong.posts.models import Post
from lomwong.posts.tests.factories import make_answer, make_question

pytestmark = pytest.mark.django_db
ASKED = "/who-knows/asked/"
YOURS = "This question may be yours"
CARRIED = "We have carried your question"
UNKNOWN = "We know nobody yet to carry this to. Ask all"


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


def page(client, path, *, by=None):
    if by:
        client.force_login(by)
    return client.get(path).content.decode()


def test_the_question_tells_whom_it_was_carried_to_and_why(client, question, knower):
    shown = page(client, f"/posts/{question.number}/", by=knower)
    assert YOURS in shown
    assert "You once answered" in shown
    assert f"{ASKED}{question.number}/pass-on/" in shown


def test_somebody_else_sees_nothing_of_it(client, question):
    shown = page(client, f"/posts/{question.number}/", by=make_person())
    assert YOURS not in shown
    assert CARRIED not in shown


def test_the_asker_sees_that_it_was_carried_in_the_same_words_for_one_and_three(client, asker, knower):
    one = ask(by=asker)
    make_knower(), make_knower()
    three = ask(by=asker)
    assert Carried.objects.filter(question=three).count() == 3
    seen = []
    for question in (one, three):
        shown = page(client, f"/posts/{question.number}/", by=asker)
        note = re.search(rf"<p class=\"note reading\">.*?{CARRIED}.*?</p>", shown, re.DOTALL)
        seen.append(note and note[0])
    assert seen[0] == seen[1] is not None


def test_where_nobody_is_known_it_says_so_and_offers_to_ask_a_job(client, asker):
    colleague = make_person("เพื่อนไอที")
    colleague.job_functions.add(job_function("it"))
    question = ask("ปลูกกล้วยไม้หน้าตึกอย่างไรให้ออกดอก", by=asker)
    assert UNKNOWN in page(client, f"/posts/{question.number}/", by=asker)
    client.post(f"/who-knows/invite/{question.number}/job/", {"job": "it"})
    assert Carried.objects.get().person == colleague
    assert CARRIED in page(client, f"/posts/{question.number}/")


def test_only_the_asker_asks_a_job(client, question):
    client.force_login(make_person())
    assert client.post(f"/who-knows/invite/{question.number}/job/", {"job": "it"}).status_code == 403
    client.force_login(question.author)
    assert client.post(f"/who-knows/invite/{question.number}/job/", {"job": "no-such"}).status_code == 404


def test_once_it_is_answered_the_asker_is_told_nothing_of_the_way(client, question, asker):
    make_answer(question)
    assert CARRIED not in page(client, f"/posts/{question.number}/", by=asker)


def test_the_list_holds_what_waits_and_home_shows_the_first(client, question, knower):
    for path in (ASKED, "/"):
        shown = page(client, path, by=knower)
        assert question.title in shown
        assert f"{ASKED}{question.number}/not-now/" in shown


def test_what_was_answered_solved_locked_or_hidden_waits_no_more(client, knower, asker):
    answered, solved, locked, hidden, open_one = (
        Carried(question=make_question(f"ถาม {n}", by=asker)) for n in "กขคงจ"
    )
    for row in (answered, solved, locked, hidden, open_one):
        row.person, row.carried_at = knower, timezone.now()
        row.save()
    make_answer(answered.question, by=knower)
    accept_answer(make_answer(solved.question), by=asker)
    Post.objects.filter(pk=locked.question_id).update(is_locked=True)
    Post.objects.filter(pk=hidden.question_id).update(state="hidden")
    shown = page(client, ASKED, by=knower)
    assert [n for n in "กขคงจ" if f"ถาม {n}<" in shown] == ["จ"]


def test_not_now_is_one_tap_and_the_next_one_is_asked(client, question, knower, django_capture_on_commit_callbacks):
    other = make_knower("คนถัดไป")
    client.force_login(knower)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(f"{ASKED}{question.number}/not-now/", {"next": "/"})
    assert response.url == "/"
    assert Carried.objects.get(person=knower).state == CarriedState.DECLINED
    taking_in.carry_further(question.number)
    assert Carried.objects.filter(person=other).exists()
    assert question.title not in page(client, ASKED)


def test_one_cannot_decline_for_somebody_else_nor_by_looking(client, question, knower):
    client.force_login(make_person())
    assert client.post(f"{ASKED}{question.number}/not-now/").status_code == 404
    client.force_login(knower)
    assert client.get(f"{ASKED}{question.number}/not-now/").status_code == 405
    client.get(f"{ASKED}{question.number}/pass-on/?person={make_person().pk}")
    assert Carried.objects.get().state == CarriedState.WAITING


def test_another_site_is_not_where_one_is_led(client, question, knower):
    client.force_login(knower)
    response = client.post(f"{ASKED}{question.number}/not-now/", {"next": "https://elsewhere.example/"})
    assert response.url == ASKED


def test_passing_on_by_name_with_a_word(client, question, knower):
    friend = make_person("สมหญิง ใจดี")
    shown = page(client, f"{ASKED}{question.number}/pass-on/?q=สมหญิง", by=knower)
    assert "สมหญิง ใจดี" in shown
    sent = {"person": friend.pk, "word": "เคยทำมาแล้ว"}
    assert client.post(f"{ASKED}{question.number}/pass-on/", sent).url == ASKED
    shown = page(client, f"/posts/{question.number}/", by=friend)
    assert f"{knower.name} thinks that you know" in shown
    assert "เคยทำมาแล้ว" in shown


def test_who_cannot_be_asked_is_refused_on_the_same_page(client, question, knower):
    hidden = make_person("สมหญิง ใจดี", is_findable=False)
    client.force_login(knower)
    response = client.post(f"{ASKED}{question.number}/pass-on/", {"person": hidden.pk, "q": "สมหญิง"})
    assert response.status_code == 422
    assert "takes no further question" in response.content.decode()
    assert Carried.objects.get().state == CarriedState.WAITING


def test_a_reader_invites_from_the_side_of_the_question(client, question):
    reader, other = make_person(), make_knower("คนรู้อีกคน")
    client.force_login(reader)
    part = client.get(f"/who-knows/invite/{question.number}/", headers={"HX-Request": "true"}).content.decode()
    assert other.name in part
    assert "<html" not in part
    assert client.post(f"/who-knows/invite/{question.number}/", {"person": other.pk}).status_code == 302
    assert Carried.objects.get(person=other).invited_by == reader
    assert other.name in page(client, f"/who-knows/invite/{question.number}/")


def test_whom_others_invited_is_not_said(client, question, asker):
    friend = make_person("เพื่อนของผู้อ่าน")
    actions.invite(question, friend, by=make_person().pk)
    assert friend.name not in page(client, f"/who-knows/invite/{question.number}/", by=asker)


def test_the_list_goes_on_behind_its_page(client, knower, asker):
    for n in range(25):
        Carried.objects.create(
            question=make_question(f"ถาม {n:02}", by=asker), person=knower, carried_at=timezone.now()
        )
    first = page(client, ASKED, by=knower)
    further = re.search(r'href="(\?after=\d+)"', first)
    second = page(client, ASKED + further[1])
    assert [n for n in range(25) if f"ถาม {n:02}<" in first] == list(range(5, 25))
    assert [n for n in range(25) if f"ถาม {n:02}<" in second] == list(range(5))
    for nonsense in ("nonsense", "9" * 30):
        assert "ถาม 24" in page(client, f"{ASKED}?after={nonsense}")


def test_as_many_queries_for_thirty_as_for_one(client, knower, asker):
    client.force_login(knower)
    friend = make_person("เพื่อน")

    def queries(path) -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        return len(asked)

    def add(n):
        question = make_question(f"ถาม {n}", by=asker)
        row = {"question": question, "person": knower, "carried_at": timezone.now()}
        Carried.objects.create(**row, passed_by=friend, because=make_answer(make_question(), by=knower))
        return question

    question = add(0)
    paths = (ASKED, "/", f"/posts/{question.number}/")
    before = [queries(path) for path in paths]
    for n in range(1, 15):
        add(n)
    assert [queries(path) for path in paths] == before


def test_a_question_page_costs_the_same_for_asker_reader_and_visitor_of_an_unnamed_one(client, asker):
    """Nothing about who asked is told by what is looked up."""
    unnamed = write_post(kind="question", by=asker, title=TOPIC, text="", is_unnamed=True)
    settle()
    counts = []
    for person in (make_person(), make_person()):
        client.force_login(person)
        client.get(f"/posts/{unnamed.number}/")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/posts/{unnamed.number}/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_while_one_types_those_who_may_know_are_offered(client, asker, knower):
    settle()
    client.force_login(asker)
    ticked = make_person("ติ๊กไว้แล้ว")
    asked = {"title": TOPIC, "invite": [ticked.pk, "nonsense", "9" * 40]}
    shown = client.get("/who-knows/may-know/", asked, headers={"HX-Request": "true"}).content.decode()
    assert knower.name in shown
    assert re.search(rf'value="{ticked.pk}" checked', shown)
    assert client.get("/who-knows/may-know/").status_code == 200
