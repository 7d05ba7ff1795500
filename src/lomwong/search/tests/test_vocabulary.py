"""That the own words in use are those of this moment, in every process, for one small query."""

import importlib

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lomwong.search import vocabulary
from lomwong.search.models import EDITION, Edition, Term
from lomwong.search.terms import actions
from lomwong.search.terms.lines import fault_of, key, ways_in

pytestmark = pytest.mark.django_db


def test_asking_again_is_one_small_query_and_none_with_the_version() -> None:
    known = vocabulary.current()
    with CaptureQueriesContext(connection) as asked:
        assert vocabulary.current() is known
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        assert vocabulary.current(known.version) is known
    assert len(asked) == 0


def test_the_version_may_be_read_with_something_else() -> None:
    actions.add_term(["ริมเลโมเดล"])
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1, {vocabulary.VERSION_SQL}")
        version = cursor.fetchone()[1]
    assert vocabulary.current(version) is vocabulary.current()


def test_another_state_never_has_the_same_version() -> None:
    versions = {vocabulary.current().version}
    for number in range(5):
        term = actions.add_term([f"ริมเลโมเดล{number}"])
        versions.add(vocabulary.current().version)
        actions.remove_term(term)
        versions.add(vocabulary.current().version)
    assert len(versions) == 11


def test_a_house_without_edition_has_the_terms_too() -> None:
    Edition.objects.all().delete()
    Term.objects.all().delete()
    assert vocabulary.current().synonyms("cop") == ()
    actions.add_term(["CoP", "วงใจสั่งมา"])
    assert vocabulary.current().synonyms("cop")[0] == ("วงใจสั่งมา",)


def test_a_new_house_knows_what_thai_universities_say() -> None:
    terms = [term.ways for term in Term.objects.all()]
    assert Edition.objects.filter(pk=EDITION).exists()
    assert ("แลกเปลี่ยนเรียนรู้",) in vocabulary.current().synonyms("ลปรร")
    assert ("คอมพิวเตอร์",) in vocabulary.current().synonyms("computer")
    assert [fault for ways in terms if (fault := fault_of(ways))] == []
    keys = [key(form) for ways in terms for form in {key(form): form for form in ways}.values()]
    assert len(keys) == len(set(keys)), "each form belongs to one term"
    written = importlib.import_module("lomwong.search.migrations.0002_terms").TERMS
    assert [ways_in(line) for line in written] == terms


def test_the_list_of_a_new_house_is_given_once() -> None:
    module = importlib.import_module("lomwong.search.migrations.0002_terms")
    assert apps.get_model("search", "Term") is Term
    assert Term.objects.count() == len(module.TERMS)
