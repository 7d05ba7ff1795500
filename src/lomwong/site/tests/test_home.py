"""The home page, and the pages for what went wrong."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lomwong.communities import actions as circles
from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.people.tests.factories import job_function, make_person, make_unit
from lomwong.posts.following.near import Nearness
from lomwong.posts.models import Kind
from lomwong.posts.tests.factories import make_answer, make_post, make_question, make_reply
from lomwong.site.home import latest_topics, mats_near, same_job, talking_count

pytestmark = pytest.mark.django_db

ANONYMOUS = AnonymousUser()


def ago(**passed: float):
    return timezone.now() - timedelta(**passed)


# Mats


def test_own_circles_come_first_then_those_that_talked_last():
    me = make_person()
    quiet = make_community("ของฉัน เงียบ", by=me)
    talking = make_community("ของฉัน คุย", by=me)
    others = [make_community(f"วงอื่น {hours}") for hours in range(6)]
    make_post(communities=[talking], at=ago(hours=9))
    for hours, community in enumerate(others):
        make_post(communities=[community], at=ago(hours=hours))
    shown = [mat.community for mat in mats_near(Nearness(me))]
    assert shown == [talking, quiet, *others[:3]]


def test_a_mat_tells_no_more_than_its_reader_may_know():
    member = make_person()
    closed = make_community("วงปิด", by=member, audience=Audience.MEMBERS)
    house, public = make_community("วงในบ้าน"), make_community("วงเปิด", audience=Audience.PUBLIC)
    for community in (closed, house, public):
        make_post(f"เรื่องใน{community.name}", communities=[community])

    def topics(viewer) -> dict[str, str]:
        return {mat.community.name: mat.topic for mat in mats_near(Nearness(viewer))}

    assert topics(ANONYMOUS) == {"วงเปิด": "เรื่องในวงเปิด"}
    assert topics(make_person()) == {"วงเปิด": "เรื่องในวงเปิด", "วงในบ้าน": "เรื่องในวงในบ้าน"}
    assert topics(member)["วงปิด"] == "เรื่องในวงปิด"


def test_the_topic_is_the_thread_that_was_touched_last():
    community = make_community()
    old = make_post("เก่า", communities=[community], at=ago(days=9))
    make_post("ใหม่", communities=[community], at=ago(days=2))
    assert latest_topics([community], make_person()) == {community.pk: "ใหม่"}
    make_reply(old, at=ago(days=1))
    assert latest_topics([community], make_person()) == {community.pk: "เก่า"}
    assert latest_topics([make_community()], make_person()) == {}


def test_mats_take_the_same_queries_for_two_and_five(django_assert_num_queries):
    me = make_person()
    for _ in range(2):
        make_post(communities=[make_community(by=me)])
    with django_assert_num_queries(5):
        assert len(mats_near(Nearness(me))) == 2
    for _ in range(3):
        make_post(communities=[make_community(people=[make_person() for _ in range(3)])])
    with django_assert_num_queries(5):
        assert len(mats_near(Nearness(me))) == 5


def test_only_fresh_talk_counts():
    me = make_person()
    for hours in (1, 47, 49):
        make_post(communities=[make_community(by=me)], at=ago(hours=hours))
    make_community(by=me)
    assert talking_count(mats_near(Nearness(me))) == 2


# The same work


def colleague(name: str = "", **fields):
    person = make_person(name, unit=make_unit(), **fields)
    person.job_functions.add(job_function("it"))
    return person


def test_three_colleagues_of_other_units_each_day_others(monkeypatch):
    me = colleague()
    others = [colleague(f"คนที่ {number}") for number in range(5)]
    beside_me = make_person(unit=me.unit)
    beside_me.job_functions.add(job_function("it"))
    colleague(is_findable=False)
    colleague(is_active=False)
    today = timezone.localdate()
    seen = set()
    for days in range(5):
        monkeypatch.setattr(timezone, "localdate", lambda days=days: today + timedelta(days=days))
        shown = same_job(Nearness(me)).people
        assert len(shown) == len(set(shown)) == 3
        seen |= set(shown)
    assert seen == set(others)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_few_colleagues_are_shown_once(count):
    me = colleague()
    others = {colleague() for _ in range(count)}
    shown = same_job(Nearness(me)).people
    assert len(shown) == count
    assert set(shown) == others


def test_no_work_no_colleagues_no_box():
    assert same_job(Nearness(ANONYMOUS)) is None
    assert same_job(Nearness(make_person())) is None
    assert same_job(Nearness(colleague())) is None


def test_colleagues_without_a_unit_count_too():
    homeless, me = make_person(), colleague()
    homeless.job_functions.add(job_function("it"))
    assert same_job(Nearness(me)).people == [homeless]
    assert same_job(Nearness(homeless)).people == [me]


# The page


def test_a_visitor_reads_what_is_open_and_finds_the_door(client):
    make_post("เรื่องเปิด", audience=Audience.PUBLIC)
    make_post("เรื่องในบ้าน")
    make_question("คำถามในบ้าน")
    make_question("คำถามเปิด", audience=Audience.PUBLIC)
    page = client.get("/").content.decode()
    assert "เรื่องเปิด" in page
    assert page.count("คำถามเปิด") == 2  # in the feed, and among those nobody has answered
    assert "ในบ้าน" not in page
    assert reverse("account_login") in page
    assert "<textarea" not in page


def test_a_colleague_writes_two_lines_from_here(client):
    client.force_login(make_person())
    page = client.get("/").content.decode()
    assert f'action="{reverse("posts:journal_new")}"' in page
    assert "<textarea" in page


def test_what_has_an_answer_is_not_among_the_unanswered(client):
    client.force_login(make_person())
    make_answer(make_question("ตอบแล้ว"))
    make_reply(make_question("ถามกลับแล้ว"))
    asked = client.get("/").context["asked"]
    assert [one.post.title for one in asked] == ["ถามกลับแล้ว"]


def test_an_empty_house_invites(client):
    assert 'class="empty"' in client.get("/").content.decode()


def test_a_resting_circle_lies_among_the_mats(client):
    me = make_person()
    community = make_community(by=me)
    circles.change_community(community, by=me, name="พัก", purpose="", audience=Audience.PUBLIC, stage="resting")
    assert 'class="live rest"' in client.get("/").content.decode()


# What went wrong


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("is_signed_in", [True, False])
def test_nothing_here(client, language, is_signed_in):
    if is_signed_in:
        client.force_login(make_person())
    client.cookies["django_language"] = language
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert f'<html lang="{language}"' in response.content.decode()
    assert response.content.decode().count("<h1") == 1


def test_a_form_that_waited_too_long_says_that_the_words_are_safe():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_person())
    response = client.post(reverse("posts:journal_new"), {"text": "ที่พิมพ์ไว้"}, headers={"accept-language": "en"})
    assert response.status_code == 403
    assert "Your words are safe" in response.content.decode()


def test_the_house_says_that_it_stands(client):
    response = client.get(reverse("healthz"))
    assert response.json()["is_healthy"] is True


# Every page


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_page_has_one_heading_and_labels_and_no_inline_code(client, language):
    me = make_person(unit=make_unit())
    community = make_community(by=me, audience=Audience.PUBLIC, purpose="คุยกัน")
    question, journal = make_question(by=me, communities=[community]), make_post(kind=Kind.JOURNAL, by=me)
    make_reply(make_answer(question, by=me), by=me)
    client.force_login(me)
    client.cookies["django_language"] = language
    paths = ["/", "/nowhere/", question.get_absolute_url(), journal.get_absolute_url(), community.get_absolute_url()]
    paths += [reverse(f"posts:{name}") for name in ("questions", "write", "story_new", "question_new", "journal_new")]
    paths += [reverse(f"posts:{name}", args=[question.pk]) for name in ("post_edit", "reply_new")]
    paths += [reverse(f"communities:{name}") for name in ("communities", "mine", "start")]
    paths += [reverse(f"communities:{name}", args=[community.slug]) for name in ("members", "edit")]
    for path in paths:
        page = client.get(path).content.decode()
        assert page.count("<h1") == 1, path
        for script in page.split("<script")[1:]:
            tag, _, rest = script.partition(">")
            assert " src=" in tag, path
            assert rest.startswith("</script>"), path
        assert " style=" not in page, path
        ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
        assert len(ids) == len(set(ids)), path
        named = re.sub(
            r"<label[^>]*>((?!</label>).)*</label>", "", page, flags=re.DOTALL
        )  # what stands inside has its name
        for part in named.split("<textarea")[1:] + named.split("<input")[1:] + named.split("<select")[1:]:
            tag = part.split(">")[0]
            if 'type="hidden"' not in tag and "aria-label" not in tag:
                assert f'for="{tag.split(" id=")[1].split(chr(34))[1]}"' in page, (path, tag)
