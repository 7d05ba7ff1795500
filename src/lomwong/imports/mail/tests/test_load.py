"""A mailing list as the talk of a circle."""

import os
from pathlib import Path

import pytest
from django.utils import timezone

from lomwong.activity.models import Event, Verb
from lomwong.communities.actions import get_up
from lomwong.communities.models import Audience, Community, Membership
from lomwong.communities.tests.factories import make_community
from lomwong.imports.mail.load import ELSEWHERE, FUTURE, load_mail
from lomwong.imports.mail.parse import REPEATED, Message, read_messages
from lomwong.imports.report import Tally
from lomwong.imports.tests.factories import mail, mbox, shared
from lomwong.kit.cli import Refusal
from lomwong.people.models import Person
from lomwong.people.tests.factories import make_person
from lomwong.posts.models import Placement, Post

pytestmark = pytest.mark.django_db


def everything() -> list[object]:
    """All that an import writes, but for the ledger's and tables' own numbers."""
    return [
        list(
            Post.objects.values_list("number", "kind", "author", "parent", "root", "title", "text", "html", "lifted_at")
        ),
        list(Person.objects.values_list("pk", "name", "email").order_by("pk")),
        list(Membership.objects.values_list("community", "person", "joined_at").order_by("pk")),
        list(Community.objects.values_list("name", "audience", "talked_at", "created_at").order_by("pk")),
        Event.objects.count(),
        Placement.objects.count(),
    ]


@pytest.mark.parametrize(
    ("name", "messages", "repeats"),
    [("list_mac_2009_2010", 2251, 2), ("list_package_devel_2015_2016", 1240, 0)],
)
def test_real_list_goes_in_whole_and_only_once(name: str, messages: int, repeats: int) -> None:
    path = shared(f"mail/{name}.txt")
    first = load_mail([path], community=name).of("messages")
    left_out = {REPEATED: repeats} if repeats else {}
    assert first == Tally(read=messages, new=messages - repeats, left_out=left_out)
    with path.open("rb") as stream:
        expected = {
            found.source_id: found.text
            for found in read_messages(stream)
            if isinstance(found, Message) and not found.is_repeat
        }
    assert dict(Post.objects.values_list("source_id", "text")) == expected
    assert Placement.objects.filter(community__name=name).count() == messages - repeats
    assert Post.objects.filter(parent__isnull=False, root__parent__isnull=False).count() == 0
    before = everything()
    again = load_mail([path], community=name).of("messages")
    assert again == Tally(read=messages, known=messages - repeats, left_out=left_out)
    assert everything() == before


def test_threads_kinds_and_seats(tmp_path: Path) -> None:
    path = mbox(
        tmp_path / "list.mbox",
        mail(1, subject="[av] Projector", text="The projector in 2101 stays dark. What now?"),
        mail(2, sender="somsak", answers=1, subject="Re: [av] Projector", text="Hold the button for five seconds."),
        mail(3, answers=2, subject="Re: [av] Projector", text="That did it."),
        mail(4, answers=1, subject="Re: [av] Projector", text="Forgot to say: only mornings."),
        mail(5, sender="pim", subject="[av] New cables", text="There are new cables in the cupboard."),
        mail(6, answers=5, subject="Re: [av] New cables", text="Lovely."),
    )
    load_mail([path], community="AV")
    kinds = dict(Post.objects.values_list("source_id", "kind"))
    assert [kinds[f"m{number}@list.example"] for number in range(1, 7)] == [
        "question", "answer", "comment", "comment", "story", "comment",
    ]  # fmt: skip
    question = Post.objects.get(source_id="m1@list.example")
    assert (question.title, question.reply_count, question.author.name) == ("Projector", 3, "Malee Jaidee")
    assert question.lifted_at == Post.objects.get(source_id="m4@list.example").created_at
    seats = dict(Membership.objects.values_list("person__name", "joined_at"))
    assert set(seats) == {"Malee Jaidee", "Somsak Jaidee", "Pim Jaidee"}
    assert seats["Malee Jaidee"] == question.created_at
    assert Community.objects.get().talked_at == Post.objects.get(source_id="m6@list.example").created_at
    assert Event.objects.filter(verb=Verb.REPLIED, target_id=question.author_id).count() == 2


def test_next_month_hangs_below_what_came_before(tmp_path: Path) -> None:
    load_mail([mbox(tmp_path / "january", mail(1, text="Does anybody know the code?"))], community="AV")
    february = mbox(tmp_path / "february", mail(2, sender="pim", answers=1, subject="(no subject)"))
    load_mail([february], community="AV")
    answer = Post.objects.get(source_id="m2@list.example")
    assert (answer.kind, answer.root.source_id) == ("answer", "m1@list.example")


def test_files_of_one_import_are_one_list_in_any_order(tmp_path: Path) -> None:
    late = mbox(tmp_path / "late", mail(2, sender="pim", answers=1))
    early = mbox(tmp_path / "early", mail(1, text="How does it work?"), mail(2, sender="pim", answers=1))
    tally = load_mail([late, early], community="AV").of("messages")
    assert (tally.read, tally.new, tally.known) == (3, 2, 1)
    assert Post.objects.get(source_id="m2@list.example").parent.source_id == "m1@list.example"


def test_message_of_another_circle_stays_there(tmp_path: Path) -> None:
    load_mail([mbox(tmp_path / "one", mail(1))], community="First", audience="members")
    both = mbox(tmp_path / "two", mail(1), mail(2, answers=1, sender="pim"))
    report = load_mail([both], community="Second")
    assert report.of("messages").left_out == {ELSEWHERE: 1}
    assert Post.objects.get(source_id="m2@list.example").parent is None
    with pytest.raises(Refusal):
        load_mail([mbox(tmp_path / "three", mail(1))], community="Third")


def test_members_only_list_is_read_by_nobody_else(tmp_path: Path) -> None:
    path = mbox(tmp_path / "list", mail(1, text="A secret?"), mail(2, sender="pim", answers=1, text="Also a secret"))
    load_mail([path], community="AV", audience="members")
    assert Post.objects.visible_to(make_person()).count() == 0
    assert Post.objects.visible_to(Person.objects.get(name="Pim Jaidee")).count() == 2


def test_who_may_read_is_not_changed_by_an_import(tmp_path: Path) -> None:
    make_community("AV", audience=Audience.MEMBERS)
    with pytest.raises(Refusal, match="members"):
        load_mail([mbox(tmp_path / "list", mail(1))], community="AV", audience="public")
    load_mail([mbox(tmp_path / "list", mail(1))], community="AV")
    assert Community.objects.get().audience == Audience.MEMBERS


def test_whoever_got_up_is_not_put_down_again(tmp_path: Path) -> None:
    path = mbox(tmp_path / "list", mail(1), mail(2, sender="pim"))
    load_mail([path], community="AV")
    get_up(Community.objects.get(), person=Person.objects.get(name="Pim Jaidee"))
    load_mail([path], community="AV")
    assert list(Membership.objects.values_list("person__name", flat=True)) == ["Malee Jaidee"]


def test_wrong_clock_does_not_stand_on_top_for_ever(tmp_path: Path) -> None:
    path = mbox(tmp_path / "list", mail(1).replace("2024", "2190"))
    report = load_mail([path], community="AV")
    assert [problem.reason for problem in report.problems] == [FUTURE]
    assert Post.objects.get().created_at <= timezone.now()


def test_truncated_mbox_keeps_what_is_there(tmp_path: Path) -> None:
    path = mbox(tmp_path / "list", mail(1), mail(2, text="cut in the mid")[:-2])
    report = load_mail([path], community="AV")
    assert report.of("messages").new == 2
    assert len(report.problems) == 1


def test_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Refusal, match="pipe"):
        load_mail([tmp_path / "pipe"], community="AV")


def test_name_without_address_is_a_person_too(tmp_path: Path) -> None:
    nameless = mail(1).replace("From: Malee Jaidee <malee@list.example>", "From: Malee from next door")
    load_mail([mbox(tmp_path / "list", nameless)], community="AV")
    assert Person.objects.values_list("name", "email").get() == ("Malee from next door", None)
