"""The demo moves into an empty house only, and whatever interrupts its set-up leaves a house that can be finished."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from lomwong.demo import accounts
from lomwong.demo.university import SOURCE
from lomwong.discovery.queries import latest_run
from lomwong.kit.cli import Refusal
from lomwong.people.models import Identity, Person
from lomwong.posts.models import Post
from lomwong.site import demo


@pytest.fixture(autouse=True)
def data_folder(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    settings.DATA_DIR = tmp_path
    with translation.override("en"):
        yield tmp_path


def make_ready_people() -> None:
    for id, who in demo.ready_accounts():
        person = Person.objects.create_user(demo.address(id), name=who)
        Identity.objects.create(person=person, source=SOURCE, source_id=id)


@pytest.mark.django_db
def test_an_empty_house_is_taken() -> None:
    demo.refuse_other_people()


@pytest.mark.django_db
def test_a_house_of_other_people_is_left_alone(data_folder: Path) -> None:
    Person.objects.create_user("malee@example.org", name="มาลี")
    with pytest.raises(Refusal, match="Real people live in this house"):
        demo.run(port=8000)
    assert list(data_folder.iterdir()) == []


@pytest.mark.django_db
def test_a_marker_alone_proves_nothing() -> None:
    demo.write_marker(is_ready=True)
    Person.objects.create_user("malee@example.org", name="มาลี")
    assert not demo.is_ready()
    with pytest.raises(Refusal):
        demo.refuse_other_people()


@pytest.mark.django_db
def test_an_archive_of_the_demo_in_a_real_house_makes_it_no_demo() -> None:
    make_ready_people()
    with pytest.raises(Refusal):
        demo.refuse_other_people()


@pytest.mark.django_db
def test_its_own_house_is_known_again_with_visitors_in_it() -> None:
    make_ready_people()
    demo.write_marker(is_ready=True)
    Person.objects.create_user("visitor@example.org", name="แขก")
    demo.refuse_other_people()
    assert demo.is_ready()


@pytest.mark.django_db
@pytest.mark.parametrize("content", ["", "{", "[]", '{"is_ready": false}'])
def test_a_marker_that_was_cut_off_means_not_ready(content: str) -> None:
    make_ready_people()
    demo.marker().write_text(content)
    assert not demo.is_ready()


@pytest.mark.django_db
def test_ready_accounts_open_with_the_printed_password(client: Client) -> None:
    make_ready_people()
    demo.open_accounts()
    operators = Person.objects.filter(is_superuser=True, is_staff=True).values_list("email", flat=True)
    assert list(operators) == [demo.address(accounts.OPERATOR.id)]
    for id, _who in demo.ready_accounts():
        assert client.login(email=demo.address(id), password=accounts.PASSWORD), id


@pytest.mark.django_db
def test_invitation_names_the_address_and_everybody() -> None:
    make_ready_people()
    text = demo.invitation(8123)
    assert "http://127.0.0.1:8123" in text
    assert accounts.PASSWORD in text
    assert all(demo.address(id) in text for id, _who in demo.ready_accounts())


def test_one_set_up_at_a_time() -> None:
    with demo.one_at_a_time(), pytest.raises(Refusal, match="another window"), demo.one_at_a_time():
        pass


@pytest.mark.django_db
def test_a_set_up_broken_off_is_finished_by_the_next(data_folder: Path) -> None:
    remains = data_folder / demo.ARCHIVE  # of a start that was killed before it had loaded anything
    remains.mkdir()
    (remains / "manifest.json").write_text("{}")
    demo.write_marker(is_ready=False)
    demo.load(remains)  # and here one is broken off after it had
    assert not remains.exists()
    assert not demo.is_ready()
    posts = Post.objects.count()
    demo.refuse_other_people()
    demo.set_up()
    assert demo.is_ready()
    told = Post.objects.count()
    assert told > posts > 2800  # the archive's once, and the stories told on top of it
    demo.set_up()
    assert Post.objects.count() == told
    assert Person.objects.count() == 600
    assert latest_run() is not None
