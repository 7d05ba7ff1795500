"""How much somebody wants to hear: one choice for all, or each kind by itself."""

import re

import pytest

from lomwong.notifications import queries
from lomwong.notifications.forms import GROUPS, PRESETS
from lomwong.notifications.models import Mail, NewsKind
from lomwong.people.tests.factories import make_person

pytestmark = pytest.mark.django_db
K = NewsKind
PAGE = "/news/settings/"


@pytest.fixture
def me(client):
    person = make_person("วรรณา แก้วมณี")
    client.force_login(person)
    return person


def as_shown(client, **changes: str) -> dict[str, str]:
    """What a browser sends from the page as it stands."""
    page = client.get(PAGE).content.decode()
    sent = dict(re.findall(r'<input type="radio" name="(\w+)" value="(\w+)"[^>]* checked', page))
    return {**sent, "language": "th", **changes}


def test_the_page_begins_as_most_have_it_with_one_way_chosen_for_each(client, me):
    sent = as_shown(client)
    assert sent["preset"] == "usual"
    assert set(sent) == {*NewsKind.values, "preset", "language"}
    page = client.get(PAGE).content.decode()
    assert '<details class="fold">' in page
    assert page.count('role="radiogroup"') == len(NewsKind)


@pytest.mark.parametrize("preset", ["quiet", "everything"])
def test_one_choice_settles_all_kinds(client, me, preset):
    assert client.post(PAGE, as_shown(client, preset=preset)).status_code == 302
    assert queries.settings_of(me) == dict(PRESETS[preset])
    assert as_shown(client)["preset"] == preset
    assert client.post(PAGE, as_shown(client, preset="usual")).status_code == 302
    assert queries.settings_of(me) == dict(queries.DEFAULTS)


def test_quiet_means_no_letter_and_nothing_missed():
    assert {(True, Mail.OFF)} == set(PRESETS["quiet"].values())


def test_what_is_chosen_one_by_one_holds_without_touching_the_rest(client, me):
    """The radio above still stands at what it was: both are sent."""
    before = queries.settings_of(me)
    assert client.post(PAGE, as_shown(client, reply="not", talk="at_once")).status_code == 302
    changed = {K.REPLY: (False, Mail.OFF), K.TALK: (True, Mail.AT_ONCE)}
    assert queries.settings_of(me) == before | changed
    assert as_shown(client)["preset"] == "own"
    assert '<details class="fold" open>' in client.get(PAGE).content.decode()
    client.post(PAGE, as_shown(client, flower="daily"))
    assert queries.settings_of(me) == before | changed | {K.FLOWER: (True, Mail.DAILY)}


def test_sending_the_page_as_it_is_changes_nothing(client, me):
    before = queries.settings_of(me)
    client.post(PAGE, as_shown(client))
    assert queries.settings_of(me) == before


def test_a_preset_that_is_none_is_refused(client, me):
    assert client.post(PAGE, as_shown(client, preset="loud")).status_code == 422
    assert queries.settings_of(me) == queries.DEFAULTS


def test_every_kind_has_its_row():
    assert sorted(kind for _, kinds in GROUPS for kind in kinds) == sorted(NewsKind)
