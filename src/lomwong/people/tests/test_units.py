"""The tree of campuses and units, and who works in it."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from pytest_django.asserts import assertContains, assertNotContains

from lomwong.people import queries
from lomwong.people.actions import place_unit, unit_at
from lomwong.people.models import OPERATOR, Person, Unit
from lomwong.people.tests.factories import make_person, make_unit

pytestmark = pytest.mark.django_db
SCIENCE = ("วิทยาเขตริมเล", "คณะวิทยาศาสตร์", "ภาควิชาเคมี")


def names_from(unit: Unit) -> list[str]:
    return [step.name for step in unit.path]


# Finding a unit by its path


def test_a_path_is_made_once() -> None:
    chemistry = unit_at(SCIENCE)
    assert names_from(chemistry) == list(SCIENCE)
    assert unit_at(SCIENCE) == chemistry
    assert Unit.objects.count() == 3


@pytest.mark.parametrize(
    ("name", "is_campus"),
    [
        ("วิทยาเขตริมเล", True),
        ("Rim Le Campus", True),
        ("Campus Rim Le", True),
        ("คณะวิทยาศาสตร์", False),
        ("งานวิทยาเขตสัมพันธ์", False),
        ("Campuswide Services", False),
    ],
)
def test_a_campus_is_known_by_its_name(name: str, is_campus: bool) -> None:
    assert unit_at([name]).is_campus is is_campus


@pytest.mark.parametrize(
    "path",
    [
        ("คณะวิทยาศาสตร์", "ภาควิชาเคมี"),
        ("ภาควิชาเคมี",),
        (" คณะวิทยาศาสตร์ ", "", "ภาควิชาเคมี"),
        ("วิทยาเขตริมเล", "คณะวิทยาศาสตร์", "ภาควิชาเคมี"),
    ],
)
def test_a_shorter_path_finds_the_same_unit(path: tuple[str, ...]) -> None:
    chemistry = unit_at(SCIENCE)
    assert unit_at(path) == chemistry
    assert Unit.objects.count() == 3


def test_a_name_that_several_units_have_leads_to_none_of_them_but_always_to_the_same() -> None:
    for campus in ("วิทยาเขตริมเล", "วิทยาเขตปากน้ำ"):
        unit_at([campus, "คณะวิทยาศาสตร์"])
    alone = unit_at(["คณะวิทยาศาสตร์"])
    assert alone.parent is None
    assert unit_at(["คณะวิทยาศาสตร์"]) == alone
    assert Unit.objects.count() == 5


def test_same_names_below_different_parents_are_different_units() -> None:
    offices = {unit_at([faculty, "สำนักงานเลขานุการ"]) for faculty in ("คณะพยาบาลศาสตร์", "คณะประมง")}
    assert len(offices) == 2


def test_english_names_find_the_same_unit() -> None:
    science = place_unit(name="คณะวิทยาศาสตร์", name_en="Faculty of Science")
    assert unit_at(["faculty of science"]) == science


def test_what_was_not_known_of_a_unit_is_filled_in() -> None:
    place_unit(name="ริมเล")
    campus = place_unit(name="ริมเล", name_en="Rim Le", is_campus=True)
    place_unit(name="ริมเล")
    campus.refresh_from_db()
    assert (campus.name_en, campus.is_campus, Unit.objects.count()) == ("Rim Le", True, 1)


def test_a_path_without_a_name_is_refused() -> None:
    for path in ((), ("", "  ")):
        with pytest.raises(ValueError, match="without a name"):
            unit_at(path)


def test_a_very_long_name_is_cut_the_same_way_each_time() -> None:
    assert unit_at(["หน่วย" * 100]) == unit_at(["หน่วย" * 100])


def test_a_unit_cannot_stand_below_itself() -> None:
    campus, faculty, chemistry = unit_at(SCIENCE).path
    campus.parent = chemistry
    with pytest.raises(ValidationError):
        campus.full_clean()
    Unit.objects.get(pk=faculty.pk).full_clean()


# The pages


@pytest.fixture
def tree() -> Iterator[dict[str, Unit]]:
    campus = place_unit(name="วิทยาเขตริมเล", name_en="Rim Le Campus", is_campus=True)
    other = place_unit(name="วิทยาเขตปากน้ำ", is_campus=True)
    science = place_unit(name="คณะวิทยาศาสตร์", name_en="Faculty of Science", parent=campus)
    chemistry = place_unit(name="ภาควิชาเคมี", parent=science)
    nursing = place_unit(name="คณะพยาบาลศาสตร์", parent=campus)
    return {"campus": campus, "other": other, "science": science, "chemistry": chemistry, "nursing": nursing}


def test_the_tree_shows_every_unit_below_its_campus(client: Client, tree: dict[str, Unit]) -> None:
    place_unit(name="กองกลาง")
    client.force_login(make_person())
    page = client.get(reverse("people:units"))
    for unit in Unit.objects.all():
        assertContains(page, f'href="{unit.get_absolute_url()}"')
    text = page.content.decode()
    order = ["วิทยาเขตปากน้ำ", "วิทยาเขตริมเล", "คณะพยาบาลศาสตร์", "คณะวิทยาศาสตร์", "ภาควิชาเคมี", "กองกลาง"]
    places = [text.index(name) for name in order]
    assert places == sorted(places)


def test_names_are_in_the_readers_language(client: Client, tree: dict[str, Unit]) -> None:
    client.force_login(make_person())
    client.cookies["django_language"] = "en"
    page = client.get(reverse("people:units"))
    assertContains(page, "Rim Le Campus")
    assertContains(page, "วิทยาเขตปากน้ำ")  # has no English name yet


def test_a_house_without_units_says_who_brings_them(client: Client) -> None:
    client.force_login(make_person())
    assertContains(client.get(reverse("people:units")), "ยังไม่รู้จักหน่วยงานไหนเลย")


def test_a_unit_shows_its_people_and_those_below_with_the_way_to_them(client: Client, tree: dict[str, Unit]) -> None:
    make_person("สมหมาย", unit=tree["chemistry"])
    make_person("กานต์ชนก", unit=tree["science"])
    make_person("คนอื่น", unit=tree["nursing"])
    client.force_login(make_person("ผู้อ่าน"))
    page = client.get(tree["science"].get_absolute_url())
    assertContains(page, "สมหมาย")
    assertContains(page, "กานต์ชนก")
    assertNotContains(page, "คนอื่น")
    whole = queries.people_of(tree["campus"], OPERATOR)
    assert [(each.person.name, each.way) for each in whole.colleagues] == [
        ("กานต์ชนก", "คณะวิทยาศาสตร์"),
        ("คนอื่น", "คณะพยาบาลศาสตร์"),
        ("สมหมาย", "คณะวิทยาศาสตร์ › ภาควิชาเคมี"),
    ]


def test_people_are_leafed_through_by_the_alphabet_each_once(client: Client, tree: dict[str, Unit]) -> None:
    """Also when several have one name."""
    count = 2 * queries.PAGE + 3
    for _ in range(count):
        make_person("สมหมาย", unit=tree["science"])
    client.force_login(make_person())
    seen: list[Person] = []
    after = ""
    for _ in range(3):
        response = client.get(tree["campus"].get_absolute_url(), {"after": after})
        page = response.context["page"]
        seen += [each.person for each in page.colleagues]
        assert bool(page.further) is ('rel="next"' in response.content.decode())
        after = page.further
    assert after == ""
    assert len(seen) == len(set(seen)) == count


@pytest.mark.parametrize("after", ["x", "-1", "0", "999999", "1" * 40, "๑"])
def test_a_nonsensical_page_address_shows_the_beginning(client: Client, tree: dict[str, Unit], after: str) -> None:
    make_person("สมหมาย", unit=tree["science"])
    client.force_login(make_person())
    assertContains(client.get(tree["science"].get_absolute_url(), {"after": after}), "<h1>")


def test_an_unknown_unit_is_not_found(client: Client) -> None:
    client.force_login(make_person())
    assert client.get(reverse("people:unit", args=[999])).status_code == 404


def test_unit_pages_cost_the_same_with_one_and_with_thirty(client: Client, tree: dict[str, Unit]) -> None:
    client.force_login(make_person())
    make_person(unit=tree["chemistry"])
    costs = []
    for _ in range(2):
        for path in (reverse("people:units"), tree["campus"].get_absolute_url(), reverse("people:edit")):
            with CaptureQueriesContext(
                connection,
            ) as captured:
                client.get(path)
            costs.append(len(captured))
        for _ in range(30):
            make_person(unit=make_unit(parent=tree["chemistry"]))
    assert costs[:3] == costs[3:]


def test_the_choice_of_units_tells_apart_those_of_one_name(tree: dict[str, Unit]) -> None:
    for faculty in ("science", "nursing"):
        place_unit(name="สำนักงาน", parent=tree[faculty])
    with translation.override("th"):
        ways = [label for _, group in queries.unit_choices() for _, label in group]
    assert "คณะวิทยาศาสตร์ › สำนักงาน" in ways
    assert len(ways) == len(set(ways)) == Unit.objects.count()
