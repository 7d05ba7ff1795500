"""`experts` on the command line: narrowed by unit, campus and job; what it does not know it says, with near names."""

import argparse
import json
from collections.abc import Callable

import pytest

from lomwong.experts.cli import add_commands
from lomwong.experts.models import Expertise, Origin, TopicState
from lomwong.kit.cli import REFUSED, Refusal
from lomwong.people.models import Person, Unit
from lomwong.people.tests.factories import job_function, make_person, make_unit
from lomwong.posts.tests.factories import make_answer, make_question
from lomwong.text.normalise import normalise

pytestmark = pytest.mark.django_db
ASKED = "ครุภัณฑ์หาย"
Run = tuple[int, str, str]


Start = Callable[..., Run]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Start:
    """`run("--job", "it")`: exit code, what was printed, what was refused."""

    def start(*arguments: str) -> Run:
        parser = argparse.ArgumentParser()
        add_commands(parser.add_subparsers())
        chosen = parser.parse_args(["experts", *arguments, ASKED])
        try:
            code, refused = chosen.run(chosen), ""
        except Refusal as refusal:
            code, refused = REFUSED, str(refusal)
        return code, capsys.readouterr().out, refused

    return start


def knower(name: str, unit: Unit, *jobs: str) -> Person:
    person = make_person(name, unit=unit)
    person.job_functions.set([job_function(slug) for slug in jobs])
    make_answer(make_question("ครุภัณฑ์หายทำอย่างไร"), "ครุภัณฑ์หายให้แจ้งในเจ็ดวัน", by=person)
    return person


@pytest.fixture
def house() -> tuple[Unit, Unit]:
    campus, other = make_unit("วิทยาเขตบ้านสวน", is_campus=True), make_unit("วิทยาเขตริมเล", is_campus=True)
    nursing = make_unit("คณะพยาบาลศาสตร์", parent=campus, name_en="Faculty of Nursing")
    fishery = make_unit("คณะประมง", parent=other)
    knower("วรรณา", make_unit("งานพัสดุพยาบาล", parent=nursing), "procurement_finance")
    knower("ฮากีม", fishery, "it")
    return nursing, fishery


def names(out: str) -> set[str]:
    return {person["name"] for person in json.loads(out)["people"]}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], {"วรรณา", "ฮากีม"}),
        (["--unit", "คณะพยาบาลศาสตร์"], {"วรรณา"}),
        (["--unit", "faculty of NURSING"], {"วรรณา"}),
        (["--campus", "วิทยาเขตริมเล"], {"ฮากีม"}),
        (["--job", "it"], {"ฮากีม"}),
        (["--not-in", "คณะพยาบาลศาสตร์"], {"ฮากีม"}),
        (["--unit", "คณะประมง", "--job", "procurement_finance"], set()),
        (["--available"], {"วรรณา", "ฮากีม"}),
    ],
)
def test_each_option_narrows(run: Start, house: tuple[Unit, Unit], options: list[str], expected: set[str]) -> None:
    code, out, _err = run(*options, "--json")
    assert code == 0
    assert names(out) == expected


def test_a_unit_goes_by_its_number_and_a_job_by_its_name(run: Start, house: tuple[Unit, Unit]) -> None:
    assert names(run("--unit", str(house[0].pk), "--json")[1]) == {"วรรณา"}
    assert names(run("--job", job_function("it").name, "--json")[1]) == {"ฮากีม"}


def test_what_json_says_of_a_person_is_as_it_was(run: Start, house: tuple[Unit, Unit]) -> None:
    told = json.loads(run("--json", "--job", "it")[1])
    assert told["query"] == ASKED
    assert {"id", "source_id", "name", "unit", "score", "evidence"} <= set(told["people"][0])


@pytest.mark.parametrize(
    ("options", "near"),
    [
        (["--unit", "คณะพยาบาล"], "คณะพยาบาลศาสตร์"),
        (["--unit", "คณะพยาบานศาสตร์"], "คณะพยาบาลศาสตร์"),
        (["--campus", "คณะประมง"], ""),  # a faculty is no campus
        (["--campus", "ริมเล"], "วิทยาเขตริมเล"),
        (["--not-in", "Nursing"], "Faculty of Nursing"),
        (["--job", "พัสดุ"], "procurement_finance"),
    ],
)
def test_an_unknown_name_is_refused_with_near_ones(
    run: Start, house: tuple[Unit, Unit], options: list[str], near: str
) -> None:
    code, out, err = run(*options)
    assert code == 2
    assert out == ""
    assert options[1] in err
    assert near in err


def test_a_name_of_several_units_is_refused_with_their_ways(run: Start, house: tuple[Unit, Unit]) -> None:
    places = [make_unit("สำนักงาน", parent=unit) for unit in house]
    code, _out, err = run("--unit", "สำนักงาน")
    assert code == 2
    for place in places:
        assert f"{place.pk} (" in err
    assert run("--unit", str(places[0].pk), "--json")[0] == 0


def test_a_name_does_not_steer_the_terminal(run: Start, house: tuple[Unit, Unit]) -> None:
    code, _out, err = run("--unit", "คณะ\x1b[31mแดง")
    assert code == 2
    assert "\x1b" not in err


def test_drafts_and_hidden_topics_are_not_printed(run: Start, house: tuple[Unit, Unit]) -> None:
    person = Person.objects.get(name="ฮากีม")
    for label, state in (("ครุภัณฑ์", TopicState.SHOWN), ("หาย", TopicState.DRAFT), ("ครุภัณฑ์หาย", TopicState.HIDDEN)):
        Expertise.objects.create(
            person=person, label=f"{label} ก", key=normalise(f"{label} ก"), state=state, origin=Origin.FOUND
        )
    _code, out, _err = run()
    assert "หาย ก" not in out
