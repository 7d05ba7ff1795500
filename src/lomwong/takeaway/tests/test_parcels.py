"""The page, the small one at once, the large one by a job that may be killed."""

import os
import threading
import time
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from lomwong.kit.jobs import worker
from lomwong.people.tests.factories import make_person
from lomwong.posts.tests.factories import make_post
from lomwong.takeaway import actions, queries
from lomwong.takeaway.models import Parcel, folder
from lomwong.takeaway.tests.unpacking import unpack

pytestmark = pytest.mark.django_db

PAGE = "/take-away/"


@pytest.fixture
def is_much(monkeypatch):
    monkeypatch.setattr(queries, "FEW", 0)


def member(client, *, entries: int = 1):
    person = make_person("มาลี")
    for _ in range(entries):
        make_post("ของฉัน", by=person)
    client.force_login(person)
    return person


def ask(client):
    return client.post(reverse("takeaway:pack"))


def run_jobs() -> None:
    while worker.work_one("test"):
        pass


def test_members_only(client):
    for name, method in [("takeaway", client.get), ("pack", client.post), ("parcel", client.get)]:
        response = method(reverse(f"takeaway:{name}"))
        assert (response.status_code, response["Location"].split("?")[0]) == (302, reverse("account_login"))


def test_little_comes_at_once(client):
    member(client)
    response = ask(client)
    assert response.streaming
    assert response["Content-Type"] == "application/zip"
    assert response["Content-Disposition"].startswith('attachment; filename="lomwong-')
    assert response["Cache-Control"] == "private, no-store"
    assert "ของฉัน" in unpack(response.getvalue()).all_words
    assert not Parcel.objects.exists()


def test_it_speaks_the_readers_language(client):
    member(client)
    client.cookies["django_language"] = "en"
    assert "What มาลี wrote" in unpack(ask(client).getvalue()).text("index.html")


def test_somebody_suspended_may_still_take_their_words(client):
    person = member(client)
    person.suspended_until = timezone.now() + timedelta(days=1)
    person.save()
    assert ask(client).status_code == 200


def test_nothing_to_take(client):
    member(client, entries=0)
    assert client.get(PAGE).status_code == 200
    assert ask(client).status_code == 302


def test_much_is_packed_by_a_job_and_told_by_mail(client, is_much):
    person = member(client)
    assert ask(client).status_code == 302
    assert client.get(reverse("takeaway:parcel")).status_code == 404
    ask(client)
    assert DBTaskResult.objects.count() == 1, "one at a time"
    run_jobs()
    parcel = Parcel.objects.get()
    assert parcel.ready_at
    assert parcel.size == parcel.path.stat().st_size
    assert parcel.path.stat().st_mode & 0o077 == 0
    [letter] = mail.outbox
    assert letter.to == [person.email]
    assert PAGE in letter.body
    assert parcel.file_name not in letter.body
    response = client.get(reverse("takeaway:parcel"))
    assert response["Cache-Control"] == "private, no-store"
    assert "ของฉัน" in unpack(response.getvalue()).all_words
    assert reverse("takeaway:parcel") in client.get(PAGE).content.decode()


def test_a_parcel_is_for_its_owner_alone(client, is_much):
    member(client)
    ask(client)
    run_jobs()
    client.force_login(make_person(is_staff=True))
    assert client.get(reverse("takeaway:parcel")).status_code == 404


def test_packed_anew(client, is_much):
    person = member(client)
    ask(client)
    run_jobs()
    first = Parcel.objects.get().path
    make_post("ที่เขียนทีหลัง", by=person)
    with_commit = ask(client)
    assert with_commit.status_code == 302
    run_jobs()
    found = unpack(client.get(reverse("takeaway:parcel")).getvalue())
    assert "ที่เขียนทีหลัง" in found.all_words
    assert Parcel.objects.get().path != first


def test_run_twice_it_is_packed_once_and_told_once(client, is_much):
    person = member(client)
    ask(client)
    asked_at = Parcel.objects.get().asked_at
    actions.pack(person.pk, asked_at)
    name = Parcel.objects.get().file_name
    actions.pack(person.pk, asked_at)
    actions.pack(person.pk, asked_at - timedelta(days=1))  # of a parcel that has made way
    assert Parcel.objects.get().file_name == name
    assert len(mail.outbox) == 1
    assert [path.name for path in folder().iterdir()] == [name]


def test_a_fault_leaves_nothing_half_done(client, is_much, monkeypatch):
    person = member(client)
    ask(client)
    asked_at = Parcel.objects.get().asked_at

    def members_of(_person):
        yield from list(actual(person))[:2]
        raise OSError("the disk is full")

    actual = actions.members_of
    monkeypatch.setattr(actions, "members_of", members_of)
    with pytest.raises(OSError, match="full"):
        actions.pack(person.pk, asked_at)
    assert list(folder().iterdir()) == []
    assert Parcel.objects.get().ready_at is None
    monkeypatch.undo()
    actions.pack(person.pk, asked_at)
    assert Parcel.objects.get().ready_at


def test_no_mail_server_no_double(client, is_much, monkeypatch):
    person = member(client)
    ask(client)
    asked_at = Parcel.objects.get().asked_at
    actual = actions.send_letter

    def refuse(*_args, **_kwargs):
        raise OSError("nobody there")

    monkeypatch.setattr(actions, "send_letter", refuse)
    with pytest.raises(OSError, match="nobody"):
        actions.pack(person.pk, asked_at)
    assert Parcel.objects.get().ready_at, "the parcel lies ready all the same"
    monkeypatch.setattr(actions, "send_letter", actual)
    actions.pack(person.pk, asked_at)
    actions.pack(person.pk, asked_at)
    assert len(mail.outbox) == 1


def test_somebody_who_left_gets_none(client, is_much):
    person = member(client)
    ask(client)
    person.is_active = False
    person.save()
    run_jobs()
    assert (Parcel.objects.get().ready_at, mail.outbox) == (None, [])


def test_swept_after_seven_days(client, is_much, django_capture_on_commit_callbacks):
    member(client)
    ask(client)
    run_jobs()
    stray, fresh = folder() / "half.part", folder() / "fresh.part"
    for path in (stray, fresh):
        path.touch()
    old = time.time() - 2 * actions.HALF_WRITTEN
    os.utime(stray, (old, old))
    Parcel.objects.update(ready_at=timezone.now() - timedelta(days=6))
    actions.sweep()
    assert {path.name for path in folder().iterdir()} == {Parcel.objects.get().file_name, "fresh.part"}
    Parcel.objects.update(ready_at=timezone.now() - timedelta(days=8))
    with django_capture_on_commit_callbacks(execute=True):
        actions.sweep()
    assert {path.name for path in folder().iterdir()} == {"fresh.part"}
    assert client.get(reverse("takeaway:parcel")).status_code == 404


def test_what_was_given_up_can_be_asked_for_anew(client, is_much):
    member(client)
    ask(client)
    Parcel.objects.update(asked_at=timezone.now() - timedelta(hours=7))
    actions.sweep()
    ask(client)
    assert DBTaskResult.objects.count() == 2
    run_jobs()
    assert Parcel.objects.get().ready_at


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_asked_twice_at_once(is_much):
    person = make_person()
    make_post(by=person)
    barrier = threading.Barrier(2)

    def ask_too() -> None:
        barrier.wait()
        try:
            actions.ask_for_parcel(person, language="th")
        finally:
            connection.close()

    threads = [threading.Thread(target=ask_too) for _ in "12"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (Parcel.objects.count(), DBTaskResult.objects.count()) == (1, 1)
