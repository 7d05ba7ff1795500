"""From what people write to circles, and who may see them."""

import argparse
import json
from collections.abc import Sequence

import pytest
from django.test import Client
from django.urls import reverse

from lomwong.communities.actions import sit_down, start_community
from lomwong.communities.models import Audience, Community
from lomwong.discovery import actions, cli, queries, tasks, traces
from lomwong.discovery.graph import AUTOMATIC, Settings
from lomwong.discovery.models import FoundCircle, FoundSeat, Run
from lomwong.people.models import OPERATOR, Person
from lomwong.people.tests.factories import make_person, make_unit
from lomwong.posts.actions import accept_answer, edit_post, reply, write_post
from lomwong.posts.models import Kind, Post

pytestmark = pytest.mark.django_db

PROCUREMENT = "ตรวจรับงานจ้างแบ่งงวดสัญญาค่าปรับครุภัณฑ์ใบเสนอราคา"
GARDEN = "ปุ๋ยหมักแปลงผักหอยทากกากกาแฟรดน้ำต้นไม้เมล็ดพันธุ์"


def team(size: int, *, units: Sequence[object]) -> list[Person]:
    return [make_person(unit=units[index % len(units)]) for index in range(size)]


def talk(people: Sequence[Person], words: str, *, rounds: int = 2, circle: Community | None = None) -> None:
    """Everybody asks; the next ones answer."""
    where = {"communities": [circle]} if circle else {}
    for turn in range(rounds):
        for index, asker in enumerate(people):
            question = write_post(kind=Kind.QUESTION, by=asker, title=words, text=f"{words} {turn} {index}", **where)
            for step in range(1, 4):
                helper = people[(index + step + turn) % len(people)]
                if helper != asker:
                    answer = reply(question, kind=Kind.ANSWER, by=helper, text=f"{words} ลองดู {step}")
            accept_answer(answer, by=asker)


@pytest.fixture
def two_practices() -> tuple[list[Person], list[Person]]:
    units = [make_unit(f"คณะ {number}") for number in range(4)]
    buyers, gardeners = team(8, units=units), team(8, units=units)
    talk(buyers, PROCUREMENT)
    talk(gardeners, GARDEN)
    return buyers, gardeners


def found_sets(run: Run) -> list[set[int]]:
    return [{seat.person_id for seat in circle.seats.all()} for circle in run.circles.all()]


def test_two_practices_across_units_are_two_circles(two_practices: tuple[list[Person], list[Person]]) -> None:
    buyers, gardeners = ({person.pk for person in practice} for practice in two_practices)
    found = found_sets(actions.look_for_circles())
    assert any(circle <= buyers and len(circle) >= 5 for circle in found)
    assert any(circle <= gardeners and len(circle) >= 5 for circle in found)
    assert not any(circle & buyers and circle & gardeners for circle in found)


def test_a_member_sees_their_circle_and_nobody_elses(
    client: Client, two_practices: tuple[list[Person], list[Person]]
) -> None:
    buyers, gardeners = two_practices
    run = actions.look_for_circles()
    seen = queries.findings(run, buyers[0])
    assert seen
    assert all(buyers[0] in finding.people for finding in seen)
    client.force_login(make_person("คนนอก"))
    page = client.get("/found/").content.decode()
    assert "found-in" not in page
    client.force_login(buyers[0])
    page = client.get("/found/").content.decode()
    assert buyers[1].name in page
    assert not any(f">{gardener.name}<" in page for gardener in gardeners)


def test_even_an_administrator_sees_only_their_own(two_practices: tuple[list[Person], list[Person]]) -> None:
    boss = make_person("อธิการ", is_staff=True, is_superuser=True)
    assert queries.findings(actions.look_for_circles(), boss) == []


def test_who_wants_not_to_be_counted_is_gone_at_once_and_stays_away(
    client: Client, two_practices: tuple[list[Person], list[Person]]
) -> None:
    buyers, _gardeners = two_practices
    actions.look_for_circles()
    client.force_login(buyers[0])
    client.post("/found/leave-out/")
    assert not FoundSeat.objects.filter(person=buyers[0]).exists()
    client.force_login(buyers[1])
    assert buyers[0].name not in client.get("/found/").content.decode().replace(buyers[1].name, "")
    run = actions.look_for_circles()
    assert not any(buyers[0].pk in circle for circle in found_sets(run))


def test_talk_of_a_members_only_circle_feeds_nothing() -> None:
    units = [make_unit(f"คณะ {number}") for number in range(4)]
    people = team(8, units=units)
    circle = start_community(name="วงปิด", by=people[0], audience=Audience.MEMBERS)
    for person in people:
        sit_down(circle, person=person)
    talk(people, PROCUREMENT, circle=circle)
    numbers = {person.pk for person in people}
    assert list(traces.exchanges(numbers)) == []
    assert traces.words_of(numbers) == {}
    assert actions.look_for_circles().circles.count() == 0


def test_an_exchange_the_viewer_may_no_longer_read_is_not_shown(
    two_practices: tuple[list[Person], list[Person]],
) -> None:
    buyers, _gardeners = two_practices
    run = actions.look_for_circles()
    assert any(finding.exchanges for finding in queries.findings(run, buyers[0]))
    closed = start_community(name="ปิดทีหลัง", by=make_person(), audience=Audience.MEMBERS)
    for post in Post.objects.exclude(author=buyers[0]):
        post.placements.create(community=closed)
    Post.objects.update(audience=None)
    assert not any(finding.exchanges for finding in queries.findings(run, buyers[0]))


def test_ones_own_reply_does_not_show_the_title_of_a_thread_that_closed(
    two_practices: tuple[list[Person], list[Person]], client: Client
) -> None:
    buyers, _gardeners = two_practices
    me = buyers[0]
    run = actions.look_for_circles()
    own = Post.objects.replies().filter(author=me).exclude(root__author=me).select_related("root").first()
    assert own
    run.circles.update(exchanges=[own.number])
    assert any(finding.exchanges for finding in queries.findings(run, me))
    closed = start_community(name="ปิดทีหลัง", by=make_person(), audience=Audience.MEMBERS)
    edit_post(own.root, by=own.root.author, title="เรื่องลับหลังปิดวง", text="ลับ", communities=[closed])
    client.force_login(me)
    assert "เรื่องลับหลังปิดวง" not in client.get(reverse("discovery:circles")).content.decode()
    assert not any(finding.exchanges for finding in queries.findings(run, me))


def test_examples_do_not_name_who_asked_to_be_left_out(
    two_practices: tuple[list[Person], list[Person]],
) -> None:
    buyers, _gardeners = two_practices
    run = actions.look_for_circles()
    answer = Post.objects.replies().filter(author=buyers[1]).exclude(root__author=buyers[0]).first()
    assert answer
    assert answer.parent
    run.circles.update(exchanges=[answer.number])
    assert any(finding.exchanges for finding in queries.findings(run, buyers[0]))
    for person in (answer.author, answer.parent.author):
        assert person
        person.is_findable = False
        person.save()
        assert not any(finding.exchanges for finding in queries.findings(run, buyers[0]))
        person.is_findable = True
        person.save()


def test_units_are_taken_at_the_faculty() -> None:
    campus = make_unit("วิทยาเขตริมเล", is_campus=True)
    faculty = make_unit("คณะประมง", parent=campus)
    department = make_unit("ภาควิชา", parent=faculty)
    assert traces.top_units() == {campus.pk: campus.pk, faculty.pk: faculty.pk, department.pk: faculty.pk}


def test_the_levels_are_those_of_the_engine() -> None:
    assert len(Settings().resolutions) == Run.LEVELS
    assert AUTOMATIC == Run.AUTOMATIC


def test_few_traces_give_silence() -> None:
    talk(team(3, units=[make_unit(), make_unit()]), PROCUREMENT, rounds=1)
    assert actions.look_for_circles().circles.count() == 0


def test_only_the_last_runs_are_kept() -> None:
    for _ in range(actions.RUNS_KEPT + 2):
        last = actions.look_for_circles()
    assert Run.objects.count() == actions.RUNS_KEPT
    assert queries.latest_run() == last


def test_the_weekly_job_is_queued_once_it_is_due() -> None:
    from django_tasks_db.models import DBTaskResult

    tasks.look_if_due()
    tasks.look_if_due()
    assert DBTaskResult.objects.count() == 1
    DBTaskResult.objects.get().set_successful(None)
    actions.look_for_circles()
    tasks.look_if_due()
    assert DBTaskResult.objects.count() == 1


def test_json_has_the_promised_fields(
    capsys: pytest.CaptureFixture[str], two_practices: tuple[list[Person], list[Person]]
) -> None:
    cli.show_circles(argparse.Namespace(level=0, again=False, json=True))
    circles = json.loads(capsys.readouterr().out)["circles"]
    assert circles
    assert set(circles[0]) == {"id", "kind", "members", "terms", "exchanges", "units", "stability"}
    assert set(circles[0]["members"][0]) == {"id", "source_id", "name", "unit", "weight"}
    assert {circle["kind"] for circle in circles} <= {"living", "latent"}


def test_nothing_is_computed_again_when_nothing_happened(two_practices: tuple[list[Person], list[Person]]) -> None:
    arguments = argparse.Namespace(level=1, again=False, json=True)
    cli.show_circles(arguments)
    cli.show_circles(arguments)
    assert Run.objects.count() == 1


def test_page_has_the_same_number_of_queries_for_one_and_for_more(
    client: Client,
    django_assert_num_queries: object,
    two_practices: tuple[list[Person], list[Person]],
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    buyers, _gardeners = two_practices
    run = actions.look_for_circles()
    client.force_login(buyers[0])
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get("/found/")
        counts.append(len(captured))
        for _copy in range(3):
            copy = FoundCircle.objects.create(run=run, kind="living", terms=["ก", "ข"], exchanges=[], stability=0.9)
            FoundSeat.objects.create(circle=copy, person=buyers[0], weight=1)
            FoundSeat.objects.create(circle=copy, person=buyers[1], weight=1)
    assert counts[0] == counts[1]


def test_operator_sees_all(two_practices: tuple[list[Person], list[Person]]) -> None:
    run = actions.look_for_circles()
    assert len(queries.findings(run, OPERATOR)) == run.circles.count()
