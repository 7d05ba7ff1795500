"""ใครรู้เรื่องนี้: people with reasons, narrowed as one likes, and what to do next; honest when nobody is known."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lomwong.communities.actions import sit_down, start_community
from lomwong.communities.models import Audience
from lomwong.experts.finding.reasons import Reason
from lomwong.experts.finding.showing import best_first
from lomwong.experts.models import AskingChoice, Carried, Expertise, Origin, TopicState
from lomwong.people.models import Person, Unit
from lomwong.people.tests.factories import job_function, make_imported, make_person, make_unit
from lomwong.posts.models import Envelope, Post
from lomwong.posts.tests.factories import make_answer, make_post, make_question
from lomwong.search.index import catch_up
from lomwong.text.normalise import normalise

pytestmark = pytest.mark.django_db
ASKED = "ครุภัณฑ์หาย"


def knower(name: str, unit: Unit | None = None, *jobs: str, words: str = "ครุภัณฑ์หายให้แจ้งในเจ็ดวัน") -> Person:
    person = make_person(name, unit=unit)
    person.job_functions.set([job_function(slug) for slug in jobs])
    make_answer(make_question("ครุภัณฑ์หายทำอย่างไร"), words, by=person)
    return person


@pytest.fixture
def me(client: Client) -> Person:
    person = make_person("ฉันเอง")
    client.force_login(person)
    return person


def look(client: Client, **given: object) -> str:
    return client.get("/who-knows/", {"q": ASKED, **given}).content.decode()


def named(client: Client, **given: object) -> list[str]:
    return re.findall(r'<h2 class="name"><a href="[^"]+">([^<]+)</a>', look(client, **given))


def card_of(client: Client) -> str:
    """The only one."""
    [_, card] = look(client).split("<article")
    return card.split("</article>")[0]


# Whom it names, and why


def test_a_person_stands_there_with_place_job_and_quoted_reason(client: Client, me: Person) -> None:
    campus = make_unit("วิทยาเขตริมเล", is_campus=True)
    knower("วรรณา", make_unit("คณะประมง", parent=campus), "procurement_finance")
    page = look(client)
    for part in ("วรรณา", "คณะประมง", "วิทยาเขตริมเล", job_function("procurement_finance").label, "<mark>", "<q"):
        assert part in page
    assert re.search(r'<a href="/posts/\d+/#p\d+"><mark>ครุภัณฑ์</mark><mark>หาย</mark>ทำอย่างไร</a>', page)


def test_reasons_from_a_closed_circle_are_for_those_inside(client: Client) -> None:
    insider, outsider, wanna = make_person("คนใน"), make_person("คนนอก"), make_person("วรรณา")
    circle = start_community(name="วงปิดมาก", by=wanna, audience=Audience.MEMBERS)
    sit_down(circle, person=insider)
    make_post("ครุภัณฑ์หาย", by=wanna, text="ครุภัณฑ์หายเพราะหัวหน้าเอง", communities=[circle])
    client.force_login(insider)
    assert "หัวหน้าเอง" in look(client)
    assert "วงปิดมาก" in look(client)
    client.force_login(outsider)
    assert named(client) == []
    assert "หัวหน้าเอง" not in look(client)
    assert "วงปิดมาก" not in look(client)


def test_what_others_know_stands_there_and_what_is_hidden_or_a_draft_does_not(client: Client, me: Person) -> None:
    wanna = knower("วรรณา")
    for label, state in (("ครุภัณฑ์", TopicState.SHOWN), ("หาย", TopicState.DRAFT)):
        Expertise.objects.create(
            person=wanna, label=label, key=normalise(label), state=state, origin=Origin.DECLARED
        )  # fmt: skip
    page = look(client)
    assert "<b>ครุภัณฑ์</b>" in page
    assert "<b>หาย</b>" not in page
    Expertise.objects.update(state=TopicState.HIDDEN)
    assert "<b>ครุภัณฑ์</b>" not in look(client)


def test_five_first_then_more_up_to_twenty(client: Client, me: Person) -> None:
    for number in range(23):
        knower(f"คน {number}")
    catch_up()
    assert len(named(client)) == 5
    further = re.search(r'href="(\?[^"]*n=10[^"]*)"', look(client))
    assert further
    assert len(named(client, n=10)) == 10
    assert len(named(client, n=999)) == 20
    assert "n=25" not in look(client, n=20)


def test_who_was_only_brought_along_is_named_but_not_offered_to_be_asked(client: Client, me: Person) -> None:
    gone = make_imported("เคยอยู่ลิสต์เก่า")
    make_answer(make_question("ครุภัณฑ์หายทำอย่างไร"), "ครุภัณฑ์หายให้แจ้งในเจ็ดวัน", by=gone)
    question = make_question("ครุภัณฑ์หายอีกแล้ว", by=me)
    for page in (look(client), look(client, **{"for": question.number})):
        assert "เคยอยู่ลิสต์เก่า" in page
        assert f"invite={gone.pk}" not in page
        assert f'value="{gone.pk}"' not in page
    assert named(client, available=1) == []
    assert "available" not in re.findall(r'class="chip tall tone u1" href="([^"]*)"', look(client, available=1))[0]


@pytest.mark.parametrize("typed", ["ครุภันฑ์หาย", "8i64yIRNskp"])
def test_a_slip_and_the_wrong_keyboard_are_understood(client: Client, me: Person, typed: str) -> None:
    wanna = make_person("วรรณา")
    circle = start_community(name="วงปิดมาก", by=wanna, audience=Audience.MEMBERS)
    make_post("ครุภัณฑ์หาย", by=wanna, text="ครุภัณฑ์หายเพราะหัวหน้าเอง", communities=[circle])
    catch_up()
    assert "หมายถึงคำนี้ไหม" not in look(client, q=typed), "a suggestion would tell what stands in a closed circle"
    knower("อุไร")
    catch_up()
    assert re.search(r'q=[^"]*"><b>ครุภัณฑ์หาย</b>', look(client, q=typed, job="it"))


# Narrowing


def test_each_condition_narrows_and_can_be_taken_out(client: Client, me: Person) -> None:
    campus, other = make_unit("วิทยาเขต ก", is_campus=True), make_unit("วิทยาเขต ข", is_campus=True)
    mine, theirs = make_unit("คณะฉัน", parent=campus), make_unit("คณะเขา", parent=other)
    me.unit = mine
    me.save()
    knower("ใกล้", make_unit("ภาควิชา", parent=mine), "it")
    knower("ไกล", theirs, "personnel")
    assert set(named(client)) == {"ใกล้", "ไกล"}
    for name, value, only in (
        ("unit", mine.pk, "ใกล้"),
        ("campus", other.pk, "ไกล"),
        ("job", "it", "ใกล้"),
        ("elsewhere", 1, "ไกล"),
    ):
        assert named(client, **{name: value}) == [only]
        page = look(client, **{name: value, "n": 10})
        chip = re.search(r'<a class="chip tall tone u1" href="(\?[^"]+)"', page)
        assert chip
        assert f"{name}=" not in chip[1]
        assert "n=" not in chip[1]


def test_available_leaves_out_who_rests_takes_none_or_had_enough(client: Client, me: Person) -> None:
    for name, choice in (
        ("พัก", {"resting_until": timezone.localdate() + timedelta(days=3)}),
        ("ไม่รับ", {"per_week": 0}),
        ("เต็ม", {"per_week": 1}),
        ("ว่าง", {"resting_until": timezone.localdate() - timedelta(days=3)}),
    ):
        AskingChoice.objects.create(person=knower(name), **choice)
    full = Person.objects.get(name="เต็ม")
    Carried.objects.create(question=make_question("อื่น"), person=full, carried_at=timezone.now())
    assert set(named(client)) == {"พัก", "ไม่รับ", "เต็ม", "ว่าง"}
    assert named(client, available=1) == ["ว่าง"]
    cards = look(client).split("<article")[1:]
    for card in cards:
        assert ("invite=" in card) == (">ว่าง</a></h2>" in card)


def test_nonsense_in_the_address_is_left_aside(client: Client, me: Person) -> None:
    knower("วรรณา")
    for given in ({"unit": "x"}, {"campus": "999999"}, {"job": "none"}, {"for": "9" * 40}, {"for": "x"}, {"n": "-1"}):
        assert named(client, **given) == ["วรรณา"]


def test_it_works_without_a_script_and_keeps_what_was_chosen(client: Client, me: Person) -> None:
    me.unit = make_unit("คณะฉัน")
    me.save()
    page = look(client, job="it", elsewhere=1, available=1)
    form = page.split('<form class="stack-s"')[1].split("</form>")[0]
    assert '<option value="it" selected>' in form
    assert '<input type="hidden" name="elsewhere" value="1">' in form
    assert '<input type="hidden" name="available" value="1">' in form


# What to do next


def test_ask_here_takes_the_question_and_the_person_along(client: Client, me: Person) -> None:
    wanna = knower("วรรณา")
    page = client.get("/who-knows/", {"q": "R&D ครุภัณฑ์หาย #1"}).content.decode()
    assert "?title=R%26D%20%E0%B8%84" in page
    assert f"%231&amp;invite={wanna.pk}" in page


def test_from_a_question_one_invites_to_answer_that_one(client: Client, me: Person) -> None:
    wanna = knower("วรรณา")
    question = make_question(ASKED, by=me)
    page = client.get("/who-knows/", {"for": question.number}).content.decode()
    assert f'action="{reverse("experts:invite", args=[question.number])}"' in page
    assert f'<input type="hidden" name="person" value="{wanna.pk}">' in page
    assert "invite=" not in page


def test_who_has_spoken_there_already_is_not_invited(client: Client, me: Person) -> None:
    wanna = knower("วรรณา")
    question = make_question(ASKED, by=me)
    assert named(client, **{"for": question.number}) == ["วรรณา"]
    make_answer(question, "ครุภัณฑ์หายลองดูใต้โต๊ะ", by=wanna)
    assert named(client, **{"for": question.number}) == []
    assert named(client) == ["วรรณา"]


def test_who_cannot_read_the_question_is_not_invited_to_it(client: Client, me: Person) -> None:
    knower("คนนอกวง")
    circle = start_community(name="วงปิด", by=me, audience=Audience.MEMBERS)
    question = make_question(ASKED, by=me, communities=[circle])
    cards = client.get("/who-knows/", {"for": question.number}).content.decode().split("<article")[1:]
    assert len(cards) == 1
    assert 'name="person"' not in cards[0]
    assert "i-lock-simple" in cards[0]


def test_a_question_that_one_may_not_read_is_not_shown_by_its_number(client: Client, me: Person) -> None:
    asker = make_person()
    circle = start_community(name="วงปิด", by=asker, audience=Audience.MEMBERS)
    question = make_question("ความลับเรื่องเลื่อนขั้น", by=asker, communities=[circle])
    assert "เลื่อนขั้น" not in client.get("/who-knows/", {"for": question.number}).content.decode()


def test_whoever_asked_without_a_name_is_named_as_if_they_had_not(client: Client, me: Person) -> None:
    """Were they left out of their own question's page, comparing would tell who asked."""
    asker = knower("คนถามไม่ออกชื่อ")
    question = make_question(ASKED, by=asker)
    assert "คนถามไม่ออกชื่อ" not in named(client, **{"for": question.number})
    Post.objects.filter(pk=question.pk).update(author=None, is_unnamed=True)
    Envelope.objects.create(post=question, author=asker)
    assert named(client, **{"for": question.number}) == named(client)
    assert "คนถามไม่ออกชื่อ" in named(client)


# Nobody is known


def test_when_nobody_is_known_it_says_so_and_offers_everybody_and_each_job(client: Client, me: Person) -> None:
    job_function("it")
    page = look(client)
    assert named(client) == []
    assert re.search(r'href="/questions/new/\?title=[^"&]+"', page)
    assert re.search(r'href="/questions/new/\?title=[^"&]+&amp;job=it"', page)


def test_the_condition_that_empties_the_page_can_be_dropped(client: Client, me: Person) -> None:
    campus = make_unit("วิทยาเขต", is_campus=True)
    knower("วรรณา", make_unit("คณะหนึ่ง", parent=campus), "it")
    empty = make_unit("คณะสอง", parent=campus)
    page = look(client, unit=empty.pk, job="it")
    note = page.split('id="in-the-way"')[1].split("</section>")[0]
    assert f"unit={empty.pk}" not in note.split('class="chip tall tone u1" href="')[1].split('"')[0]
    assert note.count("chip tall tone") == 1
    assert "in-the-way" not in client.get("/who-knows/", {"q": "ไม่มีใครรู้แน่", "job": "it"}).content.decode()


def test_dropping_a_condition_is_not_offered_for_what_one_may_not_read(client: Client, me: Person) -> None:
    wanna = make_person("วรรณา")
    circle = start_community(name="วงปิด", by=wanna, audience=Audience.MEMBERS)
    make_post(ASKED, by=wanna, text=ASKED, communities=[circle])
    assert "in-the-way" not in look(client, job="it")


# Cost


def test_queries_do_not_depend_on_how_many_people_are_shown(client: Client, me: Person) -> None:
    campus = make_unit("วิทยาเขต", is_campus=True)
    circle = start_community(name="วง", by=me)

    def add(number: int) -> None:
        person = knower(f"คน {number}", make_unit(f"คณะ {number}", parent=campus), "it", "personnel")
        make_post("ครุภัณฑ์หาย", by=person, text="ครุภัณฑ์หายอีกแล้ว", communities=[circle])
        AskingChoice.objects.create(person=person, how="ตอนบ่าย")

    add(0)
    catch_up()
    look(client)
    with CaptureQueriesContext(connection) as one:
        assert len(named(client, n=20)) == 1
    for number in range(1, 20):
        add(number)
    catch_up()
    look(client)
    with CaptureQueriesContext(connection) as many:
        assert len(named(client, n=20)) == 20
    assert len(many) == len(one)


def test_people_who_only_wrote_something_alike_are_shown_as_guesses(client: Client, me: Person) -> None:
    knower("วรรณา", words="กุญแจคงอยู่ที่เดิม")
    catch_up()
    for question, is_guess in (("กุญแจคงหาย", False), ("กขคงจฉช", True)):
        page = client.get("/who-knows/", {"q": question}).content.decode()
        assert "วรรณา" in page
        assert ("i-info" in page) == is_guess


def test_one_word_of_the_question_is_not_yet_knowledge(client: Client, me: Person) -> None:
    """Who grows vegetables may not know about orchids, a word that nobody here has written."""
    grower, keeper = make_person("คนปลูกผัก"), make_person("คนปลูกกล้วยไม้")
    make_answer(make_question("ปลูกผักหน้าตึก"), "ปลูกผักให้รดน้ำเช้าเย็น ปลูกผักไม่ยาก", by=grower)
    catch_up()
    assert named(client, q="ปลูกกล้วยไม้") == ["คนปลูกผัก"]
    page = look(client, q="ปลูกกล้วยไม้")
    assert "i-info" in page.split("<article")[0], "all of them are guesses"
    assert "near-only" not in page
    make_answer(make_question("ปลูกกล้วยไม้หน้าตึก"), "ให้รดน้ำน้อย ๆ", by=keeper)
    catch_up()
    known, near = look(client, q="ปลูกกล้วยไม้").split("near-only")
    assert "i-info" not in known
    assert ">คนปลูกกล้วยไม้</a></h2>" in known, "the title of a thread speaks for who answered there"
    assert ">คนปลูกผัก</a></h2>" in near
    assert "near-only" not in look(client, q="ปลูกผัก").split(">คนปลูกผัก</a></h2>")[0]


def test_whoever_says_one_may_ask_them_is_no_guess(client: Client, me: Person) -> None:
    wanna = make_person("วรรณา")
    Expertise.objects.create(
        person=wanna, label="ปลูก", key="ปลูก", state=TopicState.SHOWN, origin=Origin.DECLARED
    )  # fmt: skip
    make_answer(make_question("ผักหน้าตึก"), "ปลูกผักให้รดน้ำ", by=wanna)
    catch_up()
    assert "i-info" not in look(client, q="ปลูกกล้วยไม้").split("<article")[0]


def test_the_most_telling_reason_stands_open_and_the_others_are_folded(client: Client, me: Person) -> None:
    wanna = knower("วรรณา", words="ครุภัณฑ์")
    assert "<details" not in card_of(client)
    for words in ("ครุภัณฑ์หายให้แจ้งความ", "ครุภัณฑ์หายให้ลงทะเบียน"):
        make_answer(make_question("เรื่องเดิม"), words, by=wanna)
    catch_up()
    card = card_of(client)
    first, folded = card.split("<details")
    assert first.count("<q") == 1
    assert "<mark>ครุภัณฑ์</mark><mark>หาย</mark>" in first
    assert folded.split("</details>")[0].count("<q") == 2
    assert "<details open" not in card


def test_what_is_about_the_question_is_read_first_however_it_was_ranked() -> None:
    wanna = make_person("วรรณา")
    thread = make_question("ปลูกผัก")
    told = [
        Reason(make_answer(thread, "รดน้ำ", by=wanna), [("รดน้ำ", False)], "answered"),
        Reason(make_answer(thread, "พรวนดิน", by=wanna), [("ปลูก", True)], "answered", is_same_thread=True),
        Reason(make_post("กล้วยไม้", by=wanna), [("กล้วยไม้", True)], "told"),
    ]
    assert [one.words[0][0] for one in best_first(told, told[2])] == ["กล้วยไม้", "รดน้ำ", "ปลูก"]
    assert [(one.words[0][0], one.is_same_thread) for one in best_first(told, None)] == [
        ("ปลูก", False),
        ("รดน้ำ", True),
        ("กล้วยไม้", False),
    ]
    assert best_first([], None) == []


def test_a_title_is_marked_and_cannot_bring_markup_along(client: Client, me: Person) -> None:
    wanna = make_person("วรรณา")
    make_post("<b>ครุภัณฑ์</b> หาย", by=wanna, text="ครุภัณฑ์หาย")
    page = look(client)
    assert "&lt;b&gt;<mark>ครุภัณฑ์</mark>&lt;/b&gt;" in page
    assert "<b>ครุภัณฑ์" not in page
