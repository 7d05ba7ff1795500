"""The envelope of a post without a name: two open it together, nobody alone."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lomwong.activity.models import Event, Verb
from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.moderation import actions, rules
from lomwong.moderation.actions.envelopes import (
    CannotOpen,
    agree_to_open,
    ask_to_open,
    decline_to_open,
    take_back_request,
)
from lomwong.moderation.models import Appeal, Deed, EnvelopeOpening
from lomwong.moderation.tests.factories import hide, make_operator, undo
from lomwong.people.models import Person
from lomwong.people.tests.factories import make_person
from lomwong.posts.actions import reply, write_post
from lomwong.posts.models import Envelope, Post
from lomwong.posts.tests.factories import make_question
from lomwong.posts.unnamed.queries import asked_lately

pytestmark = pytest.mark.django_db

WHY = "ข่มขู่เพื่อนร่วมงาน"
NAME = "ปริศนา ซ่อนนาม"
OpeningState = EnvelopeOpening.State


@pytest.fixture
def asker() -> Person:
    return make_person(NAME, email="prisana@u.example")


@pytest.fixture
def question(asker: Person) -> Post:
    return write_post(kind="question", by=asker, title="ใครกันที่เอาของไป", text="", is_unnamed=True)


@pytest.fixture
def one() -> Person:
    return make_operator(name="ผู้ดูแลคนที่หนึ่ง", is_superuser=True)


@pytest.fixture
def two() -> Person:
    return make_operator(name="ผู้ดูแลคนที่สอง")


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page_of(opening: EnvelopeOpening, viewer: Person) -> str:
    return signed_in(viewer).get(opening.get_absolute_url()).content.decode()


def test_two_see_the_name_and_a_third_does_not(question, one, two):
    opening = ask_to_open(question, by=one, reason=WHY)
    third = make_operator(is_superuser=True)
    for person in (one, two, third):
        assert NAME not in page_of(opening, person)
    agree_to_open(opening, by=two)
    assert NAME in page_of(opening, one)
    assert NAME in page_of(opening, two)
    assert NAME not in page_of(opening, third)
    for page in ("envelopes", "deeds", "queue", "visible"):
        for person in (one, two, third):
            assert NAME not in signed_in(person).get(reverse(f"moderation:{page}")).content.decode()
    about = reverse("moderation:about", args=[question.pk])
    assert NAME not in signed_in(one).get(about).content.decode()


def test_who_no_longer_runs_the_house_does_not_see_it_any_more(question, one, two):
    opening = ask_to_open(question, by=one, reason=WHY)
    agree_to_open(opening, by=two)
    Person.objects.filter(pk=one.pk).update(is_staff=False)
    assert signed_in(one).get(opening.get_absolute_url()).status_code == 403


def test_one_alone_never_opens_it(question, one, two):
    opening = ask_to_open(question, by=one, reason=WHY)
    with pytest.raises(PermissionDenied):
        agree_to_open(opening, by=one)
    assert signed_in(one).post(opening.get_absolute_url(), {"does": "agree"}).status_code == 403
    assert ask_to_open(question, by=one, reason="อีกที") == opening
    assert not Envelope.objects.filter(opened_at__isnull=False).exists()
    assert ask_to_open(question, by=two, reason="ฉันด้วย") == opening, "the two meet at one request"


def test_the_database_itself_refuses_one_person_twice(question, one):
    given = {"post": question, "asked_by": one, "reason": WHY, "asked_at": timezone.now(), "decided_at": timezone.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        EnvelopeOpening.objects.create(**given, decided_by=one, state=OpeningState.OPENED)
    ask_to_open(question, by=one, reason=WHY)
    with pytest.raises(IntegrityError), transaction.atomic():
        EnvelopeOpening.objects.create(**given)


@pytest.mark.parametrize(
    "gone", [{"is_active": False}, {"is_staff": False}, {"suspended_until": timezone.now() + timedelta(days=3)}]
)
@pytest.mark.parametrize("which", ["one", "two"])
def test_both_run_the_house_at_that_very_moment(question, one, two, gone, which):
    opening = ask_to_open(question, by=one, reason=WHY)
    stale = Person.objects.get(pk=two.pk)  # as the page of a moment ago knew them
    Person.objects.filter(pk={"one": one, "two": two}[which].pk).update(**gone)
    with pytest.raises(PermissionDenied):
        agree_to_open(opening, by=stale)
    assert EnvelopeOpening.objects.get().state == OpeningState.ASKED


def test_whoever_runs_no_house_opens_nothing(question, one):
    host = make_person()
    make_community(by=host)
    opening = ask_to_open(question, by=one, reason=WHY)
    for person in (host, make_person()):
        with pytest.raises(PermissionDenied):
            ask_to_open(question, by=person, reason=WHY)
        with pytest.raises(PermissionDenied):
            agree_to_open(opening, by=person)
        for address in (
            opening.get_absolute_url(),
            reverse("moderation:envelopes"),
            reverse("moderation:envelope_ask", args=[question.pk]),
        ):
            assert signed_in(person).get(address).status_code == 403


def test_nobody_in_a_matter_of_their_own(one, two):
    own = write_post(kind="question", by=two, title="ฉันเอง", text="", is_unnamed=True)
    opening = ask_to_open(own, by=one, reason=WHY)
    for deed in (agree_to_open, decline_to_open):
        with pytest.raises(PermissionDenied):
            deed(opening, by=two)
    with pytest.raises(PermissionDenied):
        ask_to_open(own, by=two, reason=WHY)
    waits = reverse("moderation:queue")
    assert opening.get_absolute_url() not in signed_in(two).get(waits).content.decode()
    assert opening.get_absolute_url() in signed_in(make_operator()).get(waits).content.decode()


def test_whoever_was_faster_decided(question, one, two):
    opening = ask_to_open(question, by=one, reason=WHY)
    stale = EnvelopeOpening.objects.get(pk=opening.pk)
    decline_to_open(opening, by=two, answer="ซ่อนก็พอ")
    with pytest.raises(CannotOpen):
        agree_to_open(stale, by=make_operator())
    with pytest.raises(CannotOpen):
        take_back_request(stale, by=one)
    assert not Event.objects.filter(verb=Verb.UNSEALED).exists()


def test_where_nobody_could_agree_it_is_not_offered(question, one, two):
    address = reverse("moderation:envelope_ask", args=[question.pk])
    assert 'name="reason"' in signed_in(one).get(address).content.decode()
    Person.objects.filter(pk=two.pk).update(is_staff=False)
    assert 'name="reason"' not in signed_in(one).get(address).content.decode()


def test_a_request_lapses_after_seven_days(question, one, two):
    opening = ask_to_open(question, by=one, reason=WHY)
    EnvelopeOpening.objects.update(asked_at=timezone.now() - timedelta(days=7, minutes=1))
    with pytest.raises(CannotOpen):
        agree_to_open(opening, by=two)
    assert opening.get_absolute_url() not in signed_in(two).get(reverse("moderation:queue")).content.decode()
    again = ask_to_open(question, by=two, reason="อีกที")
    assert EnvelopeOpening.objects.get(pk=opening.pk).state == OpeningState.EXPIRED
    agree_to_open(again, by=one)


def test_it_is_taken_back_by_who_asked_alone(question, one, two):
    opening = ask_to_open(question, by=one, reason=WHY)
    with pytest.raises(PermissionDenied):
        take_back_request(opening, by=two)
    assert signed_in(one).post(opening.get_absolute_url(), {"does": "take_back"}).status_code == 302
    with pytest.raises(CannotOpen):
        agree_to_open(opening, by=two)


def test_the_trail_names_both_and_not_the_asker(question, asker, one, two):
    opening = ask_to_open(question, by=one, reason=WHY)
    signed_in(two).post(opening.get_absolute_url(), {"does": "agree"})
    deed = Deed.objects.get(kind=Deed.Kind.UNSEAL)
    assert (deed.by, deed.data["asked_by"], deed.person, deed.reason) == (two, one.pk, None, WHY)
    opening.refresh_from_db()
    assert (opening.asked_by, opening.decided_by, opening.state) == (one, two, OpeningState.OPENED)
    assert not rules.can_undo(make_operator(), deed), "nobody can un-know it"
    assert not Event.objects.filter(actor_id=asker.pk).exists()
    assert not Event.objects.filter(target_id=asker.pk).exists()


def test_declining_stands_in_the_trail_too(question, one, two):
    opening = ask_to_open(question, by=one, reason=WHY)
    signed_in(two).post(opening.get_absolute_url(), {"does": "decline", "answer": "ซ่อนก็พอ"})
    deed = Deed.objects.get()
    assert (deed.kind, deed.by, deed.reason) == (Deed.Kind.NO_UNSEAL, two, "ซ่อนก็พอ")
    assert NAME not in page_of(opening, one)


def test_the_asker_sees_it_on_their_pages(question, asker, one, two):
    agree_to_open(ask_to_open(question, by=one, reason=WHY), by=two)
    client = signed_in(asker)
    pages = (reverse("posts:unnamed"), reverse("moderation:about", args=[question.pk]))
    for address in (*pages, reverse("moderation:about_my_posts")):
        page = client.get(address).content.decode()
        assert WHY in page
        assert one.name not in page
        assert two.name not in page


def test_hiding_and_closing_need_no_name_and_the_asker_may_appeal(question, asker, one, two):
    deed = hide(question, by=one)
    assert deed.person is None
    assert rules.can_appeal(asker, deed)
    assert not rules.can_appeal(make_person(), deed)
    appeal = actions.appeal_deed(deed, by=asker, words="ขอให้ดูอีกที")
    page = signed_in(two).get(reverse("moderation:decide", args=[appeal.pk])).content.decode()
    assert "ขอให้ดูอีกที" in page
    assert NAME not in page
    decided = actions.decide_appeal(appeal, by=two, is_granted=False, answer="ไม่")
    assert decided.person is None
    undo(deed, by=two)
    assert asker.pk not in Deed.objects.values_list("person", flat=True)


def test_why_it_was_opened_is_for_the_house_and_for_the_asker(asker, one, two):
    host = make_person("เจ้าของวง")
    circle = make_community("วงเปิด", by=host, people=[asker], audience=Audience.PUBLIC)
    post = write_post(kind="question", by=asker, title="ในวง", text="", communities=[circle], is_unnamed=True)
    deed = agree_to_open(ask_to_open(post, by=one, reason=WHY), by=two)
    pages = [reverse("moderation:about", args=[post.pk]), deed.get_absolute_url(), reverse("moderation:deeds")]
    for address in (*pages, reverse("moderation:visible")):
        assert WHY not in signed_in(host).get(address).content.decode(), address
    assert signed_in(host).get(deed.get_absolute_url()).status_code == 404
    assert WHY not in signed_in(make_person()).get(reverse("moderation:visible")).content.decode()
    for address in pages:
        assert WHY in signed_in(make_operator()).get(address).content.decode()
    for address in pages[:2]:
        assert WHY in signed_in(asker).get(address).content.decode()


def test_what_goes_with_a_person_does_not_tell_what_they_asked(question, asker, one):
    """The admin lists it, appeals too: a deed has a page that names the question."""
    deed = hide(question, by=one)
    actions.appeal_deed(deed, by=asker, words="ขอให้ดูอีกที")
    body = signed_in(one).get(f"/admin/people/person/{asker.pk}/delete/").content.decode()
    assert "Appeal" in body or "appeal" in body
    assert f"against {deed.pk}" not in body
    assert str(Appeal.objects.get()) == f"appeal {Appeal.objects.get().pk}"


def test_two_unnamed_talks_are_not_laid_together(question, one):
    other = write_post(kind="question", by=make_person(), title="อีกข้อ", text="", is_unnamed=True)
    named = make_question()
    assert not rules.can_merge(one, question, other)
    assert not rules.can_merge(one, other, question)
    assert rules.can_merge(one, question, named)
    with pytest.raises(PermissionDenied):  # both were asked about before the first was laid there
        actions.merge_threads(question, into=other, by=one, reason="เรื่องเดียวกัน")


def test_laid_into_another_thread_the_asker_is_a_colleague_among_others(question, asker, one):
    reply(question, kind="comment", by=asker, text="ของฉันเอง", is_unnamed=True)
    into = make_question("ข้อที่มีอยู่แล้ว")
    actions.merge_threads(question, into=into, by=one, reason="เรื่องเดียวกัน")
    page = signed_in(make_person()).get(into.get_absolute_url()).content.decode()
    assert page.count("เพื่อนร่วมงานคนหนึ่ง") >= 2
    assert "<b>ผู้ถาม</b>" not in page
    assert NAME not in page
    box = signed_in(asker).get(into.get_absolute_url()).content.decode()
    assert 'name="with_name"' in box, "who asked below it is not named by a slip"
    own = signed_in(asker).get(reverse("posts:unnamed")).content.decode()
    assert question.title in own
    assert "ของฉันเอง" not in own
    assert asked_lately(asker) == 1


def test_a_flag_of_an_unnamed_post_waits_for_others_than_its_asker(one):
    own = write_post(kind="question", by=one, title="ฉันเอง", text="", is_unnamed=True)
    actions.flag_post(own, by=make_person(), kind="other", words="ดูหน่อย")
    waits = reverse("moderation:queue")
    assert own.title not in signed_in(one).get(waits).content.decode()
    assert own.title in signed_in(make_operator()).get(waits).content.decode()


def test_lists_ask_the_same_for_one_and_for_three(one, two):
    counts = []
    client = signed_in(two)
    for _ in range(3):
        post = write_post(kind="question", by=make_person(), title="ข้อ", text="", is_unnamed=True)
        ask_to_open(post, by=one, reason=WHY)
        here = []
        for name in ("envelopes", "queue"):
            client.get(reverse(f"moderation:{name}"))
            with CaptureQueriesContext(connection) as asked:
                client.get(reverse(f"moderation:{name}"))
            here.append(len(asked))
        counts.append(here)
    assert counts[0] == counts[2]


def test_a_closed_circle_keeps_its_words_also_from_the_list_of_reasons(asker, one, two):
    circle = make_community(people=[asker], audience=Audience.MEMBERS)
    post = write_post(kind="question", by=asker, title="ในวง", text="", is_unnamed=True, communities=[circle])
    agree_to_open(ask_to_open(post, by=one, reason="ลับในวง"), by=two)
    assert "ลับในวง" not in signed_in(make_person()).get(reverse("moderation:visible")).content.decode()
