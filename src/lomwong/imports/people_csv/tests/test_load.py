"""A staff list as people, units, job functions."""

from pathlib import Path

import pytest
from django.utils import timezone

from lomwong.imports.jobs import JobFinder
from lomwong.imports.people_csv.load import EMAIL_OF_OTHER_ID, EMAIL_TAKEN, UNKNOWN_JOB, load_people
from lomwong.imports.people_csv.parse import NO_NAME
from lomwong.kit.cli import Refusal
from lomwong.people.models import Person, Unit
from lomwong.people.tests.factories import make_imported, make_person

pytestmark = pytest.mark.django_db

HEADINGS = "รหัส,ชื่อ-สกุล,อีเมล,หน่วยงาน,งาน,ห้อง\n"
ROWS = (
    "101,มาลี ใจดี,malee@u.example,วิทยาเขตริมเล > คณะทรัพยากรธรรมชาติ,การเจ้าหน้าที่;พัสดุ,2101\n"
    "102,สมศักดิ์ ดีใจ,,วิทยาเขตริมเล > คณะทรัพยากรธรรมชาติ > สำนักงาน,IT,2102\n"
)


def staff(path: Path, rows: str = ROWS, *, encoding: str = "utf-8") -> Path:
    path.write_bytes((HEADINGS + rows).encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "utf-16"])
def test_people_units_and_job_functions(tmp_path: Path, encoding: str) -> None:
    report = load_people([staff(tmp_path / "staff.csv", encoding=encoding)])
    malee = Person.objects.get(name="มาลี ใจดี")
    assert malee.email == "malee@u.example"
    assert {job.slug for job in malee.job_functions.all()} == {"personnel", "procurement_finance"}
    assert [malee.unit.name, malee.unit.parent.name] == ["คณะทรัพยากรธรรมชาติ", "วิทยาเขตริมเล"]
    assert malee.unit.parent.is_campus
    assert [job.slug for job in Person.objects.get(name="สมศักดิ์ ดีใจ").job_functions.all()] == ["it"]
    assert Unit.objects.count() == 3
    assert report.understood == {
        "รหัส": "id", "ชื่อ-สกุล": "name", "อีเมล": "email", "หน่วยงาน": "unit", "งาน": "job_functions", "ห้อง": "",
    }  # fmt: skip
    assert (report.of("people").new, report.of("units").new) == (2, 3)
    assert "ห้อง" in report.as_text()


def test_again_changes_nothing_and_a_change_is_taken_over(tmp_path: Path) -> None:
    load_people([staff(tmp_path / "staff.csv")])
    before = list(Person.objects.values())
    report = load_people([staff(tmp_path / "staff.csv")])
    assert (report.of("people").known, report.of("units").known) == (2, 3)
    assert list(Person.objects.values()) == before
    changed = ROWS.replace("มาลี ใจดี", "มาลี ใจเย็น").replace("การเจ้าหน้าที่;พัสดุ", "")
    report = load_people([staff(tmp_path / "staff.csv", changed)])
    assert (report.of("people").changed, report.of("people").known) == (1, 1)
    malee = Person.objects.get(email="malee@u.example")
    assert (malee.name, malee.job_functions.count()) == ("มาลี ใจเย็น", 2)


def test_known_from_mail_is_the_same_person(tmp_path: Path) -> None:
    known = make_imported("malee", email="malee@u.example")
    report = load_people([staff(tmp_path / "staff.csv")])
    known.refresh_from_db()
    assert (known.name, report.of("people").new, report.of("people").changed) == ("มาลี ใจดี", 1, 1)


def test_whoever_signed_in_keeps_their_name(tmp_path: Path) -> None:
    own = make_person("มะลิ", email="malee@u.example", about="ชอบกาแฟ", last_login=timezone.now())
    load_people([staff(tmp_path / "staff.csv")])
    own.refresh_from_db()
    assert (own.name, own.about, own.email) == ("มะลิ", "ชอบกาแฟ", "malee@u.example")
    assert own.unit.name == "คณะทรัพยากรธรรมชาติ"


def test_bad_rows_are_told_and_the_good_ones_go_in(tmp_path: Path) -> None:
    rows = ROWS + "103,,x@u.example,,,\n104,วิทย์ สมมติ,,,นักบินอวกาศ,\n105,วิภา สมมติ,,,นักบินอวกาศ,\n"
    report = load_people([staff(tmp_path / "staff.csv", rows)])
    assert report.of("people").left_out == {NO_NAME: 1}
    assert report.of("people").new == 4
    assert [(problem.where, problem.reason) for problem in report.problems] == [
        ("line 4", NO_NAME),
        ("line 5", UNKNOWN_JOB),
    ]


def test_address_of_somebody_else(tmp_path: Path) -> None:
    load_people([staff(tmp_path / "staff.csv")])
    other = staff(tmp_path / "other.csv", "999,คนอื่น สมมติ,malee@u.example,,,\n")
    assert load_people([other]).of("people").left_out == {EMAIL_OF_OTHER_ID: 1}
    assert Person.objects.get(email="malee@u.example").name == "มาลี ใจดี"
    make_person(email="somsak@u.example")
    report = load_people([staff(tmp_path / "new.csv", "102,สมศักดิ์ ดีใจ,somsak@u.example,,,\n")])
    assert [problem.reason for problem in report.problems] == [EMAIL_TAKEN]


def test_several_files_tell_where(tmp_path: Path) -> None:
    report = load_people([staff(tmp_path / "a.csv"), staff(tmp_path / "b.csv", "9,,,,,\n")])
    assert [problem.where for problem in report.problems] == ["b.csv line 2"]


def test_no_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "staff.csv").write_bytes(b"PK\x03\x04 xl/workbook")
    with pytest.raises(Refusal, match=r"staff\.csv"):
        load_people([tmp_path / "staff.csv"])


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("การเจ้าหน้าที่", "personnel"),
        ("งานการเจ้าหน้าที่", "personnel"),
        ("สายงาน การเจ้าหน้าที่", "personnel"),
        ("Procurement and Finance", "procurement_finance"),
        ("การเงิน", "procurement_finance"),
        ("procurement_finance", "procurement_finance"),
        ("it", "it"),
        ("บริการวิชาการ (คณะ)", "academic_service"),
        ("บริการ", None),
        ("นักบินอวกาศ", None),
        ("", None),
    ],
)
def test_job_finder(name: str, slug: str | None) -> None:
    found = JobFinder().find(name)
    assert (found.slug if found else None) == slug
