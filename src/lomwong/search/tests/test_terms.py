"""The operator's page of own words, and that search knows them at once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lomwong.kit.jobs.worker import work_one
from lomwong.people.models import OPERATOR, Person
from lomwong.posts.models import File
from lomwong.search import vocabulary
from lomwong.search.index import catch_up
from lomwong.search.models import LONGEST_TERM, Term
from lomwong.search.queries import search
from lomwong.search.reader import reader
from lomwong.search.schema import BODY
from lomwong.search.terms import actions, queries
from lomwong.search.terms.lines import groups_in, ways_in
from lomwong.search.tests.factories import make_circle, make_person, make_reply, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_terms() -> None:
    for term in Term.objects.all():
        actions.remove_term(term)


@pytest.fixture
def operator(client: Client) -> Person:
    person = make_person("ผู้ดูแล ระบบดี")
    person.is_staff = True
    person.save()
    client.force_login(person)
    return person


def post(client: Client, name: str, *args: object, **typed: object) -> str:
    response = client.post(reverse(f"search:{name}", args=args), typed, follow=True)
    return response.content.decode()


def numbers(query: str) -> list[int]:
    return [hit.number for hit in search(query, viewer=OPERATOR).hits]


def work_off() -> None:
    while work_one("worker"):
        pass


def holding(word: str) -> int:
    view = reader().view()
    assert view is not None
    return view.searcher.doc_freq(BODY, word)


def test_only_operators_may_look_or_change(client: Client) -> None:
    term = actions.add_term(["ลปรร.", "แลกเปลี่ยนเรียนรู้"])
    for person in (None, make_person()):
        if person:
            client.force_login(person)
        for name, args in [
            ("terms", []),
            ("term_new", []),
            ("terms_new", []),
            ("term_edit", [term.pk]),
            ("term_remove", [term.pk]),
        ]:
            for ask in (client.get, client.post):
                response = ask(reverse(f"search:{name}", args=args), {"ways": "ใหม่"})
                assert response.status_code == (403 if person else 302)
    assert [each.ways for each in Term.objects.all()] == [["ลปรร.", "แลกเปลี่ยนเรียนรู้"]]


def test_the_way_there_is_shown_to_operators_alone(client: Client, operator: Person) -> None:
    address = reverse("search:terms")
    assert address in client.get(reverse("people:me"), follow=True).content.decode()
    client.force_login(make_person())
    assert address not in client.get(reverse("people:me"), follow=True).content.decode()


def test_a_term_is_live_at_once_and_both_ways(client: Client, operator: Person) -> None:
    short = make_story("เมื่อวานลปรร.กันสนุกมาก")
    long = make_story("เวทีแลกเปลี่ยนเรียนรู้ประจำปี")
    make_story("ประกวดราคารอบแรกไม่มีใครยื่นเลย")
    catch_up()
    assert numbers("แลกเปลี่ยนเรียนรู้") == [long.number]
    page = post(client, "term_new", ways="ลปรร.\nแลกเปลี่ยนเรียนรู้ = knowledge sharing")
    assert "ลปรร. = แลกเปลี่ยนเรียนรู้ = knowledge sharing" in page
    for query in ("แลกเปลี่ยนเรียนรู้", "ลปรร", "ลปรร.", "knowledge sharing"):
        assert set(numbers(query)) == {short.number, long.number}, query
    work_off()
    for query in ("แลกเปลี่ยนเรียนรู้", "ลปรร", "knowledge sharing"):
        assert set(numbers(query)) == {short.number, long.number}, query
    assert holding("ลปรร") == holding("แลกเปลี่ยนเรียนรู้") == 1


def test_a_changed_and_a_removed_term_are_live_too(client: Client, operator: Person) -> None:
    term = actions.add_term(["ลปรร.", "แลกเปลี่ยนเรียนรู้"])
    story = make_story("เวทีแลกเปลี่ยนเรียนรู้ประจำปี")
    catch_up()
    work_off()
    assert "knowledge" in post(client, "term_edit", term.pk, ways="แลกเปลี่ยนเรียนรู้ = knowledge sharing")
    assert (numbers("sharing knowledge"), numbers("knowledge sharing"), numbers("ลปรร")) == ([], [story.number], [])
    post(client, "term_remove", term.pk)
    assert numbers("knowledge sharing") == []
    assert numbers("แลกเปลี่ยนเรียนรู้") == numbers("เรียนรู้") == [story.number]
    work_off()
    assert numbers("แลกเปลี่ยนเรียนรู้") == [story.number]
    assert holding("แลกเปลี่ยนเรียนรู้") == 0


def test_the_job_touches_what_it_must_and_the_replies_below() -> None:
    story = make_story("เวทีแลกเปลี่ยนเรียนรู้ประจำปี")
    reply = make_reply(story, "ไปด้วย")
    titled = make_story("มา", title="ลปรร.วันศุกร์")
    make_story("แลกเปลี่ยนของขวัญ")
    holder = make_story("แนบบันทึกไว้")
    File.objects.create(post=holder, name="a.txt", words_text="แลกเปลี่ยนเรียนรู้", size=1, attached_at=timezone.now())
    touched = [story.number, reply.number, titled.number, holder.number]
    assert queries.to_reindex(["ลปรร.", "แลกเปลี่ยนเรียนรู้"]) == touched
    assert queries.to_reindex(["knowledge sharing", "CoP", "มอ.", "แลกเปลี่ยน"]) == []
    assert queries.to_reindex([f"ฮะแลกเปลี่ยน{letter}" for letter in "กขคงจฉชซดตถทธนบปผฝพภมยรลว"]) == []


def test_a_change_of_nothing_changes_nothing() -> None:
    term = actions.add_term(["ลปรร.", "แลกเปลี่ยนเรียนรู้"])
    before = vocabulary.current().version
    actions.change_term(term, ["ลปรร.", "แลกเปลี่ยนเรียนรู้"])
    assert vocabulary.current().version == before
    actions.change_term(term, ["ลปรร."])
    assert vocabulary.current().version != before


def test_counts_know_nothing_of_what_the_viewer_may_not_read(client: Client, operator: Person) -> None:
    circle = make_circle(make_person())
    make_story("ลปรร.ในวงปิด", None, circle)
    make_story("ลปรร.กับทุกคน")
    catch_up()
    actions.add_term(["ลปรร.", "แลกเปลี่ยนเรียนรู้"])
    assert queries.listed(operator).terms[0].entries == 0
    assert queries.listed(operator, is_waiting=True).terms[0].entries == 1
    work_off()
    assert queries.listed(operator).terms[0].entries == 1
    assert queries.listed(OPERATOR).terms[0].entries == 2
    client.cookies["django_language"] = "en"
    assert "stands in 1 entry that you may read" in client.get(reverse("search:terms")).content.decode()


def test_before_there_is_an_index_nothing_is_counted(client: Client, operator: Person) -> None:
    actions.add_term(["ลปรร."])
    assert queries.listed(operator).terms[0].entries is None
    assert client.get(reverse("search:terms")).status_code == 200


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "still empty"),
        (" = \n=", "There is no word here"),
        ("!!! = ลปรร.", "There is no letter and no digit in “!!!”"),
        ("ก = ลปรร.", "“ก” is a single letter"),
        ("it = ไอที", "“it” stands in nearly every text"),
        ("ก" * 201, "is too long for a word"),
        ("\n".join(f"คำที่{number}" for number in range(31)), "more than 30 ways"),
        ("ย" * (LONGEST_TERM + 1), "2000"),
        ("ม.อ. = PSU", "“ม.อ.” is said already in: มอ. = มหาวิทยาลัยสงขลานครินทร์"),
    ],
)
def test_bad_input_is_answered_with_what_is_wrong(client: Client, operator: Person, typed: str, said: str) -> None:
    actions.add_term(["มอ.", "มหาวิทยาลัยสงขลานครินทร์"])
    client.cookies["django_language"] = "en"
    response = client.post(reverse("search:term_new"), {"ways": typed})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert Term.objects.count() == 1


def test_many_at_once(client: Client, operator: Person) -> None:
    actions.add_term(["CoP", "ชุมชนแนวปฏิบัติ"])
    table = SimpleUploadedFile("terms.csv", "คอมพิวเตอร์,computer\r\n# ว่าง\r\n\r\n".encode("cp874"))
    client.cookies["django_language"] = "en"
    page = post(client, "terms_new", lines="CoP = ชุมชนนักปฏิบัติ\nลปรร.\tแลกเปลี่ยนเรียนรู้", file=table)
    assert "3 terms are new or have grown" in page
    assert {str(term) for term in Term.objects.all()} == {
        "CoP = ชุมชนแนวปฏิบัติ = ชุมชนนักปฏิบัติ",
        "ลปรร. = แลกเปลี่ยนเรียนรู้",
        "คอมพิวเตอร์ = computer",
    }
    again = post(client, "terms_new", lines="computer = คอมพิวเตอร์")
    assert "0 terms" in again


def test_of_many_with_a_wrong_line_none_is_kept(client: Client, operator: Person) -> None:
    actions.add_terms([["CoP"], ["ลปรร."]])
    client.cookies["django_language"] = "en"
    for lines, said in [
        ("ดี = good\n\nก = x1\nดี = fine", ["Line 3: “ก” is a single letter", "Line 4: “ดี” stands in line 1 already"]),
        ("ดี = good\nCoP = ลปรร.", ["This would join two that are there: CoP | ลปรร."]),
        (" \n#", ["There is no word here"]),
    ]:
        response = client.post(reverse("search:terms_new"), {"lines": lines})
        assert response.status_code == 422
        assert all(words in response.content.decode() for words in said), response.content.decode()
    assert Term.objects.count() == 2


def test_the_list_can_be_searched_and_leafed_through(client: Client, operator: Person) -> None:
    actions.add_terms([[f"คำพิเศษ{number:03}", f"special{number}"] for number in range(105)])
    first = queries.listed(operator)
    assert (len(first.terms), first.total, first.further) == (100, 105, 100)
    assert len(queries.listed(operator, after=str(first.further)).terms) == 5
    assert [each.first for each in queries.listed(operator, find="SPECIAL104").terms] == ["คำพิเศษ104"]
    assert client.get(reverse("search:terms"), {"find": "\0ไม่มี", "after": "-1"}).status_code == 200


def test_a_list_of_three_asks_the_database_as_often_as_one_of_one(client: Client, operator: Person) -> None:
    counts = []
    for count in (1, 2):
        actions.add_terms([[f"คำเฉพาะ{count}{number}"] for number in range(count)])
        make_story("คำเฉพาะ11")
        catch_up()
        client.get(reverse("search:terms"))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(reverse("search:terms"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_lines_of_any_kind() -> None:
    assert ways_in(" CoP =cop\n\n ชุมชน  แนวปฏิบัติ = ") == ["CoP", "ชุมชน แนวปฏิบัติ"]
    read = groups_in('ลปรร. = แลกเปลี่ยนเรียนรู้, กัน\n"a, b",cc\n"unclosed\nx\ty')
    assert read.groups == [["ลปรร.", "แลกเปลี่ยนเรียนรู้, กัน"], ["a, b", "cc"], ["unclosed"]]
    assert [line for line, _fault in read.faults] == [4]
