"""Bytes of files on the shelf, and their words on the way to the search."""

import io
import os
import time

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from lomwong.activity.models import Event, Verb
from lomwong.communities import actions as circles
from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.people.tests.factories import make_person
from lomwong.posts.files import actions, shelf
from lomwong.posts.files.kinds import Unwelcome
from lomwong.posts.models import File, Reading
from lomwong.posts.tasks import read_files, read_files_if_waiting
from lomwong.posts.tests.factories import hang, make_post
from lomwong.posts.tests.papers import make_docx, make_pdf, make_pptx, make_xlsx

pytestmark = pytest.mark.django_db

WORDS = "ขั้นตอนการยืมเงินทดรองราชการ"


@pytest.fixture
def me(client):
    person = make_person()
    client.force_login(person)
    return person


def on_shelf() -> list[str]:
    return sorted(path.name for path in shelf.root().glob("*/*"))


# The shelf


def test_what_is_refused_leaves_nothing(settings):
    settings.FILE_BYTES = 1000
    for content in (bytes(2000), b"MZ"):
        with pytest.raises(Unwelcome):
            shelf.keep(io.BytesIO(content), "a.pdf")
    shelf.keep(io.BytesIO(make_pdf("x")[:900]), "a.pdf", is_trial=True)
    assert on_shelf() == []


def test_what_hangs_on_nothing_is_swept_away_when_it_is_old():
    post = make_post()
    gone, staying = hang(post, "a.docx", make_docx("a")), hang(post, "b.docx", make_docx("b"))
    never_came = shelf.incoming() / "half"
    never_came.write_bytes(b"x")
    gone.delete()
    assert actions.sweep() == 0
    long_ago = time.time() - 2 * shelf.DAY
    for path in (shelf.path_of(gone.sha256), shelf.path_of(staying.sha256), never_came):
        os.utime(path, (long_ago, long_ago))
    assert actions.sweep() == 2
    assert on_shelf() == [staying.sha256]


def test_what_is_attached_anew_is_young_again():
    post = make_post()
    file = hang(post, content=make_docx(WORDS))
    file.delete()
    long_ago = time.time() - 2 * shelf.DAY
    os.utime(shelf.path_of(file.sha256), (long_ago, long_ago))
    shelf.keep(io.BytesIO(make_docx(WORDS)), "a.docx")  # its row is not committed yet
    assert actions.sweep() == 0
    assert on_shelf() == [file.sha256]


# The words


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", make_pdf(WORDS)),
        ("a.docx", make_docx(WORDS)),
        ("a.pptx", make_pptx(WORDS)),
        ("a.xlsx", make_xlsx([WORDS])),
        ("a.txt", WORDS.encode("cp874")),
    ],
)
def test_words_are_read_and_the_ledger_told_without_an_actor(name, content):
    file = hang(post := make_post(), name, content)
    assert read_files.call() == 1
    file.refresh_from_db()
    assert (file.words_text, file.reading) == (WORDS, Reading.DONE)
    told = Event.objects.latest("pk")
    assert (told.verb, told.actor_id, told.target_id, told.post_number) == (Verb.ATTACHED, None, None, post.number)
    assert read_files.call() == 0


def test_bytes_on_two_posts_are_read_once_and_told_for_both():
    first, second = hang(make_post()), hang(make_post())
    assert read_files.call() == 1
    told = Event.objects.filter(verb=Verb.ATTACHED).values_list("post_number", flat=True)
    assert set(told) == {first.post_id, second.post_id}
    third = hang(make_post())
    shelf.path_of(third.sha256).unlink()  # known already: nobody looks again
    assert read_files.call() == 1
    third.refresh_from_db()
    assert (third.words_text, third.reading) == (WORDS, Reading.DONE)


def test_what_cannot_be_read_is_told_to_its_author_and_to_nobody_else(client, me):
    post = make_post(by=me)
    file = hang(post, "a.pdf", b"%PDF-1.7\n" + b"\xff\x00" * 500)
    read_files.call()
    file.refresh_from_db()
    assert (file.words_text, file.reading) == ("", Reading.DAMAGED)
    assert not Event.objects.filter(verb=Verb.ATTACHED).exists()
    page = client.get(reverse("posts:post_edit", args=[post.pk])).content.decode()
    assert "ค้นหาคำข้างในไม่ได้" in page


def test_a_file_that_ends_the_worker_is_given_up():
    bad, good = hang(make_post(), content=make_docx("bad")), hang(make_post(), content=make_docx("good"))
    File.objects.filter(pk=bad.pk).update(tries=actions.MOST_TRIES)
    assert read_files.call() == 2
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.reading, good.reading) == (Reading.TOO_MUCH, Reading.DONE)


def test_a_job_is_queued_while_files_wait_and_only_once():
    read_files_if_waiting()
    assert DBTaskResult.objects.count() == 0
    hang(make_post())
    read_files_if_waiting()
    read_files_if_waiting()
    assert DBTaskResult.objects.count() == 1


def test_a_post_that_is_written_again_while_its_file_is_read_keeps_its_new_state():
    file = hang(make_post())
    File.objects.filter(pk=file.pk).delete()
    actions.read(file)
    assert not Event.objects.filter(verb=Verb.ATTACHED).exists()


def test_an_operator_takes_a_file_away():
    post = make_post()
    actions.take_away([hang(post)], by=(operator := make_person()))
    assert not post.files.exists()
    told = Event.objects.latest("pk")
    assert (told.verb, told.actor_id, told.post_number) == (Verb.ATTACHED, operator.pk, post.number)


def test_words_are_gone_with_the_seat(me):
    """What hangs in a closed circle is not a colleague's to have once they got up."""
    host = make_person()
    closed = make_community(audience=Audience.MEMBERS, by=host, people=[me])
    hang(make_post(by=host, communities=[closed]))
    assert File.objects.visible_to(me).count() == 1
    circles.get_up(closed, person=me)
    assert File.objects.visible_to(me).count() == 0
