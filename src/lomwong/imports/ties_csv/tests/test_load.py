"""Who wrote to whom, as lines of the ledger."""

from pathlib import Path

import pytest

from lomwong.activity.models import Event, Verb
from lomwong.imports.report import Tally
from lomwong.imports.ties_csv.load import TO_ONESELF, load_ties
from lomwong.kit.cli import Refusal
from lomwong.people.models import Identity, Person
from lomwong.people.tests.factories import make_person

pytestmark = pytest.mark.django_db

TIES = "from,to,time,weight\n1,2,2026-01-05 10:00,3\n1,2,2026-01-05 10:00,3\n2,1,,\n3,3,,\n1,,,\n"


def ties(path: Path, text: str = TIES) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_ties_go_in_once(tmp_path: Path) -> None:
    path = ties(tmp_path / "mail.csv")
    tally = load_ties([path]).of("ties")
    assert (tally.read, tally.new, tally.known, tally.left_out.total()) == (5, 3, 0, 2)
    assert tally.left_out[TO_ONESELF] == 1
    events = list(Event.objects.values_list("verb", "weight", "at"))
    assert [weight for _, weight, _ in events] == [3.0, 3.0, 1.0]
    assert {verb for verb, _, _ in events} == {Verb.WROTE_TO}
    assert events[0][2].isoformat() == "2026-01-05T03:00:00+00:00"
    assert Person.objects.count() == 2
    again = load_ties([path]).of("ties")
    assert (again.new, again.known) == (0, 3)
    assert Event.objects.count() == 3


def test_ids_of_two_files_are_two_people_unless_one_source_is_named(tmp_path: Path) -> None:
    first, second = ties(tmp_path / "a.csv", "1,2\n"), ties(tmp_path / "b.csv", "1,2\n")
    load_ties([first, second])
    assert Person.objects.count() == 4
    load_ties([first, second], source="staff")
    assert Identity.objects.filter(source="staff").count() == 2


def test_address_is_the_person_who_has_it(tmp_path: Path) -> None:
    person = make_person(email="malee@u.example")
    load_ties([ties(tmp_path / "mail.csv", "malee@u.example,somsak@u.example\n")])
    assert Event.objects.get().actor_id == person.pk


def test_real_ties() -> None:
    from lomwong.imports.tests.factories import shared

    tally = load_ties([shared("graph/email-Eu-core.txt")]).of("ties")
    assert tally == Tally(read=25571, new=24929, left_out={TO_ONESELF: 642})


def test_no_ties_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"mail\.csv"):
        load_ties([ties(tmp_path / "mail.csv", "just\none\nword\n")])
